import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { agentSelfSchema, agentSessionsSchema, madeAgentKeySchema, setUpAnswerSchema } from '@storefront-support/contract/agent-schemas';
import { AgentBrowser, addAgent, codeOf, signedIn, type TestAgent } from '../support/agent-browser.ts';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpAnswer } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { storedRows } from '../support/stored-rows.ts';

/** How long a code is the current one (RFC 6238). */
const CODE_STEP_MS = 30_000;

describe('agents', () => {
  let server: ServerProcess;
  let ann: TestAgent;

  before(async () => {
    server = await startServer({ config: openDesks() });
    ann = await addAgent(server, { name: 'Ann', serve: ['open/service'] });
  });
  after(() => server.stop());

  const same = (one: HttpAnswer, other: HttpAnswer) => {
    assert.equal(one.status, other.status);
    assert.equal(one.text, other.text);
    assert.deepEqual(Object.keys(one.headers).sort(), Object.keys(other.headers).sort());
  };
  const rows = (sql: string, ...values: string[]) => storedRows(server, sql, ...values);

  it('sign in with password and code, and are told who they are and whom they serve', async () => {
    const browser = new AgentBrowser(server);
    const answer = await browser.signIn(ann);
    assert.equal(answer.status, 200, answer.text);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    assert.match(cookie, /^__Host-support-agent=[\w-]{43};/);
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) assert.ok(cookie.includes(attribute), cookie);
    assert.ok(!/domain/i.test(cookie));
    const me = await browser.ask('/v1/agent/me');
    assert.equal(me.headers['cache-control'], 'no-store');
    const { agent, desks } = agentSelfSchema.parse(me.json());
    assert.deepEqual(agent, { id: ann.id, name: 'Ann', email: ann.email, role: 'agent' });
    assert.deepEqual(
      desks.map(({ id, contacts }) => [id, contacts.map((contact) => contact.id)]),
      [['open', ['service']]],
    );
  });

  it('get one answer to a wrong address, password, code and to a code used before', async () => {
    const bob = await addAgent(server, { name: 'Bob' });
    // codes are told apart by their step: none may begin on the way
    const left = CODE_STEP_MS - (Date.now() % CODE_STEP_MS);
    if (left < 8_000) await new Promise((resolve) => setTimeout(resolve, left));
    const browser = new AgentBrowser(server);
    assert.equal((await browser.signIn(bob)).status, 200);
    const attempt = (changes: object) => {
      const typed = { email: bob.email, password: bob.password, code: codeOf(bob.secret, 1), ...changes };
      return new AgentBrowser(server).ask('/v1/agent/sign-in', { method: 'POST', body: typed });
    };
    const unknown = await attempt({ email: 'nobody@shop.example' });
    assert.equal(unknown.status, 401);
    assert.equal(unknown.json()['code'], 'not-signed-in');
    assert.equal(unknown.headers['set-cookie'], undefined);
    same(await attempt({ password: 'not the password' }), unknown);
    same(await attempt({ code: '000000' }), unknown);
    same(await attempt({ code: undefined }), unknown);
    same(await attempt({ code: codeOf(bob.secret, 0) }), unknown);
    same(await attempt({ code: codeOf(bob.secret, -1) }), unknown);
    same(await attempt({ code: codeOf(bob.secret, 2) }), unknown);
    assert.equal((await attempt({})).status, 200, 'the next step is good');
    same(await attempt({}), unknown);
  });

  it('are slowed down after ten wrong attempts, whether there is such an account or not', async () => {
    const carl = await addAgent(server, { name: 'Carl' });
    for (const email of [carl.email, 'nobody.else@shop.example']) {
      const attempt = (typed: string) =>
        new AgentBrowser(server).ask('/v1/agent/sign-in', { method: 'POST', body: { email: typed, password: 'wrong', code: '123456' } });
      for (let n = 0; n < 10; n++) assert.equal((await attempt(email)).status, 401, `${email} ${n}`);
      const refused = await attempt(email.toUpperCase());
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers['retry-after']) > 0);
    }
  });

  it('have their own session from every sign-in, and never one that somebody planted', async () => {
    const dora = await addAgent(server, { name: 'Dora' });
    const browser = new AgentBrowser(server);
    const planted = `__Host-support-agent=${'p'.repeat(43)}`;
    browser.cookie = planted;
    await browser.signIn(dora);
    assert.notEqual(browser.cookie, planted);
    const first = browser.cookie;
    await browser.signIn(dora, 1);
    assert.notEqual(browser.cookie, first);
    const old = new AgentBrowser(server);
    old.cookie = first;
    assert.equal((await old.ask('/v1/agent/me')).status, 401, 'the session before has ended');
  });

  it('see and end their sessions, at once', async () => {
    const emil = await addAgent(server, { name: 'Emil' });
    const [one, other] = [await signedIn(server, emil), new AgentBrowser(server)];
    await other.signIn(emil, 1);
    const { sessions } = agentSessionsSchema.parse((await one.ask('/v1/agent/sessions')).json());
    assert.equal(sessions.length, 2);
    assert.equal(sessions.filter(({ current }) => current).length, 1);
    const theirs = sessions.find(({ current }) => !current)?.id ?? '';
    assert.equal((await one.ask(`/v1/agent/sessions/${theirs}`, { method: 'DELETE' })).status, 204);
    assert.equal((await other.ask('/v1/agent/me')).status, 401);
    assert.equal((await one.ask('/v1/agent/sign-out', { method: 'POST' })).status, 204);
    assert.equal(one.cookie, undefined);
    assert.deepEqual(await rows('select id from agent_session where agent_id = ?', emil.id), []);
  });

  it('are out after twelve idle hours, and after seven days however busy', async () => {
    const finn = await addAgent(server, { name: 'Finn' });
    const browser = await signedIn(server, finn);
    const shift = (column: string, hours: number) =>
      rows(`update agent_session set ${column} = ${column} - ${hours * 3_600_000} where agent_id = ?`, finn.id);
    await shift('last_used_at', 11.9);
    assert.equal((await browser.ask('/v1/agent/me')).status, 200);
    await shift('last_used_at', 12);
    assert.equal((await browser.ask('/v1/agent/me')).status, 401);
    await shift('last_used_at', -12);
    assert.equal((await browser.ask('/v1/agent/me')).status, 200);
    await shift('expires_at', 7 * 24);
    assert.equal((await browser.ask('/v1/agent/me')).status, 401);
  });

  it('lose sessions and keys the moment their account is disabled', async () => {
    const gina = await addAgent(server, { name: 'Gina', serve: ['open/service'] });
    const browser = await signedIn(server, gina);
    const made = madeAgentKeySchema.parse((await browser.ask('/v1/agent/keys', { method: 'POST', body: { name: 'report' } })).json());
    const withKey = () => httpRequest(browser.port, '/v1/agent/me', { headers: { authorization: `Bearer ${made.token}` } });
    assert.equal((await withKey()).status, 200);
    assert.equal((await deskCommand(server, 'agents', 'disable', gina.email)).code, 0);
    for (const answer of [await browser.ask('/v1/agent/me'), await withKey(), await new AgentBrowser(server).signIn(gina, 1)])
      assert.equal(answer.status, 401);
    assert.equal((await browser.ask('/v1/desks/open/agent/tickets')).status, 401);
  });

  it('keep nothing in the store that opens anything', async () => {
    const hana = await addAgent(server, { name: 'Hana' });
    const browser = await signedIn(server, hana);
    const made = madeAgentKeySchema.parse((await browser.ask('/v1/agent/keys', { method: 'POST', body: { name: 'k' } })).json());
    const stored = JSON.stringify(
      await Promise.all(['agent', 'agent_session', 'agent_key', 'agent_invite'].map((table) => rows(`select * from ${table}`))),
    );
    for (const secret of [hana.password, hana.secret, browser.cookie?.split('=')[1] ?? '', made.token]) assert.ok(!stored.includes(secret));
    assert.match(
      String((await rows('select password_hash from agent where id = ?', hana.id))[0]?.['password_hash']),
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/,
    );
    assert.ok(!server.output().includes(hana.email), 'no log line names them');
  });

  it('let scripts in by keys, which open tickets and nothing that would let them stay', async () => {
    const ines = await addAgent(server, { name: 'Ines', serve: ['open/service'] });
    const browser = await signedIn(server, ines);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const made = madeAgentKeySchema.parse(
      (await browser.ask('/v1/agent/keys', { method: 'POST', body: { name: 'script', expiresAt } })).json(),
    );
    const ask = (address: string, method = 'GET', token = made.token) =>
      httpRequest(browser.port, address, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: '{}' }),
      });
    assert.equal((await ask('/v1/desks/open/agent/tickets')).status, 200);
    for (const [address, method] of [
      ['/v1/agent/sessions', 'GET'],
      ['/v1/agent/keys', 'GET'],
      ['/v1/agent/keys', 'POST'],
      ['/v1/agent/passkey-options', 'POST'],
    ] as const)
      assert.equal((await ask(address, method)).status, 401, address);
    for (const wrong of ['x'.repeat(43), 'short', `${made.token}x`]) assert.equal((await ask('/v1/agent/me', 'GET', wrong)).status, 401);
    const together = await browser.ask('/v1/agent/me', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } });
    assert.equal(together.status, 401, 'a wrong key is not made good by a cookie');
    await rows('update agent_key set expires_at = 1 where agent_id = ?', ines.id);
    assert.equal((await ask('/v1/agent/me')).status, 401);
    assert.equal(
      (await browser.ask('/v1/agent/keys', { method: 'POST', body: { name: 'late', expiresAt: '2020-01-01T00:00:00Z' } })).status,
      422,
    );
    assert.equal((await browser.ask(`/v1/agent/keys/${made.key.id}`, { method: 'DELETE' })).status, 204);
    assert.deepEqual((await browser.ask('/v1/agent/keys')).json(), { keys: [] });
  });

  it('change nothing for a page of another origin, however it asks', async () => {
    const jo = await addAgent(server, { name: 'Jo', serve: ['open/service'] });
    const browser = await signedIn(server, jo);
    const body = { name: 'planted' };
    const form = 'name=planted';
    const variants: [string, Record<string, string | undefined>, unknown][] = [
      ['a foreign origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, body],
      ['a foreign origin that claims to be ours', { origin: 'https://evil.example' }, body],
      ['the shop on the same host', { origin: server.url, 'sec-fetch-site': 'same-site' }, body],
      ['our origin, sent from elsewhere', { 'sec-fetch-site': 'same-site' }, body],
      ['no origin', { origin: undefined }, body],
      ['no Sec-Fetch-Site', { 'sec-fetch-site': undefined }, body],
      ['neither', { origin: undefined, 'sec-fetch-site': undefined }, body],
      ['a hidden origin', { origin: 'null' }, body],
      ['a form', { origin: undefined, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' }, form],
      ['a plain text', { origin: undefined, 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' }, body],
      ['a key beside an origin', { origin: 'https://evil.example', authorization: 'Bearer x' }, body],
    ];
    for (const [what, headers, sent] of variants) {
      const answer = await browser.ask('/v1/agent/keys', { method: 'POST', body: sent, headers });
      assert.equal(answer.status, 403, what);
      assert.equal(answer.json()['code'], 'origin-not-allowed');
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])
      assert.equal(
        (await browser.ask('/v1/agent/keys', { method: 'POST', body: form, headers: { 'content-type': type } })).status,
        415,
        type,
      );
    const { email, password, secret } = jo;
    const signIn = { method: 'POST', body: { email, password, code: codeOf(secret, 1) }, headers: { origin: 'https://evil.example' } };
    assert.equal((await browser.ask('/v1/agent/sign-in', signIn)).status, 403, 'nobody is signed in by a foreign page');
    const preflight = await browser.ask('/v1/agent/keys', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    assert.equal(preflight.headers['access-control-allow-origin'], undefined);
    assert.deepEqual((await browser.ask('/v1/agent/keys')).json(), { keys: [] });
  });

  it('are reached on the inbox origin alone', async () => {
    const browser = await signedIn(server, await addAgent(server, { name: 'Kim', admin: true }));
    for (const [address, status] of [
      ['/v1/agent/me', 404],
      ['/v1/desks/open/agent/tickets', 421],
    ] as const) {
      const onShop = await httpRequest(server.port, address, { headers: { cookie: browser.cookie ?? '' } });
      assert.equal(onShop.status, status, address);
      assert.equal((await browser.ask(address)).status, 200, address);
    }
    assert.equal((await browser.ask('/operator/agents')).status, 404, 'what only the operator may do is on no port');
  });

  it('set their account up by a link that is good once', async () => {
    const email = 'lea@shop.example';
    const added = await deskCommand(server, 'agents', 'add', '--name', 'Lea', '--email', email, '--admin', '--json');
    const { url } = added.json<{ setUp: { url: string } }>().setUp;
    const [place, token = ''] = url.split('#set-up=');
    assert.equal(place, `${server.inboxUrl}/`);
    const browser = new AgentBrowser(server);
    const post = (address: string, body: object) => browser.ask(address, { method: 'POST', body });
    const looked = setUpAnswerSchema.parse((await post('/v1/agent/set-up', { token })).json());
    assert.deepEqual(looked.agent, { name: 'Lea', email });
    assert.ok(looked.timeCode.uri.startsWith('otpauth://totp/'));
    const { secret } = looked.timeCode;
    const password = 'eine lange Straße';
    const short = await post('/v1/agent/set-up/finish', { token, password: 'short', code: codeOf(secret) });
    assert.equal(short.status, 422);
    const wrong = await post('/v1/agent/set-up/finish', { token, password, code: '000000' });
    assert.deepEqual(Object.keys(wrong.json<{ fields: object }>().fields), ['code']);
    const done = await post('/v1/agent/set-up/finish', { token, password, code: codeOf(secret) });
    assert.equal(done.status, 200, done.text);
    assert.equal((await browser.ask('/v1/agent/me')).status, 200, 'whoever set it up is in');
    assert.equal((await post('/v1/agent/set-up/finish', { token, password, code: codeOf(secret, 1) })).status, 410);
    assert.equal((await post('/v1/agent/set-up', { token })).status, 410);
    assert.equal((await browser.signIn({ id: '', email, password, secret })).status, 401, 'its code is spent');
    const decomposed = { id: '', email: email.toUpperCase(), password: password.normalize('NFD'), secret };
    assert.equal((await browser.signIn(decomposed, 1)).status, 200);
  });

  it('have an admin in a demo that is asked for one, whose password is told once', async () => {
    const env = { DEMO_ADMIN: '1' };
    const demo = await startServer({ config: openDesks(), env });
    const told = /^sign in +(\S+) with (\S+)$/m;
    const [, email = '', password = ''] = told.exec(demo.output()) ?? [];
    const answer = await new AgentBrowser(demo).ask('/v1/agent/sign-in', { method: 'POST', body: { email, password } });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json<{ agent: { role: string } }>().agent.role, 'admin');
    await demo.kill();
    const { dataDir } = demo;
    const again = await startServer({ config: openDesks(), dataDir, env });
    assert.doesNotMatch(again.output(), told);
    await again.kill();
    const earnest = await startServer({ config: openDesks(), dataDir, env: { ...env, DEMO: '0', SMTP_URL: 'smtp://127.0.0.1:9' } });
    const refused = await new AgentBrowser(earnest).ask('/v1/agent/sign-in', { method: 'POST', body: { email, password } });
    assert.equal(refused.status, 401, 'outside a demo a password alone opens nothing');
    await earnest.kill();
    await demo.stop();
  });

  it('open nothing with an empty, a foreign, an older or an expired set-up link', async () => {
    const mia = await addAgent(server, { name: 'Mia' });
    const linkOf = async () => {
      const answer = await deskCommand(server, 'agents', 'invite', mia.email, '--json');
      return answer.json<{ setUp: { url: string } }>().setUp.url.split('#set-up=')[1] ?? '';
    };
    const browser = new AgentBrowser(server);
    const statusOf = async (token: unknown) => (await browser.ask('/v1/agent/set-up', { method: 'POST', body: { token } })).status;
    const older = await linkOf();
    const newer = await linkOf();
    assert.equal(await statusOf(''), 422);
    assert.equal(await statusOf(null), 422);
    assert.equal(await statusOf('x'.repeat(43)), 410);
    assert.equal(await statusOf(older), 410);
    assert.equal(await statusOf(newer), 200);
    await rows('update agent_invite set expires_at = 1 where agent_id = ?', mia.id);
    assert.equal(await statusOf(newer), 410);
    const last = await linkOf();
    await deskCommand(server, 'agents', 'disable', mia.email);
    assert.equal(await statusOf(last), 410);
  });
});
