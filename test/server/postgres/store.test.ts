import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { openPostgresStore, type PostgresStore } from '@storefront-support/server';
import { installationId, sharedInstallSecret } from '../../../packages/server/dist/store/installation.js';
import { bindFolder, refuseBoundFolder } from '../../../packages/server/dist/store/shared-folder.js';
import { newDatabase, runSql, skipPostgres } from '../../support/postgres.ts';
import { storeSuite } from '../store-suite.ts';

async function open() {
  const url = await newDatabase();
  const [store, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
  const close = async () => {
    await store.close();
    await other.close();
  };
  return { store, other, close };
}

storeSuite('Postgres', open, skipPostgres);

describe('several processes on one Postgres', { skip: skipPostgres }, () => {
  it('all bring an empty database up to date at once, and share one secret', async () => {
    const url = await newDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgresStore(url)));
    const secrets = await Promise.all(stores.map((store) => sharedInstallSecret(store, 1)));
    assert.equal(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size, 1);
    assert.equal(secrets[0]?.length, 32);
    assert.equal(installationId(secrets[0] as Uint8Array).length, 32);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('go on after every connection was cut, and settle all before they close', async () => {
    const url = await newDatabase();
    const lost: string[] = [];
    const store = await openPostgresStore(url, (error) => lost.push(error.name));
    const spend = (signature: string) =>
      store.write.run((trx) => trx.insertInto('spentProof').values({ deskId: 'd', signature, expiresAt: 1 }).execute());
    await Promise.all(['a', 'b', 'c'].map(spend));
    await runSql(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    for (;;) {
      try {
        await spend('d');
        break;
      } catch (error) {
        assert.equal((error as Error).name, 'DatabaseAwayError');
      }
    }
    const late = spend('e');
    await store.close();
    await late;
    await assert.rejects(spend('f'));
    assert.deepEqual(await runSql(url, 'select count(*) as n from spent_proof'), [{ n: 5 }]);
    assert.ok(lost.length > 0);
  });

  it('refuse a database that acknowledges what is not on disk, and name it without its password', async () => {
    const url = new URL(await newDatabase());
    await runSql(url.href, `alter database ${url.pathname.slice(1)} set synchronous_commit = off`);
    await assert.rejects(openPostgresStore(url.href), /synchronous_commit is off/);
    url.password = 'wrong-password';
    await assert.rejects(openPostgresStore(url.href), (error: Error) => {
      assert.match(error.message, /password authentication failed/);
      assert.doesNotMatch(error.message, /wrong-password/);
      return true;
    });
    url.port = '1';
    await assert.rejects(openPostgresStore(url.href), /cannot be used \(connect ECONNREFUSED/);
  });

  it('say how durable the engine is', async () => {
    const store: PostgresStore = await openPostgresStore(await newDatabase());
    assert.match(store.facts.version, /^\d+/);
    assert.equal(store.facts.synchronousCommit, 'on');
    await store.close();
  });
});

describe('a data folder', () => {
  it('belongs to one database, whoever comes first', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'storefront-folder-'));
    refuseBoundFolder(folder);
    await Promise.all(Array.from({ length: 5 }, () => bindFolder(folder, 'one')));
    await bindFolder(folder, 'one');
    await assert.rejects(bindFolder(folder, 'two'), /belongs to another database/);
    assert.throws(() => refuseBoundFolder(folder), /belongs to a Postgres database/);
    await rm(folder, { recursive: true });
  });

  it('of an SQLite database is not taken by a Postgres one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'storefront-folder-'));
    await writeFile(path.join(folder, 'support.sqlite'), '');
    await assert.rejects(bindFolder(folder, 'one'), /belongs to an SQLite database/);
    await rm(folder, { recursive: true });
  });
});
