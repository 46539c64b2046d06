import type { ColumnDataType } from 'kysely';

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
