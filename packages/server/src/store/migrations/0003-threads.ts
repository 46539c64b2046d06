import { sql, type Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/**
 * A ticket becomes a thread of numbered entries: its message moves into a table of messages as entry 1, under the ticket's own id,
 * and its files go with it.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- it moves rows between two versions of the schema
export async function up(db: Kysely<any>, { millis }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('message')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('author_kind', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('text', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('message_pk', ['desk_id', 'id'])
    .addUniqueConstraint('message_seq', ['desk_id', 'ticket_id', 'seq'])
    .execute();
  await db.schema
    .createTable('status_change')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('status_change_pk', ['desk_id', 'ticket_id', 'seq'])
    .execute();
  await db.schema
    .createTable('session')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('via', 'text', (c) => c.notNull())
    .addColumn('requester_id', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('last_used_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('session_pk', ['desk_id', 'id'])
    .addUniqueConstraint('session_token', ['desk_id', 'token_hash'])
    .execute();
  await db.schema.createIndex('session_requester').on('session').columns(['desk_id', 'requester_id', 'last_used_at']).execute();
  await db.schema.createIndex('session_expiry').on('session').columns(['desk_id', 'expires_at']).execute();
  await db.schema
    .createTable('session_ticket')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('session_ticket_pk', ['desk_id', 'session_id', 'ticket_id'])
    .execute();
  await db.schema.createIndex('session_ticket_ticket').on('session_ticket').columns(['desk_id', 'ticket_id']).execute();

  for (const name of ['last_seq', 'public_seq', 'seen_seq', 'unread'])
    await db.schema
      .alterTable('ticket')
      .addColumn(name, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  for (const name of ['first_responded_at', 'closed_at', 'rated_at'])
    await db.schema.alterTable('ticket').addColumn(name, millis).execute();
  for (const name of ['waiting_for', 'rating_score', 'rating_comment', 'assignee_id'])
    await db.schema.alterTable('ticket').addColumn(name, 'text').execute();
  await db.schema.alterTable('upload').addColumn('message_id', 'text').execute();
  await db.schema
    .alterTable('outbox')
    .addColumn('seq', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();

  await db
    .insertInto('message')
    .columns(['desk_id', 'id', 'ticket_id', 'seq', 'author_kind', 'author_id', 'visibility', 'text', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('ticket')
        .select([
          'desk_id',
          'id',
          'id as ticket_id',
          sql.lit(1).as('seq'),
          sql.lit('requester').as('author_kind'),
          'requester_id',
          sql.lit('public').as('visibility'),
          'message',
          'created_at',
        ]),
    )
    .execute();
  await db.updateTable('ticket').set({ last_seq: 1, public_seq: 1, seen_seq: 1 }).execute();
  await db.updateTable('ticket').set({ waiting_for: 'desk' }).where('status', '<>', 'closed').execute();
  await db
    .updateTable('upload')
    .set((eb) => ({ message_id: eb.ref('ticket_id') }))
    .where('ticket_id', 'is not', null)
    .execute();
  await db.schema.alterTable('ticket').dropColumn('message').execute();

  await db.schema.createIndex('ticket_requester').on('ticket').columns(['desk_id', 'requester_id', 'updated_at', 'id']).execute();
  await db.schema.createIndex('ticket_contact').on('ticket').columns(['desk_id', 'contact_id', 'status', 'updated_at', 'id']).execute();
  await db.schema
    .createIndex('ticket_assignee')
    .on('ticket')
    .columns(['desk_id', 'assignee_id', 'status', 'updated_at', 'id'])
    .where('assignee_id', 'is not', null)
    .execute();
  await db.schema
    .createIndex('upload_message')
    .on('upload')
    .columns(['desk_id', 'message_id'])
    .where('message_id', 'is not', null)
    .execute();
}
