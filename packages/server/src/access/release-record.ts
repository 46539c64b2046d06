import { SupportError, type AccessReveal, type RevealOutcome } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Access } from '../agents/access.js';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { findRecord, lockTicket, markTicket, momentOf, recordFacts, requestOn, type RecordRow } from '../store/access-rows.js';
import type { AccessRevealTable } from '../store/access-schema.js';
import { serves } from '../store/agents.js';
import type { Database } from '../store/schema.js';
import { findTicketById } from '../store/ticket-access.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { instant } from '../store/tickets.js';
import { stepRecord } from '@storefront-support/contract/access-lifecycle';
import { bindOf, recordViews } from './access-view.js';
import { insist, stepRecordRow, type Stepped } from './access-steps.js';
import { appendAudit, chainOf, type AuditSource } from './audit-chain.js';
import { joinSealed } from './sealed-body.js';
import { shredHeaders } from './shred-headers.js';

export type RevealRow = Selectable<AccessRevealTable>;
type ReleasePorts = Pick<Ports, 'store' | 'headers'>;

/** Who wants to open what, and why. */
export interface Release {
  desk: DeskConfig;
  access: Access;
  recordId: string;
  purpose: 'reveal' | 'rewrap';
  /** Number of the newest key that may be sealed to; with `reveal` it does not matter. */
  newest: number;
  reason: string;
  /** `Idempotency-Key`. */
  key: string;
  source: AuditSource;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Lends a record to one agent for two minutes: when it resolves, the audit and the customer's notice are on disk, and only then
 * `readReleased` gives out a byte. The same key of the same agent is the same release.
 *
 * @throws {SupportError} `not-found`, `gone`, `busy`, `not-assigned`, `second-factor-needed`, `idempotency-mismatch`;
 *   `epoch-old`: there is no newer key to seal it to, and nobody reads it on that pretext
 */
export async function releaseRecord(ports: ReleasePorts, release: Release): Promise<{ reveal: AccessReveal; ticket: TicketRow }> {
  const { desk, access, recordId, purpose, newest, key, source, now, reason } = release;
  const deskId = desk.desk.id;
  const { agent } = access;
  const seen = await servedRecord(ports.store.read, desk, access, recordId);
  const filed = seen.row.header !== null && (await ports.headers.has(deskId, seen.row.header));
  const { row, ticket, id, refused } = await ports.store.write.run(async (trx) => {
    const ticket = await lockTicket(trx, deskId, seen.row.ticketId);
    const row = await recordAgain(trx, deskId, recordId);
    const before = await revealByKey(trx, { deskId, recordId, agentId: agent.id, key });
    if (before) {
      if (before.purpose !== purpose) throw new SupportError('idempotency-mismatch', 'This key was that of a release for something else.');
      const { facts } = stepRecord(recordFacts(row), { type: 'tick' }, momentOf(ticket, now));
      return { row, ticket, id: before.id, refused: facts.lease?.reveal === before.id ? null : ('gone' as const) };
    }
    if (purpose === 'rewrap' && access.agent.role === 'admin' && row.epoch >= newest)
      return { row, ticket, id: '', refused: 'epoch-old' as const };
    const id = uuidv7({ msecs: now });
    const place = { desk, ticket, source, now };
    const stepped: Stepped<RecordRow> =
      filed || row.header !== seen.row.header
        ? await stepRecordRow(
            trx,
            place,
            row,
            {
              type: 'open',
              reveal: id,
              agentId: agent.id,
              purpose,
              assigned: await isTheirs(trx, access, ticket, row, purpose),
              provedAt: access.provedAt,
              reason,
            },
            { reason },
          )
        : await stepRecordRow(trx, place, row, { type: 'lose' });
    const marked = await markTicket(trx, ticket);
    if (stepped.refused !== null || stepped.row.leaseReveal !== id) {
      const refused = stepped.refused ?? 'gone';
      if (refused === 'not-assigned' && purpose === 'reveal') {
        const told = { requestId: row.requestId, recordId, epoch: row.epoch };
        await appendAudit(trx, chainOf(ticket), [{ ...source, event: 'reveal.denied', at: now, reason, ...told }]);
      }
      return { row: stepped.row, ticket: marked, id, refused };
    }
    const made = { deskId, id, ticketId: ticket.id, recordId, agentId: agent.id, purpose, requestKey: key, createdAt: now, outcome: null };
    await trx.insertInto('accessReveal').values(made).execute();
    return { row: stepped.row, ticket: marked, id, refused: null };
  });
  if (row.state !== 'active') await shredHeaders(ports, [row]);
  insist({ row, refused });
  const [record] = await recordViews(ports.store.read, [row], momentOf(ticket, now));
  if (!record) throw new Error('A record had no view.');
  const leaseUntil = instant(row.leaseUntil ?? now);
  return { reveal: { id, record, bind: bindOf(row), fileBytes: row.fileBytes, leaseUntil }, ticket };
}

/** The sealed bytes, as long as the lease stands; asking again is fine. @throws {SupportError} `not-found`, `gone` */
export async function readReleased(
  ports: ReleasePorts,
  desk: DeskConfig,
  access: Access,
  revealId: string,
  now: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { row, ticket } = await leased(ports.store.read, desk, access, revealId);
  const { facts } = stepRecord(recordFacts(row), { type: 'tick' }, momentOf(ticket, now));
  const header = row.header === null || facts.lease?.reveal !== revealId ? null : await ports.headers.read(row.deskId, row.header);
  const payload = await ports.store.read
    .selectFrom('accessPayload')
    .select('bytes')
    .where('deskId', '=', row.deskId)
    .where('recordId', '=', row.id)
    .executeTakeFirst();
  if (header === null || !payload) throw new SupportError('gone', 'This release has ended; ask for another.');
  return joinSealed(header, payload.bytes, row.fileBytes);
}

/** Says what came of a release. The same again is fine. @throws {SupportError} `not-found`, `gone` */
export async function acknowledge(
  ports: ReleasePorts,
  {
    desk,
    access,
    revealId,
    outcome,
    source,
    now,
  }: { desk: DeskConfig; access: Access; revealId: string; outcome: RevealOutcome; source: AuditSource; now: number },
): Promise<{ row: RecordRow; ticket: TicketRow }> {
  const seen = await leased(ports.store.read, desk, access, revealId);
  const { row, ticket, refused } = await ports.store.write.run(async (trx) => {
    const locked = await lockTicket(trx, seen.row.deskId, seen.row.ticketId);
    const before = await recordAgain(trx, seen.row.deskId, seen.row.id);
    const reveal = await revealOf(trx, seen.row.deskId, revealId, access);
    if (reveal.outcome === outcome) return { row: before, ticket: locked, refused: null };
    const command = { type: 'acknowledge', reveal: revealId, agentId: access.agent.id, outcome } as const;
    const stepped = await stepRecordRow(trx, { desk, ticket: locked, source, now }, before, command, {
      reason: outcome === 'opened' ? '' : outcome,
    });
    if (stepped.refused === null)
      await trx.updateTable('accessReveal').set({ outcome }).where('deskId', '=', before.deskId).where('id', '=', revealId).execute();
    return { ...stepped, ticket: await markTicket(trx, locked) };
  });
  if (row.state !== 'active') await shredHeaders(ports, [row]);
  return { row: insist({ row, refused }), ticket };
}

/** The record behind a release of this agent. @throws {SupportError} `not-found` */
export async function leased(
  db: Kysely<Database>,
  desk: DeskConfig,
  access: Access,
  revealId: string,
): Promise<{ row: RecordRow; ticket: TicketRow; reveal: RevealRow }> {
  const reveal = await revealOf(db, desk.desk.id, revealId, access);
  return { ...(await servedRecord(db, desk, access, reveal.recordId)), reveal };
}

async function revealOf(db: Kysely<Database>, deskId: string, id: string, { agent }: Access): Promise<RevealRow> {
  const row = await db
    .selectFrom('accessReveal')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .where('agentId', '=', agent.id)
    .executeTakeFirst();
  if (!row) throw new SupportError('not-found', 'There is no release of this id for this agent.');
  return row;
}

async function revealByKey(
  db: Kysely<Database>,
  { deskId, recordId, agentId, key }: { deskId: string; recordId: string; agentId: string; key: string },
): Promise<RevealRow | undefined> {
  return db
    .selectFrom('accessReveal')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('recordId', '=', recordId)
    .where('agentId', '=', agentId)
    .where('requestKey', '=', key)
    .executeTakeFirst();
}

/** @throws {SupportError} `not-found`, alike for one that does not exist and for one of a contact that the agent does not serve. */
async function servedRecord(
  db: Kysely<Database>,
  desk: DeskConfig,
  { agent }: Access,
  id: string,
): Promise<{ row: RecordRow; ticket: TicketRow }> {
  const deskId = desk.desk.id;
  const row = await findRecord(db, deskId, id);
  const ticket = await findTicketById(db, deskId, row?.ticketId ?? '');
  if (!row || !ticket || !serves(agent, deskId, ticket.contactId))
    throw new SupportError('not-found', 'There is no record of this id for this agent.');
  return { row, ticket };
}

/** The record as it is in a transaction. @throws {SupportError} `not-found`: its ticket has been erased since it was seen. */
export async function recordAgain(trx: Transaction<Database>, deskId: string, id: string): Promise<RecordRow> {
  const row = await findRecord(trx, deskId, id);
  if (!row) throw new SupportError('not-found', 'There is no record of this id for this agent.');
  return row;
}

/** To open: whose ticket it is, or who asked. To seal to another key: admins. */
async function isTheirs(
  trx: Transaction<Database>,
  { agent }: Access,
  ticket: TicketRow,
  row: RecordRow,
  purpose: Release['purpose'],
): Promise<boolean> {
  if (purpose === 'rewrap') return agent.role === 'admin';
  if (ticket.assigneeId === agent.id) return true;
  return (await requestOn(trx, ticket, row.requestId)).agentId === agent.id;
}
