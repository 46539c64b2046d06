import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openSqlStore, type SqlStore } from '@storefront-support/server';
import { sql } from 'kysely';

describe('group commit', () => {
  let folder: string;
  let store: SqlStore;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-store-'));
    store = await openSqlStore(folder);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const spend = (signature: string, fail = false) =>
    store.write.run(async (trx) => {
      await trx.insertInto('spentProof').values({ deskId: 'd', signature, expiresAt: 1 }).execute();
      if (fail) throw new Error(`unit ${signature}`);
      return signature;
    });
  const kept = async () =>
    (await store.read.selectFrom('spentProof').select('signature').orderBy('signature').execute()).map((row) => row.signature);
  const writer = () => new DatabaseSync(path.join(folder, 'support.sqlite'), { timeout: 5_000 });

  it('waits for the disk at every commit', () => {
    assert.deepEqual(store.pragmas, { journalMode: 'wal', synchronous: 2, foreignKeys: 1, secureDelete: 1 });
  });

  it('rolls failing units back alone', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => spend(String(n).padStart(2, '0'), n % 20 === 7)));
    assert.deepEqual(
      outcomes.flatMap((outcome, n) => (outcome.status === 'rejected' ? [[n, (outcome.reason as Error).message]] : [])),
      [
        [7, 'unit 07'],
        [27, 'unit 27'],
      ],
    );
    assert.equal((await kept()).length, 38);
  });

  it('keeps what a unit did before and after another broke a constraint', async () => {
    await spend('a');
    const outcomes = await Promise.allSettled([spend('b'), spend('a'), spend('c')]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await kept(), ['a', 'b', 'c']);
  });

  it('commits the units of one tick together', async () => {
    const changes = () => Number(Object.values(observer.prepare('PRAGMA data_version').get() ?? {})[0]);
    const observer = writer();
    const before = changes();
    let seen = before;
    let commits = 0;
    const count = () => {
      if (changes() !== seen) commits++;
      seen = changes();
    };
    await Promise.all(Array.from({ length: 30 }, (_, n) => spend(String(n)).then(count)));
    observer.close();
    assert.equal(commits, 1);
  });

  it('answers nobody before the commit', async () => {
    let answered = false;
    await store.write.run(async (trx) => {
      await trx.insertInto('spentProof').values({ deskId: 'd', signature: 'x', expiresAt: 1 }).execute();
      void spend('y').then(() => (answered = true));
      assert.deepEqual(await kept(), []);
    });
    assert.equal(answered, false);
    assert.ok((await kept()).includes('x'));
  });

  it('rejects every unit when the commit fails, and works again afterwards', async () => {
    const blocker = writer();
    blocker.exec(
      'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)',
    );
    blocker.close();
    const orphan = store.write.run((trx) =>
      trx
        .insertInto('child' as 'spentProof')
        .values({ id: 5 } as never)
        .execute(),
    );
    const outcomes = await Promise.allSettled([spend('a'), orphan, spend('b')]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.deepEqual(await kept(), []);
    await spend('c');
    assert.deepEqual(await kept(), ['c']);
  });

  it('leaves nobody waiting when not even a new transaction can be had', async () => {
    const blocker = writer();
    const broken = store.write.run(async (trx) => {
      await sql`rollback`.execute(trx);
      blocker.exec('begin immediate');
      throw new Error('the engine gave up');
    });
    const outcomes = await Promise.allSettled([spend('a'), broken, spend('b')]);
    blocker.exec('rollback');
    blocker.close();
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Error).message : outcome.value)),
      Array(3).fill('the engine gave up'),
    );
    await spend('c');
    assert.deepEqual(await kept(), ['c']);
  });

  it('settles a unit that throws before its first query, and all that wait when the store closes', async () => {
    const thrown = store.write.run(() => {
      throw new Error('at once');
    });
    const waiting = [spend('a'), spend('b')];
    await assert.rejects(thrown, /at once/);
    const later = spend('c');
    await store.close();
    assert.deepEqual(await Promise.all([...waiting, later]), ['a', 'b', 'c']);
    await assert.rejects(spend('d'));
    store = await openSqlStore(folder);
    assert.deepEqual(await kept(), ['a', 'b', 'c']);
  });

  it('refuses writes on the reading connection', async () => {
    await assert.rejects(store.read.insertInto('spentProof').values({ deskId: 'd', signature: 'r', expiresAt: 1 }).execute(), /readonly/);
  });

  it('binds booleans, dates and nothing', async () => {
    await store.write.run(async (trx) => {
      await trx
        .insertInto('requester')
        .values({
          deskId: 'd',
          id: 'r',
          emailKey: 'e',
          email: 'e',
          name: 'n',
          verified: true as unknown as 1,
          createdAt: new Date(5) as unknown as number,
        })
        .execute();
    });
    const row = await store.read.selectFrom('requester').selectAll().executeTakeFirstOrThrow();
    assert.equal(row.verified, 1);
    assert.equal(row.createdAt, 5);
  });
});
