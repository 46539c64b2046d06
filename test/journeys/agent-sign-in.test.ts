import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addAgent, codeOf, type TestAgent } from '../support/agent-browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

interface Asked {
  status: number;
  body: Record<string, unknown>;
}

describe('an agent in a real browser', () => {
  let server: ServerProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let ann: TestAgent;

  before(async () => {
    [server, browser] = await Promise.all([startServer({ config: openDesks() }), launchChromium()]);
    ann = await addAgent(server, { name: 'Ann', serve: ['open/service'] });
    context = await browser.newContext();
    page = await context.newPage();
    // any page of the origin will do
    await page.goto(`${server.inboxUrl}/healthz`);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  const ask = (address: string, body?: unknown, from: Page = page): Promise<Asked> =>
    from.evaluate(
      async ([to, sent]) => {
        const init =
          sent === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent) };
        const answer = await fetch(to, { credentials: 'include', ...init });
        return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Record<string, unknown> };
      },
      [address, body] as [string, unknown],
    );

  it('is given a cookie of this host alone, which no script reads and the browser keeps on plain http to this machine', async () => {
    const { email, password, secret } = ann;
    assert.equal((await ask('/v1/agent/sign-in', { email, password, code: codeOf(secret) })).status, 200);
    const [cookie, ...more] = await context.cookies();
    assert.deepEqual(more, []);
    assert.deepEqual(
      [cookie?.name, cookie?.secure, cookie?.httpOnly, cookie?.sameSite, cookie?.path],
      ['__Host-support-agent', true, true, 'Lax', '/'],
    );
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.equal((await ask('/v1/agent/me')).status, 200);
  });

  it('changes nothing by a page of the shop, which shares the host and so the cookie', async () => {
    const shop = await context.newPage();
    await shop.goto(`${server.url}/healthz`);
    const inbox = server.inboxUrl;
    const tried = await shop.evaluate(async (to) => {
      const send = (init: RequestInit) =>
        fetch(`${to}/v1/agent/keys`, { method: 'POST', credentials: 'include', body: '{"name":"planted"}', ...init });
      const json = await send({ headers: { 'Content-Type': 'application/json' } }).then(
        () => 'answered',
        () => 'refused',
      );
      const plain = await send({ mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } }).then(
        ({ type }) => type,
        () => 'refused',
      );
      const read = await fetch(`${to}/v1/agent/me`, { credentials: 'include' }).then(
        () => 'answered',
        () => 'refused',
      );
      return { json, plain, read };
    }, inbox);
    assert.deepEqual(tried, { json: 'refused', plain: 'refused', read: 'refused' });
    await shop.setContent(`<form method="post" action="${inbox}/v1/agent/sign-out"><button>Go</button></form>`);
    await Promise.all([shop.waitForNavigation(), shop.click('button')]);
    assert.deepEqual((await ask('/v1/agent/keys')).body, { keys: [] });
    assert.equal((await ask('/v1/agent/me')).status, 200, 'still signed in');
    await shop.close();
  });

  it('registers a passkey and signs in with it', async () => {
    await page.bringToFront();
    const session = await context.newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const { body: creation } = await ask('/v1/agent/passkey-options', {});
    const made = await page.evaluate(async (options) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
      return ((await navigator.credentials.create({ publicKey })) as PublicKeyCredential).toJSON() as object;
    }, creation);
    assert.equal((await ask('/v1/agent/passkeys', { name: 'This computer', answer: made })).status, 201);
    assert.equal((await ask('/v1/agent/sign-out', {})).status, 204);
    assert.deepEqual(await context.cookies(), []);
    assert.equal((await ask('/v1/agent/me')).status, 401);
    const { body: question } = await ask('/v1/agent/sign-in/passkey-options', {});
    const answer = await page.evaluate(async (options) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
      return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential).toJSON() as object;
    }, question);
    assert.equal((await ask('/v1/agent/sign-in/passkey', { answer })).status, 200);
    assert.equal((await ask('/v1/agent/me')).status, 200);
    assert.equal((await ask('/v1/agent/sign-in/passkey', { answer })).status, 401, 'an answer is good once');
  });
});
