/** What the address shows. Empty strings: nothing. */
export interface InboxPlace {
  desk: string;
  number: string;
  /** Token of a set-up link. */
  invite: string;
}

/** Reads the fragment: `#/desk/number`, or `#set-up=token`. */
export function placeIn(fragment: string): InboxPlace {
  const invite = /^#set-up=([\w-]+)$/.exec(fragment)?.[1] ?? '';
  const [, desk = '', number = ''] = /^#\/([^/]*)(?:\/([^/]*))?$/.exec(fragment) ?? [];
  try {
    return { desk: decodeURIComponent(desk), number: decodeURIComponent(number).toUpperCase(), invite };
  } catch {
    return { desk: '', number: '', invite };
  }
}
