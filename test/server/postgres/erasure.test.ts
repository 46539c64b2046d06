import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { filesHolding } from '../../support/byte-scan.ts';
import { deskCommand } from '../../support/desk-command.ts';
import { openDesks } from '../../support/desks.ts';
import { newDatabase, runSql, skipPostgres } from '../../support/postgres.ts';
import { seedPerson } from '../../support/seeded-person.ts';
import { startServer } from '../../support/server-process.ts';

it('finds nothing of an erased person in any table, statistic or search of Postgres', { skip: skipPostgres }, async (t) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'storefront-erasure-postgres-'));
  t.after(() => rm(scratch, { recursive: true, force: true }));
  const databaseUrl = await newDatabase();
  const dataDir = path.join(scratch, 'data');
  const deskFile = path.join(scratch, 'desks.yaml');
  await writeFile(deskFile, JSON.stringify(openDesks()));
  const server = await startServer({ config: openDesks(), dataDir, databaseUrl });
  t.after(() => server.stop());
  const place = { dataDir, deskFile, env: { DATABASE_URL: databaseUrl } };
  const gone = await seedPerson(server, place, undefined, 1);
  const stays = await seedPerson(server, place, undefined, 1);
  await runSql(databaseUrl, 'analyze');

  /** Words that some row of some table, or what the planner keeps of its values, holds. */
  const found = async (words: readonly string[]) => {
    const tables = await runSql(
      databaseUrl,
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    const texts: string[] = [];
    for (const { name } of tables) texts.push(JSON.stringify(await runSql(databaseUrl, `select * from "${String(name)}"`)));
    texts.push(JSON.stringify(await runSql(databaseUrl, "select s::text from pg_stats s where schemaname = 'public'")));
    const all = texts.join('\n').toLowerCase();
    return words.filter((word) => all.includes(word));
  };
  assert.ok((await found(gone.words)).length > 10);
  const before = await found(stays.words);

  const backup = path.join(scratch, 'backup');
  const taken = await deskCommand(place, 'backup', '--out', backup);
  const exported = await deskCommand(place, 'export', '--email', gone.email, '--out', path.join(scratch, 'person'));
  assert.equal(exported.code, 0, exported.err);
  const erased = await deskCommand(place, 'erase', '--email', gone.email, '--yes');
  assert.equal(erased.code, 0, erased.err);
  assert.deepEqual(await found(gone.words), []);
  assert.deepEqual(filesHolding(dataDir, gone.words), []);
  assert.deepEqual(await found(stays.words), before);
  const uncleaned = await runSql(
    databaseUrl,
    "select relname from pg_stat_user_tables where schemaname = 'public' and last_vacuum is null",
  );
  assert.deepEqual(uncleaned, [], 'every table has been vacuumed');
  const search = await deskCommand(place, 'tickets', 'list', '--search', gone.words[2] ?? '', '--json');
  assert.deepEqual(search.json<{ tickets: unknown[] }>().tickets, []);
  const check = await deskCommand(place, 'check');
  assert.equal(check.code, 0, check.out + check.err);

  if (taken.code !== 0) {
    // the client of PostgreSQL on this machine is absent, or older than the server
    assert.match(taken.err, /pg_dump (is not on this machine|has failed: [^]*version)/);
    assert.ok(!taken.err.includes(new URL(databaseUrl).password || '\0'));
    assert.ok(!(await readdir(scratch)).some((name) => name.startsWith('backup')));
    t.diagnostic(`restore is left out: ${taken.err.split('\n', 1)[0]}`);
    return;
  }
  const fresh = { dataDir: path.join(scratch, 'fresh'), deskFile, env: { DATABASE_URL: await newDatabase() } };
  const list = path.join(dataDir, 'erasures');
  const restored = await deskCommand(fresh, 'restore', backup, '--erasures', list);
  assert.equal(restored.code, 0, restored.err + restored.out);
  assert.match(restored.out, /1 erased again/);
  const rows = JSON.stringify(await runSql(fresh.env.DATABASE_URL, 'select * from requester'));
  assert.ok(rows.includes(stays.email) && !rows.includes(gone.words[2] ?? ''));
});
