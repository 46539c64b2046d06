import type { TicketDraft, NumberedReceipt } from '@storefront-support/contract';
import { draftProblems } from '@storefront-support/contract/schemas';
import type { Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { TicketEvent } from '../events/event-hub.js';
import { attachUploads } from '../files/attach-uploads.js';
import { removeUpload } from '../files/receive-upload.js';
import { firstResponseDueAt } from '../first-response-due.js';
import { enqueueTicketMails } from '../mail/enqueue-ticket-mails.js';
import type { Ports } from '../ports.js';
import type { Database } from '../store/schema.js';
import { endHeld, findHeld, type HeldTicketRow } from '../store/held-tickets.js';
import { insertTicket, instant } from '../store/tickets.js';
import { hashSecret } from '../ticket-secret.js';

/** What a link leads to. `gone`: nothing, or nothing any more. `refused`: the desk takes it no longer as it is. */
export type Confirmed = { outcome: 'filed'; receipt: NumberedReceipt; contactId: string; locale: string } | { outcome: 'gone' | 'refused' };

/** What the token of a link names and that has not ended; undefined: there is no such thing. */
export async function linkedTo(
  { store, now }: Pick<Ports, 'store' | 'now'>,
  { desk }: DeskConfig,
  token: string,
): Promise<HeldTicketRow | undefined> {
  const row = /^[\w-]{43}$/.test(token) ? await findHeld(store.read, desk.id, { tokenHash: hashSecret(token) }) : undefined;
  return row && row.expiresAt > now() && row.state !== 'discarded' ? row : undefined;
}

/** Files what was held, as if it had been sent now. Done once, whoever follows the link how often: the answer is kept. */
export async function confirmHeld(ports: Ports, desk: DeskConfig, held: HeldTicketRow): Promise<Confirmed> {
  const now = ports.now();
  const contactId = draftOf(held)?.contactId;
  const dueAt = contactId === undefined ? null : await firstResponseDueAt(desk.desk, contactId, now);
  const { filed, event } = await ports.store.write
    .run((trx): Promise<{ filed: Confirmed; event?: TicketEvent }> => fileHeld(trx, ports, { desk, held, dueAt, now }))
    .catch((error: unknown) => {
      if (error instanceof RefusedFiles) return { filed: { outcome: 'refused' as const }, event: undefined };
      throw error;
    });
  if (event) ports.events.publish(event);
  ports.mailWaiting();
  return filed;
}

/** Throws away what was held, files and all. @returns false: it is not held any more. */
export async function discardHeld(ports: Ports, held: HeldTicketRow): Promise<boolean> {
  const ended = await ports.store.write.run((trx) => endHeld(trx, held, { state: 'discarded' }));
  if (ended) await removeFiles(ports, held);
  return ended;
}

/** Removes uploads that were made for a message and that no ticket has. */
export async function removeFiles(ports: Ports, { deskId, secretHash }: Pick<HeldTicketRow, 'deskId' | 'secretHash'>): Promise<void> {
  const uploads = await ports.store.read
    .selectFrom('upload')
    .select('id')
    .where('deskId', '=', deskId)
    .where('secretHash', '=', secretHash)
    .where('ticketId', 'is', null)
    .execute();
  for (const { id } of uploads) await removeUpload(ports, deskId, id);
}

/** What was filed of a row; null: nothing. */
export function filedOf({ answer, locale }: HeldTicketRow): Extract<Confirmed, { outcome: 'filed' }> | null {
  if (answer === null) return null;
  const { receipt, contactId } = JSON.parse(answer) as { receipt: NumberedReceipt; contactId: string };
  return { outcome: 'filed', receipt, contactId, locale };
}

interface Filing {
  desk: DeskConfig;
  held: HeldTicketRow;
  dueAt: number | null;
  now: number;
}

async function fileHeld(trx: Transaction<Database>, { log }: Ports, { desk, held: { deskId, id }, dueAt, now }: Filing) {
  const held = await findHeld(trx, deskId, { id });
  const before = held && filedOf(held);
  if (before) return { filed: before };
  const draft = held && draftOf(held);
  if (!held || !draft || held.expiresAt <= now) return { filed: { outcome: 'gone' as const } };
  if (Object.keys(draftProblems(draft, desk.desk)).length > 0) return { filed: { outcome: 'refused' as const } };
  const { secretHash } = held;
  const inserted = await insertTicket(trx, { deskId, draft, secretHash, createdAt: now, firstResponseDueAt: dueAt });
  const { id: ticketId, number, messageId, requester } = inserted;
  const { contactId, attachmentIds: ids, kind } = draft;
  const problems = await attachUploads(trx, { desk, ticketId, messageId, contactId, secretHash, ids, now });
  if (Object.keys(problems).length > 0) throw new RefusedFiles();
  const confirmationMail = await enqueueTicketMails(trx, { desk, ticketId, contactId, requester, now, log });
  const receipt: NumberedReceipt = {
    ticket: {
      id: ticketId,
      number,
      status: 'open',
      kind,
      createdAt: instant(now),
      firstResponseDueAt: dueAt === null ? null : instant(dueAt),
    },
    confirmationMail,
  };
  await endHeld(trx, held, { state: 'filed', ticketId, answer: JSON.stringify({ receipt, contactId }) });
  return {
    filed: { outcome: 'filed' as const, receipt, contactId, locale: held.locale },
    event: { deskId, ticketId, number, requesterId: requester.id, seq: 1, internal: false },
  };
}

/** Undoes what its transaction has written. */
class RefusedFiles extends Error {}

function draftOf({ draft, state }: HeldTicketRow): TicketDraft | undefined {
  return state === 'held' && draft !== null ? (JSON.parse(draft) as TicketDraft) : undefined;
}
