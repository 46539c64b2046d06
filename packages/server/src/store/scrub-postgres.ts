import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.js';

/**
 * Removes dead rows from tables and indexes, and their values from the planner's statistics. What a transaction of somebody else
 * may still read stays until a later VACUUM, the engine's own included.
 *
 * @returns true always: no query finds any of it.
 */
export async function scrubPostgres(db: Kysely<Database>): Promise<boolean> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'
    order by 1`.execute(db);
  for (const { name } of tables.rows) await sql`vacuum (analyze) ${sql.table(name)}`.execute(db);
  return true;
}
