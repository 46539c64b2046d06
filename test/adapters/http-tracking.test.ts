import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SupportErrorCode } from '@storefront-support/contract';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { keys, problem, receipt, startScripted, type ScriptedServer } from './scripted-server.ts';

const token = 't'.repeat(43);
const NUMBER = 'K7QF-2M9X';
const at = '2026-11-22T10:00:00.000Z';

const ticket = {
  ...receipt.ticket,
  ...{ contactId: 'service', subject: 'Parcel', updatedAt: at, waitingFor: 'desk', lastSeq: 2, unread: 0 },
  ...{ firstRespondedAt: null, reopenUntil: null, rating: null },
};
const file = { id: 'f'.repeat(22), name: 'a.png', size: 3, type: 'image/png', sha256: null };
const by = { kind: 'requester', name: 'Zoë' };
const message = { type: 'message', seq: 1, at, by, id: 'm', visibility: 'public', text: 'Where is it?', attachments: [file] };
const change = { type: 'status', seq: 2, at, by, status: 'closed', reason: '' };
const session = { id: 's', via: 'device', createdAt: at, lastUsedAt: at, expiresAt: at, requester: null, current: true };
const opened = { session, token, numbers: [NUMBER] };

interface Verb {
  call: (adapter: HttpAdapter) => Promise<unknown>;
  request: [method: string, path: string, body?: unknown];
  status: number;
  answer: unknown;
  /** What the call resolves to, where it is not the whole answer. */
  result?: unknown;
  /** Answers of the right status that are none. */
  wrong: unknown[];
}

const wrongTickets = [
  { ...ticket, number: '' },
  { ...ticket, status: 'done' },
  { ...ticket, updatedAt: 'now' },
  { ...ticket, unread: '3' },
  { ...ticket, lastSeq: -1 },
  { ...ticket, subject: {} },
  { ...ticket, reopenUntil: 'later' },
];

const VERBS: Record<string, Verb> = {
  openDevice: {
    call: ({ tracking }) => tracking.openDevice({ tickets: [{ number: NUMBER, secret: keys.secret }] }),
    request: ['POST', '/sessions', { tickets: [{ number: NUMBER, secret: keys.secret }] }],
    status: 201,
    answer: opened,
    wrong: [
      { ...opened, token: 'short' },
      { ...opened, numbers: NUMBER },
      { ...opened, session: null },
    ],
  },
  listTickets: {
    call: ({ tracking }) => tracking.listTickets({ token, status: 'closed', cursor: 'a&b=c' }),
    request: ['GET', '/tickets?status=closed&cursor=a%26b%3Dc'],
    status: 200,
    answer: { tickets: [ticket], cursor: null, unread: 0 },
    wrong: [...wrongTickets.map((wrong) => ({ tickets: [wrong], cursor: null, unread: 0 })), { tickets: {}, cursor: null, unread: 0 }],
  },
  getThread: {
    call: ({ tracking }) => tracking.getThread(NUMBER, { token, after: 0, limit: 10 }),
    request: ['GET', `/tickets/${NUMBER}/messages?after=0&limit=10`],
    status: 200,
    answer: { ticket, entries: [message, change], hasEarlier: false, hasLater: false },
    wrong: [
      { ticket, entries: [null] },
      { ticket, entries: [{ ...message, attachments: undefined }] },
      { ticket, entries: [{ ...message, text: 7 }] },
      { ticket, entries: [{ ...message, by: null }] },
      { ticket, entries: [{ ...message, attachments: [{ ...file, size: NaN }] }] },
      { ticket, entries: [{ ...change, status: 'gone' }] },
      { ticket, entries: [{ ...change, at: 0 }] },
      { entries: [] },
    ],
  },
  reply: {
    call: ({ tracking }) => tracking.reply(NUMBER, { text: 'Hello', attachmentIds: [file.id] }, { token, keys }),
    request: ['POST', `/tickets/${NUMBER}/messages`, { text: 'Hello', attachmentIds: [file.id], secret: keys.secret }],
    status: 201,
    answer: { message, ticket },
    wrong: [{ message: change, ticket }, { message }, { ticket }, { message: { ...message, seq: '1' }, ticket }],
  },
  setStatus: {
    call: ({ tracking }) => tracking.setStatus(NUMBER, { status: 'closed', reason: 'Found' }, { token }),
    request: ['PATCH', `/tickets/${NUMBER}`, { status: 'closed', reason: 'Found' }],
    status: 200,
    answer: { ticket },
    result: ticket,
    wrong: wrongTickets.map((wrong) => ({ ticket: wrong })),
  },
  markSeen: {
    call: ({ tracking }) => tracking.markSeen(NUMBER, 2, { token }),
    request: ['PATCH', `/tickets/${NUMBER}`, { seen: 2 }],
    status: 200,
    answer: { ticket },
    result: ticket,
    wrong: [],
  },
  rate: {
    call: ({ tracking }) => tracking.rate(NUMBER, { score: 'good', comment: '' }, { token }),
    request: ['PATCH', `/tickets/${NUMBER}`, { rating: { score: 'good', comment: '' } }],
    status: 200,
    answer: { ticket },
    result: ticket,
    wrong: [],
  },
  linkAttachment: {
    call: ({ tracking }) => tracking.linkAttachment(NUMBER, '../x', { token }),
    request: ['POST', `/tickets/${NUMBER}/attachments/..%2Fx/links`],
    status: 201,
    answer: { url: 'https://files.shop.example/a', expiresAt: at },
    wrong: [
      { url: 'javascript:alert(1)', expiresAt: at },
      { url: 'data:text/html,x', expiresAt: at },
      { url: 'https://files.shop.example/a', expiresAt: 'soon' },
    ],
  },
  requestLink: {
    call: ({ signIn }) => signIn.requestLink({ email: 'z@example.com', browserSecret: token, locale: 'fr' }),
    request: ['POST', '/sign-in-links', { email: 'z@example.com', browserSecret: token, locale: 'fr' }],
    status: 202,
    answer: {},
    result: undefined,
    wrong: [],
  },
  openSession: {
    call: ({ signIn }) => signIn.openSession({ linkToken: token, browserSecret: undefined, confirmed: true }),
    request: ['POST', '/sessions', { linkToken: token, confirmed: true }],
    status: 201,
    answer: opened,
    wrong: [],
  },
  listSessions: {
    call: ({ signIn }) => signIn.listSessions({ token }),
    request: ['GET', '/sessions'],
    status: 200,
    answer: { sessions: [session] },
    result: [session],
    wrong: [{ sessions: [{}] }, { sessions: 'none' }],
  },
};

const WITHOUT_TOKEN = ['openDevice', 'requestLink', 'openSession'];

describe('a verb about tickets that were sent', () => {
  let server: ScriptedServer;
  let next: { status: number; headers?: Record<string, string>; body: string | Uint8Array };
  before(async () => {
    server = await startScripted((_, response) => void response.writeHead(next.status, next.headers).end(next.body));
  });
  after(() => server.close());

  const adapter = () => new HttpAdapter({ endpoint: server.url, desk: 'demo', timeout: 2_000 });
  const answerWith = (status: number, value: unknown, type = 'application/json') => {
    next = { status, headers: { 'content-type': type }, body: JSON.stringify(value) };
  };

  for (const [name, { call, request, status, answer, wrong, ...verb }] of Object.entries(VERBS)) {
    it(`${name} asks and answers as agreed`, async () => {
      answerWith(status, answer);
      assert.deepEqual(await call(adapter()), 'result' in verb ? verb.result : answer);
      const { method, path, headers, body } = server.received.at(-1)!;
      assert.deepEqual([method, path, body && JSON.parse(body)], [request[0], `/v1/desks/demo${request[1]}`, request[2] ?? '']);
      assert.equal(headers.authorization, WITHOUT_TOKEN.includes(name) ? undefined : `Bearer ${token}`);
      assert.equal(headers['idempotency-key'], name === 'reply' ? keys.idempotencyKey : undefined);
      assert.equal(headers['content-type'], request[2] ? 'application/json' : undefined);
      assert.equal(headers.cookie, undefined);
    });

    it(`${name} believes no other answer`, async () => {
      for (const value of ['', null, [], 7, 'x', {}, { ok: true }, ...wrong]) {
        // of a link that is mailed nothing is said but that it was asked for
        answerWith(name === 'requestLink' ? 200 : status, value);
        await assert.rejects(call(adapter()), { code: 'not-a-receipt' }, JSON.stringify(value));
      }
      for (const body of ['', '<!doctype html><title>Hotel</title>', JSON.stringify(answer).slice(0, -1)]) {
        next = { status: 200, headers: { 'content-type': 'text/html' }, body };
        await assert.rejects(call(adapter()), { code: 'not-a-receipt' }, body);
      }
      next = { status: 204, body: '' };
      await assert.rejects(call(adapter()), { code: 'not-a-receipt' });
    });

    it(`${name} passes refusals on and is never sent twice where it writes`, async () => {
      const before = server.received.length;
      for (const [refused, code] of [
        [404, 'not-found'],
        [401, 'not-signed-in'],
        [409, 'ticket-closed'],
        [410, 'gone'],
        [500, 'internal'],
      ] as [number, SupportErrorCode][]) {
        answerWith(refused, JSON.parse(problem(refused, code)), 'application/problem+json');
        await assert.rejects(call(adapter()), { code });
      }
      assert.equal(server.received.length - before, 5);
      if (request[0] === 'GET') return;
      next = { status: 503, body: '' };
      await assert.rejects(call(adapter()), { code: 'unavailable' });
      assert.equal(server.received.length - before, 6);
    });
  }

  it('getAttachment gives the bytes as they are, and no page of a proxy', async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, n) => n & 255);
    next = { status: 200, headers: { 'content-type': 'image/png' }, body: bytes };
    const blob = await adapter().tracking.getAttachment(NUMBER, file.id, { token });
    assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
    assert.equal(blob.type, 'image/png');
    assert.equal(server.received.at(-1)?.path, `/v1/desks/demo/tickets/${NUMBER}/attachments/${file.id}`);
    for (const [status, type] of [
      [200, 'text/html; charset=utf-8'],
      [204, 'image/png'],
      [302, 'image/png'],
    ] as const) {
      next = { status, headers: { 'content-type': type, location: '/' }, body: '' };
      await assert.rejects(adapter().tracking.getAttachment(NUMBER, file.id, { token }), { code: 'not-a-receipt' });
    }
    answerWith(404, JSON.parse(problem(404, 'not-found')), 'application/problem+json');
    await assert.rejects(adapter().tracking.getAttachment(NUMBER, file.id, { token }), { code: 'not-found' });
  });

  it('endSession is content with nothing but an empty answer', async () => {
    next = { status: 204, body: '' };
    await adapter().signIn.endSession('a/b', { token });
    assert.equal(server.received.at(-1)?.path, '/v1/desks/demo/sessions/a%2Fb');
    answerWith(200, {});
    await assert.rejects(adapter().signIn.endSession('s', { token }), { code: 'not-a-receipt' });
    answerWith(401, JSON.parse(problem(401, 'not-signed-in')), 'application/problem+json');
    await assert.rejects(adapter().signIn.endSession('s', { token }), { code: 'not-signed-in' });
  });

  it('survives being handed on by a promise', async () => {
    answerWith(200, { ticket });
    const { tracking } = adapter();
    assert.equal(await Promise.resolve(tracking), tracking);
  });

  it('rejects at once when it is aborted while the answer is awaited', async () => {
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const silent = await startScripted(() => onAsked());
    try {
      const stop = new AbortController();
      const patient = new HttpAdapter({ endpoint: silent.url, desk: 'demo' });
      const reading = patient.tracking.getThread(NUMBER, { token, signal: stop.signal });
      await asked;
      stop.abort();
      await assert.rejects(reading, { code: 'aborted' });
    } finally {
      await silent.close();
    }
  });
});
