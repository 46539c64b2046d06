import type { SupportErrorCode } from '@storefront-support/contract';
import { SupportError } from '@storefront-support/contract';
import {
  stepRecord,
  stepRequest,
  type LifeEvent,
  type LifeStep,
  type RecordCommand,
  type RequestCommand,
} from '@storefront-support/contract/access-lifecycle';
import type { Transaction, Updateable } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { enqueueAccessMail } from '../mail/enqueue-access-mail.js';
import { momentOf, recordFacts, requestFacts, saveRecord, saveRequest, type RecordRow, type RequestRow } from '../store/access-rows.js';
import type { AccessRecordTable, AccessRequestTable } from '../store/access-schema.js';
import type { AccessMailKind, Database } from '../store/schema.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { appendAudit, BY_ITSELF, chainOf, type AuditSource } from './audit-chain.js';

/** Where a step is taken: on a ticket that the transaction has locked. */
export interface AccessPlace {
  /** Undefined: it has left the configuration, and nobody is mailed. */
  desk: DeskConfig | undefined;
  ticket: TicketRow;
  source: AuditSource;
  /** Milliseconds since 1970. */
  now: number;
}

/** The row as it is then. A refusal does not undo what time had brought about: the transaction commits, and then it is thrown. */
export interface Stepped<Row> {
  row: Row;
  refused: SupportErrorCode | null;
}

/** Takes a step in the life of a request, and writes down what came of it. */
export async function stepRequestRow(
  trx: Transaction<Database>,
  { ticket, source, now }: AccessPlace,
  before: RequestRow,
  command: RequestCommand,
  { reason, more }: { reason?: string; more?: Updateable<AccessRequestTable> } = {},
): Promise<Stepped<RequestRow>> {
  const step = stepRequest(requestFacts(before), command, momentOf(ticket, now));
  if (step.events.length === 0 && unchanged(step, before.state)) return { row: before, refused: step.refused };
  const row = await saveRequest(trx, before, step.facts, step.refused === null ? more : {});
  await appendAudit(
    trx,
    chainOf(ticket),
    step.events.map((event) => ({ ...saidBy(event, source, reason), event: event.event, at: event.at, requestId: row.id })),
  );
  return { row, refused: step.refused };
}

/**
 * Takes a step in the life of a record, writes it down, and leaves word for the customer: all of it before anything is released.
 * What the row was filed under has to be shredded once the transaction is committed, where the record has ended.
 */
export async function stepRecordRow(
  trx: Transaction<Database>,
  { desk, ticket, source, now }: AccessPlace,
  before: RecordRow,
  command: RecordCommand,
  { reason, more }: { reason?: string; more?: Updateable<AccessRecordTable> } = {},
): Promise<Stepped<RecordRow>> {
  const step = stepRecord(recordFacts(before), command, momentOf(ticket, now));
  if (step.events.length === 0) return { row: before, refused: step.refused };
  const row = await saveRecord(trx, before, step.facts, step.refused === null ? more : {});
  for (const event of step.events) {
    const told = { requestId: row.requestId, recordId: row.id, epoch: row.epoch };
    const draft = { ...saidBy(event, source, reason), event: event.event, at: event.at, ...told };
    const seq = await appendAudit(trx, chainOf(ticket), [draft]);
    const kind = mailOf(event, source);
    if (kind && desk) await enqueueAccessMail(trx, { desk, ticket, kind, seq, now });
  }
  return { row, refused: step.refused };
}

/** @throws {SupportError} what a step was refused with. */
export function insist<Row>({ row, refused }: Stepped<Row>): Row {
  if (refused === null) return row;
  throw new SupportError(refused, WHY[refused] ?? 'This cannot be done as things are now.');
}

const WHY: { [code in SupportErrorCode]?: string } = {
  gone: 'This record has ended, or this release of it has: nothing can be opened with it any more.',
  busy: 'Somebody has this record open; it is free again when they have said what came of it, or two minutes later.',
  'not-assigned': 'Only the agent who asked, or to whom the ticket is assigned, may open this.',
  'second-factor-needed': 'Sign in again at this page, with a passkey or with password and code: it is needed anew after five minutes.',
  'request-closed': 'This request takes no answer any more, or the ticket is closed.',
  'expiry-too-short': 'expiresAt has to lie in the future.',
  'expiry-too-long': 'expiresAt may be at most 30 days after the beginning, and only the customer may move it further away.',
  'epoch-old': 'The record is sealed to this key already, or to a later one.',
  'invalid-fields': 'A reason is needed.',
};

function unchanged(step: LifeStep<{ state: string }>, state: string): boolean {
  return step.facts.state === state;
}

function saidBy(event: LifeEvent, source: AuditSource, reason = '') {
  return event.byItself ? { ...BY_ITSELF, reason: '' } : { ...source, reason };
}

function mailOf({ event, byItself }: LifeEvent, { actor }: AuditSource): AccessMailKind | null {
  if (event === 'reveal.opened' || event === 'rewrap.opened') return 'access-opened';
  const ended = /^record\.(consumed|expired|closed|revoked)$/.test(event);
  // who has ended it knows
  return ended && (byItself || actor.kind !== 'requester') ? 'access-ended' : null;
}
