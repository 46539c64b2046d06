import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** What waits for its sender's confirmation. */
export async function up(db: Kysely<unknown>, { millis }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('held_ticket')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('request_hash', 'text', (c) => c.notNull())
    .addColumn('address_hash', 'text', (c) => c.notNull())
    .addColumn('mailbox_hash', 'text', (c) => c.notNull())
    .addColumn('waiting_for', 'text')
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('draft', 'text')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('file_bytes', millis, (c) => c.notNull())
    .addColumn('ticket_id', 'text')
    .addColumn('answer', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('held_ticket_pk', ['desk_id', 'id'])
    .addUniqueConstraint('held_ticket_token', ['desk_id', 'token_hash'])
    .addUniqueConstraint('held_ticket_request', ['desk_id', 'request_hash'])
    .addUniqueConstraint('held_ticket_waiting', ['desk_id', 'waiting_for'])
    .execute();
  await db.schema.createIndex('held_ticket_mailbox').on('held_ticket').columns(['desk_id', 'mailbox_hash', 'created_at']).execute();
  await db.schema.createIndex('held_ticket_address').on('held_ticket').columns(['desk_id', 'address_hash']).execute();
  await db.schema.createIndex('held_ticket_age').on('held_ticket').columns(['desk_id', 'created_at']).execute();
  await db.schema.createIndex('held_ticket_expiry').on('held_ticket').columns(['desk_id', 'expires_at']).execute();
  await db.schema.createIndex('held_ticket_ticket').on('held_ticket').columns(['desk_id', 'ticket_id']).execute();
}
