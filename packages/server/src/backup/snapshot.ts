import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { notOpened } from '../store/sqlite-connection.js';

/** Where the rows of an installation are. */
export interface DatabasePlace {
  dataDir: string;
  /** Postgres; undefined: SQLite in the data folder. */
  databaseUrl: string | undefined;
}

/** The database as it was in one moment, whatever is written meanwhile. */
export interface Snapshot {
  engine: 'sqlite' | 'postgres';
  /** Rows as the engine names their columns. */
  all(statement: string): Promise<Record<string, unknown>[]>;
  /** The connection on SQLite. */
  sqlite?: DatabaseSync;
  /** What other connections to Postgres see the same moment by. */
  exported?: string;
  close(): Promise<void>;
}

/** @throws {Error} in plain words, where the database cannot be read. */
export async function openSnapshot({ dataDir, databaseUrl }: DatabasePlace): Promise<Snapshot> {
  return databaseUrl === undefined ? ofSqlite(path.join(dataDir, 'support.sqlite')) : ofPostgres(databaseUrl);
}

function ofSqlite(file: string): Snapshot {
  if (!existsSync(file)) throw new Error(`${file} is not there: name the data folder with DATA_DIR.`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 30_000 });
    database.exec('begin');
    // the moment is that of the first reading
    database.prepare('select count(*) from sqlite_master').get();
  } catch (error) {
    database?.close();
    throw notOpened(file, error);
  }
  const sqlite = database;
  return {
    engine: 'sqlite',
    sqlite,
    all: (statement) => Promise.resolve(sqlite.prepare(statement).all()),
    close: () => Promise.resolve(sqlite.close()),
  };
}

async function ofPostgres(databaseUrl: string): Promise<Snapshot> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    return {
      engine: 'postgres',
      exported: rows[0]?.id ?? '',
      all: async (statement) => (await client.query(statement)).rows as Record<string, unknown>[],
      close: () => client.end(),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Error(`The database of DATABASE_URL cannot be read (${reason}).`, { cause: error });
  }
}
