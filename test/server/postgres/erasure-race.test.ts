import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { diskHeaderStore, openPostgresStore, type PostgresStore } from '@storefront-support/server';
import { sql } from 'kysely';
import { diskBlobStore } from '../../../packages/server/dist/files/disk-blob-store.js';
import { erasePerson } from '../../../packages/server/dist/privacy/erase-person.js';
import { findPerson } from '../../../packages/server/dist/privacy/find-person.js';
import { insertTicket } from '../../../packages/server/dist/store/tickets.js';
import { newDatabase, runSql, skipPostgres } from '../../support/postgres.ts';
import { newDraft } from '../../support/ticket-request.ts';

type Writer = Parameters<Parameters<PostgresStore['write']['run']>[0]>[0];

describe('a ticket filed while its requester is erased', { skip: skipPostgres, timeout: 60_000 }, () => {
  let folder: string;
  let url: string;
  let store: PostgresStore;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-erasure-race-'));
    url = await newDatabase();
    store = await openPostgresStore(url);
  });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (trx: Writer, email: string) =>
    insertTicket(trx, {
      deskId: 'open',
      draft: newDraft({ requester: { name: 'Ann', email } }),
      secretHash: email,
      createdAt: Date.now(),
      firstResponseDueAt: null,
    });
  const erase = async (email: string) => {
    const person = await findPerson(store.read, Buffer.alloc(32, 7), 'open', email);
    assert.ok(person);
    const blobs = diskBlobStore(path.join(folder, 'uploads'));
    const headers = diskHeaderStore(path.join(folder, 'headers'));
    await erasePerson({ store, blobs, headers, dataDir: folder, installSecret: Buffer.alloc(32, 7) }, person, Date.now());
  };
  const stored = async (id: string) => {
    const [row] = await runSql(
      url,
      'select t.subject, r.email, r.name from ticket t join requester r on r.desk_id = t.desk_id and r.id = t.requester_id where t.id = $1',
      [id],
    );
    return row;
  };

  it('goes with them when it was begun before', async () => {
    const email = 'before@customer.example';
    await store.write.run((trx) => file(trx, email));
    const [begun, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const filing = store.write.run(async (trx) => {
      const { id } = await file(trx, email);
      begun.resolve();
      await ending.promise;
      return id;
    });
    await begun.promise;
    let erased = false;
    const erasing = erase(email).then(() => (erased = true));
    const waits = async () => (await runSql(url, 'select 1 from pg_locks where not granted')).length > 0;
    while (!erased && !(await waits()));
    ending.resolve();
    const id = await filing;
    await erasing;
    const { subject, email: left, name } = (await stored(id)) ?? {};
    assert.deepEqual([subject, left, /^erased-/.test(String(name))], [null, '', true]);
  });

  it('is somebody new’s when it is committed after', async () => {
    const email = 'after@customer.example';
    await store.write.run((trx) => file(trx, email));
    let erased = false;
    const id = await store.write.run(async (trx) => {
      // from here on it sees the database as it is now
      await sql`select 1 from installation`.execute(trx);
      if (!erased) await erase(email);
      erased = true;
      return (await file(trx, email)).id;
    });
    const { subject, email: left, name } = (await stored(id)) ?? {};
    assert.deepEqual([subject, left, name], [newDraft().subject, email, 'Ann']);
  });
});
