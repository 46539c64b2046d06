import {
  PostgresAdapter,
  PostgresDialect,
  type Kysely,
  type MigrationLockOptions,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import type { CustomTypesConfig, Pool, PoolClient } from 'pg';

const BOOL = 16;
const INT8 = 20;
const NUMERIC = 1700;

/** Values come out as SQLite gives them: whole numbers, sums and flags are numbers. */
export function resultTypes(otherwise: CustomTypesConfig['getTypeParser']): CustomTypesConfig {
  const own = new Map<number, (text: string) => unknown>([
    [BOOL, (text) => (text === 't' ? 1 : 0)],
    [INT8, Number],
    [NUMERIC, Number],
  ]);
  const getTypeParser = (oid: number, format?: 'text'): unknown => own.get(oid) ?? otherwise(oid, format);
  return { getTypeParser: getTypeParser as CustomTypesConfig['getTypeParser'] };
}

/** The database cannot be reached or has hung up. What was being committed may or may not be there. */
export class DatabaseAwayError extends Error {
  constructor(cause: unknown) {
    super('The database does not answer.', { cause });
    this.name = 'DatabaseAwayError';
  }
}

/** A pool whose clients bind values as the SQLite connection does. */
export class BindingPool implements PostgresPool {
  readonly #pool: Pool;
  readonly #clients = new WeakMap<PoolClient, BindingClient>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  get options(): object {
    return this.#pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw asAway(error);
    });
    const known = this.#clients.get(client);
    if (known) return known;
    const bound = new BindingClient(client);
    this.#clients.set(client, bound);
    return bound;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

class BindingClient implements PostgresPoolClient {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
    // the pool listens to idle clients only; what breaks in use fails its query, and unheard would end the process as well
    client.on('error', () => undefined);
  }

  query: PostgresPoolClient['query'] = (async <R>(sql: string, parameters: readonly unknown[]) => {
    try {
      return (await this.#client.query(sql, parameters.map(bindable))) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      throw asAway(error);
    }
  }) as PostgresPoolClient['query'];

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}

function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  // this engine's text holds every character but this one, and people paste it
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  return value;
}

/** Class 08: connection; 57P0x: shut down; 53: no room, no connection left; 25006: a standby since a failover. */
const AWAY = /^(08...|57P0[1-5]|53...|58030|25006)$/;

/** Errors of the driver itself carry no SQLSTATE: the connection is gone or was never made. */
function asAway(error: unknown): unknown {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  const fromServer = typeof severity === 'string' && typeof code === 'string';
  return fromServer && !AWAY.test(code) ? error : new DatabaseAwayError(error);
}

/** kysely's dialect, with a migration lock that every engine of this family has: a row, held by a transaction. */
export class RowLockPostgresDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new RowLockAdapter();
  }
}

class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<never>, { lockTable, lockRowId }: MigrationLockOptions): Promise<void> {
    await (db as unknown as Kysely<{ [table: string]: { id: string } }>)
      .selectFrom(lockTable)
      .select('id')
      .where('id', '=', lockRowId)
      .forUpdate()
      .execute();
  }

  override async releaseMigrationLock(): Promise<void> {
    // the end of the transaction does
  }
}
