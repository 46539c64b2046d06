import { ticketNumberSchema } from '@storefront-support/contract/schemas';
import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../store/schema.js';
import type { SearchPort, TicketQuestion } from './search-port.js';

const WORDS_MAX = 8;
/** Words are looked for among so many tickets, the last changed ones: each of them costs, and nothing else runs meanwhile. */
const NEWEST = 10_000;
/** Requesters whose address begins with what was typed. */
const REQUESTERS_MAX = 100;

interface Found {
  id: string;
  updatedAt: number;
}

/**
 * Finds tickets by their number or order reference, by the beginning of their requester's address, and among the newest by the
 * beginning of a number, a reference, an address or of words of the subject; upper and lower case alike as far as the engine knows
 * letters.
 */
export function prefixSearch(db: Kysely<Database>): SearchPort {
  return {
    async find(question: TicketQuestion) {
      const text = question.words.trim();
      if (text === '' || question.contactIds?.length === 0) return [];
      const found = await Promise.all([
        byReference(db, question, text),
        text.includes('@') ? byAddress(db, question, text) : [],
        amongNewest(db, question, text.toLowerCase()),
      ]);
      const byId = new Map(found.flat().map((ticket) => [ticket.id, ticket]));
      const newestFirst = [...byId.values()].sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1));
      return newestFirst.slice(0, question.limit).map(({ id }) => id);
    },
  };
}

function tickets(db: Kysely<Database>, { deskId, contactIds }: TicketQuestion) {
  const query = db.selectFrom('ticket').select(['ticket.id', 'ticket.updatedAt']).where('ticket.deskId', '=', deskId);
  return contactIds ? query.where('ticket.contactId', 'in', contactIds) : query;
}

async function byReference(db: Kysely<Database>, question: TicketQuestion, text: string): Promise<Found[]> {
  const number = ticketNumberSchema.safeParse(text.toUpperCase().replace(/^(\w{4})-?(\w{4})$/, '$1-$2'));
  const named = number.success ? await tickets(db, question).where('number', '=', number.data).execute() : [];
  const references = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  const ordered = await tickets(db, question).where('orderReference', 'in', references).limit(question.limit).execute();
  return [...named, ...ordered];
}

async function byAddress(db: Kysely<Database>, question: TicketQuestion, text: string): Promise<Found[]> {
  const requesters = await db
    .selectFrom('requester')
    .select('id')
    .where('deskId', '=', question.deskId)
    .where(begins(sql.ref('email_key'), text.toLowerCase()))
    .limit(REQUESTERS_MAX)
    .execute();
  if (requesters.length === 0) return [];
  const ids = requesters.map(({ id }) => id);
  return tickets(db, question).where('requesterId', 'in', ids).execute();
}

async function amongNewest(db: Kysely<Database>, { deskId, contactIds, limit }: TicketQuestion, text: string): Promise<Found[]> {
  const all = text.split(/\s+/).slice(0, WORDS_MAX);
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('ticket')
        .select(['id', 'number', 'requesterId', 'contactId', 'orderReference', 'subject', 'updatedAt'])
        .where('deskId', '=', deskId)
        .orderBy('updatedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(NEWEST)
        .as('newest'),
    )
    .innerJoin('requester', (join) => join.on('requester.deskId', '=', deskId).onRef('requester.id', '=', 'newest.requesterId'))
    .select(['newest.id', 'newest.updatedAt'])
    .$if(contactIds !== null, (query) => query.where('newest.contactId', 'in', contactIds ?? []))
    .where((eb) =>
      eb.or([
        begins(sql.ref('newest.number'), text),
        begins(sql.ref('newest.order_reference'), text),
        begins(sql.ref('requester.email_key'), text),
        eb.and(all.map((word) => eb.or([begins(sql.ref('newest.subject'), word), holds(sql.ref('newest.subject'), word)]))),
      ]),
    )
    .orderBy('newest.updatedAt', 'desc')
    .limit(limit)
    .execute();
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
