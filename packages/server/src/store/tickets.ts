import type { TicketDetail, TicketDraft } from '@storefront-support/contract';
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { newTicketNumber } from '../ticket-number.js';
import { compileOnce } from './compiled-query.js';
import { addMessage } from './message-rows.js';
import { findOrAddRequester, type KnownRequester } from './requesters.js';
import { addSearchText } from './search-text.js';
import type { Database, SpentProofTable, TicketTable, TicketTagTable, UploadTable } from './schema.js';

const NUMBER_TRIES = 5;
const PRE_SALE_TAG = 'pre-sale';

const addTicket = compileOnce<Insertable<TicketTable>>()((db, row) =>
  db
    .insertInto('ticket')
    .values({
      deskId: row.deskId,
      id: row.id,
      number: row.number,
      requesterId: row.requesterId,
      contactId: row.contactId,
      kind: row.kind,
      status: row.status,
      subject: row.subject,
      orderReference: row.orderReference,
      locale: row.locale,
      secretHash: row.secretHash,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      firstResponseDueAt: row.firstResponseDueAt,
      lastSeq: 1,
      publicSeq: 1,
      seenSeq: row.seenSeq,
      unread: row.unread,
      waitingFor: row.waitingFor,
      firstRespondedAt: row.firstRespondedAt,
      assigneeId: row.assigneeId,
    })
    .onConflict((conflict) => conflict.columns(['deskId', 'number']).doNothing()),
);
const addTag = compileOnce<Insertable<TicketTagTable>>()((db, { deskId, ticketId, tag }) =>
  db.insertInto('ticketTag').values({ deskId, ticketId, tag }),
);
const addSpentProof = compileOnce<Insertable<SpentProofTable>>()((db, { deskId, signature, expiresAt }) =>
  db
    .insertInto('spentProof')
    .values({ deskId, signature, expiresAt })
    .onConflict((conflict) => conflict.columns(['deskId', 'signature']).doNothing()),
);

/** What a ticket needs beyond its draft. */
export interface NewTicket {
  deskId: string;
  draft: TicketDraft;
  secretHash: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  firstResponseDueAt: number | null;
  /** Who opens it for the requester, and whose message it then is; `assignable` false: it is nobody's then. */
  agent?: { id: string; assignable: boolean } | undefined;
}

/** The ticket's row as far as others need it. */
export interface InsertedTicket {
  id: string;
  number: string;
  /** Of the message it begins with. */
  messageId: string;
  requester: KnownRequester;
}

/** Writes requester, ticket, its first message and tag. */
export async function insertTicket(
  trx: Transaction<Database>,
  { deskId, draft, secretHash, createdAt, firstResponseDueAt, agent }: NewTicket,
): Promise<InsertedTicket> {
  const requester = await findOrAddRequester(trx, deskId, draft.requester, createdAt);
  const id = uuidv7({ msecs: createdAt });
  const row = {
    deskId,
    id,
    requesterId: requester.id,
    contactId: draft.contactId,
    kind: draft.kind,
    status: 'open' as const,
    subject: draft.subject,
    orderReference: draft.orderReference || null,
    locale: draft.locale,
    secretHash,
    createdAt,
    updatedAt: createdAt,
    firstResponseDueAt,
    ...(agent === undefined
      ? { seenSeq: 1, unread: 0, waitingFor: 'desk' as const, firstRespondedAt: null, assigneeId: null }
      : {
          seenSeq: 0,
          unread: 1,
          waitingFor: 'requester' as const,
          firstRespondedAt: createdAt,
          assigneeId: agent.assignable ? agent.id : null,
        }),
  };
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = newTicketNumber();
    const { numAffectedRows } = await addTicket(trx, { ...row, number });
    if (!numAffectedRows) continue;
    const messageId = uuidv7({ msecs: createdAt });
    await addMessage(trx, {
      deskId,
      id: messageId,
      ticketId: id,
      seq: 1,
      authorKind: agent === undefined ? 'requester' : 'agent',
      authorId: agent?.id ?? requester.id,
      visibility: 'public',
      text: draft.message,
      createdAt,
    });
    const searchable = { deskId, ticketId: id, contactId: draft.contactId, createdAt };
    await addSearchText(trx, { ...searchable, messageId, text: draft.message });
    await addSearchText(trx, { ...searchable, messageId: '', text: `${draft.subject} ${draft.orderReference ?? ''}` });
    if (draft.kind === 'pre-sale') await addTag(trx, { deskId, ticketId: id, tag: PRE_SALE_TAG });
    return { id, number, messageId, requester };
  }
  throw new Error('No free ticket number was found.');
}

/** Spends a proof. False: it was spent before. */
export async function spendProof(trx: Transaction<Database>, deskId: string, signature: string, expiresAt: number): Promise<boolean> {
  const { numAffectedRows } = await addSpentProof(trx, { deskId, signature, expiresAt });
  return numAffectedRows === 1n;
}

/** The ticket with its content. */
export async function readTicket(db: Kysely<Database>, { deskId, id }: { deskId: string; id: string }): Promise<TicketDetail> {
  const row = await db
    .selectFrom('ticket')
    .innerJoin('message', (join) =>
      join.onRef('message.deskId', '=', 'ticket.deskId').onRef('message.ticketId', '=', 'ticket.id').on('message.seq', '=', 1),
    )
    .select(['ticket.id', 'number', 'status', 'kind', 'ticket.createdAt', 'firstResponseDueAt', 'contactId', 'subject', 'orderReference'])
    .select(['message.id as messageId', 'message.text as message'])
    .where('ticket.deskId', '=', deskId)
    .where('ticket.id', '=', id)
    .executeTakeFirstOrThrow();
  const attachments = await db
    .selectFrom('upload')
    .select(['id', 'name', 'size', 'type', 'sha256'])
    .where('deskId', '=', deskId)
    .where('messageId', '=', row.messageId)
    .orderBy('position')
    .execute();
  const { messageId: _, ...detail } = row;
  return {
    ...detail,
    createdAt: instant(row.createdAt),
    firstResponseDueAt: row.firstResponseDueAt === null ? null : instant(row.firstResponseDueAt),
    attachments: attachments.map(attachmentOf),
  };
}

/** A file as the wire has it. */
export function attachmentOf({ id, name, size, type, sha256 }: Pick<Selectable<UploadTable>, 'id' | 'name' | 'size' | 'type' | 'sha256'>) {
  return { id, name, size, type: type ?? 'application/octet-stream', sha256 };
}

/** ISO 8601 in UTC. */
export function instant(millis: number): string {
  return new Date(millis).toISOString();
}
