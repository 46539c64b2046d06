import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** Every key starts with the desk. Names are snake_case in the database, camelCase in code (CamelCasePlugin). */
export async function up(db: Kysely<unknown>, { millis }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('requester')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('email_key', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('verified', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('requester_pk', ['desk_id', 'id'])
    .addUniqueConstraint('requester_email', ['desk_id', 'email_key'])
    .execute();
  await db.schema
    .createTable('ticket')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('requester_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('subject', 'text')
    .addColumn('message', 'text')
    .addColumn('order_reference', 'text')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('updated_at', millis, (c) => c.notNull())
    .addColumn('first_response_due_at', millis)
    .addPrimaryKeyConstraint('ticket_pk', ['desk_id', 'id'])
    .addUniqueConstraint('ticket_number', ['desk_id', 'number'])
    .execute();
  await db.schema.createIndex('ticket_inbox').on('ticket').columns(['desk_id', 'status', 'updated_at', 'id']).execute();
  await db.schema
    .createTable('ticket_tag')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('tag', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('ticket_tag_pk', ['desk_id', 'tag', 'ticket_id'])
    .execute();
  await db.schema
    .createTable('idempotency_key')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('body_hash', 'text', (c) => c.notNull())
    .addColumn('status', 'integer', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_key_pk', ['desk_id', 'secret_hash', 'key'])
    .execute();
  await db.schema.createIndex('idempotency_key_age').on('idempotency_key').columns(['desk_id', 'created_at']).execute();
  await db.schema
    .createTable('spent_proof')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('spent_proof_pk', ['desk_id', 'signature'])
    .execute();
  await db.schema
    .createTable('upload')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size', millis, (c) => c.notNull())
    .addColumn('offset', millis, (c) => c.notNull())
    .addColumn('type', 'text')
    .addColumn('expected_sha256', 'text')
    .addColumn('sha256', 'text')
    .addColumn('ticket_id', 'text')
    .addColumn('position', 'integer')
    .addColumn('quota_key', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis)
    .addPrimaryKeyConstraint('upload_pk', ['desk_id', 'id'])
    .execute();
  await db.schema.createIndex('upload_ticket').on('upload').columns(['desk_id', 'ticket_id']).execute();
  await db.schema.createIndex('upload_expiry').on('upload').columns(['desk_id', 'expires_at']).execute();
  await db.schema.createIndex('upload_quota').on('upload').columns(['desk_id', 'quota_key', 'created_at']).execute();
  await db.schema
    .createTable('outbox')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('recipient_key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('due_at', millis, (c) => c.notNull())
    .addColumn('lease_until', millis, (c) => c.notNull())
    .addColumn('lease_id', 'text')
    .addColumn('last_error', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('outbox_pk', ['desk_id', 'id'])
    .execute();
  await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'due_at']).execute();
  await db.schema.createIndex('outbox_cap').on('outbox').columns(['desk_id', 'kind', 'recipient_key', 'created_at']).execute();
  await db.schema.createIndex('outbox_brake').on('outbox').columns(['desk_id', 'kind', 'created_at']).execute();
}
