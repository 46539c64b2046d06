import type { NumberedReceipt, TicketDraft } from '@storefront-support/contract';
import type { Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { Database } from '../store/schema.js';
import { endHeld } from '../store/held-tickets.js';
import type { HeldKeys } from './held-keys.js';
import { heldBefore } from './hold-ticket.js';

/** A ticket that has just been filed in this transaction, and how. */
export interface Settled {
  desk: DeskConfig;
  draft: TicketDraft;
  receipt: NumberedReceipt;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Ends the wait of the same message where it was posted without a script before: whoever went back from the page that asks for a
 * confirmation, and sent it once more when the script was there, has one ticket, and the mailed link leads to its number.
 */
export async function settleHeld(trx: Transaction<Database>, keys: HeldKeys, { desk, draft, receipt, now }: Settled): Promise<void> {
  const hashes = await hashesOf(trx, desk, draft.attachmentIds);
  const held = await heldBefore(trx, { desk, requestHash: keys.request(desk.desk.id, draft, hashes), now });
  if (held?.state !== 'held') return;
  await endHeld(trx, held, {
    state: 'filed',
    ticketId: receipt.ticket.id,
    answer: JSON.stringify({ receipt, contactId: draft.contactId }),
  });
}

async function hashesOf(trx: Transaction<Database>, { desk }: DeskConfig, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await trx.selectFrom('upload').select(['id', 'sha256']).where('deskId', '=', desk.id).where('id', 'in', ids).execute();
  const hashes = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
  return ids.map((id) => hashes.get(id) ?? '');
}
