import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects.js';

/** Lent access: requests, records and their sealed bytes, the audit, and what lets a team open them. */
export async function up(db: Kysely<unknown>, { millis, bytes }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('access_request')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('kinds', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('begun_by', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('answer_until', millis, (c) => c.notNull())
    .addColumn('needed_until', millis)
    .addColumn('ended_at', millis)
    .addPrimaryKeyConstraint('access_request_pk', ['desk_id', 'id'])
    .execute();
  await db.schema.createIndex('access_request_ticket').on('access_request').columns(['desk_id', 'ticket_id']).execute();
  await db.schema.createIndex('access_request_open').on('access_request').columns(['state', 'answer_until']).execute();
  await db.schema
    .createTable('access_record')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addColumn('max_reveals', 'integer', (c) => c.notNull())
    .addColumn('reveals', 'integer', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('lease_reveal', 'text')
    .addColumn('lease_agent_id', 'text')
    .addColumn('lease_purpose', 'text')
    .addColumn('lease_until', millis)
    .addColumn('ended_at', millis)
    .addColumn('receipt', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('file_bytes', 'integer', (c) => c.notNull())
    .addColumn('header', 'text')
    .addColumn('bind', 'text', (c) => c.notNull())
    .addColumn('superseded_by', 'text')
    .addColumn('after_care', 'text', (c) => c.notNull())
    .addColumn('after_care_open', 'integer', (c) => c.notNull())
    .addColumn('reminders', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('access_record_pk', ['desk_id', 'id'])
    .execute();
  await db.schema.createIndex('access_record_ticket').on('access_record').columns(['desk_id', 'ticket_id']).execute();
  await db.schema.createIndex('access_record_state').on('access_record').columns(['state', 'expires_at']).execute();
  await db.schema.createIndex('access_record_after').on('access_record').columns(['after_care_open', 'ended_at']).execute();
  await db.schema
    .createTable('access_payload')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('access_payload_pk', ['desk_id', 'record_id'])
    .execute();
  await db.schema
    .createTable('access_reveal')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('request_key', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addPrimaryKeyConstraint('access_reveal_pk', ['desk_id', 'id'])
    .addUniqueConstraint('access_reveal_key', ['desk_id', 'record_id', 'agent_id', 'request_key'])
    .execute();
  await db.schema
    .createTable('access_pass')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('expires_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('access_pass_pk', ['desk_id', 'token_hash'])
    .execute();
  await db.schema.createIndex('access_pass_request').on('access_pass').columns(['desk_id', 'request_id', 'created_at']).execute();
  await db.schema.createIndex('access_pass_expiry').on('access_pass').columns(['expires_at']).execute();
  // of a ticket; without one (an empty id) of the desk's keys
  await db.schema
    .createTable('access_audit')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', millis, (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text')
    .addColumn('record_id', 'text')
    .addColumn('epoch', 'integer')
    .addColumn('client', 'text', (c) => c.notNull())
    .addColumn('network', 'text', (c) => c.notNull())
    .addColumn('prev', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('access_audit_pk', ['desk_id', 'ticket_id', 'seq'])
    .execute();
  await db.schema
    .createTable('vault_device')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('enrolled_at', millis)
    .addPrimaryKeyConstraint('vault_device_pk', ['desk_id', 'id'])
    .execute();
  await db.schema
    .createTable('team_identity')
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('wrapped', 'text', (c) => c.notNull())
    .addColumn('devices', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('updated_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('team_identity_pk', ['desk_id', 'epoch'])
    .execute();
  await db.schema.alterTable('ticket').addColumn('access', 'text').execute();
  await db.schema
    .alterTable('agent_session')
    .addColumn('place', 'text', (c) => c.notNull().defaultTo('inbox'))
    .execute();
  await db.schema.alterTable('agent_session').addColumn('second_factor_at', millis).execute();
}
