/** What a form without files holds, by the names of its fields. */
export function typedIn(form: HTMLFormElement): Partial<Record<string, string>> {
  return Object.fromEntries([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
