import type { ColumnDataType } from 'kysely';

/** The column types in which the engines differ. */
export interface ColumnTypes {
  /** Holds milliseconds since 1970 and byte counts. */
  millis: ColumnDataType;
}

export const SQLITE_COLUMNS: ColumnTypes = { millis: 'integer' };

export const POSTGRES_COLUMNS: ColumnTypes = { millis: 'bigint' };
