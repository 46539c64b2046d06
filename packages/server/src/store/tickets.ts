import type { TicketDetail, TicketDraft } from '@storefront-support/contract';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { newTicketNumber } from '../ticket-number.js';
import { compileOnce } from './compiled-query.js';
import type { Database, RequesterTable, SpentProofTable, TicketTable, TicketTagTable } from './schema.js';

const NUMBER_TRIES = 5;
const PRE_SALE_TAG = 'pre-sale';

type Row<T> = Insertable<T> & { [name: string]: unknown };

const addTicket = compileOnce<Row<TicketTable>>()((db, row) =>
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
      message: row.message,
      orderReference: row.orderReference,
      locale: row.locale,
      secretHash: row.secretHash,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      firstResponseDueAt: row.firstResponseDueAt,
    })
    .onConflict((conflict) => conflict.columns(['deskId', 'number']).doNothing()),
);
const addTag = compileOnce<Row<TicketTagTable>>()((db, { deskId, ticketId, tag }) =>
  db.insertInto('ticketTag').values({ deskId, ticketId, tag }),
);
const findRequester = compileOnce<{ deskId: string; emailKey: string }>()((db, { deskId, emailKey }) =>
  db.selectFrom('requester').select(['id', 'verified']).where('deskId', '=', deskId).where('emailKey', '=', emailKey),
);
const addRequester = compileOnce<Row<RequesterTable>>()((db, { deskId, id, emailKey, email, name, createdAt }) =>
  db
    .insertInto('requester')
    .values({ deskId, id, emailKey, email, name, createdAt })
    .onConflict((conflict) => conflict.columns(['deskId', 'emailKey']).doNothing()),
);
const addSpentProof = compileOnce<Row<SpentProofTable>>()((db, { deskId, signature, expiresAt }) =>
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
}

/** The ticket's row as far as others need it. */
export interface InsertedTicket {
  id: string;
  number: string;
  requester: { emailKey: string; verified: boolean };
}

/** Writes requester, ticket and tag. */
export async function insertTicket(
  trx: Transaction<Database>,
  { deskId, draft, secretHash, createdAt, firstResponseDueAt }: NewTicket,
): Promise<InsertedTicket> {
  const emailKey = draft.requester.email.toLowerCase();
  const requester = await findOrAddRequester(trx, deskId, draft, emailKey, createdAt);
  const id = uuidv7({ msecs: createdAt });
  const row = {
    deskId,
    id,
    requesterId: requester.id,
    contactId: draft.contactId,
    kind: draft.kind,
    status: 'open' as const,
    subject: draft.subject,
    message: draft.message,
    orderReference: draft.orderReference || null,
    locale: draft.locale,
    secretHash,
    createdAt,
    updatedAt: createdAt,
    firstResponseDueAt,
  };
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = newTicketNumber();
    const { numAffectedRows } = await addTicket(trx, { ...row, number });
    if (!numAffectedRows) continue;
    if (draft.kind === 'pre-sale') await addTag(trx, { deskId, ticketId: id, tag: PRE_SALE_TAG });
    return { id, number, requester: { emailKey, verified: requester.verified === 1 } };
  }
  throw new Error('No free ticket number was found.');
}

async function findOrAddRequester(trx: Transaction<Database>, deskId: string, draft: TicketDraft, emailKey: string, createdAt: number) {
  const find = async () => (await findRequester(trx, { deskId, emailKey })).rows[0];
  const known = await find();
  if (known) return known;
  const { name, email } = draft.requester;
  const id = uuidv7({ msecs: createdAt });
  // somebody else may add the same address at the same time on an engine with several writers
  const { numAffectedRows } = await addRequester(trx, { deskId, id, emailKey, email, name, createdAt });
  if (numAffectedRows) return { id, verified: 0 as const };
  const theirs = await find();
  if (!theirs) throw new Error('A requester that exists could not be read.');
  return theirs;
}

/** Spends a proof. False: it was spent before. */
export async function spendProof(trx: Transaction<Database>, deskId: string, signature: string, expiresAt: number): Promise<boolean> {
  const { numAffectedRows } = await addSpentProof(trx, { deskId, signature, expiresAt });
  return numAffectedRows === 1n;
}

/** The ticket of this number, if it belongs to this secret. */
export async function findTicket(
  db: Kysely<Database>,
  deskId: string,
  number: string,
  secretHash: string,
): Promise<TicketDetail | undefined> {
  const row = await db
    .selectFrom('ticket')
    .select(['id', 'number', 'status', 'kind', 'createdAt', 'firstResponseDueAt', 'contactId', 'subject', 'message', 'orderReference'])
    .where('deskId', '=', deskId)
    .where('number', '=', number)
    .where('secretHash', '=', secretHash)
    .executeTakeFirst();
  if (!row) return undefined;
  const attachments = await db
    .selectFrom('upload')
    .select(['id', 'name', 'size', 'type', 'sha256'])
    .where('deskId', '=', deskId)
    .where('ticketId', '=', row.id)
    .orderBy('position')
    .execute();
  return {
    ...row,
    createdAt: instant(row.createdAt),
    firstResponseDueAt: row.firstResponseDueAt === null ? null : instant(row.firstResponseDueAt),
    attachments: attachments.map((file) => ({ ...file, type: file.type ?? 'application/octet-stream' })),
  };
}

/** ISO 8601 in UTC. */
export function instant(millis: number): string {
  return new Date(millis).toISOString();
}
