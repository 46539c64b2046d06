import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { desk, draft, keys, receipt } from './scripted-server.ts';

const POLLUTION: [name: string, value: unknown][] = [
  ['mode', 'no-cors'],
  ['method', 'DELETE'],
  ['signal', AbortSignal.abort()],
  ['headers', { 'x-polluted': '1', authorization: 'Basic x' }],
  ['body', 'polluted'],
  ['credentials', 'include'],
  ['cache', 'only-if-cached'],
  ['redirect', 'error'],
  ['referrer', 'https://evil.example/'],
  ['referrerPolicy', 'unsafe-url'],
  ['integrity', 'sha256-AAAA'],
  ['keepalive', true],
  ['duplex', 'full'],
  ['window', {}],
  ['priority', 'polluted'],
  ['dispatcher', {}],
  ['timeout', 1],
  ['retry', 9],
  ['json', { polluted: true }],
  ['searchParams', 'polluted=1'],
  ['prefixUrl', 'http://127.0.0.1:1/'],
  ['throwHttpErrors', false],
  ['parseJson', () => ({ polluted: true })],
  ['hooks', { beforeRequest: [() => new Response('polluted')] }],
  ['fetch', () => Promise.reject(new Error('polluted'))],
  ['online', () => false],
  ['type', 'polluted'],
];

const UPLOAD = 'u'.repeat(43);

/** Members as the platform reads them, inherited ones included, with its defaults. Node itself inherits where none is given. */
function asRead(init: RequestInit): RequestInit {
  const { method = 'GET', headers = [], body = null, signal = null, mode = 'cors', credentials = 'same-origin', cache = 'default' } = init;
  const { redirect = 'follow', referrer = 'about:client', referrerPolicy = '', integrity = '', keepalive = false, window = null } = init;
  const named = {
    method,
    headers,
    body,
    signal,
    mode,
    credentials,
    cache,
    redirect,
    referrer,
    referrerPolicy,
    integrity,
    keepalive,
    window,
  };
  return { ...named, duplex: 'half', priority: 'auto', dispatcher: undefined } as RequestInit;
}

/** What the platform would send; answered without a network, whose own code inherits, too. */
async function record(seen: object[], input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const request = new Request(input, asRead(init));
  const { method, url, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive, signal } = request;
  const headers = [...request.headers];
  const body = await request.text();
  seen.push({
    method,
    url,
    mode,
    credentials,
    cache,
    redirect,
    referrer,
    referrerPolicy,
    integrity,
    keepalive,
    aborted: signal.aborted,
    headers,
    body,
  });
  const { pathname } = new URL(url);
  if (pathname.endsWith('/challenge')) return answer(200, { challenge: null });
  if (pathname.endsWith('/events')) return answer(200, '', { 'Content-Type': 'text/event-stream' });
  if (pathname.endsWith('/sign-in-links')) return answer(202, {});
  if (pathname.endsWith('/sessions')) return method === 'GET' ? answer(200, { sessions: [session] }) : answer(201, opened);
  if (pathname.includes('/sessions/')) return Object.defineProperty(answer(200, ''), 'status', { value: 204 });
  if (pathname.endsWith('/links')) return answer(201, { url: 'https://files.test/', expiresAt: at });
  if (pathname.includes('/attachments/')) return answer(200, 'bytes', { 'Content-Type': 'text/plain' });
  if (pathname.endsWith('/messages')) return answer(200, method === 'GET' ? { ticket, entries: [message] } : { ticket, message });
  if (pathname.endsWith('/tickets'))
    return method === 'GET' ? answer(200, { tickets: [ticket], cursor: null, unread: 0 }) : answer(201, receipt);
  if (pathname.includes('/tickets/')) return answer(200, method === 'GET' ? ticketAnswer : { ticket });
  if (pathname.endsWith('/uploads')) return answer(201, '', { Location: `uploads/${UPLOAD}` });
  if (method === 'PATCH') return answer(200, '', { 'Upload-Offset': '5' });
  if (method === 'DELETE') return answer(200, '');
  return answer(200, desk);
}

const at = receipt.ticket.createdAt;
const session = { id: 's', via: 'device', createdAt: at, lastUsedAt: at, expiresAt: at, requester: null, current: true };
const opened = { session, token: 't'.repeat(43), numbers: [] };
const by = { kind: 'requester', name: 'Zoë' };
const message = { type: 'message', seq: 1, at, by, id: 'm', visibility: 'public', text: 'Hello', attachments: [] };
const ticket = {
  ...receipt.ticket,
  ...{ contactId: 'a', subject: 'b', updatedAt: at, waitingFor: 'desk', lastSeq: 1, unread: 0 },
  ...{ firstRespondedAt: null, reopenUntil: null, rating: null },
};
const ticketAnswer = {
  ticket: { ...receipt.ticket, contactId: 'a', subject: 'b', message: 'c', orderReference: null, attachments: [] },
};

// never without a body: Node's own Response then takes an inherited one
function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, statusText: '', headers });
}

describe('a polluted Object.prototype', () => {
  /** Every verb once; what was sent. */
  async function everyVerb() {
    const seen: object[] = [];
    const adapter = new HttpAdapter({ endpoint: 'http://support.test', desk: 'demo', fetch: (input, init) => record(seen, input, init) });
    await adapter.getDesk();
    await adapter.prepare();
    await adapter.createTicket(draft, { keys });
    await adapter.getTicket('K7QF-2M9X', { secret: keys.secret });
    const { id } = await adapter.attachments.upload(new File(['hello'], 'a.txt', { type: 'text/plain' }), { secret: keys.secret });
    await adapter.attachments.remove(id, { secret: keys.secret });
    const { tracking, signIn } = adapter;
    const access = { token: keys.secret };
    const number = 'K7QF-2M9X';
    await tracking.openDevice({ tickets: [{ number, secret: keys.secret }] });
    await tracking.listTickets(access);
    await tracking.getThread(number, access);
    await tracking.reply(number, { text: 'Hello', attachmentIds: [] }, { ...access, keys });
    await tracking.setStatus(number, { status: 'closed' }, access);
    await tracking.markSeen(number, 1, access);
    await tracking.rate(number, { score: 'good', comment: '' }, access);
    await tracking.getAttachment(number, 'a', access);
    await tracking.linkAttachment(number, 'a', access);
    await assert.rejects(tracking.follow({ ...access, onHint: () => undefined }), { code: 'network' });
    await signIn.requestLink({ email: 'zoe@example.com', browserSecret: keys.secret, locale: 'en' });
    await signIn.openSession({ identityToken: 'a.b.c' });
    await signIn.listSessions(access);
    await signIn.endSession('current', access);
    return seen;
  }

  async function polluted<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false });
    try {
      return await work();
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  }

  it('would change a request that does not name its members', async () => {
    const seen: { mode?: string }[] = [];
    await polluted('mode', 'no-cors', () => record(seen, 'http://support.test/v1/desks/demo', {}));
    assert.equal(seen[0]?.mode, 'no-cors');
  });

  for (const [name, value] of POLLUTION) {
    it(`changes no request by "${name}"`, async () => {
      const clean = await everyVerb();
      assert.equal(clean.length, 21);
      assert.deepEqual(await polluted(name, value, everyVerb), clean);
    });
  }
});
