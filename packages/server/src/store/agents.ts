import type { Agent, AgentRole, ServedContact } from '@storefront-support/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AgentTable } from './agent-schema.js';
import type { Database } from './schema.js';

/** An agent as the store knows them. */
export type AgentRow = Selectable<AgentTable>;

/** An agent that may act now, and for whom. */
export interface ActiveAgent extends Agent {
  /** Null: all contacts of all desks. */
  contacts: ServedContact[] | null;
}

/** @returns null: the address has an agent already. */
export async function addAgent(trx: Transaction<Database>, { name, email, role }: Omit<Agent, 'id'>, now: number): Promise<Agent | null> {
  const id = uuidv7({ msecs: now });
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('agent')
    .values({
      id,
      email,
      name,
      role,
      passwordHash: null,
      totpSecret: null,
      totpLastStep: null,
      disabledAt: null,
      createdAt: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows ? { id, email, name, role } : null;
}

/** By id or, lower case, by address. */
export async function findAgent(db: Kysely<Database>, by: { id: string } | { email: string }): Promise<AgentRow | undefined> {
  const agents = db.selectFrom('agent').selectAll();
  return ('id' in by ? agents.where('id', '=', by.id) : agents.where('email', '=', by.email)).executeTakeFirst();
}

/** Every agent, disabled ones too, by address. */
export async function listAgents(db: Kysely<Database>): Promise<AgentRow[]> {
  return db.selectFrom('agent').selectAll().orderBy('email').execute();
}

/** The agent with whom they serve; undefined where there is none, or none any more. */
export async function activeAgent(db: Kysely<Database>, id: string): Promise<ActiveAgent | undefined> {
  const row = await findAgent(db, { id });
  return row?.disabledAt === null ? withContacts(db, row) : undefined;
}

/** Everybody who may act now, by name. */
export async function activeAgents(db: Kysely<Database>): Promise<ActiveAgent[]> {
  const [rows, contacts] = await Promise.all([
    db.selectFrom('agent').selectAll().where('disabledAt', 'is', null).orderBy('name').orderBy('id').execute(),
    db.selectFrom('agentContact').selectAll().execute(),
  ]);
  return rows.map(({ id, name, email, role }) => {
    const own = contacts.filter(({ agentId }) => agentId === id).map(({ deskId, contactId }) => ({ deskId, contactId }));
    return { id, name, email, role, contacts: role === 'admin' ? null : own };
  });
}

/** Adds whom they serve. */
export async function withContacts(db: Kysely<Database>, { id, name, email, role }: AgentRow): Promise<ActiveAgent> {
  return { id, name, email, role, contacts: role === 'admin' ? null : await contactsOf(db, id) };
}

async function contactsOf(db: Kysely<Database>, agentId: string): Promise<ServedContact[]> {
  return db
    .selectFrom('agentContact')
    .select(['deskId', 'contactId'])
    .where('agentId', '=', agentId)
    .orderBy('deskId')
    .orderBy('contactId')
    .execute();
}

/** True where the agent serves this contact of this desk. */
export function serves({ contacts }: Pick<ActiveAgent, 'contacts'>, deskId: string, contactId: string): boolean {
  return contacts === null || contacts.some((served) => served.deskId === deskId && served.contactId === contactId);
}

/** Has the agent serve these contacts and no others. */
export async function setContacts(trx: Transaction<Database>, agentId: string, contacts: readonly ServedContact[]): Promise<void> {
  await trx.deleteFrom('agentContact').where('agentId', '=', agentId).execute();
  const unique = new Map(contacts.map((served) => [`${served.deskId}/${served.contactId}`, served]));
  if (unique.size === 0) return;
  await trx
    .insertInto('agentContact')
    .values([...unique.values()].map(({ deskId, contactId }) => ({ agentId, deskId, contactId })))
    .execute();
}

/**
 * Changes the account. Sessions and set-up links end where it is closed or another password is set; with a closed account keys and
 * passkeys go as well: opened again, it opens by its password and code alone.
 */
export async function changeAgent(
  trx: Transaction<Database>,
  id: string,
  changes: { role?: AgentRole; passwordHash?: string; totpSecret?: string | null; disabledAt?: number | null },
): Promise<void> {
  await trx
    .updateTable('agent')
    .set({ ...changes, ...(changes.totpSecret !== undefined && { totpLastStep: null }) })
    .where('id', '=', id)
    .execute();
  const closed = typeof changes.disabledAt === 'number';
  const ended = closed || changes.passwordHash !== undefined ? (['agentSession', 'agentInvite'] as const) : [];
  for (const table of [...ended, ...(closed ? (['agentKey', 'passkey'] as const) : [])])
    await trx.deleteFrom(table).where('agentId', '=', id).execute();
}

/** Accepts a code's step once. False: this step, or a later one, was accepted before. */
export async function acceptStep(trx: Transaction<Database>, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('agent')
    .set({ totpLastStep: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('totpLastStep', 'is', null), eb('totpLastStep', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
