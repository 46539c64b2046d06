import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { openSqlStore } from '../../packages/server/dist/store/sql-store.js';
import { insertTicket } from '../../packages/server/dist/store/tickets.js';
import { ticketSearch } from '../../packages/server/dist/search/ticket-search.js';
import { addAgent, signedIn } from '../support/agent-browser.ts';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';
import { newDraft } from '../support/ticket-request.ts';
import { table } from './table.ts';

const WORDS = 5_000;
const AT_ONCE = 1_000;
const ASKED = 200;

/** A word that every message has, one of a hundred, and one of a hundred thousand. */
const QUESTIONS: [string, string][] = [
  ['in every message', 'lamp'],
  ['beginning of it', 'la'],
  ['in every hundredth', 'shade7'],
  ['two words', 'lamp shade7'],
  ['rare', 'rare77'],
  ['nowhere', 'nowhere'],
];

/** Lists, threads and searches over a large store. `MESSAGES` in the environment says how large, 1,000,000 otherwise. */
export async function benchSearch(): Promise<void> {
  const messages = Number(process.env['MESSAGES'] ?? 1_000_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-bench-'));
  try {
    const took = await fillStore(folder, messages);
    process.stdout.write(`${messages} messages written in ${(took / 1000).toFixed(0)} s\n`);
    await measureSearch(folder);
    await measureHttp(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillStore(folder: string, messages: number): Promise<number> {
  const store = await openSqlStore(folder);
  const began = performance.now();
  const now = Date.now() - messages * 1000;
  for (let start = 0; start < messages; start += AT_ONCE)
    await store.write.run(async (trx) => {
      for (let n = start; n < Math.min(start + AT_ONCE, messages); n++) {
        const filler = Array.from({ length: 30 }, (_, k) => `word${(n * 31 + k * k * 7919) % WORDS}`).join(' ');
        const draft = newDraft({
          subject: `Ticket ${n}`,
          message: `lamp shade${n % 100} rare${n % 100_000} ${filler}`,
          requester: { name: 'Ann', email: `ann${n % 20_000}@customer.example` },
        });
        await insertTicket(trx, {
          deskId: 'open',
          draft,
          secretHash: String(n),
          createdAt: now + n * 1000,
          firstResponseDueAt: now + n * 1000,
        });
      }
    });
  await store.close();
  return performance.now() - began;
}

/** In this process, so that its event loop is the one that is watched. */
async function measureSearch(folder: string): Promise<void> {
  const store = await openSqlStore(folder);
  const search = ticketSearch(store);
  await search.find({ deskId: 'open', contactIds: ['service'], words: 'warm', limit: 500 });
  const rows: string[][] = [];
  for (const [what, words] of [['nothing is looked for', ''], ...QUESTIONS] as const) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const times: number[] = [];
    let found = 0;
    const used = performance.eventLoopUtilization();
    for (let n = 0; n < 10; n++) {
      // what a busy machine adds by itself
      if (words === '') await new Promise((resolve) => setTimeout(resolve, 50));
      const began = performance.now();
      found = (await search.find({ deskId: 'open', contactIds: ['service'], words, limit: 500 })).length;
      times.push(performance.now() - began);
    }
    const { active } = performance.eventLoopUtilization(used);
    delay.disable();
    rows.push([what, String(found), at(times, 0.5), at(times, 1), (active / 10).toFixed(1), (delay.max / 1e6).toFixed(1)]);
  }
  await store.close();
  table(
    'Search by an agent of one contact (ms)',
    ['words', 'tickets', 'p50', 'worst', 'event loop busy per search', 'event loop late, worst'],
    rows,
  );
}

async function measureHttp(folder: string): Promise<void> {
  const server = await startServer({ config: openDesks(), dataDir: folder });
  try {
    const browser = await signedIn(server, await addAgent(server, { serve: ['open/service'] }));
    const list = JSON.parse((await browser.ask('/v1/desks/open/agent/tickets')).text) as { tickets: { number: string }[] };
    const thread = `/v1/desks/open/agent/tickets/${list.tickets[7]?.number}`;
    const rows: string[][] = [];
    for (const [what, address] of [
      ['list', '/v1/desks/open/agent/tickets'],
      ['list, not closed', '/v1/desks/open/agent/tickets?status=active'],
      ['list, due first', '/v1/desks/open/agent/tickets?order=due&limit=30'],
      ['thread', thread],
      ['search', '/v1/desks/open/agent/tickets?q=lamp'],
    ] as const) {
      const times: number[] = [];
      for (let n = 0; n < ASKED; n++) times.push(await timed(browser.port, address, browser.cookie ?? ''));
      rows.push([what, at(times, 0.5), at(times, 0.99)]);
    }
    table(`Answers over HTTP to an agent, one after another (ms, ${ASKED} each)`, ['what', 'p50', 'p99'], rows);
  } finally {
    await server.kill();
  }
}

function timed(port: number, address: string, cookie: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request({ port, path: address, headers: { host: `localhost:${port}`, cookie } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${address}: ${answer.statusCode}`));
      answer.resume().once('end', () => resolve(performance.now() - began));
    })
      .once('error', reject)
      .end();
  });
}

function at(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}
