import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { problemSchema } from '@storefront-support/contract/schemas';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { openBareApp, type BareApp } from '../support/bare-app.ts';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpAnswer } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys } from '../support/ticket-request.ts';

const tickets = '/v1/desks/open/tickets';

function ticketHeaders(changes: Record<string, string> = {}): Record<string, string> {
  const { idempotencyKey, secret } = newKeys();
  return { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, authorization: `Bearer ${secret}`, ...changes };
}

describe('errors', () => {
  let server: ServerProcess;

  before(async () => {
    server = await startServer({ config: openDesks() });
  });
  after(() => server.stop());

  const refused = (answer: HttpAnswer, status: number, code: string) => {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    const problem = problemSchema.parse(answer.json());
    assert.equal(problem.code, code);
    assert.equal(problem.status, status);
    assert.ok(problem.title.length > 0 && problem.detail.length > 0);
    return answer;
  };
  const post = (headers: Record<string, string>, body: string | Buffer = JSON.stringify({ draft: newDraft() })) =>
    httpRequest(server.port, tickets, { method: 'POST', headers, body });

  it('explains a body that is not JSON', async () => {
    for (const body of ['', '{', 'undefined', '{"draft":{}}}']) refused(await post(ticketHeaders(), body), 400, 'invalid-request');
  });

  it('explains a missing or unfit key or secret', async () => {
    for (const header of [
      { 'idempotency-key': 'short' },
      { 'idempotency-key': 'x'.repeat(129) },
      { authorization: 'Basic abc' },
      { authorization: 'Bearer short' },
    ]) {
      refused(await post(ticketHeaders(header as unknown as Record<string, string>)), 400, 'invalid-request');
    }
  });

  it('refuses other media types, as a form of another site would send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']) {
      refused(await post(ticketHeaders({ 'content-type': type })), 415, 'type-not-allowed');
    }
    assert.equal((await post(ticketHeaders({ 'content-type': 'application/json; charset=utf-8' }))).status, 201);
  });

  it('refuses other bytes than UTF-8 rather than keep what nobody wrote', async () => {
    const latin1 = Buffer.from(JSON.stringify({ draft: newDraft({ message: 'caf\u00e9' }) }), 'latin1');
    refused(await post(ticketHeaders(), latin1), 400, 'invalid-request');
    refused(await post(ticketHeaders({ 'transfer-encoding': 'chunked' }), latin1), 400, 'invalid-request');
    const marked = `\ufeff${JSON.stringify({ draft: newDraft() })}`;
    assert.equal((await post(ticketHeaders(), marked)).status, 201);
    assert.equal((await post(ticketHeaders({ 'transfer-encoding': 'chunked' }), marked)).status, 201);
  });

  it('takes a client that hangs up in the middle of its body for no failure of its own', async () => {
    const headers = ticketHeaders({ 'content-length': '1000', expect: '100-continue' });
    const request = http.request({
      port: server.port,
      host: '127.0.0.1',
      path: tickets,
      method: 'POST',
      headers: { host: `localhost:${server.port}`, ...headers },
    });
    request.on('error', () => undefined);
    request.flushHeaders();
    await once(request, 'continue');
    request.destroy();
    while (!/"cut":true/.test(server.output())) await setTimeout(20);
    assert.doesNotMatch(server.output(), /"event":"request-failed"/);
  });

  it('keeps no language tag of any length', async () => {
    const locale = `en${'-abcdefgh'.repeat(1_000)}`;
    const { fields } = refused(await post(ticketHeaders(), JSON.stringify({ draft: newDraft({ locale }) })), 422, 'invalid-fields').json<{
      fields: { locale: { code: string } };
    }>();
    assert.equal(fields.locale.code, 'too-long');
  });

  it('refuses a body that is too large, declared or not', async () => {
    const body = JSON.stringify({ draft: newDraft({ message: 'x'.repeat(1_100_000) }) });
    refused(await post(ticketHeaders({ 'content-length': String(body.length) }), body), 413, 'too-large');
    refused(await post(ticketHeaders({ 'transfer-encoding': 'chunked' }), body), 413, 'too-large');
  });

  it('takes the longest message of a desk, however it is escaped', async () => {
    const escaped = JSON.stringify({ draft: newDraft({ message: '~' }) }).replace('~', '\\u00e9'.repeat(10_000));
    assert.equal((await post(ticketHeaders(), escaped)).status, 201);
  });

  it('strips no member in silence, not even a dangerous one', async () => {
    const body = JSON.stringify({ draft: newDraft() }).replace('{"draft":{', '{"draft":{"__proto__":{"admin":true},');
    refused(await post(ticketHeaders(), body), 422, 'invalid-fields');
  });

  it('survives JSON that is nested without end', async () => {
    refused(await post(ticketHeaders(), `{"draft":${'['.repeat(200_000)}${']'.repeat(200_000)}}`), 422, 'invalid-fields');
  });

  it('knows no other routes', async () => {
    for (const route of [
      '/nothing',
      '/v1',
      '/v1/desks',
      '/v1/desks/open/nothing',
      '/v1/desks/open/tickets/K7QF-2M9X/nothing',
      '/c/../package.json',
      '/c/none-1a2b3c.js',
    ]) {
      refused(await httpRequest(server.port, route), 404, 'not-found');
    }
    refused(await httpRequest(server.port, '/v1/desks/nobody/tickets', { method: 'POST' }), 404, 'desk-not-found');
  });

  it('names the methods of a route that was asked with another', async () => {
    const answer = refused(await httpRequest(server.port, tickets, { method: 'PUT' }), 405, 'method-not-allowed');
    assert.match(String(answer.headers.allow), /POST/);
    refused(await httpRequest(server.port, '/v1/desks/open', { method: 'DELETE' }), 405, 'method-not-allowed');
    refused(await httpRequest(server.port, '/openapi.json', { method: 'POST' }), 405, 'method-not-allowed');
  });

  it('answers HEAD where it answers GET', async () => {
    const answer = await httpRequest(server.port, '/v1/desks/open', { method: 'HEAD' });
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
  });
});

describe('a failing machine', () => {
  let bare: BareApp;
  const log: string[] = [];

  before(async () => {
    bare = await openBareApp({ log: (line) => log.push(line) });
  });
  after(() => bare.close());

  const post = (subject: string) =>
    bare.app.fetch(
      new Request(`http://localhost:8480${tickets}`, {
        method: 'POST',
        headers: ticketHeaders(),
        body: JSON.stringify({ draft: newDraft({ subject, message: 'm'.repeat(9_000) }) }),
      }),
    );
  const pages = (limit: number) => bare.store.write.run((trx) => sql`PRAGMA max_page_count = ${sql.lit(limit)}`.execute(trx));

  it('says 503 with Retry-After while the disk is full, keeps nothing, and goes on when there is room', async () => {
    await pages(1);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => post(`full ${n}`)));
    const failed = answers.filter(({ status }) => status !== 201);
    assert.ok(failed.length > 0);
    for (const answer of failed) {
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
      assert.equal(problemSchema.parse(await answer.json()).code, 'unavailable');
    }
    await pages(1_000_000);
    const rows = await bare.store.read.selectFrom('ticket').select('subject').execute();
    assert.equal(rows.length, answers.length - failed.length);
    assert.equal((await post('room again')).status, 201);
  });

  it('hangs up on a body that comes slower than any line', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const slow = http.createServer(getRequestListener(bare.app.fetch, { overrideGlobalObjects: false })).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const { port } = slow.address() as AddressInfo;
    const headers = ticketHeaders({ host: 'localhost:8480', 'content-length': '1000', expect: '100-continue' });
    const request = http.request({ port, host: '127.0.0.1', path: tickets, method: 'POST', headers });
    const outcome = Promise.race([once(request, 'response'), once(request, 'error')]);
    const ended = outcome.then(
      () => 'ended',
      () => 'ended',
    );
    request.flushHeaders();
    await once(request, 'continue');
    request.write('{');
    test.mock.timers.tick(299_000);
    assert.notEqual(await Promise.race([ended, new Promise(setImmediate)]), 'ended');
    test.mock.timers.tick(1_000);
    assert.equal(await ended, 'ended');
    request.destroy();
    slow.close();
  });

  it('says 500 without a word about why', async () => {
    await bare.store.close();
    const answer = await post('canary-subject');
    assert.equal(answer.status, 500);
    const text = await answer.text();
    assert.equal(problemSchema.parse(JSON.parse(text)).code, 'internal');
    assert.ok(!/sqlite|database|kysely|canary|\.js/i.test(text), text);
    await new Promise(setImmediate);
    assert.match(log.join(''), /"event":"request-failed"/);
    assert.ok(!log.join('').includes('canary'));
  });
});
