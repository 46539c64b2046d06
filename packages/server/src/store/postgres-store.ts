import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import { postgresWordSearch } from '../search/postgres-word-search.js';
import { POSTGRES_COLUMNS } from './dialects.js';
import { migrate } from './migrate.js';
import { BindingPool, DatabaseAwayError, resultTypes, RowLockPostgresDialect } from './postgres-connection.js';
import { beforeRetry, RetriedTransactions } from './retried-transactions.js';
import type { Database } from './schema.js';
import { scrubPostgres } from './scrub-postgres.js';
import type { Store } from './unit-of-work.js';

const CONNECTIONS = 10;
const CONNECT_MS = 10_000;
const MIGRATION_ATTEMPTS = 8;

/**
 * Two processes that create the same thing at once: unique violation, duplicate table, object, column, schema; and what the
 * migrator meets when it looks again in the transaction that this has ended.
 */
const MADE_BY_ANOTHER = new Set(['23505', '42P07', '42710', '42701', '42P06', '25P02', '40001', '40P01']);

/** What the engine answered about itself. */
export interface PostgresFacts {
  version: string;
  /** Any value but `off` waits for the disk at each commit. */
  synchronousCommit: string;
  /** `off` on a cluster made to be thrown away; on any other, a power cut may cost everything. */
  fsync: string;
}

/** A store on a Postgres that other processes may share. */
export interface PostgresStore extends Store {
  readonly facts: PostgresFacts;
}

/**
 * Connects, brings the schema up to date and hands out the store. Several processes may do so at once.
 *
 * @param databaseUrl `postgres://user:password@host:port/database`, with `?sslmode=…` where needed.
 * @param onError told of connections that broke while nobody used them.
 * @throws {Error} without the password, when the database cannot be reached or would acknowledge what is not on disk.
 */
export async function openPostgresStore(databaseUrl: string, onError: (error: Error) => void = () => undefined): Promise<PostgresStore> {
  const db = kyselyOver(await connectPool(databaseUrl, onError));
  try {
    const facts = await readFacts(db);
    if (facts.synchronousCommit === 'off') {
      throw new Error(
        'DATABASE_URL: synchronous_commit is off, so an acknowledged ticket could be lost. Switch it on, for example with ALTER DATABASE … SET synchronous_commit = on.',
      );
    }
    await migrateTogether(db);
    const write = new RetriedTransactions(db);
    let closing: Promise<void> | undefined;
    return {
      write,
      read: db,
      words: postgresWordSearch(db),
      facts,
      scrub: () => scrubPostgres(db),
      close: () => (closing ??= write.idle().then(() => db.destroy())),
    };
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw error instanceof DatabaseAwayError ? notReached(error.cause) : error;
  }
}

/** A pool that loads its driver only here: who runs on SQLite never pays for it. */
async function connectPool(databaseUrl: string, onError: (error: Error) => void): Promise<Pool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: resultTypes(pg.types.getTypeParser),
  });
  // unheard it would end the process
  pool.on('error', onError);
  return pool;
}

function kyselyOver(pool: Pool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new RowLockPostgresDialect({ pool: new BindingPool(pool) }), plugins: [new CamelCasePlugin()] });
}

async function readFacts(db: Kysely<Database>): Promise<PostgresFacts> {
  const { rows } = await sql<PostgresFacts>`
    select current_setting('server_version') as version,
      coalesce(current_setting('synchronous_commit', true), 'unknown') as synchronous_commit,
      coalesce(current_setting('fsync', true), 'unknown') as fsync`.execute(db);
  return rows[0] as PostgresFacts;
}

/** The lock row of the migrations may itself be made by two at once: whoever comes second begins again. */
async function migrateTogether(db: Kysely<Database>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.transaction().execute((trx) => migrate(trx, POSTGRES_COLUMNS));
      return;
    } catch (error) {
      if (attempt === MIGRATION_ATTEMPTS || !MADE_BY_ANOTHER.has(String((error as { code?: unknown }).code))) throw error;
      await beforeRetry(attempt);
    }
  }
}

function notReached(cause: unknown): Error {
  // trying both families of a host name fails as one error without a message
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const reason = first instanceof Error ? first.message : 'unknown';
  return new Error(`The database of DATABASE_URL cannot be used (${reason}). Check host, port, database, user and password.`, { cause });
}
