import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { SQLITE_COLUMNS } from '../../packages/server/dist/store/dialects.js';
import * as initial from '../../packages/server/dist/store/migrations/0001-initial.js';
import * as uploadMetadata from '../../packages/server/dist/store/migrations/0002-upload-metadata.js';
import { openSqlStore } from '../../packages/server/dist/store/sql-store.js';
import { NodeSqliteDialect, openWriter } from '../../packages/server/dist/store/sqlite-connection.js';
import { openTicket } from '../../packages/server/dist/store/ticket-access.js';
import { readTicket } from '../../packages/server/dist/store/tickets.js';

const HASH = 'a'.repeat(64);

it('makes a thread of every ticket that was kept before there were threads', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-migration-'));
  const file = path.join(folder, 'support.sqlite');
  const { connection } = openWriter(file);
  const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect({ database: connection }) });
  const migrations: Record<string, Migration> = {
    '0001-initial': { up: (trx: Kysely<unknown>) => initial.up(trx, SQLITE_COLUMNS) },
    '0002-upload-metadata': { up: (trx: Kysely<unknown>) => uploadMetadata.up(trx) },
  };
  const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } }).migrateToLatest();
  assert.equal(error, undefined);
  connection.close();
  const before = new DatabaseSync(file);
  before.exec(
    `insert into requester (desk_id, id, email_key, email, name, created_at) values ('open', 'r', 'a@b.example', 'a@b.example', 'Ann', 1)`,
  );
  const ticket = before.prepare(
    `insert into ticket (desk_id, id, number, requester_id, contact_id, kind, status, subject, message, locale, secret_hash, created_at, updated_at)
     values ('open', ?, ?, 'r', 'service', 'support', 'open', ?, ?, 'en', '${HASH}', 1000, 1000)`,
  );
  ticket.run('t1', 'AAAA-2222', 'A lamp', 'It flickers');
  ticket.run('t2', 'AAAA-3333', null, null);
  before.exec(
    `insert into upload (desk_id, id, secret_hash, name, size, offset, ticket_id, position, quota_key, created_at)
     values ('open', 'u1', '${HASH}', 'a.txt', 1, 1, 't1', 0, 'q', 1), ('open', 'u2', '${HASH}', 'b.txt', 1, 1, null, null, 'q', 1)`,
  );
  before.close();

  const store = await openSqlStore(folder);
  try {
    const read = async (number: string) => {
      const opened = await openTicket(store.read, { deskId: 'open', number, tokenHash: HASH, now: 2_000 });
      assert.ok(opened);
      const { lastSeq, publicSeq, seenSeq, unread, waitingFor } = opened.ticket;
      assert.deepEqual(
        { lastSeq, publicSeq, seenSeq, unread, waitingFor },
        { lastSeq: 1, publicSeq: 1, seenSeq: 1, unread: 0, waitingFor: 'desk' },
      );
      const { subject, message, attachments } = await readTicket(store.read, opened.ticket);
      return { subject, message, files: attachments.map(({ name }) => name) };
    };
    assert.deepEqual(await read('AAAA-2222'), { subject: 'A lamp', message: 'It flickers', files: ['a.txt'] });
    assert.deepEqual(await read('AAAA-3333'), { subject: null, message: null, files: [] });
    const loose = await store.read.selectFrom('upload').select('messageId').where('id', '=', 'u2').executeTakeFirst();
    assert.deepEqual(loose, { messageId: null });
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});
