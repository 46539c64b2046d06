import { PostgresAdapter, sql, type ColumnDataType, type Kysely, type RawBuilder } from 'kysely';

/** What the engines differ. */
export interface ColumnTypes {
  /** Holds milliseconds since 1970 and byte counts. */
  millis: ColumnDataType;
  bytes: ColumnDataType;
  /** How words are found. */
  fullText: 'fts5' | 'tsvector';
}

export const SQLITE_COLUMNS: ColumnTypes = { millis: 'integer', bytes: 'blob', fullText: 'fts5' };

export const POSTGRES_COLUMNS: ColumnTypes = { millis: 'bigint', bytes: 'bytea', fullText: 'tsvector' };

/** True where several write at once, so that a row which is only read has to be locked to stay as it was. */
export function writesAtOnce(db: Pick<Kysely<never>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The value of a column, compared by its bytes whatever the language of the database is. */
export function byBytes(db: Pick<Kysely<never>, 'getExecutor'>, column: string): RawBuilder<string> {
  return writesAtOnce(db) ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
}
