import type { AccessKind } from '@storefront-support/contract';
import { ACCESS_FIELDS, type AccessField } from '@storefront-support/vault/access-fields';

/** Values of the fields that are chosen from a list: what other fields hang on. Nothing typed is among them. */
export type Choices = Readonly<Record<string, string>>;

/** What a chosen file says of itself, and nobody types. */
const OF_FILE: readonly string[] = ['name', 'type', 'size', 'sha256'];

/** Fields of a kind that are drawn with these choices. */
export function fieldsOf(kind: AccessKind, choices: Choices): readonly AccessField[] {
  const all = ACCESS_FIELDS[kind];
  return all.filter(
    ({ name, when }) => !(kind === 'file' && OF_FILE.includes(name)) && (!when || choiceOf(all, choices, when.field) === when.is),
  );
}

/** What is chosen in a list, by hand or because it is the usual one. */
export function choiceOf(fields: readonly AccessField[], choices: Choices, name: string): string {
  return choices[name] ?? fields.find((field) => field.name === name)?.options?.[0] ?? '';
}

/** What stands in the fields, as `checkAccess` takes it. Empty ones are left out. */
export function readDraft(root: ParentNode, kind: AccessKind, choices: Choices): Record<string, unknown> {
  const draft: Record<string, unknown> = { kind };
  for (const { name, control } of fieldsOf(kind, choices)) {
    if (control === 'fields') {
      draft[name] = readRows(root);
      continue;
    }
    const value = valueIn(root, name);
    // what is no number stays a text, and is told as wrong
    if (value !== '') draft[name] = control === 'number' && /^\d+$/.test(value) ? Number(value) : value;
  }
  return draft;
}

/** Empties every field of a page. */
export function emptyFields(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[data-field], textarea[data-field]'))
    field.value = '';
}

function readRows(root: ParentNode): { name: string; value: string; secret: boolean }[] {
  return [...root.querySelectorAll('[data-row]')].map((row) => ({
    name: valueIn(row, 'row-name'),
    value: valueIn(row, 'row-value'),
    secret: row.querySelector<HTMLInputElement>('[type=checkbox]')?.checked ?? true,
  }));
}

function valueIn(root: ParentNode, name: string): string {
  return root.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`[data-field="${name}"]`)?.value ?? '';
}
