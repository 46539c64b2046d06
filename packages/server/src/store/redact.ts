import { SupportError } from '@storefront-support/contract';
import type { Transaction } from 'kysely';
import { invalidFields } from '../invalid-fields.js';
import type { Database } from './schema.js';
import { changeSearchText } from './search-text.js';

const BLACK = '\u2588';

/** A part of a message, in UTF-16 code units; `end` is not included. */
export interface Redaction {
  deskId: string;
  ticketId: string;
  messageId: string;
  start: number;
  end: number;
}

/**
 * Replaces a part of a message for good, each character by one `█`; line breaks stay.
 *
 * @returns who could read the message.
 * @throws {SupportError} `not-found`: this ticket has no such message, or its text is deleted. `invalid-fields`: there is no such part.
 */
export async function redact(
  trx: Transaction<Database>,
  { deskId, ticketId, messageId, start, end }: Redaction,
): Promise<'public' | 'internal'> {
  const message = await trx
    .selectFrom('message')
    .select(['text', 'visibility'])
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (message?.text == null) throw new SupportError('not-found', 'This ticket has no message of this id with a text.');
  const { text, visibility } = message;
  if (end > text.length)
    throw invalidFields({ end: { code: 'invalid', detail: `The message has ${text.length} UTF-16 code units.`, limit: text.length } });
  const [from, to] = [wholeFrom(text, start), wholeTo(text, end)];
  const blackened = text.slice(from, to).replace(/[^\r\n]/g, BLACK);
  const left = text.slice(0, from) + blackened + text.slice(to);
  await trx.updateTable('message').set({ text: left }).where('deskId', '=', deskId).where('id', '=', messageId).execute();
  await changeSearchText(trx, { deskId, ticketId, messageId }, left);
  return visibility;
}

/** Half a surrogate pair would still tell which character it was. */
function wholeFrom(text: string, at: number): number {
  return splits(text, at) ? at - 1 : at;
}

function wholeTo(text: string, at: number): number {
  return splits(text, at) ? at + 1 : at;
}

function splits(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '');
}
