import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../store/schema.js';
import type { SearchPort, TicketQuestion } from './search-port.js';

const WORDS_MAX = 8;

/**
 * Finds tickets by the beginning of their number, of their requester's address or of their order reference, or by words of their
 * subject, each by its beginning, upper and lower case alike as far as the engine knows letters.
 */
export function prefixSearch(db: Kysely<Database>): SearchPort {
  return {
    async find({ deskId, contactIds, words, limit }: TicketQuestion) {
      const text = words.trim().toLowerCase();
      if (text === '') return [];
      const all = text.split(/\s+/).slice(0, WORDS_MAX);
      const rows = await db
        .selectFrom('ticket')
        .innerJoin('requester', (join) =>
          join.onRef('requester.deskId', '=', 'ticket.deskId').onRef('requester.id', '=', 'ticket.requesterId'),
        )
        .select('ticket.id')
        .where('ticket.deskId', '=', deskId)
        .$if(contactIds !== null, (query) => query.where('ticket.contactId', 'in', contactIds ?? []))
        .where((eb) =>
          eb.or([
            begins(sql.ref('ticket.number'), text),
            begins(sql.ref('requester.email_key'), text),
            begins(sql.ref('ticket.order_reference'), text),
            eb.and(all.map((word) => eb.or([begins(sql.ref('ticket.subject'), word), holds(sql.ref('ticket.subject'), word)]))),
          ]),
        )
        .orderBy('ticket.updatedAt', 'desc')
        .orderBy('ticket.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function begins(column: Expression<unknown>, text: string): Expression<SqlBool> {
  return sql<SqlBool>`lower(${column}) like ${`${escaped(text)}%`} escape '!'`;
}

function holds(column: Expression<unknown>, word: string): Expression<SqlBool> {
  return sql<SqlBool>`lower(${column}) like ${`% ${escaped(word)}%`} escape '!'`;
}

/** What somebody types is looked for as it stands: a wildcard would find what they were not asking for. */
function escaped(text: string): string {
  return text.replace(/[!%_]/g, (character) => `!${character}`);
}
