import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/schema.js';
import { NEWEST_HITS, scopesOf, type WordSearch } from './word-search.js';

/** Searches the `tsvector` column by its GIN index. */
export function postgresWordSearch(db: Kysely<Database>): WordSearch {
  return {
    async find({ deskId, contactIds, words, limit }) {
      const scoped = contactIds ? sql`and scopes in (${sql.join(contactIds.map((id) => scopesOf(deskId, id)))})` : sql``;
      // nothing but letters and digits in a word
      const asked = sql`cast(${words.map((word) => `'${word}':*`).join(' & ')} as tsquery)`;
      const { rows } = await sql<{ ticketId: string }>`
        select ticket_id from (
          select ticket_id, ts_rank(index, ${asked}, 1) as score from search_text
          where index @@ ${asked} and desk_id = ${deskId} ${scoped}
          order by created_at desc limit ${NEWEST_HITS}
        ) as newest group by ticket_id order by max(score) desc limit ${limit}`.execute(db);
      return rows.map(({ ticketId }) => ticketId);
    },
  };
}
