import { ACCESS } from '@storefront-support/contract/access-record';
import { publishAccess } from '../access/access-changes.js';
import { appendAudit, BY_ITSELF, chainOf } from '../access/audit-chain.js';
import { stepRecordRow, stepRequestRow } from '../access/access-steps.js';
import { recordIdIn } from '../access/header-store.js';
import { keysChain } from '../access/team-keys.js';
import { shredHeaders } from '../access/shred-headers.js';
import { enqueueAccessMail } from '../mail/enqueue-access-mail.js';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { findRecord, findRequest, lockTicket, markTicket, type RecordRow } from '../store/access-rows.js';

const BATCH = 200;
/** A header is written before its row: one that has had no row for so long never gets one. */
const ORPHAN_MS = 3_600_000;

/** What a sweep has done. */
export interface AccessSweep {
  ended: number;
  shredded: number;
  reminded: number;
  purged: number;
}

/**
 * Writes down what time has brought about, and removes what must not stay: to be called often. Reading never waits for it. What was
 * lent to a desk that has left the configuration ends by its time like any other, without a mail.
 */
export async function sweepAccess(ports: Ports): Promise<AccessSweep> {
  const sweep: AccessSweep = { ended: 0, shredded: 0, reminded: 0, purged: 0 };
  for (const deskId of await desksWithRecords(ports)) {
    const desk = ports.desks.get(deskId);
    sweep.ended += await endDue(ports, deskId);
    sweep.shredded += await shredLeft(ports, deskId);
    if (desk) sweep.reminded += await remind(ports, desk);
    sweep.purged += await purge(ports, deskId);
  }
  await ports.store.write.run((trx) => trx.deleteFrom('accessPass').where('expiresAt', '<=', ports.now()).execute());
  if (sweep.ended + sweep.reminded > 0) ports.mailWaiting();
  return sweep;
}

/**
 * Headers that no active record has, and active records whose header is gone: what a crash leaves, or a restored database. Headers of
 * a desk that this installation knows nothing of may be those of another: they stay as long as any record may live.
 */
export async function sweepHeaders(ports: Ports): Promise<number> {
  let swept = 0;
  const known = new Set(await desksWithRecords(ports));
  for (const deskId of new Set([...known, ...(await ports.headers.desks())])) {
    if (ports.desks.has(deskId)) await noteManifest(ports, deskId);
    const orphanMs = known.has(deskId) ? ORPHAN_MS : ACCESS.expiryMaxMs;
    const there = new Set<string>();
    for await (const { name, writtenAt } of ports.headers.names(deskId)) {
      there.add(name);
      // by the files' own clock, which is the machine's
      if (Date.now() - writtenAt < orphanMs) continue;
      const row = await findRecord(ports.store.read, deskId, recordIdIn(name));
      if (row?.state === 'active' && row.header === name) continue;
      await ports.headers.shred(deskId, name);
      swept += 1;
    }
    const active = await ports.store.read
      .selectFrom('accessRecord')
      .selectAll()
      .where('deskId', '=', deskId)
      .where('state', '=', 'active')
      .execute();
    for (const row of active) {
      if (row.header === null || there.has(row.header) || (await ports.headers.has(deskId, row.header))) continue;
      if (await step(ports, row, 'lose')) swept += 1;
    }
  }
  return swept;
}

/** Those of the configuration, and those that had records once. */
async function desksWithRecords({ desks, store }: Ports): Promise<string[]> {
  const rows = await store.read.selectFrom('accessRecord').select('deskId').distinct().execute();
  return [...new Set([...desks.keys(), ...rows.map(({ deskId }) => deskId)])];
}

/** Writes into the chain of a desk's keys that others have been published than before. */
async function noteManifest(ports: Ports, deskId: string): Promise<void> {
  const bytes = await ports.manifests.read(deskId, 'manifest.json');
  if (!bytes) return;
  const reason = `SHA-256 ${sha256(bytes)}`;
  await ports.store.write.run(async (trx) => {
    const last = await trx
      .selectFrom('accessAudit')
      .select('reason')
      .where('deskId', '=', deskId)
      .where('ticketId', '=', '')
      .where('event', '=', 'key.manifest-published')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last?.reason === reason) return;
    await appendAudit(trx, keysChain(deskId), [{ ...BY_ITSELF, event: 'key.manifest-published', at: ports.now(), reason }]);
  });
}

async function endDue(ports: Ports, deskId: string): Promise<number> {
  const { store } = ports;
  const now = ports.now();
  let ended = 0;
  const due = await store.read
    .selectFrom('accessRecord')
    .innerJoin('ticket', (join) => join.onRef('ticket.deskId', '=', 'accessRecord.deskId').onRef('ticket.id', '=', 'accessRecord.ticketId'))
    .selectAll('accessRecord')
    .where('accessRecord.deskId', '=', deskId)
    .where('accessRecord.state', '=', 'active')
    .where((eb) =>
      eb.or([
        eb('accessRecord.expiresAt', '<=', now),
        eb('accessRecord.leaseUntil', '<=', now),
        eb.and([eb('ticket.status', '=', 'closed'), eb('ticket.closedAt', '<=', now - ACCESS.afterCloseMs)]),
      ]),
    )
    .limit(BATCH)
    .execute();
  for (const row of due) if ((await step(ports, row, 'tick'))?.state !== 'active') ended += 1;
  const open = await store.read
    .selectFrom('accessRequest')
    .innerJoin('ticket', (join) =>
      join.onRef('ticket.deskId', '=', 'accessRequest.deskId').onRef('ticket.id', '=', 'accessRequest.ticketId'),
    )
    .selectAll('accessRequest')
    .where('accessRequest.deskId', '=', deskId)
    .where('accessRequest.state', 'in', ['asked', 'offered'])
    .where((eb) =>
      eb.or([
        eb('accessRequest.answerUntil', '<=', now),
        eb.and([eb('ticket.status', '=', 'closed'), eb('ticket.closedAt', '<=', now - ACCESS.afterCloseMs)]),
      ]),
    )
    .limit(BATCH)
    .execute();
  for (const { id, ticketId } of open) {
    const ticket = await store.write.run(async (trx) => {
      const ticket = await lockTicket(trx, deskId, ticketId);
      const row = await findRequest(trx, deskId, id);
      if (!row) return null;
      await stepRequestRow(trx, { desk: ports.desks.get(deskId), ticket, source: BY_ITSELF, now }, row, { type: 'tick' });
      return markTicket(trx, ticket);
    });
    if (ticket) publishAccess(ports, ticket);
    ended += 1;
  }
  return ended;
}

/** @returns the record then; null where its ticket has been erased since it was seen: nothing is told of it any more. */
async function step(ports: Ports, { deskId, id, ticketId }: RecordRow, type: 'tick' | 'lose'): Promise<RecordRow | null> {
  const stepped = await ports.store.write.run(async (trx) => {
    const ticket = await lockTicket(trx, deskId, ticketId);
    const seen = await findRecord(trx, deskId, id);
    if (!seen) return null;
    const place = { desk: ports.desks.get(deskId), ticket, source: BY_ITSELF, now: ports.now() };
    const { row } = await stepRecordRow(trx, place, seen, { type });
    return { row, ticket: await markTicket(trx, ticket) };
  });
  if (!stepped) return null;
  const { row, ticket } = stepped;
  if (row.state !== 'active') await shredHeaders(ports, [row]);
  publishAccess(ports, ticket);
  return row;
}

async function shredLeft(ports: Ports, deskId: string): Promise<number> {
  const left = await ports.store.read
    .selectFrom('accessRecord')
    .select(['deskId', 'id', 'header'])
    .where('deskId', '=', deskId)
    .where('state', '<>', 'active')
    .where('header', 'is not', null)
    .limit(BATCH)
    .execute();
  await shredHeaders(ports, left);
  return left.length;
}

async function remind(ports: Ports, desk: DeskConfig): Promise<number> {
  const now = ports.now();
  let reminded = 0;
  for (const [n, after] of ACCESS.afterCareRemindersMs.entries()) {
    const due = await ports.store.read
      .selectFrom('accessRecord')
      .selectAll()
      .where('deskId', '=', desk.desk.id)
      .where('afterCareOpen', '=', 1)
      .where('reminders', '=', n)
      .where('endedAt', '<=', now - after)
      .limit(BATCH)
      .execute();
    for (const { deskId, id, ticketId } of due) {
      reminded += await ports.store.write.run(async (trx) => {
        const ticket = await lockTicket(trx, deskId, ticketId);
        const row = await findRecord(trx, deskId, id);
        if (row?.afterCareOpen !== 1 || row.reminders !== n) return 0;
        await trx
          .updateTable('accessRecord')
          .set({ reminders: n + 1 })
          .where('deskId', '=', deskId)
          .where('id', '=', id)
          .execute();
        const ended = await trx
          .selectFrom('accessAudit')
          .select((eb) => eb.fn.max('seq').as('seq'))
          .where('deskId', '=', deskId)
          .where('ticketId', '=', ticketId)
          .where('recordId', '=', id)
          .where('event', 'in', ['record.consumed', 'record.expired', 'record.revoked', 'record.closed'])
          .executeTakeFirst();
        await enqueueAccessMail(trx, { desk, ticket, kind: 'access-reminder', seq: ended?.seq ?? 0, now });
        return 1;
      });
    }
  }
  return reminded;
}

async function purge(ports: Ports, deskId: string): Promise<number> {
  const now = ports.now();
  const old = await ports.store.read
    .selectFrom('accessRecord')
    .select(['id', 'ticketId', 'requestId'])
    .where('deskId', '=', deskId)
    .where('state', '<>', 'active')
    .where('header', 'is', null)
    .where('endedAt', '<=', now - ACCESS.tombstoneMs)
    .limit(BATCH)
    .execute();
  for (const { id, ticketId, requestId } of old) {
    await ports.store.write.run(async (trx) => {
      const ticket = await lockTicket(trx, deskId, ticketId);
      const gone = await trx.deleteFrom('accessRecord').where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
      await trx.deleteFrom('accessReveal').where('deskId', '=', deskId).where('recordId', '=', id).execute();
      if (gone.numDeletedRows > 0n)
        await appendAudit(trx, chainOf(ticket), [{ ...BY_ITSELF, event: 'record.purged', at: now, requestId, recordId: id }]);
      await markTicket(trx, ticket);
    });
  }
  return old.length;
}
