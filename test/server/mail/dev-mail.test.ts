import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { CounterClient } from '../../support/counter-client.ts';
import { openDesks } from '../../support/desks.ts';
import { startServer, type ServerProcess } from '../../support/server-process.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { caughtMails, sha256 } from '../../support/stored-files.ts';

let server: ServerProcess;
const file = Buffer.from('two lamps\n');

before(async () => {
  server = await startServer({ config: openDesks(), env: { MAIL_PER_SECOND: '1000' } });
  const client = new CounterClient(server.url, 'open');
  const { id } = await client.upload('lamps.txt', file);
  await client.ticket({ subject: '<script>alert(1)</script>', attachmentIds: [id] });
  while ((await caughtMails(server.url)).length < 2) await setTimeout(20);
});
after(() => server.stop());

/** Status of a request with headers that `fetch` would not send. */
function status(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    http.get(`${server.url}${path}`, { agent: false, headers }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject);
  });
}

describe('caught mail', () => {
  it('is listed with what a test needs to know', async () => {
    const mails = await caughtMails(server.url);
    const notification = mails.find(({ attachments }) => attachments.length > 0);
    assert.deepEqual(notification?.attachments, [{ filename: 'lamps.txt', size: file.length, sha256: sha256(file) }]);
    assert.ok(mails.every(({ autoSubmitted }) => autoSubmitted === 'auto-generated'));
    assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 2);
  });

  it('is kept as it would have gone over the wire', async () => {
    const mails = (await (await fetch(`${server.url}/dev/mail.json`)).json()) as {
      id: string;
      messageId: string;
      attachments: unknown[];
      text: string;
    }[];
    for (const mail of mails) {
      const answer = await fetch(`${server.url}/dev/mail/${mail.id}.eml`);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
      const parsed = await PostalMime.parse(new Uint8Array(await answer.arrayBuffer()));
      assert.equal(parsed.messageId, mail.messageId);
      assert.equal(parsed.text?.trim(), mail.text.trim());
      assert.equal(parsed.attachments.length, mail.attachments.length);
    }
  });

  it('is shown as text under a policy that runs nothing', async () => {
    const list = await fetch(`${server.url}/dev/mail`);
    assert.match(
      list.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    const page = await list.text();
    assert.doesNotMatch(page, /<script/);
    const links = [...page.matchAll(/href="(\/dev\/mail\/[0-9a-f]{32})"/g)].map(([, path]) => path ?? '');
    assert.equal(links.length, 2);
    for (const link of links) {
      const mail = await fetch(`${server.url}${link}`);
      assert.equal(mail.status, 200);
      assert.equal(mail.headers.get('x-content-type-options'), 'nosniff');
      assert.doesNotMatch(await mail.text(), /<script/);
    }
    for (const unknown of ['0'.repeat(32), '..%2f..%2fsupport.sqlite', 'x.eml'])
      assert.equal(await status(`/dev/mail/${unknown}`, {}), 404);
  });

  it('is for this machine alone', async () => {
    for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail/x']) {
      for (const [name, value] of Object.entries({
        Forwarded: 'for=192.0.2.1',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Proto': 'https',
        Via: '1.1 proxy',
        'X-Real-IP': '127.0.0.1',
        'CF-Connecting-IP': '127.0.0.1',
      })) {
        assert.equal(await status(path, { [name]: value }), 404, name);
      }
      for (const host of ['evil.example', `evil.example:${server.port}`, 'localhost:1', `localhost.evil.example:${server.port}`]) {
        assert.equal(await status(path, { Host: host }), 421, host);
      }
    }
  });

  it('is not for a proxy that adds no header, which speaks HTTP/1.0', async () => {
    const socket = net.connect(server.port, '127.0.0.1');
    socket.end(`GET /dev/mail.json HTTP/1.0\r\nHost: localhost:${server.port}\r\n\r\n`);
    assert.match(await text(socket), /^HTTP\/1\.1 404 /);
  });

  it('does not exist where a relay is set', async () => {
    const sink = await startSmtpSink();
    const other = await startServer({ config: openDesks(), env: { SMTP_URL: sink.url } });
    try {
      for (const path of ['/dev/mail', '/dev/mail.json']) assert.equal((await fetch(`${other.url}${path}`)).status, 404);
    } finally {
      await other.stop();
      await sink.stop();
    }
  });
});
