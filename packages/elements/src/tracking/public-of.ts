import type { ThreadEntry } from '@storefront-support/contract';

/** What a requester may see of a thread; a backend that tells of more is not taken at its word. */
export function publicOf(entries: readonly ThreadEntry[]): ThreadEntry[] {
  return entries.filter((entry) => entry.type !== 'message' || entry.visibility === 'public');
}
