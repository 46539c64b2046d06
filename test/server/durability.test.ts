import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDesks } from '../support/desks.ts';
import { freePort } from '../support/free-port.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { ServerExit, startServer, type ServerProcess } from '../support/server-process.ts';
import type { ClientOptions, Receipt, Totals } from '../support/ticket-client.ts';

const TICKETS = 1_000;
const KILLS = 20;
const preload = new URL('../support/die-in-batch.ts', import.meta.url).href;
const client = fileURLToPath(new URL('../support/ticket-client.ts', import.meta.url));

it(`keeps every acknowledged ticket exactly once through ${KILLS} kills and lost answers`, { timeout: 240_000 }, async (t) => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-durability-'));
  const port = await freePort();
  const receipts: Receipt[] = [];
  let totals: Totals | undefined;
  let server: ServerProcess | undefined;
  let inBatch = 0;
  let synchronous = '';

  let customer: ChildProcess | undefined;

  const start = async (round: number) => {
    // every other death falls right before a COMMIT, the rest wherever the seed puts them
    const killAtCommit = round > 0 && round < KILLS && round % 2 === 0 ? 2 + Math.floor(random() * 5) : 0;
    const begin = (fatalCommit: number) =>
      startServer({
        config: openDesks(),
        dataDir,
        port,
        env: { NODE_OPTIONS: `--import ${preload}`, KILL_AT_COMMIT: String(fatalCommit) },
      });
    try {
      server = await begin(killAtCommit);
      return { server, diesByItself: killAtCommit > 0 };
    } catch (error) {
      // dead before it was ready: a job had already committed
      if (!(error instanceof ServerExit) || !error.output.includes('died inside a batch')) throw error;
      inBatch++;
      server = await begin(0);
      return { server, diesByItself: false };
    }
  };

  try {
    let life = await start(0);
    const options: ClientOptions = {
      url: life.server.url,
      desk: 'open',
      contactId: 'service',
      count: TICKETS,
      workers: 8,
      seed,
      dropRate: 0.1,
    };
    const buying = spawn(process.execPath, [client, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
    customer = buying;
    const finished = new Promise<number | null>((resolve) => buying.once('exit', resolve));
    let waiting: (() => void) | undefined;
    createInterface({ input: buying.stdout }).on('line', (line) => {
      const row = JSON.parse(line) as Receipt | Totals;
      if ('done' in row) totals = row;
      else receipts.push(row);
      waiting?.();
    });
    const receiptsReach = async (count: number) => {
      while (receipts.length < count && buying.exitCode === null) await new Promise<void>((resolve) => (waiting = resolve));
    };

    for (let round = 0; round < KILLS; round++) {
      if (life.diesByItself) {
        const patience = setTimeout(() => life.server.child.kill('SIGKILL'), 5_000);
        await life.server.kill('SIGCONT');
        clearTimeout(patience);
      } else {
        await receiptsReach(Math.min(receipts.length + 5 + Math.floor(random() * 35), TICKETS - (KILLS - round) * 5));
        await new Promise((resolve) => setTimeout(resolve, 25 * random()));
        await life.server.kill('SIGKILL');
      }
      if (life.server.output().includes('died inside a batch')) inBatch++;
      synchronous ||= /synchronous=(.*)/.exec(life.server.output())?.[1] ?? '';
      life = await start(round + 1);
    }
    assert.equal(await finished, 0, 'the customer process got every receipt');
    await life.server.kill();

    const database = new DatabaseSync(path.join(dataDir, 'support.sqlite'), { readOnly: true });
    const numbers = database
      .prepare("select number from ticket where desk_id = 'open'")
      .all()
      .map((row) => String(row['number']));
    const keys = database.prepare("select key, count(*) n from idempotency_key where desk_id = 'open' group by key").all();
    const integrity = database.prepare('pragma integrity_check').all();
    database.close();

    assert.equal(receipts.length, TICKETS);
    assert.equal(new Set(numbers).size, numbers.length, 'no number twice');
    assert.equal(numbers.length, TICKETS, 'every draft is one row');
    const stored = new Set(numbers);
    assert.deepEqual(
      receipts.filter(({ number }) => !stored.has(number)),
      [],
      'no acknowledged ticket is missing',
    );
    assert.equal(keys.length, TICKETS);
    assert.ok(keys.every((row) => row['n'] === 1));
    assert.deepEqual(
      integrity.map((row) => ({ ...row })),
      [{ integrity_check: 'ok' }],
    );
    assert.deepEqual(JSON.parse(synchronous), { synchronous: 2 }, 'the connection that commits is at FULL');
    assert.ok(inBatch >= KILLS / 4, `${inBatch} deaths fell inside an open batch`);
    t.diagnostic(`${KILLS} kills, ${inBatch} inside an open batch, ${totals?.attempts} attempts, ${totals?.dropped} answers dropped`);
  } finally {
    customer?.kill('SIGKILL');
    if (server?.child.exitCode === null) await server.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
});
