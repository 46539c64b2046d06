import { SupportError, type AccessAgent } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { VaultDeviceTable } from '../store/access-schema.js';
import { agentNames } from '../store/agent-names.js';
import type { Database } from '../store/schema.js';
import { instant } from '../store/tickets.js';
import { appendAudit, type AuditChain, type AuditSource } from './audit-chain.js';

/** Devices that one agent may have waiting or enrolled at a desk. */
const DEVICES_MAX = 20;

/** A device as agents see it. */
export interface ShownDevice {
  id: string;
  agent: AccessAgent;
  name: string;
  recipient: string;
  state: 'waiting' | 'enrolled' | 'removed';
  createdAt: string;
  enrolledAt: string | null;
}

/** A team's private key, wrapped: this server cannot open it. */
export interface WrappedIdentity {
  epoch: number;
  wrapped: string;
  devices: string[];
  revision: number;
}

type DeviceRow = Selectable<VaultDeviceTable>;

/** The chain of what happens to a desk's keys. */
export function keysChain(deskId: string): AuditChain {
  return { deskId, ticketId: '', name: 'keys' };
}

/** Every device of a desk that has not been removed, and the keys there are. */
export async function readRoster(db: Kysely<Database>, deskId: string): Promise<{ devices: ShownDevice[]; epochs: number[] }> {
  const rows = await db
    .selectFrom('vaultDevice')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('state', '<>', 'removed')
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const identities = await db.selectFrom('teamIdentity').select('epoch').where('deskId', '=', deskId).orderBy('epoch').execute();
  return { devices: await devicesOf(db, rows), epochs: identities.map(({ epoch }) => epoch) };
}

/** Devices as agents see them. */
export async function devicesOf(db: Kysely<Database>, rows: readonly DeviceRow[]): Promise<ShownDevice[]> {
  const names = await agentNames(db, [...new Set(rows.map(({ agentId }) => agentId))]);
  return rows.map(({ id, agentId, name, recipient, state, createdAt, enrolledAt }) => ({
    id,
    agent: { id: agentId, name: names.get(agentId) ?? '' },
    name,
    recipient,
    state,
    createdAt: instant(createdAt),
    enrolledAt: enrolledAt === null ? null : instant(enrolledAt),
  }));
}

/**
 * Notes a device that waits to be let in. The same again is fine; another key under its id is not.
 *
 * @throws {SupportError} `conflict`
 */
export async function addDevice(
  trx: Transaction<Database>,
  device: { deskId: string; id: string; agentId: string; name: string; recipient: string },
  now: number,
): Promise<DeviceRow> {
  const { deskId, id, agentId, recipient } = device;
  const there = await findDevice(trx, deskId, id);
  if (there && (there.agentId !== agentId || there.recipient !== recipient || there.state === 'removed'))
    throw new SupportError('conflict', 'There is a device of this id already; make a new one.');
  if (there) return there;
  const own = await trx
    .selectFrom('vaultDevice')
    .select('id')
    .where('deskId', '=', deskId)
    .where('agentId', '=', agentId)
    .where('state', '<>', 'removed')
    .execute();
  if (own.length >= DEVICES_MAX) throw new SupportError('conflict', `At most ${DEVICES_MAX} devices of one agent; remove one first.`);
  const row: DeviceRow = { ...device, state: 'waiting', createdAt: now, enrolledAt: null };
  await trx.insertInto('vaultDevice').values(row).execute();
  return row;
}

/**
 * Has a device no longer count; what it could open it still can, until the team has another key. Gone already is fine.
 *
 * @param agentId whose it has to be; null: anybody's.
 */
export async function removeDevice(
  trx: Transaction<Database>,
  { deskId, id, agentId, source, now }: { deskId: string; id: string; agentId: string | null; source: AuditSource; now: number },
): Promise<void> {
  const row = await findDevice(trx, deskId, id);
  if (!row || row.state === 'removed' || (agentId !== null && row.agentId !== agentId)) return;
  await trx.updateTable('vaultDevice').set({ state: 'removed' }).where('deskId', '=', deskId).where('id', '=', id).execute();
  await lockKeys(trx, deskId);
  if (row.state === 'enrolled') await appendAudit(trx, keysChain(deskId), [{ ...source, event: 'key.agent-removed', at: now }]);
}

/** @throws {SupportError} `not-found` */
export async function readIdentity(db: Kysely<Database>, deskId: string, epoch: number): Promise<WrappedIdentity> {
  const row = await findIdentity(db, deskId, epoch);
  if (!row) throw new SupportError('not-found', 'This desk has no key of this number.');
  const { wrapped, devices, revision } = row;
  return { epoch, wrapped, devices: JSON.parse(devices) as string[], revision };
}

/**
 * Keeps a team's wrapped key. Whoever writes says which state they have seen; of two at once one is refused.
 *
 * @param seen `revision` of what is replaced; 0: there is none yet.
 * @throws {SupportError} `conflict`, `not-found`: a device is unknown
 */
export async function writeIdentity(
  trx: Transaction<Database>,
  {
    deskId,
    epoch,
    wrapped,
    devices,
    seen,
    source,
    now,
  }: { deskId: string; epoch: number; wrapped: string; devices: string[]; seen: number; source: AuditSource; now: number },
): Promise<WrappedIdentity> {
  await lockKeys(trx, deskId);
  const before = await findIdentity(trx, deskId, epoch);
  if ((before?.revision ?? 0) !== seen) throw new SupportError('conflict', 'Somebody else has written this key since; read it again.');
  const rows: DeviceRow[] = [];
  for (const id of new Set(devices)) {
    const row = await findDevice(trx, deskId, id);
    if (!row || row.state === 'removed') throw new SupportError('not-found', 'One of these devices is none of this desk.');
    rows.push(row);
  }
  const revision = seen + 1;
  const values = { wrapped, devices: JSON.stringify([...new Set(devices)]), revision, updatedAt: now };
  if (before) await trx.updateTable('teamIdentity').set(values).where('deskId', '=', deskId).where('epoch', '=', epoch).execute();
  else
    await trx
      .insertInto('teamIdentity')
      .values({ deskId, epoch, ...values })
      .execute();
  const fresh = rows.filter(({ state }) => state === 'waiting');
  for (const { id } of fresh)
    await trx
      .updateTable('vaultDevice')
      .set({ state: 'enrolled', enrolledAt: now })
      .where('deskId', '=', deskId)
      .where('id', '=', id)
      .execute();
  const names = await agentNames(trx, [...new Set(fresh.map(({ agentId }) => agentId))]);
  await appendAudit(trx, keysChain(deskId), [
    // whoever writes it without letting somebody in may have put another key in its place
    ...(before && fresh.length > 0 ? [] : [{ ...source, event: 'key.rotated' as const, at: now, epoch }]),
    ...fresh.map(({ agentId }) => ({ ...source, event: 'key.agent-enrolled' as const, at: now, epoch, reason: names.get(agentId) ?? '' })),
  ]);
  return { epoch, wrapped, devices: [...new Set(devices)], revision };
}

/** Forgets a wrapped key that nothing active is sealed to. @throws {SupportError} `conflict` */
export async function removeIdentity(trx: Transaction<Database>, deskId: string, epoch: number): Promise<void> {
  const used = await trx
    .selectFrom('accessRecord')
    .select('id')
    .where('deskId', '=', deskId)
    .where('state', '=', 'active')
    .where('epoch', '=', epoch)
    .limit(1)
    .executeTakeFirst();
  if (used) throw new SupportError('conflict', 'Records are still sealed to this key; seal them to the new one first.');
  await trx.deleteFrom('teamIdentity').where('deskId', '=', deskId).where('epoch', '=', epoch).execute();
}

async function findDevice(db: Kysely<Database>, deskId: string, id: string): Promise<DeviceRow | undefined> {
  return db.selectFrom('vaultDevice').selectAll().where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
}

async function findIdentity(db: Kysely<Database>, deskId: string, epoch: number) {
  return db.selectFrom('teamIdentity').selectAll().where('deskId', '=', deskId).where('epoch', '=', epoch).executeTakeFirst();
}

/** A desk's chain of keys is written by one at a time: whoever comes second reads the last link again. */
async function lockKeys(trx: Transaction<Database>, deskId: string): Promise<void> {
  await trx
    .updateTable('vaultDevice')
    .set((eb) => ({ state: eb.ref('state') }))
    .where('deskId', '=', deskId)
    .execute();
}
