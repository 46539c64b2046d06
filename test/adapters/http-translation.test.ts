import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isSupportError, type SupportError, type SupportErrorCode } from '@storefront-support/contract';
import { HttpAdapter, type HttpAdapterOptions } from '@storefront-support/adapters/http';
import { desk, draft, keys, problem, receipt, startScripted, type ScriptedServer } from './scripted-server.ts';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the connection: before anything, or after the first bytes of the body. */
  cut?: 'at-once' | 'in-body';
  /** Never answers, or never ends its answer. */
  stall?: 'at-once' | 'in-body';
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PROBLEM_TYPE = { 'content-type': 'application/problem+json' };
const HTML = '<!doctype html><title>Welcome to the hotel</title>';

/** What comes back when a ticket is sent, and what it means. */
const TABLE: [name: string, answer: Answer, code: SupportErrorCode, check?: (error: SupportError) => void][] = [
  ['a page with 200', { status: 200, headers: { 'content-type': 'text/html' }, body: HTML }, 'not-a-receipt'],
  ['an empty 200', { status: 200, body: '' }, 'not-a-receipt'],
  ['an empty 201', { status: 201, body: '' }, 'not-a-receipt'],
  ['a 204', { status: 204 }, 'not-a-receipt'],
  ['null', { status: 201, headers: JSON_TYPE, body: 'null' }, 'not-a-receipt'],
  ['foreign JSON', { status: 200, headers: JSON_TYPE, body: '{"ok":true}' }, 'not-a-receipt'],
  ['half a receipt', { status: 201, headers: JSON_TYPE, body: JSON.stringify(receipt).slice(0, 90) }, 'not-a-receipt'],
  [
    'a receipt without a number',
    { status: 201, headers: JSON_TYPE, body: JSON.stringify({ ...receipt, ticket: { ...receipt.ticket, number: '' } }) },
    'not-a-receipt',
  ],
  [
    'a receipt of another age',
    { status: 201, headers: JSON_TYPE, body: JSON.stringify({ ...receipt, ticket: { ...receipt.ticket, createdAt: 'yesterday' } }) },
    'not-a-receipt',
  ],
  ['a problem with 200', { status: 200, headers: PROBLEM_TYPE, body: problem(200, 'internal') }, 'not-a-receipt'],
  ['a redirect', { status: 302, headers: { location: '/login' } }, 'not-a-receipt'],
  ['a permanent redirect', { status: 308, headers: { location: '/v1/desks/demo/tickets2' } }, 'not-a-receipt'],
  ['a 404 of a stranger', { status: 404, headers: { 'content-type': 'text/html' }, body: HTML }, 'not-a-receipt'],
  ['a 401 of a proxy', { status: 401, headers: { 'www-authenticate': 'Basic' } }, 'not-a-receipt'],
  ['a 403 of a firewall', { status: 403, body: HTML }, 'not-a-receipt'],
  ['a code that is not known', { status: 403, headers: PROBLEM_TYPE, body: problem(403, 'no-such-code') }, 'not-a-receipt'],
  ['a code that never travels', { status: 400, headers: PROBLEM_TYPE, body: problem(400, 'aborted') }, 'not-a-receipt'],
  ['a code under another status', { status: 500, headers: PROBLEM_TYPE, body: problem(500, 'not-found') }, 'internal'],
  [
    'bad JSON',
    { status: 400, headers: PROBLEM_TYPE, body: problem(400, 'invalid-request') },
    'invalid-request',
    (error) => assert.equal(error.message, 'What is wrong.'),
  ],
  ['a foreign origin', { status: 403, headers: PROBLEM_TYPE, body: problem(403, 'origin-not-allowed') }, 'origin-not-allowed'],
  ['a wrong proof', { status: 403, headers: PROBLEM_TYPE, body: problem(403, 'proof-rejected') }, 'proof-rejected'],
  ['a filled trap', { status: 403, headers: PROBLEM_TYPE, body: problem(403, 'looks-automated') }, 'looks-automated'],
  ['an unknown desk', { status: 404, headers: PROBLEM_TYPE, body: problem(404, 'desk-not-found') }, 'desk-not-found'],
  [
    'broken fields',
    {
      status: 422,
      headers: PROBLEM_TYPE,
      body: problem(422, 'invalid-fields', { fields: { 'requester.email': { code: 'invalid', detail: 'No.' } } }),
    },
    'invalid-fields',
    (error) => assert.deepEqual(error.fields, { 'requester.email': { code: 'invalid', detail: 'No.' } }),
  ],
  ['other content', { status: 422, headers: PROBLEM_TYPE, body: problem(422, 'idempotency-mismatch') }, 'idempotency-mismatch'],
  ['a body that is too large', { status: 413, headers: PROBLEM_TYPE, body: problem(413, 'too-large') }, 'too-large'],
  ['a 413 of a proxy', { status: 413, body: HTML }, 'too-large'],
  [
    'a rest in seconds',
    { status: 429, headers: { ...PROBLEM_TYPE, 'retry-after': '7' }, body: problem(429, 'rate-limited') },
    'rate-limited',
    (error) => assert.equal(error.retryAfter, 7_000),
  ],
  [
    'a rest until a date',
    {
      status: 503,
      headers: { ...PROBLEM_TYPE, 'retry-after': new Date(Date.now() + 60_000).toUTCString() },
      body: problem(503, 'unavailable'),
    },
    'unavailable',
    (error) => assert.ok(error.retryAfter! > 50_000 && error.retryAfter! <= 60_000),
  ],
  [
    'a rest that is over',
    { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } },
    'unavailable',
    (error) => assert.equal(error.retryAfter, 0),
  ],
  [
    'a rest that cannot be read',
    { status: 429, headers: { 'retry-after': 'soon' } },
    'rate-limited',
    (error) => assert.equal(error.retryAfter, undefined),
  ],
  ['a 500 of a proxy', { status: 500, body: HTML }, 'internal'],
  ['a 502', { status: 502, body: HTML }, 'unavailable'],
  ['a 503', { status: 503 }, 'unavailable'],
  ['a 504', { status: 504, body: HTML }, 'timeout'],
  ['a connection reset', { cut: 'at-once' }, 'network'],
  [
    'a connection reset inside the answer',
    { status: 201, headers: { ...JSON_TYPE, 'content-length': '500' }, body: JSON.stringify(receipt).slice(0, 50), cut: 'in-body' },
    'network',
  ],
  ['silence', { stall: 'at-once' }, 'timeout'],
  ['silence inside the answer', { status: 201, headers: JSON_TYPE, body: '{"ticket":', stall: 'in-body' }, 'timeout'],
];

describe('an answer to a sent ticket', () => {
  let server: ScriptedServer;
  let next: Answer;
  before(async () => {
    server = await startScripted(({ path, method }, response) => {
      if (path.endsWith('/challenge')) return void response.writeHead(200, JSON_TYPE).end('{"challenge":null}');
      if (method !== 'POST') return void response.writeHead(200, JSON_TYPE).end('{"redirected":true}');
      if (next.stall === 'at-once') return;
      if (next.cut === 'at-once') return void response.socket?.resetAndDestroy();
      response.writeHead(next.status ?? 200, next.headers);
      if (next.stall === 'in-body') return void response.write(next.body);
      if (next.cut === 'in-body') return void response.write(next.body, () => response.socket?.resetAndDestroy());
      response.end(next.body);
    });
  });
  after(() => server.close());

  const adapter = (options: Partial<HttpAdapterOptions> = {}) =>
    new HttpAdapter({ endpoint: server.url, desk: 'demo', timeout: 400, ...options });
  const errorOf = async (promise: Promise<unknown>): Promise<SupportError> => {
    const error = await promise.then(
      () => assert.fail('resolved'),
      (reason: unknown) => reason,
    );
    assert.ok(isSupportError(error), String(error));
    return error;
  };

  for (const [name, answer, code, check] of TABLE) {
    it(`makes ${code} of ${name}`, async () => {
      next = answer;
      const sent = server.received.filter(({ method }) => method === 'POST').length;
      const error = await errorOf(adapter().createTicket(draft, { keys }));
      assert.equal(error.code, code, String(error.cause));
      check?.(error);
      // only a proof is ever replaced without asking; a ticket is not resent behind the caller's back
      const again = code === 'proof-rejected' ? 2 : 1;
      assert.equal(server.received.filter(({ method }) => method === 'POST').length - sent, again);
    });
  }

  it('is a receipt when it has the shape of one', async () => {
    next = { status: 201, headers: JSON_TYPE, body: JSON.stringify({ ...receipt, later: 'addition' }) };
    assert.deepEqual(await adapter().createTicket(draft, { keys }), receipt);
    const { headers, body } = server.received.at(-1)!;
    assert.equal(headers['authorization'], `Bearer ${keys.secret}`);
    assert.equal(headers['idempotency-key'], keys.idempotencyKey);
    assert.equal(headers['cookie'], undefined);
    assert.deepEqual(JSON.parse(body), { draft });
  });

  it('is offline when the connection fails and the device says that it has no network', async () => {
    next = { cut: 'at-once' };
    assert.equal((await errorOf(adapter({ online: () => false }).createTicket(draft, { keys }))).code, 'offline');
  });

  it('is aborted, at once, when the caller leaves during silence', async () => {
    next = { stall: 'at-once' };
    const stop = new AbortController();
    const patient = adapter({ timeout: 60_000 });
    await patient.prepare();
    const sending = patient.createTicket(draft, { keys, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    assert.equal((await errorOf(sending)).code, 'aborted');
  });

  /** Reads a ticket from a server that answers with each of these, then with the ticket, and tells how often it was asked. */
  async function readFrom(...first: Answer[]): Promise<{ number: string | undefined; error: SupportError | undefined; asked: number }> {
    let asked = 0;
    const ticket = { ...receipt.ticket, contactId: 'service', subject: 'a', message: 'b', orderReference: null, attachments: [] };
    const flaky = await startScripted((_, response) => {
      const answer = first[asked++];
      if (answer?.cut) return void response.socket?.resetAndDestroy();
      response.writeHead(answer?.status ?? 200, answer?.headers ?? JSON_TYPE).end(answer ? answer.body : JSON.stringify({ ticket }));
    });
    try {
      const { number } = await new HttpAdapter({ endpoint: flaky.url, desk: 'demo' }).getTicket('K7QF-2M9X', { secret: keys.secret });
      return { number, error: undefined, asked };
    } catch (error) {
      assert.ok(isSupportError(error), String(error));
      return { number: undefined, error, asked };
    } finally {
      await flaky.close();
    }
  }

  it('asks again for what it only reads', async () => {
    for (const passing of [
      { status: 502 },
      { status: 503, headers: { 'retry-after': '1' } },
      { status: 504 },
      { cut: 'at-once' },
    ] as const) {
      const { number, asked } = await readFrom(passing);
      assert.deepEqual([number, asked], ['K7QF-2M9X', 2], JSON.stringify(passing));
    }
  });

  it('asks three times at most', async () => {
    const { error, asked } = await readFrom({ status: 503 }, { status: 502 }, { status: 503 });
    assert.deepEqual([error?.code, asked], ['unavailable', 3]);
  });

  it('reports at once what is refused, what failed inside, and what asks for a long rest', async () => {
    for (const [answer, code] of [
      [{ status: 404, headers: PROBLEM_TYPE, body: problem(404, 'not-found') }, 'not-found'],
      [{ status: 429, headers: { 'retry-after': '1' } }, 'rate-limited'],
      [{ status: 500 }, 'internal'],
      [{ status: 503, headers: { 'retry-after': '60' } }, 'unavailable'],
    ] as const) {
      const { error, asked } = await readFrom(answer);
      assert.deepEqual([error?.code, asked], [code, 1]);
    }
  });
});

describe('a desk', () => {
  let server: ScriptedServer;
  let next: Answer;
  before(async () => {
    server = await startScripted((_, response) => {
      if (next.stall) return;
      if (next.cut) return void response.socket?.resetAndDestroy();
      response.writeHead(next.status ?? 200, next.headers).end(next.body);
    });
  });
  after(() => server.close());

  const told: [name: string, answer: Answer, code: SupportErrorCode, message: RegExp][] = [
    [
      'unknown',
      { status: 404, headers: PROBLEM_TYPE, body: problem(404, 'desk-not-found') },
      'desk-not-found',
      /desk "shop" is not known at http:\S+: write desk="…"/,
    ],
    [
      'closed to the origin',
      { status: 403, headers: PROBLEM_TYPE, body: problem(403, 'origin-not-allowed') },
      'origin-not-allowed',
      /^Add "https:\/\/shop\.example" to allowedOrigins of desk "shop"/,
    ],
    ['of no support server', { status: 404, body: HTML }, 'misconfigured', /is no support server.*write endpoint="…"/],
    ['that is a page', { status: 200, headers: { 'content-type': 'text/html' }, body: HTML }, 'misconfigured', /is no support server/],
    ['that is other JSON', { status: 200, headers: JSON_TYPE, body: '[]' }, 'misconfigured', /is no support server/],
    ['that is null', { status: 200, headers: JSON_TYPE, body: 'null' }, 'misconfigured', /is no support server/],
    ['behind a redirect', { status: 301, headers: { location: 'https://www.shop.example/' } }, 'misconfigured', /final address/],
    ['of a server that is down', { status: 503, body: HTML }, 'unavailable', /503/],
    ['that asks to slow down', { status: 429, headers: PROBLEM_TYPE, body: problem(429, 'rate-limited') }, 'rate-limited', /What is wrong/],
    ['behind a broken connection', { cut: 'at-once' }, 'network', /is the server up.*connect-src/],
    ['behind silence', { stall: 'at-once' }, 'timeout', /No answer from/],
  ];
  for (const [name, answer, code, message] of told) {
    it(`${name} is ${code}, with the line that mends it`, async () => {
      next = answer;
      const adapter = new HttpAdapter({ endpoint: `${server.url}/`, desk: 'shop', origin: 'https://shop.example', timeout: 300 });
      await assert.rejects(adapter.getDesk(), (error: SupportError) => {
        assert.ok(isSupportError(error));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('is asked for by a simple request below any path', async () => {
    next = { status: 200, headers: JSON_TYPE, body: JSON.stringify(desk) };
    const adapter = new HttpAdapter({ endpoint: `${server.url}/support//`, desk: 'a b' });
    assert.deepEqual(await adapter.getDesk(), desk);
    const { path, headers } = server.received.at(-1)!;
    assert.equal(path, '/support/v1/desks/a%20b');
    for (const name of ['authorization', 'content-type', 'cookie']) assert.equal(headers[name], undefined);
  });
});
