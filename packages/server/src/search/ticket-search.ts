import { ticketNumberSchema } from '@storefront-support/contract/schemas';
import { sql, type Kysely } from 'kysely';
import { byBytes } from '../store/dialects.js';
import type { Database } from '../store/schema.js';
import type { Store } from '../store/unit-of-work.js';
import { askedWords } from './folded-words.js';
import type { SearchPort, TicketQuestion } from './search-port.js';

/** Requesters whose address begins with what was typed. */
const REQUESTERS_MAX = 100;
/** The last of all characters, in the order of bytes too. */
const LAST = '\u{10ffff}';

interface Found {
  id: string;
  updatedAt: number;
}

/**
 * Finds tickets by their number or order reference, by the beginning of their requester's address, and by the beginning of words of
 * what was written in them or of their subject, accents or none: the best of the newest.
 */
export function ticketSearch({ read: db, words: texts }: Pick<Store, 'read' | 'words'>): SearchPort {
  return {
    async find(question: TicketQuestion) {
      const { deskId, contactIds, limit } = question;
      const text = question.words.trim();
      if (text === '' || contactIds?.length === 0) return [];
      const words = askedWords(text);
      const [named, addressed, written] = await Promise.all([
        byReference(db, question, text),
        text.includes('@') ? byAddress(db, question, text) : [],
        words.length === 0 ? [] : texts.find({ deskId, contactIds, words, limit }).then((ids) => those(db, question, 'id', ids)),
      ]);
      const byId = new Map([...named, ...addressed, ...written].map((ticket) => [ticket.id, ticket]));
      const newestFirst = [...byId.values()].sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1));
      return newestFirst.slice(0, limit).map(({ id }) => id);
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
  const requesters = await requestersFrom(db, question.deskId, text).execute();
  return those(
    db,
    question,
    'requesterId',
    requesters.map(({ id }) => id),
  );
}

/** Requesters whose address begins with a text, in any case, by the index of the addresses. */
export function requestersFrom(db: Kysely<Database>, deskId: string, text: string) {
  const from = text.toLowerCase();
  const address = byBytes(db, 'emailKey');
  return db
    .selectFrom('requester')
    .select('id')
    .where('deskId', '=', deskId)
    .where(address, '>=', from)
    .where(address, '<', from + LAST)
    .limit(REQUESTERS_MAX);
}

/** Those of the contacts that are asked for among the tickets with one of these keys. */
async function those(
  db: Kysely<Database>,
  question: TicketQuestion,
  column: 'id' | 'requesterId',
  keys: readonly string[],
): Promise<Found[]> {
  const { deskId, contactIds } = question;
  if (keys.length === 0) return [];
  const { rows } = await ticketsWith(deskId, column, keys).execute(db);
  return rows.filter(({ contactId }) => contactIds?.includes(contactId) ?? true);
}

/**
 * From the keys to the tickets. Beside a list of keys SQLite takes whatever index begins with the desk, and reads all tickets of it:
 * with 1,000,000 of them 195 ms for 500 ids.
 */
export function ticketsWith(deskId: string, column: 'id' | 'requesterId', keys: readonly string[]) {
  const wanted = sql.join(keys.map((key) => sql`(${key})`));
  return sql<Found & { contactId: string }>`with wanted(wanted_key) as (values ${wanted})
    select ticket.id, ticket.updated_at, ticket.contact_id from wanted cross join ticket
    where ticket.desk_id = ${deskId} and ${sql.ref(`ticket.${column}`)} = wanted_key`;
}
