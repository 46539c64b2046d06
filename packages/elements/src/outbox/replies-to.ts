import type { Entry, ReplyEntry, Sendable } from './entry.js';
import { entriesOf } from './store.js';

/** Replies to one ticket that wait on this device or are only written, the oldest first. Never rejects. */
export async function repliesTo(scope: string, number: string): Promise<ReplyEntry[]> {
  const all = (await entriesOf(scope).catch(() => [])) as Entry<Sendable>[];
  return all.filter((entry): entry is ReplyEntry => entry.ticket?.number === number);
}
