import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

const STATEMENTS_KEPT = 256;

/** What the store asked the engine for, as the engine answered. */
export interface SqlitePragmas {
  journalMode: string;
  /** 2 is FULL: every commit waits for the disk. */
  synchronous: number;
  foreignKeys: number;
  secureDelete: number;
}

/** A node:sqlite connection in the shape that kysely's dialect drives. */
export class SqliteConnection implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** False once the engine has rolled a transaction back by itself, as it does when the disk is full. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    // a deferred transaction that upgrades to writing can fail half way; an immediate one cannot
    const statement = new CachedStatement(this.#database.prepare(sql === 'begin' ? 'begin immediate' : sql));
    if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value as string);
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

class CachedStatement implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...bind(parameters));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#statement.run(...bind(parameters));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...bind(parameters));
  }
}

function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (value === undefined) return null;
    if (value instanceof Date) return value.getTime();
    return value as SQLInputValue;
  });
}

/** Schema changes of this engine are transactional, whatever the stock adapter says: a killed first start leaves no half. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** kysely's SQLite dialect over one node:sqlite connection. */
export class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

/** What `open` gives, or an error that an operator can act on. */
export function opened<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw notOpened(file, error);
  }
}

/** The engine names no file when it cannot use one. */
export function notOpened(file: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : 'unknown';
  return new Error(`${file} cannot be used as a database (${reason}). Restore it from a backup, or name another folder with DATA_DIR.`, {
    cause,
  });
}

/** Opens the writing connection and insists on durable commits. */
export function openWriter(file: string): { connection: SqliteConnection; pragmas: SqlitePragmas } {
  const database = opened(file, () => {
    const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'])
      database.exec(`PRAGMA ${pragma}`);
    return database;
  });
  const pragmas: SqlitePragmas = {
    journalMode: String(readPragma(database, 'journal_mode')),
    synchronous: Number(readPragma(database, 'synchronous')),
    foreignKeys: Number(readPragma(database, 'foreign_keys')),
    secureDelete: Number(readPragma(database, 'secure_delete')),
  };
  if (pragmas.synchronous !== 2 || pragmas.journalMode !== 'wal') {
    database.close();
    throw new Error(
      `${file}: SQLite gives synchronous=${pragmas.synchronous}, journal_mode=${pragmas.journalMode}; durable commits need 2 and wal.`,
    );
  }
  return { connection: new SqliteConnection(database), pragmas };
}

/** Opens a connection that sees committed rows only and cannot write. */
export function openReader(file: string): SqliteConnection {
  return new SqliteConnection(new DatabaseSync(file, { readOnly: true, timeout: 5_000 }));
}

function readPragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
