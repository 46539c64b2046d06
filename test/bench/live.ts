import http from 'node:http';
import { randomBytes } from 'node:crypto';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';
import { cpuMillis, residentMegabytes } from './process-cost.ts';
import { table } from './table.ts';

const CLIENTS = 600;
const REPLIES = 200;
const PAUSE_MS = 50;

interface Stream {
  number: string;
  secret: string;
  /** Called with the sequence number of each hint. */
  heard: (seq: number) => void;
  close(): void;
}

/** Streams that stand, each of a customer of its own, while some of them write: from the request to the event, in milliseconds. */
export async function benchLive(): Promise<void> {
  const server = await startServer({ config: openDesks() });
  const streams: Stream[] = [];
  try {
    const customers = await inGroups(Array.from({ length: CLIENTS }, () => () => fileTicket(server.url)));
    const idle = residentMegabytes(server.pid);
    streams.push(...(await inGroups(customers.map((customer) => () => openStream(server.url, customer)))));
    const megabytes = (residentMegabytes(server.pid) - idle) / CLIENTS;
    const cpu = cpuMillis(server.pid);
    const times: number[] = [];
    for (let n = 0; n < REPLIES; n++) {
      const stream = streams[(n * 7) % CLIENTS] as Stream;
      const began = performance.now();
      const heard = new Promise<void>((resolve) => (stream.heard = () => resolve()));
      const answered = await fetch(`${server.url}/v1/desks/open/tickets/${stream.number}/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${stream.secret}`,
          'idempotency-key': randomBytes(16).toString('base64url'),
        },
        body: JSON.stringify({ text: `Reply ${n}`, attachmentIds: [], secret: randomBytes(32).toString('base64url') }),
      });
      if (answered.status !== 201) throw new Error(`a reply was answered ${answered.status}: ${await answered.text()}`);
      await answered.arrayBuffer();
      await heard;
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => (times[Math.min(times.length - 1, Math.floor(times.length * part))] as number).toFixed(1);
    table(
      `${CLIENTS} live clients on one process`,
      ['replies', 'p50 ms', 'p99 ms', 'most ms', 'kB per client', 'server CPU ms per reply'],
      [[String(REPLIES), at(0.5), at(0.99), at(1), (megabytes * 1_000).toFixed(0), ((cpuMillis(server.pid) - cpu) / REPLIES).toFixed(1)]],
    );
  } finally {
    for (const stream of streams) stream.close();
    await server.stop();
  }
}

interface Customer {
  number: string;
  secret: string;
  token: string;
}

async function inGroups<T>(all: (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  while (done.length < all.length) done.push(...(await Promise.all(all.slice(done.length, done.length + 20).map((work) => work()))));
  return done;
}

async function fileTicket(url: string): Promise<Customer> {
  const keys = newKeys();
  const email = `${keys.idempotencyKey}@example.com`.toLowerCase();
  const filed = await postTicket({ url, keys, draft: newDraft({ requester: { name: 'Ada', email } }) });
  if (filed.status !== 201) throw new Error(`a ticket was answered ${filed.status}: ${await filed.text()}`);
  const { ticket } = (await filed.json()) as { ticket: { number: string } };
  const opened = await fetch(`${url}/v1/desks/open/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tickets: [{ number: ticket.number, secret: keys.secret }] }),
  });
  const { token } = (await opened.json()) as { token: string };
  return { number: ticket.number, secret: keys.secret, token };
}

async function openStream(url: string, { number, secret, token }: Customer): Promise<Stream> {
  const stream: Stream = { number, secret, heard: () => undefined, close: () => undefined };
  await new Promise<void>((resolve, reject) => {
    const request = http.get(`${url}/v1/desks/open/events`, { agent: false, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.setEncoding('utf8').on('data', (text: string) => {
        resolve();
        const seq = /"seq":(\d+)/.exec(text)?.[1];
        if (seq !== undefined) stream.heard(Number(seq));
      });
      answer.on('error', () => undefined);
    });
    request.on('error', reject);
    stream.close = () => request.destroy();
  });
  return stream;
}
