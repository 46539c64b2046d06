import type { Transaction } from 'kysely';
import { foldedWords } from '../search/folded-words.js';
import { scopesOf } from '../search/word-search.js';
import { compileOnce } from './compiled-query.js';
import type { Database, SearchTextTable } from './schema.js';

const addRow = compileOnce<SearchTextTable>()((db, { deskId, ticketId, messageId, scopes, words, createdAt }) =>
  db.insertInto('searchText').values({ deskId, ticketId, messageId, scopes, words, createdAt }),
);

/** A text that can be found. */
export interface SearchableText {
  deskId: string;
  ticketId: string;
  /** Empty: the subject of the ticket and its order reference. */
  messageId: string;
  contactId: string;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/**
 * Lets a text be found, in the transaction that writes it. The engine itself takes the words away with the text: triggers empty
 * them when a message or a subject changes in any way.
 */
export async function addSearchText(trx: Transaction<Database>, { contactId, text, ...row }: SearchableText): Promise<void> {
  await addRow(trx, { ...row, scopes: scopesOf(row.deskId, contactId), words: foldedWords(text) });
}

/** The words of a message whose text has been changed. */
export async function changeSearchText(
  trx: Transaction<Database>,
  { deskId, ticketId, messageId }: Pick<SearchableText, 'deskId' | 'ticketId' | 'messageId'>,
  text: string,
): Promise<void> {
  await trx
    .updateTable('searchText')
    .set({ words: foldedWords(text) })
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .where('messageId', '=', messageId)
    .execute();
}

/** Has the texts of a ticket be found by those who serve another contact. */
export async function moveSearchText(trx: Transaction<Database>, deskId: string, ticketId: string, contactId: string): Promise<void> {
  await trx
    .updateTable('searchText')
    .set({ scopes: scopesOf(deskId, contactId) })
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .execute();
}
