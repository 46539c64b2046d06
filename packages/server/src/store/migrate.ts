import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { ColumnTypes } from './dialects.js';
import * as initial from './migrations/0001-initial.js';
import * as uploadMetadata from './migrations/0002-upload-metadata.js';
import * as threads from './migrations/0003-threads.js';
import * as agents from './migrations/0004-agents.js';
import * as installation from './migrations/0005-installation.js';
import * as signIn from './migrations/0006-sign-in.js';
import * as search from './migrations/0007-search.js';
import * as access from './migrations/0008-access.js';
import * as addressOrder from './migrations/0009-address-order.js';
import * as heldTickets from './migrations/0010-held-tickets.js';

const MIGRATIONS: { [name: string]: { up(db: Kysely<unknown>, columns: ColumnTypes): Promise<void> } } = {
  '0001-initial': initial,
  '0002-upload-metadata': uploadMetadata,
  '0003-threads': threads,
  '0004-agents': agents,
  '0005-installation': installation,
  '0006-sign-in': signIn,
  '0007-search': search,
  '0008-access': access,
  '0009-address-order': addressOrder,
  '0010-held-tickets': heldTickets,
};

/** Brings the schema to the newest version; on an up-to-date one it does nothing. */
export async function migrate<T>(db: Kysely<T>, columns: ColumnTypes): Promise<void> {
  const migrations: Record<string, Migration> = {};
  for (const [name, { up }] of Object.entries(MIGRATIONS)) migrations[name] = { up: (trx: Kysely<unknown>) => up(trx, columns) };
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The database could not be brought up to date.', { cause: error });
}
