import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { postgresAbsent, startCluster } from '../../.config/postgres.mjs';

/** Why tests on Postgres are skipped here; false: they run. */
export const skipPostgres: string | false = postgresAbsent() ?? false;

const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

let cluster: Promise<string> | undefined;
const made: string[] = [];

/** `DATABASE_TEST_URL`, or a cluster that lives as long as this process. */
function clusterUrl(): Promise<string> {
  const given = process.env['DATABASE_TEST_URL'];
  return (cluster ??= given ? Promise.resolve(given) : startCluster().then(({ url }) => url));
}

/** The address of a new and empty database, gone when this process is. */
export async function newDatabase(): Promise<string> {
  const url = new URL(await clusterUrl());
  const name = `storefront_test_${randomBytes(8).toString('hex')}`;
  await runSql(url.href, `create database ${name}`);
  if (process.env['DATABASE_TEST_URL'] && made.length === 0) process.once('exit', () => dropAll(url.href));
  made.push(name);
  url.pathname = `/${name}`;
  return url.href;
}

/** Where the cluster outlives the process. Nothing asynchronous runs any more at its end. */
function dropAll(url: string): void {
  const script = `
    import pg from 'pg';
    const client = new pg.Client({ connectionString: process.env.URL });
    await client.connect();
    for (const name of process.env.NAMES.split(' ')) await client.query(\`drop database if exists \${name} with (force)\`);
    await client.end();`;
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, URL: url, NAMES: made.join(' ') } });
}

/** One statement on a connection of its own. */
export async function runSql(url: string, statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
