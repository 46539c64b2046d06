import type { AccessKind } from '@storefront-support/contract';

/** Kinds of access in one phrase. @param names what each is called */
export function kindsIn(tag: string, kinds: readonly AccessKind[], names: Record<AccessKind, string>): string {
  return new Intl.ListFormat(tag).format(kinds.map((kind) => names[kind]));
}
