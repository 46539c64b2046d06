import { sql, type Kysely, type RawBuilder } from 'kysely';
import { foldedWords } from '../../search/folded-words.js';
import { scopesOf } from '../../search/word-search.js';
import type { ColumnTypes } from '../dialects.js';

const AT_ONCE = 500;

/**
 * Words of what was written, folded by the server, with the index of the engine over them. Triggers empty the words with the text
 * that they are of, so that nothing that is redacted, deleted or erased can be found, and tickets that are due get an index.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- it moves rows between two versions of the schema
export async function up(db: Kysely<any>, { millis, fullText }: ColumnTypes): Promise<void> {
  const fts = fullText === 'fts5';
  const table = db.schema.createTable('search_text');
  await (fts ? table.addColumn('id', 'integer', (c) => c.primaryKey()) : table)
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addUniqueConstraint('search_text_message', ['desk_id', 'ticket_id', 'message_id'])
    .execute();
  for (const statement of fts ? FTS5 : TSVECTOR) await statement.execute(db);
  await db.schema
    .createIndex('ticket_due')
    .on('ticket')
    .columns(['desk_id', 'first_response_due_at', 'id'])
    .where(sql<boolean>`first_response_due_at is not null and first_responded_at is null and closed_at is null`)
    .execute();

  const texts = db
    .selectFrom('message')
    .innerJoin('ticket', (join) => join.onRef('ticket.desk_id', '=', 'message.desk_id').onRef('ticket.id', '=', 'message.ticket_id'))
    .select(['message.desk_id', 'message.ticket_id', 'message.id', 'message.text', 'message.created_at', 'ticket.contact_id'])
    .where('message.text', 'is not', null);
  await fill(db, texts, 'message.id', (row) => ({ messageId: row.id, ticketId: row.ticketId ?? '', text: row.text ?? '' }));
  const subjects = db
    .selectFrom('ticket')
    .select(['desk_id', 'id', 'subject', 'order_reference', 'created_at', 'contact_id'])
    .where('subject', 'is not', null);
  await fill(db, subjects, 'id', (row) => ({ messageId: '', ticketId: row.id, text: `${row.subject ?? ''} ${row.orderReference ?? ''}` }));
}

/** Names as the store's plugin writes them. */
interface OldRow {
  deskId: string;
  id: string;
  ticketId?: string;
  contactId: string;
  createdAt: number;
  text?: string;
  subject?: string;
  orderReference?: string | null;
}

async function fill(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  db: Kysely<any>,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  query: any,
  id: string,
  read: (row: OldRow) => { messageId: string; ticketId: string; text: string },
): Promise<void> {
  for (let last = ''; ;) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- as above
    const rows = (await query.where(id, '>', last).orderBy(id).limit(AT_ONCE).execute()) as (OldRow & Record<string, unknown>)[];
    if (rows.length === 0) return;
    const values = rows.map((row) => {
      const { messageId, ticketId, text } = read(row);
      const scopes = scopesOf(row.deskId, row.contactId);
      return {
        desk_id: row.deskId,
        ticket_id: ticketId,
        message_id: messageId,
        scopes,
        words: foldedWords(text),
        created_at: row.createdAt,
      };
    });
    await db.insertInto('search_text').values(values).execute();
    last = rows.at(-1)?.id ?? '';
  }
}

const FTS5: RawBuilder<unknown>[] = [
  sql`create virtual table search_index using fts5(scopes, words, content='search_text', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='3')`,
  // entries of deleted words are overwritten and not only struck out
  sql`insert into search_index(search_index, rank) values ('secure-delete', 1)`,
  sql`create trigger search_text_added after insert on search_text begin
    insert into search_index(rowid, scopes, words) values (new.id, new.scopes, new.words); end`,
  sql`create trigger search_text_removed after delete on search_text begin
    insert into search_index(search_index, rowid, scopes, words) values ('delete', old.id, old.scopes, old.words); end`,
  sql`create trigger search_text_changed after update on search_text begin
    insert into search_index(search_index, rowid, scopes, words) values ('delete', old.id, old.scopes, old.words);
    insert into search_index(rowid, scopes, words) values (new.id, new.scopes, new.words); end`,
  sql`create trigger message_text_changed after update of text on message begin
    update search_text set words = '' where desk_id = new.desk_id and ticket_id = new.ticket_id and message_id = new.id; end`,
  sql`create trigger message_removed after delete on message begin
    delete from search_text where desk_id = old.desk_id and ticket_id = old.ticket_id and message_id = old.id; end`,
  sql`create trigger ticket_subject_changed after update of subject, order_reference on ticket begin
    update search_text set words = '' where desk_id = new.desk_id and ticket_id = new.id and message_id = ''; end`,
  sql`create trigger ticket_removed after delete on ticket begin
    delete from search_text where desk_id = old.desk_id and ticket_id = old.id and message_id = ''; end`,
];

const TSVECTOR: RawBuilder<unknown>[] = [
  sql`alter table search_text add column index tsvector generated always as (array_to_tsvector(string_to_array(words, ' '))) stored`,
  sql`create index search_text_index on search_text using gin (index)`,
  sql`create function search_forget() returns trigger language plpgsql as $$ begin
    if tg_table_name = 'message' then
      if tg_op = 'DELETE' then
        delete from search_text where desk_id = old.desk_id and ticket_id = old.ticket_id and message_id = old.id;
      else
        update search_text set words = '' where desk_id = new.desk_id and ticket_id = new.ticket_id and message_id = new.id;
      end if;
    elsif tg_op = 'DELETE' then
      delete from search_text where desk_id = old.desk_id and ticket_id = old.id and message_id = '';
    else
      update search_text set words = '' where desk_id = new.desk_id and ticket_id = new.id and message_id = '';
    end if;
    return null; end $$`,
  sql`create trigger message_text_changed after update of text on message for each row execute function search_forget()`,
  sql`create trigger message_removed after delete on message for each row execute function search_forget()`,
  sql`create trigger ticket_subject_changed after update of subject, order_reference on ticket for each row execute function search_forget()`,
  sql`create trigger ticket_removed after delete on ticket for each row execute function search_forget()`,
];
