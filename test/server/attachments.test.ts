import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AttachmentLink } from '@storefront-support/contract';
import { FILES_HOST, openCounterApp, type CounterApp, type FiledTicket } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { newKeys } from '../support/ticket-request.ts';

describe('attachments', () => {
  let counter: CounterApp;
  let ticket: FiledTicket;
  let id: string;

  before(async () => {
    counter = await openCounterApp(openDesks());
    ticket = await counter.file();
    const keys = newKeys();
    id = await counter.upload('<script>alert(1)</script>\n', 'naïve "100%"\u202e.txt', keys.secret);
    const answer = await counter.reply(ticket, 'With a file', { keys, attachmentIds: [id] });
    assert.equal(answer.status, 201);
  });
  after(() => counter.close());

  const fetchFile = (token: string, of = ticket, file = id) => counter.call(`tickets/${of.number}/attachments/${file}`, { token });
  const link = async () =>
    counter.json<AttachmentLink>(`tickets/${ticket.number}/attachments/${id}/links`, 201, { method: 'POST', token: ticket.keys.secret });
  const open = (url: string, host = FILES_HOST) => {
    const { pathname, search } = new URL(url);
    return counter.call(pathname + search, { host });
  };

  const harmless = (answer: Response) => {
    assert.equal(answer.status, 200);
    const header = (name: string) => answer.headers.get(name);
    assert.equal(header('content-disposition'), `attachment; filename="na_ve _100__.txt"; filename*=UTF-8''na%C3%AFve%20%22100%25%22.txt`);
    assert.equal(header('x-content-type-options'), 'nosniff');
    assert.equal(header('content-security-policy'), "sandbox; default-src 'none'");
    assert.equal(header('referrer-policy'), 'no-referrer');
    assert.equal(header('cache-control'), 'private, no-store');
    assert.equal(header('content-type'), 'text/plain');
  };

  it('stand with the message they came with', async () => {
    const { entries } = await counter.thread(ticket);
    assert.deepEqual(
      entries.map((entry) => entry.type === 'message' && entry.attachments.map((file) => file.id)),
      [[], [id]],
    );
  });

  it('are given to whoever may read the thread, as bytes that no page shows', async () => {
    const { token } = await counter.device([ticket]);
    for (const bearer of [ticket.keys.secret, token]) {
      const answer = await fetchFile(bearer);
      harmless(answer);
      assert.equal(await answer.text(), '<script>alert(1)</script>\n');
      assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    }
    const head = await counter.call(`tickets/${ticket.number}/attachments/${id}`, { method: 'HEAD', token });
    harmless(head);
    assert.equal(await head.text(), '');
  });

  it('are given to nobody else', async () => {
    const other = await counter.file();
    assert.equal((await fetchFile(other.keys.secret)).status, 404);
    assert.equal((await fetchFile(other.keys.secret, other)).status, 404);
    assert.equal((await fetchFile(ticket.keys.secret, ticket, 'x'.repeat(43))).status, 404);
    const loose = await counter.upload('not sent yet', 'a.txt', ticket.keys.secret);
    assert.equal((await fetchFile(ticket.keys.secret, ticket, loose)).status, 404);
    const noted = newKeys();
    const internal = await counter.upload('for agents', 'a.txt', noted.secret);
    const { hashSecret } = await import('../../packages/server/dist/ticket-secret.js');
    await counter.answer(ticket, 'note', { visibility: 'internal', uploads: { secretHash: hashSecret(noted.secret), ids: [internal] } });
    assert.equal((await fetchFile(ticket.keys.secret, ticket, internal)).status, 404);
  });

  it('are saved by a link of their own origin, for some minutes', async () => {
    const { url, expiresAt } = await link();
    assert.ok(url.startsWith(`http://${FILES_HOST}/v1/desks/open/attachments/${id}?`));
    const life = Date.parse(expiresAt) - counter.room.ports.now();
    assert.ok(life > 60_000 && life <= 300_000);
    const answer = await open(url);
    harmless(answer);
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
    for (const host of ['localhost:8480', 'localhost:8481', 'evil.example']) assert.equal((await open(url, host)).status, 421, host);
    counter.room.pass(life);
    assert.equal((await open(url)).status, 410);
  });

  it('are not had by a link whose session has ended', async () => {
    const { token } = await counter.device([ticket]);
    const asked = { method: 'POST', token };
    const { url } = await counter.json<AttachmentLink>(`tickets/${ticket.number}/attachments/${id}/links`, 201, asked);
    assert.equal((await open(url)).status, 200);
    const unbound = new URL(url);
    unbound.searchParams.delete('session');
    assert.equal((await open(unbound.href)).status, 404);
    assert.equal((await counter.call('sessions/current', { method: 'DELETE', token })).status, 204);
    assert.equal((await open(url)).status, 410);
  });

  it('are not had by a link that somebody has changed', async () => {
    const { url } = await link();
    const changed = (change: (url: URL) => void) => {
      const other = new URL(url);
      change(other);
      return other.href;
    };
    const signature = new URL(url).searchParams.get('signature') ?? '';
    const keys = newKeys();
    const second = await counter.upload('another', 'b.txt', keys.secret);
    await counter.reply(ticket, 'With another', { keys, attachmentIds: [second] });
    for (const forged of [
      changed(({ searchParams }) => searchParams.set('expires', String(Number(searchParams.get('expires')) + 1))),
      changed(({ searchParams }) => searchParams.set('signature', signature.slice(1))),
      changed(({ searchParams }) =>
        searchParams.set('signature', `A${signature.slice(1)}` === signature ? `B${signature.slice(1)}` : `A${signature.slice(1)}`),
      ),
      changed(({ searchParams }) => searchParams.delete('signature')),
      changed(({ searchParams }) => searchParams.delete('expires')),
      changed((other) => (other.pathname = other.pathname.replace(id, second))),
      changed((other) => (other.pathname = other.pathname.replace(id, 'x'.repeat(43)))),
    ])
      assert.equal((await open(forged)).status, 404, forged);
  });

  it('that are deleted are gone, whoever asks', async () => {
    const { url } = await link();
    await counter.room.ports.store.write.run((trx) => trx.updateTable('upload').set({ sha256: null }).where('id', '=', id).execute());
    assert.equal((await fetchFile(ticket.keys.secret)).status, 410);
    assert.equal((await open(url)).status, 410);
  });
});
