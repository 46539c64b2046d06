import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { CounterClient } from '../../support/counter-client.ts';
import { defendedDesks, openDesks } from '../../support/desks.ts';
import { freePort } from '../../support/free-port.ts';
import { newDatabase, runSql, skipPostgres } from '../../support/postgres.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { ServerExit, startServer, type ServerProcess } from '../../support/server-process.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { solveChallenge } from '../../support/solve-challenge.ts';
import { hashesOnDisk, sha256 } from '../../support/stored-files.ts';
import type { ClientOptions, Receipt, Totals } from '../../support/ticket-client.ts';
import { newDraft, newKeys, postTicket } from '../../support/ticket-request.ts';

const customer = fileURLToPath(new URL('../../support/ticket-client.ts', import.meta.url));
const config = [...(openDesks() as object[]), ...(defendedDesks() as object[])];

describe('two server processes on one database and one folder', { skip: skipPostgres, timeout: 240_000 }, () => {
  let databaseUrl: string;
  let dataDir: string;
  let sink: SmtpSink;
  let servers: [ServerProcess, ServerProcess];
  const start = (port = 0) =>
    startServer({ config, dataDir, databaseUrl, port, env: { SMTP_URL: sink.url, MAIL_PER_SECOND: '1000', MAIL_RETRY_BASE_MS: '20' } });

  before(async () => {
    databaseUrl = await newDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-two-'));
    sink = await startSmtpSink();
    servers = await Promise.all([start(await freePort()), start(await freePort())]);
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await sink.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('answer a request that both get at once with one ticket', async () => {
    const keys = newKeys();
    const draft = newDraft({ subject: 'To both at once' });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => postTicket({ url: (servers[n % 2] as ServerProcess).url, keys, draft })),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(await Promise.all(answers.map((answer) => answer.text()))).size, 1);
    assert.equal((await runSql(databaseUrl, 'select 1 from ticket where subject = $1', ['To both at once'])).length, 1);
  });

  it('take the solution of a challenge that the other has made, once', async () => {
    const [one, two] = servers;
    const { challenge } = (await (await fetch(`${one.url}/v1/desks/defended/challenge`)).json()) as {
      challenge: Parameters<typeof solveChallenge>[0];
    };
    const proof = await solveChallenge(challenge);
    const answers = await Promise.all([one, two, one, two].map(({ url }) => postTicket({ url, desk: 'defended', proof })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403, 403, 403]);
  });

  it('continue each other’s uploads and acknowledge no byte twice', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000_000)]);
    const clients = servers.map(({ url }) => new CounterClient(url, 'open', Buffer.alloc(32, 3).toString('base64url')));
    const [one, two] = clients as [CounterClient, CounterClient];
    const id = one
      .at(await one.create(bytes.length, { filename: 'a.pdf' }))
      .split('/')
      .at(-1) as string;
    let offset = 0;
    while (offset < bytes.length) {
      const chunk = bytes.subarray(offset, offset + 400_000);
      const answers = await Promise.all(clients.map((client) => client.patch(`${client.uploads}/${id}`, offset, chunk)));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [204, 409]);
      offset = await two.offset(`${two.uploads}/${id}`);
    }
    assert.equal(offset, bytes.length);
    const ticket = await two.ticket({ attachmentIds: [id] });
    assert.equal(ticket.status, 201);
    assert.ok(hashesOnDisk(path.join(dataDir, 'uploads')).includes(sha256(bytes)));
  });

  it('send each mail once', async () => {
    const draft = newDraft({ subject: 'One mail each', requester: { name: 'Bo', email: 'bo@customer.example' } });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => postTicket({ url: (servers[n % 2] as ServerProcess).url, draft })),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    const [waiting] = await runSql(databaseUrl, 'select count(*) as n from outbox');
    const mails = await sink.arrived(Number(waiting?.['n']));
    const ids = await Promise.all(mails.map(async ({ raw, to }) => `${(await PostalMime.parse(raw)).messageId} ${to[0]}`));
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, Number(waiting?.['n']));
  });

  it('leave the folder to no process without the database', async () => {
    await assert.rejects(startServer({ config, dataDir }), (error: ServerExit) => /belongs to a Postgres database/.test(error.output));
    const other = await newDatabase();
    await assert.rejects(startServer({ config, dataDir, databaseUrl: other }), (error: ServerExit) =>
      /belongs to another database/.test(error.output),
    );
  });

  it('keep every acknowledged ticket exactly once while they are killed in turn', async (t) => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    t.diagnostic(`seed ${seed}`);
    const random = seededRandom(seed);
    const count = 150;
    const kills = 8;
    const receipts: Receipt[] = [];
    const totals: Totals[] = [];
    let waiting: (() => void) | undefined;
    const customers = servers.map(({ url }, n) => {
      const options: ClientOptions = { url, desk: 'open', contactId: 'service', count, workers: 4, seed: seed + n, dropRate: 0.1 };
      const child = spawn(process.execPath, [customer, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
      createInterface({ input: child.stdout }).on('line', (line) => {
        const row = JSON.parse(line) as Receipt | Totals;
        if ('done' in row) totals.push(row);
        else receipts.push(row);
        waiting?.();
      });
      return new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    });
    for (let round = 0; round < kills; round++) {
      const next = Math.min(receipts.length + 5 + Math.floor(random() * 30), 2 * count - 10 * (kills - round));
      while (receipts.length < next) await new Promise<void>((resolve) => (waiting = resolve));
      const n = round % 2;
      const victim = servers[n] as ServerProcess;
      await victim.kill('SIGKILL');
      servers[n] = await start(victim.port);
    }
    assert.deepEqual(await Promise.all(customers), [0, 0]);
    assert.equal(receipts.length, 2 * count);
    const stored = await runSql(databaseUrl, `select number from ticket where subject like 'Parcel %'`);
    assert.deepEqual(stored.map(({ number }) => String(number)).sort(), receipts.map(({ number }) => number).sort());
    assert.equal(new Set(receipts.map(({ number }) => number)).size, 2 * count);
    t.diagnostic(`${kills} kills, ${totals.reduce((sum, { attempts }) => sum + attempts, 0)} attempts`);
  });
});
