import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresAbsent, startCluster } from '../../.config/postgres.mjs';
import { defendedDesks, openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess, type StartOptions } from '../support/server-process.ts';
import { solveChallenge } from '../support/solve-challenge.ts';
import type { LoadOptions, LoadResult } from './load-client.ts';
import { cpuMillis } from './process-cost.ts';
import { table } from './table.ts';

const client = fileURLToPath(new URL('./load-client.ts', import.meta.url));
const PROOFS = 200;

function load(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [client], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text) as LoadResult) : reject(new Error(`the load client ended with ${code}`)),
    );
    child.stdin.end(JSON.stringify(options));
  });
}

async function measure(server: ServerProcess, options: Omit<LoadOptions, 'url'>) {
  const before = cpuMillis(server.pid);
  const result = await load({ ...options, url: server.url });
  return { ...result, cpu: (cpuMillis(server.pid) - before) / result.tickets };
}

async function proofs(server: ServerProcess, desk: string, count: number): Promise<string[]> {
  const solved: string[] = [];
  for (let n = 0; n < count; n++) {
    const answer = await fetch(`${server.url}/v1/desks/${desk}/challenge`);
    const { challenge } = (await answer.json()) as { challenge: Parameters<typeof solveChallenge>[0] };
    solved.push(await solveChallenge(challenge));
  }
  return solved;
}

/** Durable tickets per second, latency and processor time, with the defences off and on, on SQLite and on a Postgres beside it. */
export async function benchTickets(seconds: number): Promise<void> {
  const rows: string[][] = [];
  rows.push(...(await benchEngine('SQLite', seconds, () => Promise.resolve({}))));
  const absent = postgresAbsent();
  if (absent) process.stdout.write(`${absent}\n`);
  else {
    const cluster = await startCluster({ durable: true });
    process.env['DATABASE_TEST_URL'] ??= cluster.url;
    const { newDatabase } = await import('../support/postgres.ts');
    rows.push(...(await benchEngine('Postgres', seconds, async () => ({ databaseUrl: await newDatabase() }))));
    await cluster.stop();
  }
  table(
    'Durable tickets (on disk and answered after COMMIT); the processor time of Postgres itself is not in',
    ['engine', 'defences', 'connections', 'tickets/s', 'p50 ms', 'p99 ms', 'CPU ms/ticket', 'failures'],
    rows,
  );
}

async function benchEngine(engine: string, seconds: number, place: () => Promise<Pick<StartOptions, 'databaseUrl'>>): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [defences, config, desk] of [
    ['off', openDesks(), 'open'],
    ['on', defendedDesks(), 'defended'],
  ] as const) {
    const server = await startServer({ config, ...(await place()) });
    try {
      await load({
        url: server.url,
        desk,
        contactId: 'service',
        connections: 8,
        seconds: 1,
        proofs: defences === 'on' ? await proofs(server, desk, 20) : null,
      });
      for (const connections of [1, 8, 32]) {
        const spend = defences === 'on' ? await proofs(server, desk, PROOFS) : null;
        const r = await measure(server, { desk, contactId: 'service', connections, seconds, proofs: spend });
        rows.push([
          engine,
          defences,
          String(connections),
          (r.tickets / r.seconds).toFixed(0),
          r.p50.toFixed(1),
          r.p99.toFixed(1),
          r.cpu.toFixed(2),
          String(r.failures),
        ]);
      }
    } finally {
      await server.stop();
    }
  }
  return rows;
}

/** Counts fsync and fdatasync by strace; tracing slows the server, so only the ratio is printed. */
export async function benchSyncs(seconds: number): Promise<void> {
  if (spawnSync('strace', ['-V']).error) return void process.stdout.write('fsyncs per ticket: not measured, strace is not installed\n');
  const rows: string[][] = [];
  for (const connections of [1, 8, 32]) {
    const trace = path.join(tmpdir(), `fsyncs-${process.pid}-${connections}`);
    const server = await startServer({ config: openDesks(), wrapper: ['strace', '-f', '-o', trace, '-e', 'trace=fsync,fdatasync'] });
    const count = () =>
      readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => /\b(fsync|fdatasync)\(/.test(line)).length;
    try {
      const before = count();
      const result = await load({ url: server.url, desk: 'open', contactId: 'service', connections, seconds, proofs: null });
      rows.push([String(connections), String(result.tickets), String(count() - before), ((count() - before) / result.tickets).toFixed(3)]);
    } finally {
      await server.stop();
    }
  }
  table(
    'fsync and fdatasync per acknowledged ticket (strace, mails written to the catcher included)',
    ['connections', 'tickets', 'syncs', 'syncs/ticket'],
    rows,
  );
}
