import { randomUUID } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { DeskConfig } from '../desk-config.js';
import { compileOnce } from '../store/compiled-query.js';
import type { Database, OutboxTable } from '../store/schema.js';
import { domainOf } from './address.js';

/** A mail that is to be written once its transaction has committed. */
export interface NewMail {
  desk: DeskConfig;
  kind: Selectable<OutboxTable>['kind'];
  /** Empty where it is about no ticket. */
  ticketId: string;
  /** Of the entry that it is about. */
  seq: number;
  /** See `OutboxTable`. */
  recipientKey: string;
  linkId?: string | undefined;
  /** Without angle brackets; one of its own where it is absent. */
  messageId?: string | undefined;
  /** False: a row that is never sent. */
  sent?: boolean | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** The same; at once where it is absent. */
  dueAt?: number | undefined;
}

interface Row {
  deskId: string;
  id: string;
  ticketId: string;
  kind: NewMail['kind'];
  seq: number;
  linkId: string | null;
  messageId: string;
  recipientKey: string;
  state: 'waiting' | 'withheld';
  dueAt: number;
  now: number;
}

const insert = compileOnce<Row>()((db, row) =>
  db.insertInto('outbox').values({
    deskId: row.deskId,
    id: row.id,
    ticketId: row.ticketId,
    kind: row.kind,
    seq: row.seq,
    linkId: row.linkId,
    messageId: row.messageId,
    recipientKey: row.recipientKey,
    state: row.state,
    attempts: 0,
    dueAt: row.dueAt,
    leaseUntil: 0,
    createdAt: row.now,
  }),
);

/** Leaves a mail in the outbox. */
export async function addMail(trx: Transaction<Database>, mail: NewMail): Promise<void> {
  const { desk, kind, ticketId, seq, recipientKey, linkId, messageId, sent = true, now, dueAt = now } = mail;
  await insert(trx, {
    deskId: desk.desk.id,
    id: uuidv7({ msecs: now }),
    ticketId,
    kind,
    seq,
    linkId: linkId ?? null,
    messageId: messageId ?? `${randomUUID()}@${domainOf(desk.mail.from)}`,
    recipientKey,
    state: sent ? 'waiting' : 'withheld',
    dueAt,
    now,
  });
}
