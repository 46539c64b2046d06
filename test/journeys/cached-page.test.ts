import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { FormPage, textFile, type Answers } from '../support/form-page.ts';
import { startPageCache, type PageCache } from '../support/page-cache.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';
import { proofFor } from '../support/solve-challenge.ts';

const MINUTE_MS = 60_000;

const FIRST = {
  name: 'Zoe Quarrel',
  email: 'zoe.quarrel@example.net',
  orderReference: 'ORD-77431',
  subject: 'Zoe has a broken shade',
  message: 'Zoe wrote this on a Tuesday, and nobody else may read it.',
} satisfies Answers;
const SECOND = {
  name: 'Bo Lindqvist',
  email: 'bo.lindqvist@example.org',
  orderReference: 'ORD-90210',
  subject: 'Bo has a question',
  message: 'Bo wrote this on a Friday.',
} satisfies Answers;

interface Seen {
  url: string;
  method: string;
  caching: string;
  /** Everything the answer says: headers and body. */
  text: string;
}

/** Collects answers and what must stay between one customer and the server. */
function listen(page: Page): { answers: Promise<Seen>[]; secrets: Set<string> } {
  const answers: Promise<Seen>[] = [];
  const secrets = new Set<string>();
  page.on('request', (request) => {
    const headers = request.headers();
    for (const name of ['authorization', 'idempotency-key', 'support-proof'])
      if (headers[name]) secrets.add(headers[name].replace(/^Bearer /, ''));
  });
  page.on('response', (response) => {
    answers.push(
      (async () => {
        const headers = await response.allHeaders();
        const body = await response.text().catch(() => '');
        const url = new URL(response.url()).pathname;
        const upload = /\/uploads\/([\w-]{43})/.exec(url)?.[1];
        if (upload) secrets.add(upload);
        if (/\/challenge$/.test(url)) {
          const { challenge } = JSON.parse(body) as { challenge: { signature: string; parameters: { nonce: string; salt: string } } };
          for (const secret of [challenge.signature, challenge.parameters.nonce, challenge.parameters.salt]) secrets.add(secret);
        }
        return { url, method: response.request().method(), caching: headers['cache-control'] ?? '', text: JSON.stringify(headers) + body };
      })(),
    );
  });
  return { answers, secrets };
}

/** Everything a page shows, holds in its fields, and has stored in its browser. */
async function everythingOn(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  const rest = await page.evaluate(async () => {
    const texts: string[] = [document.documentElement.outerHTML];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        if ('value' in element) texts.push(String(element.value));
        if (element.shadowRoot) {
          texts.push(element.shadowRoot.innerHTML);
          walk(element.shadowRoot);
        }
      }
    };
    walk(document);
    for (const storage of [localStorage, sessionStorage]) texts.push(JSON.stringify(storage));
    for (const cache of await caches.keys()) texts.push(cache);
    for (const { name } of await indexedDB.databases()) {
      texts.push(String(name));
      const database = await new Promise<IDBDatabase | undefined>((resolve) => {
        const opening = indexedDB.open(String(name));
        // gone in between: it must not come back empty
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve(undefined);
        opening.onsuccess = () => resolve(opening.result);
      });
      if (!database) continue;
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result as unknown[]);
          request.onerror = () => reject(request.error!);
        });
        texts.push(JSON.stringify(rows));
      }
      database.close();
    }
    return texts.join('\n');
  });
  return JSON.stringify(cookies) + rest;
}

const found = (text: string, words: Iterable<string>) => [...words].filter((word) => text.includes(word));

describe('a page that a cache keeps for thirty days', () => {
  let room: ShopRoom;
  let cache: PageCache;

  before(async () => {
    room = await ShopRoom.open();
    cache = await startPageCache(room.server.url);
  });
  after(async () => {
    await cache?.close();
    await room?.close();
  });

  const emptyForm = (page: Page) => new FormPage(page, page.locator('main support-form'));

  async function file(page: Page, answers: Answers): Promise<string> {
    const form = emptyForm(page);
    await form.form.scrollIntoViewIfNeeded();
    await form.fill(answers);
    await form.addFiles([textFile('note.txt', `${answers.message}\n`)]);
    await form.send();
    return form.number();
  }

  it('serves two customers, who both get through and see nothing of each other', async () => {
    const first = await room.browser.newPage();
    const ofFirst = listen(first);
    await first.goto(cache.url);
    const firstHtml = cache.kept.get('/')?.body.toString() ?? '';
    const firstNumber = await file(first, FIRST);
    assert.deepEqual(found(await everythingOn(first), [firstNumber]), [firstNumber], 'what a page shows is found');

    const second = await room.browser.newPage();
    const ofSecond = listen(second);
    const page = await second.goto(cache.url);
    assert.equal(await page?.text(), firstHtml, 'both have the same bytes');
    assert.equal(cache.hits.get('/'), 1, 'the second page came from the cache');
    const age = Date.now() - Date.parse((await page?.allHeaders())?.['date'] ?? '');
    assert.ok(age > 29 * 24 * 60 * MINUTE_MS, 'and says that it is thirty days old');

    const form = emptyForm(second);
    await form.form.scrollIntoViewIfNeeded();
    await form.field(/^Subject/).focus();
    await second.waitForLoadState('networkidle');
    const ofTheFirst = [...Object.values(FIRST), firstNumber, ...ofFirst.secrets];
    assert.ok(ofFirst.secrets.size >= 6, 'secret, key, proof, challenge and upload were seen');
    assert.deepEqual(found(await everythingOn(second), ofTheFirst), [], 'nothing of the first customer before the second has written');
    const secondNumber = await file(second, SECOND);
    assert.notEqual(secondNumber, firstNumber);
    assert.deepEqual(found(await everythingOn(second), ofTheFirst), [], 'nor after');
    assert.deepEqual(found((await Promise.all(ofSecond.answers)).map(({ text }) => text).join('\n'), ofTheFirst), [], 'nor on its wire');
    assert.deepEqual(
      [...ofSecond.secrets].filter((secret) => ofFirst.secrets.has(secret)),
      [],
      'no secret serves twice',
    );
    assert.deepEqual(
      [FIRST, SECOND].map(({ subject }) => storedTickets(room.dataDir, subject).map(({ number }) => number)),
      [[firstNumber], [secondNumber]],
    );

    const personal = [...ofTheFirst, ...Object.values(SECOND), secondNumber, ...ofSecond.secrets];
    for (const [address, { body, headers }] of cache.kept)
      assert.deepEqual(found(JSON.stringify(headers) + body.toString(), personal), [], `${address} may be kept by a cache`);
    assert.ok(cache.kept.has('/embed.js') && cache.kept.has('/v1/desks/demo'), 'files and desk were looked at');
    const answers = [...(await Promise.all(ofFirst.answers)), ...(await Promise.all(ofSecond.answers))];
    const personalAnswers = answers.filter(({ text }) => found(text, personal).length > 0);
    assert.ok(personalAnswers.length >= 6, 'challenge, upload and receipt of both');
    assert.deepEqual(
      personalAnswers.filter(({ caching }) => caching !== 'no-store').map(({ method, url }) => `${method} ${url}`),
      [],
      'an answer with anything personal is kept by nobody',
    );
    await first.close();
    await second.close();
  });

  it('carries no token, no nonce, no address of a person and no secret', async () => {
    for (const address of ['/', '/contact.html']) {
      const html = await (await fetch(cache.url + address)).text();
      assert.doesNotMatch(html, /nonce|csrf|token|secret|challenge|authenticity/i);
      assert.deepEqual([...html.matchAll(/[\w-]{32,}/g)].map(String), [], `${address} holds nothing that looks random`);
      assert.deepEqual(
        [...new Set([...html.matchAll(/[\w.+-]+@[\w.-]+\.\w+/g)].map(String))],
        // of the page, and of the form that is printed into it
        ['hello@shop.example', 'hello@fern-and-folk.example'],
        `${address} names the shop's own addresses alone`,
      );
    }
  });
});

describe('what a cache may keep of the server', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
  });
  after(() => room?.close());

  /** Threads, sessions, files of tickets, and everything of agents. */
  const OF_SOMEBODY =
    /\/agent\/|\/(sessions|sign-in-links|events|attachments|messages|links|access|vault)(\/|$)|^GET .*\/tickets$|^PATCH .*\/tickets\/|\/tickets\/form$|\/confirm\//;

  /** Every other address of the interface: what it says to caches, and a request for it that succeeds. */
  const RULES: Record<string, string> = {
    'GET /v1/desks/{desk}': 'no-cache',
    'GET /v1/desks/{desk}/challenge': 'no-store',
    'POST /v1/desks/{desk}/tickets': 'no-store',
    'GET /v1/desks/{desk}/tickets/{number}': 'no-store',
    'POST /v1/desks/{desk}/uploads': 'no-store',
    'OPTIONS /v1/desks/{desk}/uploads': 'no-store',
    'HEAD /v1/desks/{desk}/uploads/{id}': 'no-store',
    'PATCH /v1/desks/{desk}/uploads/{id}': 'no-store',
    'DELETE /v1/desks/{desk}/uploads/{id}': 'no-store',
    'OPTIONS /v1/desks/{desk}/uploads/{id}': 'no-store',
    'GET /embed.js': 'max-age=300',
    'GET /embed.classic.js': 'max-age=300',
    'GET /c/{name}': 'max-age=31536000,immutable',
    'GET /openapi.json': 'no-cache',
    'GET /docs': 'no-cache',
    'GET /desks/{desk}': 'no-cache',
    'GET /healthz': 'no-store',
    'GET /readyz': 'no-store',
  };

  it('is said by every route, and never more than it should be', async () => {
    const { url } = room.server;
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([route, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${route}`),
    );
    // what belongs to somebody is kept by nobody: see below
    const shared = routes.filter((route) => !OF_SOMEBODY.test(route));
    assert.deepEqual(shared.sort(), Object.keys(RULES).sort(), 'each route has its rule');

    const keys = newKeys();
    const draft = newDraft({ contactId: 'customer-service' });
    const posted = await postTicket({ url, desk: 'demo', keys, draft, proof: await proofFor(url, 'demo') });
    const { ticket } = (await posted.json()) as { ticket: { number: string } };
    const tus = { Authorization: `Bearer ${keys.secret}`, 'Tus-Resumable': '1.0.0' };
    const created = await fetch(`${url}/v1/desks/demo/uploads`, { method: 'POST', headers: { ...tus, 'Upload-Length': '5' } });
    const id = String(created.headers.get('location')).replace('uploads/', '');
    const chunk = /\.\/c\/([\w-]+\.js)/.exec(await (await fetch(`${url}/embed.js`)).text())?.[1] ?? '';
    const options: Record<string, RequestInit> = {
      'PATCH /v1/desks/{desk}/uploads/{id}': {
        headers: { ...tus, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' },
        body: 'hello',
      },
      'GET /v1/desks/{desk}/tickets/{number}': { headers: { Authorization: `Bearer ${keys.secret}` } },
    };
    const said: Record<string, string> = {
      'POST /v1/desks/{desk}/tickets': `${posted.status} ${posted.headers.get('cache-control')}`,
      'POST /v1/desks/{desk}/uploads': `${created.status} ${created.headers.get('cache-control')}`,
    };
    for (const route of Object.keys(RULES).filter((name) => !(name in said))) {
      const [method = '', template = ''] = route.split(' ');
      const address = template.replace('{desk}', 'demo').replace('{number}', ticket.number).replace('{id}', id).replace('{name}', chunk);
      const answer = await fetch(url + address, { method, headers: tus, ...options[route] });
      said[route] = `${answer.status} ${answer.headers.get('cache-control')}`;
    }
    assert.deepEqual(
      Object.entries(said).filter(([route, caching]) => !new RegExp(`^2\\d\\d ${RULES[route]}$`).test(caching)),
      [],
    );
  });

  it('is nothing that belongs to somebody', async () => {
    const { url } = room.server;
    const keys = newKeys();
    const draft = newDraft({ contactId: 'customer-service' });
    const posted = await postTicket({ url, desk: 'demo', keys, draft, proof: await proofFor(url, 'demo') });
    const { number } = ((await posted.json()) as { ticket: { number: string } }).ticket;
    const at = `${url}/v1/desks/demo`;
    const json = { 'Content-Type': 'application/json' };
    const opened = await fetch(`${at}/sessions`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ tickets: [{ number, secret: keys.secret }] }),
    });
    const { token } = (await opened.clone().json()) as { token: string };
    const own = { ...json, Authorization: `Bearer ${token}` };
    const stop = new AbortController();
    const answers = [
      opened,
      await fetch(`${at}/sessions`, { headers: own }),
      await fetch(`${at}/tickets`, { headers: own }),
      await fetch(`${at}/tickets/${number}/messages`, { headers: own }),
      await fetch(`${at}/tickets/${number}/access`, { headers: own }),
      await fetch(`${at}/tickets/${number}/messages`, {
        method: 'POST',
        headers: { ...own, 'Idempotency-Key': keys.idempotencyKey },
        body: JSON.stringify({ text: 'Again', attachmentIds: [], secret: keys.secret.replace(/^./, 'A') }),
      }),
      await fetch(`${at}/tickets/${number}`, { method: 'PATCH', headers: own, body: JSON.stringify({ seen: 1 }) }),
      await fetch(`${at}/events`, { headers: own, signal: stop.signal }),
      await fetch(`${at}/sign-in-links`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ email: 'ada@example.com', browserSecret: keys.secret, locale: 'en' }),
      }),
      await fetch(`${room.server.inboxUrl}/v1/agent/me`),
      await fetch(`${at}/tickets/form`, { method: 'POST', body: new URLSearchParams({ subject: 'Lamp' }) }),
      await fetch(`${url}/desks/demo/confirm/${keys.secret}`),
    ];
    stop.abort();
    for (const answer of answers) assert.equal(answer.headers.get('cache-control'), 'no-store', `${answer.status} ${answer.url}`);
  });

  it('is nothing of an error', async () => {
    for (const address of ['/nothing', '/v1/desks/none', '/v1/desks/demo/tickets/2222-2222', '/v1/desks/demo/tickets', '/c/none.js']) {
      const answer = await fetch(room.server.url + address);
      assert.ok(answer.status >= 400);
      assert.equal(answer.headers.get('cache-control'), 'no-store', address);
    }
  });
});

describe('a form left open', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    room.addForm('page-clock');
    room.addForm('server-clock');
  });
  after(() => room?.close());

  const challenges = (session: string) => room.proxy.seen(session).filter(({ path: asked }) => asked.endsWith('/challenge')).length;
  const sent = (session: string) =>
    room.proxy
      .seen(session)
      .filter(({ method, path: asked }) => method === 'POST' && asked.endsWith('/tickets'))
      .map(({ status }) => status);

  it("for 31 minutes by the page's clock, which is set forward, fetches a new proof by itself and sends", async () => {
    const page = await room.browser.newPage();
    await page.clock.install();
    await page.goto(`${room.shop.url}/page-clock`);
    const form = new FormPage(page);
    const subject = 'Open for half an hour';
    await form.fill({ subject });
    await page.waitForLoadState('networkidle');
    assert.equal(challenges('page-clock'), 1);
    await page.clock.fastForward(31 * MINUTE_MS);
    await form.send();
    const number = await form.number();
    assert.equal(challenges('page-clock'), 2);
    assert.deepEqual(sent('page-clock'), [201], 'the old proof was not even tried');
    assert.deepEqual(
      storedTickets(room.dataDir, subject).map((ticket) => ticket.number),
      [number],
    );
    await page.close();
  });

  it("whose proof has expired by the server's clock, 31 minutes ahead after a restart, gets another without a word, and sends", async () => {
    const form = await room.openForm('/server-clock');
    const subject = 'Open while clocks differ';
    await form.fill({ subject });
    await form.page.waitForLoadState('networkidle');
    assert.equal(challenges('server-clock'), 1);
    const ahead = path.join(room.folder, 'clock-ahead.mjs');
    await writeFile(ahead, `const now = Date.now; Date.now = () => now() + ${31 * MINUTE_MS};`);
    await room.restartServer({ NODE_OPTIONS: `--import=${pathToFileURL(ahead).href}` });
    let told = false;
    await form.page.exposeFunction('tell', () => (told = true));
    await form.page.evaluate(() => addEventListener('support-error', () => (globalThis as unknown as { tell: () => void }).tell()));
    await form.send();
    const number = await form.number();
    assert.deepEqual(sent('server-clock'), [403, 201]);
    assert.equal(challenges('server-clock'), 2);
    assert.equal(told, false, 'the person was told nothing');
    assert.deepEqual(
      storedTickets(room.dataDir, subject).map((ticket) => ticket.number),
      [number],
    );
    await form.page.close();
  });
});
