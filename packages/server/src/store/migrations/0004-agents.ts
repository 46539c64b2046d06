import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** Agents belong to no desk: which contacts of which desks they serve is a row each. */
export async function up(db: Kysely<unknown>, { millis }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('agent')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('totp_secret', 'text')
    .addColumn('totp_last_step', millis)
    .addColumn('disabled_at', millis)
    .addColumn('created_at', millis, (c) => c.notNull())
    .addUniqueConstraint('agent_email', ['email'])
    .execute();
  await db.schema
    .createTable('agent_contact')
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('agent_contact_pk', ['agent_id', 'desk_id', 'contact_id'])
    .execute();
  await db.schema
    .createTable('passkey')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('counter', millis, (c) => c.notNull())
    .addColumn('transports', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('last_used_at', millis)
    .execute();
  await db.schema.createIndex('passkey_agent').on('passkey').columns(['agent_id']).execute();
  await db.schema
    .createTable('passkey_challenge')
    .addColumn('hash', 'text', (c) => c.notNull().primaryKey())
    .addColumn('agent_id', 'text')
    .addColumn('expires_at', millis, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('agent_session')
    .addColumn('token_hash', 'text', (c) => c.notNull().primaryKey())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('last_used_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addColumn('authenticated_at', millis, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('agent_session_agent').on('agent_session').columns(['agent_id']).execute();
  await db.schema
    .createTable('agent_key')
    .addColumn('hash', 'text', (c) => c.notNull().primaryKey())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('last_used_at', millis)
    .addColumn('expires_at', millis)
    .execute();
  await db.schema.createIndex('agent_key_agent').on('agent_key').columns(['agent_id']).execute();
  await db.schema
    .createTable('agent_invite')
    .addColumn('hash', 'text', (c) => c.notNull().primaryKey())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('totp_secret', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('agent_invite_agent').on('agent_invite').columns(['agent_id']).execute();
  for (const name of ['assignee_email', 'assignee_comment']) await db.schema.alterTable('ticket').addColumn(name, 'text').execute();
  // most lists of agents ask for several contacts and states at once: newest first, they stop after a page
  await db.schema.createIndex('ticket_recent').on('ticket').columns(['desk_id', 'updated_at', 'id']).execute();
  await db.schema.createIndex('ticket_turn').on('ticket').columns(['desk_id', 'waiting_for', 'updated_at', 'id']).execute();
  await db.schema.createIndex('ticket_order').on('ticket').columns(['desk_id', 'order_reference']).execute();
}
