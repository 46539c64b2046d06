import { sql, type Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** Addresses in the order of their bytes, in which the beginning of one can be looked up; SQLite has every index in that order. */
export async function up(db: Kysely<unknown>, { fullText }: ColumnTypes): Promise<void> {
  if (fullText === 'tsvector') await sql`create index requester_address on requester (desk_id, email_key collate "C")`.execute(db);
}
