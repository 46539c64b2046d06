import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import PostalMime from 'postal-mime';
import { CounterClient } from '../../support/counter-client.ts';
import { shopDesks } from '../../support/desks.ts';
import { startServer, type ServerProcess } from '../../support/server-process.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { sha256 } from '../../support/stored-files.ts';
import { storedRows } from '../../support/stored-rows.ts';

let sink: SmtpSink;
let server: ServerProcess;
let dataDir: string;

const config = () => {
  const [desk] = shopDesks() as { defences: object }[];
  return [{ ...desk, defences: { ...desk?.defences, proofOfWork: 0 } }];
};
const start = () =>
  startServer({ config: config(), dataDir, env: { SMTP_URL: sink.url, MAIL_RETRY_BASE_MS: '20', MAIL_PER_SECOND: '1000' } });

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'storefront-mail-'));
  sink = await startSmtpSink();
  server = await start();
});
afterEach(async () => {
  await server.stop();
  await sink.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const client = () => new CounterClient(server.url, 'demo');
const outbox = (columns: string) => query(`select ${columns} from outbox order by kind`);
const query = (sql: string) => storedRows(server, sql);

/** Resolves once the server has written a log line of this event. */
async function logged(event: string, count = 1): Promise<Record<string, unknown>[]> {
  for (;;) {
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.includes(`"event":"${event}"`));
    if (lines.length >= count) return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    await fetch(`${server.url}/healthz`);
  }
}

/** Resolves once the query finds rows. */
async function found(sql: string): Promise<Record<string, unknown>[]> {
  for (;;) {
    const rows = await query(sql);
    if (rows.length > 0) return rows;
    await fetch(`${server.url}/healthz`);
  }
}

describe('mail through a relay', { timeout: 120_000 }, () => {
  it('confirms to the requester and notifies the contact, with the files', async () => {
    const own = client();
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 7)]);
    const { id } = await own.upload('Rechnung März.pdf', pdf);
    const ticket = await own.ticket({
      contactId: 'customer-service',
      subject: 'Lampe dunkel',
      orderReference: 'A-1001',
      attachmentIds: [id],
      locale: 'fr',
    });
    assert.equal(ticket.json['confirmationMail'], 'queued');
    const number = (ticket.json['ticket'] as { number: string }).number;
    const mails = await sink.arrived(2);
    const confirmation = mails.find(({ to }) => to[0] === 'ada@example.com');
    const notification = mails.find(({ to }) => to[0] === 'service@shop.example');
    assert.ok(confirmation && notification);
    const toRequester = await PostalMime.parse(confirmation.raw);
    assert.equal(toRequester.subject, `Votre demande ${number} auprès de Lamp Shop`);
    assert.match(toRequester.text ?? '', /Europe\/Paris/);
    assert.equal(toRequester.attachments.length, 0);
    const toContact = await PostalMime.parse(notification.raw);
    assert.equal(toContact.subject, `[${number}] Lampe dunkel`);
    assert.equal(toContact.replyTo?.[0]?.address, 'ada@example.com');
    assert.match(toContact.text ?? '', /A-1001/);
    assert.match(toContact.text ?? '', /It does not glow\./);
    const [file] = toContact.attachments;
    assert.equal(file?.filename, 'Rechnung März.pdf');
    assert.equal(sha256(new Uint8Array(file?.content as ArrayBuffer)), sha256(pdf));
    for (const mail of [toRequester, toContact]) {
      const header = (key: string) => mail.headers.find((entry) => entry.key === key)?.value;
      assert.equal(header('auto-submitted'), 'auto-generated');
      assert.equal(header('x-auto-response-suppress'), 'All');
      assert.ok(header('x-storefront-support'));
    }
  });

  it('tries again after a greylisting, with the same Message-ID', async () => {
    await sink.behave('greylist', 'greylist', 'greylist', 'greylist');
    await client().ticket({ contactId: 'customer-service' });
    const mails = await sink.arrived(2);
    assert.deepEqual(mails.map(({ to }) => to[0]).sort(), ['ada@example.com', 'service@shop.example']);
    await found(`select 1 from outbox where state = 'accepted' group by ticket_id having count(*) = 2`);
    assert.equal(
      (await outbox('attempts')).reduce((sum, row) => sum + Number(row['attempts']), 0),
      6,
    );
    assert.equal((await sink.mails()).length, 2);
  });

  for (const mood of ['reject', 'reject-data'] as const) {
    it(`keeps a mail that is refused for good (${mood}), and tells the operator`, async () => {
      await sink.behave(mood, mood);
      await client().ticket({ contactId: 'webmaster', message: 'kept for the operator' });
      const lines = await logged('mail-undeliverable', 2);
      assert.deepEqual(
        lines.map(({ level, reason }) => [level, reason]),
        Array(2).fill(['error', mood === 'reject' ? '550 5.1.1' : '554 5.7.1']),
      );
      assert.doesNotMatch(JSON.stringify(lines), /ada@|mailbox/);
      assert.deepEqual(
        (await outbox('state')).map(({ state }) => state),
        ['undeliverable', 'undeliverable'],
      );
      assert.deepEqual(
        (await query('select text from message')).map(({ text }) => text),
        ['kept for the operator'],
      );
      assert.equal((await sink.mails()).length, 0);
    });
  }

  it('sends again what was cut off before its answer, with the same Message-ID', async () => {
    await sink.behave('drop');
    await client().ticket({ contactId: 'customer-service' });
    const mails = await sink.arrived(3);
    const ids = await Promise.all(mails.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
    assert.equal(new Set(ids).size, 2);
    const dropped = mails.findIndex(({ acknowledged }) => !acknowledged);
    assert.equal(ids.filter((id) => id === ids[dropped]).length, 2);
  });

  it('sends again what a killed process had in hand: nothing lost, doubles with one Message-ID', async () => {
    const tickets = 6;
    await sink.behave('hold', 'hold', 'hold', 'hold');
    for (let n = 0; n < tickets; n++)
      await client().ticket({ contactId: 'customer-service', requester: { name: 'Ada', email: `ada${n}@example.com` } });
    await sink.arrived(4);
    await server.kill('SIGKILL');
    server = await start();
    await found(`select 1 from outbox where state = 'accepted' group by state having count(*) = ${2 * tickets}`);
    const mails = await sink.mails();
    const seen = new Map<string, number>();
    for (const { raw, to } of mails) {
      const key = `${(await PostalMime.parse(raw)).messageId} ${to[0]}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    assert.equal(seen.size, 2 * tickets);
    assert.equal(mails.length, 2 * tickets + 4);
    assert.ok([...seen.values()].every((count) => count <= 2));
    assert.ok(mails.filter(({ acknowledged }) => acknowledged).length >= 2 * tickets);
  });

  it('lets no relay take a file that is not the one that was stored, and sends it once it is mended', async () => {
    await sink.behave('greylist', 'greylist', 'greylist', 'greylist', 'greylist', 'greylist');
    const own = client();
    const { id } = await own.upload('lamps.txt', Buffer.from('two lamps\n'));
    const file = path.join(dataDir, 'uploads/demo', id.slice(0, 2), id);
    await own.ticket({ contactId: 'customer-service', attachmentIds: [id] });
    await writeFile(file, 'two lambs\n');
    await logged('mail-delayed', 8);
    for (;;) if ((await logged('mail-delayed', 1)).filter(({ reason }) => reason === 'file-damaged').length > 1) break;
    assert.deepEqual(
      (await sink.mails()).map(({ to }) => to[0]).filter((to) => to === 'service@shop.example'),
      [],
    );
    await writeFile(file, 'two lamps\n');
    await found(`select 1 from outbox where state = 'accepted' and kind = 'notification'`);
    assert.equal((await sink.mails()).filter(({ to }) => to[0] === 'service@shop.example').length, 1);
  });

  it('waits for a relay that is away', async () => {
    const { url } = sink;
    await sink.stop();
    await client().ticket({ contactId: 'customer-service' });
    await logged('mail-delayed', 2);
    await server.stop();
    assert.deepEqual(
      (await outbox('state')).map(({ state }) => state),
      ['waiting', 'waiting'],
    );
    sink = await startSmtpSink();
    assert.notEqual(sink.url, url);
    server = await start();
    assert.equal((await sink.arrived(2)).length, 2);
  });

  it('erases the text and the files of a contact that keeps no messages, once its mail is accepted', async () => {
    const canary = 'canary-7f3a9c';
    const own = client();
    const bytes = Buffer.from(`${canary} in a file\n`);
    const { id } = await own.upload(`${canary}.txt`, bytes);
    await own.ticket({ contactId: 'webmaster', subject: `about ${canary}-subject`, message: `${canary}-message`, attachmentIds: [id] });
    const mails = await sink.arrived(2);
    const notification = await PostalMime.parse(mails.find(({ to }) => to[0] === 'webmaster@shop.example')?.raw ?? '');
    assert.match(notification.text ?? '', new RegExp(`${canary}-message`));
    assert.equal(sha256(new Uint8Array(notification.attachments[0]?.content as ArrayBuffer)), sha256(bytes));
    await found(`select 1 from ticket t join message m on m.ticket_id = t.id where m.text is null and t.subject is null`);
    await found(`select 1 from upload where sha256 is null`);
    await server.stop();
    await query('pragma wal_checkpoint(truncate)');
    const { readFileSync, readdirSync } = await import('node:fs');
    for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = readFileSync(path.join(entry.parentPath, entry.name));
      for (const trace of [`${canary}-message`, `${canary}-subject`, `${canary} in a file`])
        assert.ok(!content.includes(trace), `${entry.name} holds ${trace}`);
    }
    server = await start();
  });

  it('deletes after a kill what the killed process had no time to delete', async () => {
    const own = client();
    const { id } = await own.upload('a.txt', Buffer.from('bytes left behind'));
    await own.ticket({ contactId: 'customer-service', attachmentIds: [id] });
    await sink.arrived(2);
    await server.kill('SIGKILL');
    await query('update upload set sha256 = null');
    server = await start();
    await logged('files-swept');
  });
});
