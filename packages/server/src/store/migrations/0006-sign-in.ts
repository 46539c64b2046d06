import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** Mailed links, and the tokens of shops that have been used. */
export async function up(db: Kysely<unknown>, { millis }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('sign_in_link')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('address_hash', 'text', (c) => c.notNull())
    .addColumn('mailbox_hash', 'text', (c) => c.notNull())
    .addColumn('requester_id', 'text')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('mailed', 'integer', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addColumn('spent_at', millis)
    .addPrimaryKeyConstraint('sign_in_link_pk', ['desk_id', 'id'])
    .addUniqueConstraint('sign_in_link_token', ['desk_id', 'token_hash'])
    .execute();
  await db.schema.createIndex('sign_in_link_mailbox').on('sign_in_link').columns(['desk_id', 'mailbox_hash', 'created_at']).execute();
  await db.schema.createIndex('sign_in_link_address').on('sign_in_link').columns(['desk_id', 'address_hash', 'expires_at']).execute();
  await db.schema.createIndex('sign_in_link_brake').on('sign_in_link').columns(['desk_id', 'mailed', 'created_at']).execute();
  await db.schema.createIndex('sign_in_link_age').on('sign_in_link').columns(['desk_id', 'created_at']).execute();
  await db.schema
    .createTable('spent_identity_token')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('jti_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('spent_identity_token_pk', ['desk_id', 'jti_hash'])
    .execute();
  await db.schema.createIndex('spent_identity_token_expiry').on('spent_identity_token').columns(['desk_id', 'expires_at']).execute();
  await db.schema.alterTable('outbox').addColumn('link_id', 'text').execute();
}
