import { SupportError, type Rating, type TicketStatus } from '@storefront-support/contract';
import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { DeskConfig } from '../desk-config.js';
import { attachUploads } from '../files/attach-uploads.js';
import { invalidFields } from '../invalid-fields.js';
import { enqueueThreadMail } from '../mail/enqueue-thread-mails.js';
import { compileOnce } from './compiled-query.js';
import { addMessage, addStatusChange } from './message-rows.js';
import type { Database } from './schema.js';
import { addSearchText } from './search-text.js';
import { reopenableUntil, type TicketRow } from './ticket-summary.js';

/** Who writes. */
export interface Author {
  kind: 'requester' | 'agent';
  id: string;
  /** False: an agent without an account, whom no ticket can be given to. */
  assignable?: boolean | undefined;
}

/** A message to be added. */
export interface NewMessage {
  desk: DeskConfig;
  ticketId: string;
  author: Author;
  /** `internal`: for agents alone, and none of the requester's. */
  visibility: 'public' | 'internal';
  text: string;
  /** Finished uploads, in order, and the hash of the secret that they were made with. */
  uploads?: { secretHash: string; ids: readonly string[] } | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** The last entry that its author has seen. */
  ifSeq?: number | undefined;
}

/** The ticket as it is after a change; `seq` of the entry that was added, null where there was nothing to change. */
export interface Changed {
  ticket: TicketRow;
  seq: number | null;
}

/**
 * Adds a message to a ticket. A requester's public message opens the ticket, which is an entry of its own before it where the
 * status was another; an agent's first one is the first response and makes that agent the assignee, where nobody is: neither an agent nor
 * someone else. The requester is mailed of an agent's public message.
 *
 * @throws {SupportError} `ticket-closed`: closed, and no longer the requester's to reopen. `conflict`: since `ifSeq` somebody has
 *   written a public message, or anybody else than its author has added anything. `invalid-fields`: uploads cannot be taken.
 */
export async function appendMessage(
  trx: Transaction<Database>,
  message: NewMessage,
): Promise<Changed & { seq: number; messageId: string }> {
  const { desk, ticketId, author, visibility, text, uploads, now, ifSeq } = message;
  const deskId = desk.desk.id;
  let ticket = await lockTicket(trx, deskId, ticketId);
  if (ifSeq !== undefined) await nothingNewer(trx, ticket, author, ifSeq);
  const isPublic = visibility === 'public';
  const byRequester = author.kind === 'requester';
  if (byRequester && ticket.status !== 'open') {
    ticket = await setStatus(trx, ticket, { desk, actor: author, status: 'open', reason: '', now });
    ticket.lastSeq += 1;
  }
  const seq = ticket.lastSeq;
  if (isPublic) {
    ticket.publicSeq = seq;
    ticket.updatedAt = now;
    if (ticket.status !== 'closed') ticket.waitingFor = byRequester ? 'desk' : 'requester';
    if (!byRequester) {
      ticket.unread += 1;
      ticket.firstRespondedAt ??= now;
      if (author.assignable !== false && ticket.assigneeEmail === null) ticket.assigneeId ??= author.id;
    }
  }
  await saveTicket(trx, ticket);
  const id = uuidv7({ msecs: now });
  const { kind: authorKind, id: authorId } = author;
  await addMessage(trx, { deskId, id, ticketId, seq, authorKind, authorId, visibility, text, createdAt: now });
  if (isPublic && !byRequester) await enqueueThreadMail(trx, { desk, ticket, kind: 'answer', seq, now });
  await addSearchText(trx, { deskId, ticketId, messageId: id, contactId: ticket.contactId, text, createdAt: now });
  if (uploads && uploads.ids.length > 0) {
    const fields = await attachUploads(trx, { desk, ticketId, messageId: id, contactId: ticket.contactId, ...uploads, now });
    if (Object.keys(fields).length > 0) throw invalidFields(fields);
  }
  return { ticket, seq, messageId: id };
}

/** A status to be set. */
export interface NewStatus {
  desk: DeskConfig;
  ticketId: string;
  /** `id` null: nobody in particular, as with `desk`. */
  actor: { kind: 'requester' | 'agent' | 'desk'; id: string | null };
  status: TicketStatus;
  reason: string;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Sets the status of a ticket, as an entry of its thread; the status that it has already changes nothing. The requester is mailed
 * where somebody else closes it.
 *
 * @throws {SupportError} `ticket-closed`: closed, and no longer the requester's to reopen.
 */
export async function changeStatus(trx: Transaction<Database>, { ticketId, ...change }: NewStatus): Promise<Changed> {
  const ticket = await lockTicket(trx, change.desk.desk.id, ticketId);
  if (ticket.status === change.status) return { ticket: await unlocked(trx, ticket), seq: null };
  const changed = await setStatus(trx, ticket, change);
  await saveTicket(trx, changed);
  const { desk, actor, status, now } = change;
  if (status === 'closed' && actor.kind !== 'requester')
    await enqueueThreadMail(trx, { desk, ticket, kind: 'closed', seq: changed.lastSeq, now });
  return { ticket: changed, seq: changed.lastSeq };
}

/** Notes that the requester has been shown everything up to `seq`; what was shown stays shown. */
export async function markSeen(trx: Transaction<Database>, deskId: string, ticketId: string, seq: number): Promise<Changed> {
  const ticket = await unlocked(trx, await lockTicket(trx, deskId, ticketId));
  const seenSeq = Math.min(seq, ticket.publicSeq);
  if (seenSeq <= ticket.seenSeq) return { ticket, seq: null };
  const { count } = await trx
    .selectFrom('message')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .where('seq', '>', seenSeq)
    .where('authorKind', '=', 'agent')
    .where('visibility', '=', 'public')
    .executeTakeFirstOrThrow();
  const seen = { ...ticket, seenSeq, unread: Number(count) };
  await saveTicket(trx, seen);
  return { ticket: seen, seq: null };
}

/** Rates the help; rating again replaces it. */
export async function rateTicket(
  trx: Transaction<Database>,
  { deskId, ticketId, rating, now }: { deskId: string; ticketId: string; rating: Rating; now: number },
): Promise<Changed> {
  const ticket = await trx
    .updateTable('ticket')
    .set({ ratingScore: rating.score, ratingComment: rating.comment, ratedAt: now })
    .where('deskId', '=', deskId)
    .where('id', '=', ticketId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ticket, seq: null };
}

type Key = { deskId: string; id: string };

/** Gives out the next sequence number and keeps others from doing so until the transaction ends. */
const takeSeq = compileOnce<Key>()((db, { deskId, id }) =>
  db
    .updateTable('ticket')
    .set((eb) => ({ lastSeq: eb('lastSeq', '+', 1) }))
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .returningAll(),
);
const saveTicket = compileOnce<TicketRow>()((db, row) =>
  db
    .updateTable('ticket')
    .set({
      status: row.status,
      updatedAt: row.updatedAt,
      lastSeq: row.lastSeq,
      publicSeq: row.publicSeq,
      seenSeq: row.seenSeq,
      unread: row.unread,
      waitingFor: row.waitingFor,
      firstRespondedAt: row.firstRespondedAt,
      closedAt: row.closedAt,
      assigneeId: row.assigneeId,
    })
    .where('deskId', '=', row.deskId)
    .where('id', '=', row.id),
);

async function lockTicket(trx: Transaction<Database>, deskId: string, id: string): Promise<TicketRow> {
  const { rows } = await takeSeq(trx, { deskId, id });
  if (!rows[0]) throw new SupportError('not-found', 'No such ticket.');
  return rows[0];
}

/** The number that was taken goes back: nothing was added. */
async function unlocked(trx: Transaction<Database>, ticket: TicketRow): Promise<TicketRow> {
  const before = { ...ticket, lastSeq: ticket.lastSeq - 1 };
  await saveTicket(trx, before);
  return before;
}

/** Writes the entry under the number just taken; the ticket itself is left to be saved. */
async function setStatus(
  trx: Transaction<Database>,
  ticket: TicketRow,
  { desk, actor, status, reason, now }: Omit<NewStatus, 'ticketId'>,
): Promise<TicketRow> {
  const until = reopenableUntil(ticket, desk);
  if (actor.kind === 'requester' && ticket.status === 'closed' && (until === null || until <= now))
    throw new SupportError('ticket-closed', 'This ticket is closed for good; open a new one.');
  const { deskId, id: ticketId, lastSeq: seq } = ticket;
  await addStatusChange(trx, { deskId, ticketId, seq, actorKind: actor.kind, actorId: actor.id, status, reason, createdAt: now });
  const closed = status === 'closed';
  return {
    ...ticket,
    status,
    updatedAt: now,
    publicSeq: seq,
    closedAt: closed ? now : null,
    waitingFor: closed ? null : (ticket.waitingFor ?? (actor.kind === 'requester' ? 'desk' : await moveAfter(trx, ticket))),
  };
}

/** Whose move it is by the last public message. */
async function moveAfter(trx: Transaction<Database>, { deskId, id }: TicketRow): Promise<'desk' | 'requester'> {
  const last = await trx
    .selectFrom('message')
    .select('authorKind')
    .where('deskId', '=', deskId)
    .where('ticketId', '=', id)
    .where('visibility', '=', 'public')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.authorKind === 'agent' ? 'requester' : 'desk';
}

async function nothingNewer(trx: Transaction<Database>, { deskId, id }: TicketRow, author: Author, seq: number): Promise<void> {
  const newer = await trx
    .selectFrom('message')
    .select('seq')
    .where('deskId', '=', deskId)
    .where('ticketId', '=', id)
    .where('seq', '>', seq)
    .where((eb) => eb.or([eb('visibility', '=', 'public'), eb.and([eb('authorKind', '=', 'agent'), eb('authorId', '<>', author.id)])]))
    .unionAll(
      trx
        .selectFrom('statusChange')
        .select('seq')
        .where('deskId', '=', deskId)
        .where('ticketId', '=', id)
        .where('seq', '>', seq)
        .where((eb) => eb.or([eb('actorKind', '<>', 'agent'), eb('actorId', '<>', author.id)])),
    )
    .limit(1)
    .executeTakeFirst();
  if (newer) throw new SupportError('conflict', 'Something newer stands in this thread: read it, then send again.');
}
