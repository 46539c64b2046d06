/** Which words, and where. */
export interface WordQuestion {
  deskId: string;
  /** Only tickets of these contacts, at least one; null: of all. */
  contactIds: readonly string[] | null;
  /** From `askedWords`, at least one; all must begin a word of one message, or of one ticket's subject and references. */
  words: readonly string[];
  /** Most tickets to be found. */
  limit: number;
}

/** Hits that are looked at, the newest ones; among them the best come first. */
export const NEWEST_HITS = 2_000;

/** The full text of an engine. */
export interface WordSearch {
  /** Ids of tickets, the best hit first. */
  find(question: WordQuestion): Promise<string[]>;
}

/** Marks whose text it is, a word of letters and digits for the desk, another for the contact. */
export function scopeOf(deskId: string, contactId?: string): string {
  const hex = (text: string) => Buffer.from(text).toString('hex');
  return contactId === undefined ? `d${hex(deskId)}` : `d${hex(deskId)}c${hex(contactId)}`;
}

/** What a row carries: both marks. */
export function scopesOf(deskId: string, contactId: string): string {
  return `${scopeOf(deskId)} ${scopeOf(deskId, contactId)}`;
}
