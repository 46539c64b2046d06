import type { Kysely } from 'kysely';
import type { Database } from './schema.js';

/** Names by which the desk presents its agents; those that are not in the map go by the name of the ticket's contact. */
export async function agentNames(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('agent').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
