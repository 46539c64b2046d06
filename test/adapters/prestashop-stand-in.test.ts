import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { recordedExchanges, type RecordedExchange } from '../support/recorded/recorded-exchanges.ts';
import { startPrestashop, type PrestashopShop } from '../support/stand-ins/prestashop/prestashop-shop.ts';
import type { ShopOptions } from '../support/stand-ins/prestashop/shop-options.ts';

const BACKEND = 'prestashop-8.2.1';
const RECORDED_ORIGIN = 'http://127.0.0.1:8821';
/** Tokens of forms, and of the consent log. */
const TOKENS = /\b(?:[0-9a-f]{40}|[0-9a-f]{32})\b/g;

/** How the recorded shop was set up where it was not fresh; PHP let 20 MiB through. */
const SETTINGS: Record<string, Partial<ShopOptions>> = {
  sizes: { uploadMaxFilesize: 20 * 1_048_576, postMaxSize: 25 * 1_048_576 },
  'gdpr-consent': { gdpr: true },
  'mail-failure': { mail: 'failing' },
  'thread-link': {
    threads: [
      {
        id: 1,
        token: '4cGF9jvbaUNz',
        email: 'jane@example.test',
        idContact: 2,
        idCustomer: 0,
        idOrder: 0,
        idProduct: 0,
        status: 'open',
        messages: [{ message: 'Hello, where is my order?', fileName: '', bytes: 0 }],
      },
    ],
  },
};
const FILES = readdirSync(new URL(`../support/recorded/${BACKEND}/`, import.meta.url)).map((name) => name.replace('.json', ''));

/** Plays exchanges against a shop as one browser; what it answers is compared with what was recorded. */
class Player {
  readonly #shop: PrestashopShop;
  readonly #cookies = new Map<string, string>();
  /** Tokens of the shop by those of the recording. */
  readonly #tokens = new Map<string, string>();

  constructor(shop: PrestashopShop) {
    this.#shop = shop;
  }

  async play({ note, request, response }: RecordedExchange): Promise<void> {
    if (request.secondsLater) this.#shop.advance(request.secondsLater);
    const headers: Record<string, string> = { ...request.headers };
    // the client writes it anew, with its boundary
    delete headers['content-type'];
    if (request.cookies) headers['cookie'] = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.#shop.url + request.path, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(request.fields && { body: this.#bodyOf(request) }),
    });
    const html = await answer.text();
    const set = answer.headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/.exec(line) as RegExpExecArray);
    // a browser without cookies is another one
    if (request.cookies || this.#cookies.size === 0) for (const [, name = '', value = ''] of set) this.#cookies.set(name, value);

    assert.equal(answer.status, response.status, note);
    const names = [...new Set(set.map(([, name = '']) => name.replace(/-.*/, '')))].sort();
    assert.deepEqual(names, response.cookies, `${note}: cookies that were set`);
    for (const [name, value] of Object.entries(response.headers))
      assert.equal(answer.headers.get(name), value.replace(RECORDED_ORIGIN, this.#shop.url), `${note}: ${name}`);
    assert.equal(answer.headers.get('access-control-allow-origin'), null, `${note}: readable by other origins`);
    if (response.body === '') assert.equal(html, '', note);
    else this.#compare(html, response.body, note);
  }

  /** Learns the tokens of the shop on the way. */
  #compare(html: string, recorded: string, note: string): void {
    const start = html.indexOf(recorded.slice(0, 15));
    assert.notEqual(start, -1, `${note}: the answer has no such part`);
    const part = html.slice(start, start + recorded.length + this.#shop.url.length - RECORDED_ORIGIN.length + 1);
    const ours = part.match(TOKENS) ?? [];
    for (const [n, token] of (recorded.match(TOKENS) ?? []).entries()) {
      const known = this.#tokens.get(token);
      assert.ok(ours[n], `${note}: no token where one was recorded`);
      if (known) assert.equal(ours[n], known, `${note}: another token where the same one was recorded`);
      else assert.ok(![...this.#tokens.values()].includes(ours[n]), `${note}: the same token where another one was recorded`);
      this.#tokens.set(token, ours[n]);
    }
    const expected = recorded.replaceAll(RECORDED_ORIGIN, this.#shop.url).replace(TOKENS, (token) => this.#tokens.get(token) as string);
    assert.equal(html.slice(start, start + expected.length), expected, note);
  }

  #bodyOf({ headers, fields = [] }: RecordedExchange['request']): FormData | URLSearchParams {
    const form = new FormData();
    for (const field of fields) {
      if ('value' in field) form.append(field.name, this.#tokens.get(field.value) ?? field.value);
      else form.append(field.name, new File([new Uint8Array(field.bytes)], field.filename, { type: field.type }));
    }
    if (headers['content-type'] === 'multipart/form-data') return form;
    return new URLSearchParams([...form] as [string, string][]);
  }
}

describe('the PrestaShop stand-in', () => {
  for (const name of FILES) {
    it(`answers as recorded: ${name}`, async () => {
      const shop = await startPrestashop(SETTINGS[name]);
      try {
        const player = new Player(shop);
        for (const exchange of recordedExchanges(BACKEND, name)) await player.play(exchange);
        assert.deepEqual(shop.violations, []);
      } finally {
        await shop.close();
      }
    });
  }

  /** What a browser without cookies posts, with the token of a page it has just read. */
  async function post(shop: PrestashopShop, fields: Record<string, string | File>, query = ''): Promise<Response> {
    const page = await fetch(shop.contactUrl);
    const cookie = page.headers
      .getSetCookie()
      .join('; ')
      .replace(/; (expires|Max-Age|path|HttpOnly|SameSite)[^;]*/g, '');
    const token = /name="token" value="(\w+)"/.exec(await page.text())?.[1] ?? '';
    const form = new FormData();
    const all = { id_contact: '2', from: 'zoe@example.test', message: 'Hello', url: '', token, submitMessage: 'Send', ...fields };
    for (const [name, value] of Object.entries(all)) form.append(name, value);
    return fetch(shop.contactUrl + query, { method: 'POST', body: form, headers: { cookie } });
  }

  async function withShop(options: Partial<ShopOptions>, work: (shop: PrestashopShop) => Promise<void>): Promise<void> {
    const shop = await startPrestashop(options);
    try {
      await work(shop);
    } finally {
      await shop.close();
    }
  }

  it('shows the form again without an alert where a request is larger than PHP takes', () =>
    withShop({ postMaxSize: 10_000 }, async (shop) => {
      const html = await (await post(shop, { fileUpload: new File(['x'.repeat(20_000)], 'a.txt') })).text();
      assert.ok(html.includes('submitMessage') && !html.includes('alert'));
      assert.deepEqual(shop.threads, []);
    }));

  it('drops a file over upload_max_filesize without a word and keeps one below it', () =>
    withShop({ uploadMaxFilesize: 1_000 }, async (shop) => {
      for (const bytes of [1_001, 1_000]) {
        const html = await (await post(shop, { message: `${bytes}`, fileUpload: new File(['x'.repeat(bytes)], 'Long name.JPEG') })).text();
        assert.ok(html.includes('alert-success'));
      }
      assert.deepEqual(
        shop.threads[0]?.messages.map(({ message, bytes }) => [message, bytes]),
        [
          ['1001', 0],
          ['1000', 1_000],
        ],
      );
      assert.match(shop.threads[0]?.messages[1]?.fileName ?? '', /^[0-9a-f]{13}\.jpeg$/);
    }));

  it('keeps one thread per address and order, and a repeated text once unless a file comes with it', () =>
    withShop({}, async (shop) => {
      for (const fields of [{}, {}, { id_contact: '1' }, { fileUpload: new File(['x'], 'a.txt') }, { from: 'other@example.test' }])
        await post(shop, fields);
      await post(shop, { from: 'pub@prestashop.com', id_order: '4' });
      assert.deepEqual(
        shop.threads.map(({ email, idOrder, idCustomer, messages }) => [email, idOrder, idCustomer, messages.length]),
        [
          ['zoe@example.test', 0, 0, 2],
          ['other@example.test', 0, 0, 1],
          ['pub@prestashop.com', 4, 2, 1],
        ],
      );
    }));

  it('answers nothing where an ajax parameter is sent', () =>
    withShop({}, async (shop) => {
      for (const answer of [await post(shop, { ajax: '1' }), await post(shop, {}, '?ajax=true')])
        assert.deepEqual([answer.status, await answer.text()], [200, '']);
      assert.deepEqual(shop.threads, []);
    }));

  it('leads readers of index.php to the pretty address and takes posts there', () =>
    withShop({}, async (shop) => {
      const read = await fetch(`${shop.url}/index.php?controller=contact`, { redirect: 'manual' });
      assert.deepEqual([read.status, read.headers.get('location')], [302, shop.contactUrl]);
      const page = await fetch(shop.contactUrl);
      const token = /name="token" value="(\w+)"/.exec(await page.text())?.[1] ?? '';
      const body = new URLSearchParams({ id_contact: '2', from: 'zoe@example.test', message: 'Hi', url: '', token, submitMessage: '' });
      const cookie = page.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      await fetch(`${shop.url}/index.php?controller=contact`, { method: 'POST', body, headers: { cookie } });
      assert.equal(shop.threads.length, 1);
    }));

  it('refuses fields that no documentation knows, and tells', () =>
    withShop({}, async (shop) => {
      assert.equal((await post(shop, { subject: 'Hello' })).status, 500);
      assert.deepEqual(shop.violations, ['POST /contact-us: subject']);
    }));

  it("serves a frozen page with somebody else's token to everybody", () =>
    withShop({}, async (shop) => {
      shop.freezeContactPage();
      const [one, other] = [await fetch(shop.contactUrl), await fetch(shop.contactUrl)];
      assert.deepEqual([one.headers.getSetCookie(), await one.text()], [[], await other.text()]);
      assert.ok((await (await post(shop, {})).text()).includes(shop.words.tryAgain));
      assert.deepEqual(shop.threads, []);
    }));

  it('lists only the first error in later releases', () =>
    withShop({ release: 'later' }, async (shop) => {
      const html = await (await post(shop, { from: '', message: '', id_contact: '0', url: 'x' })).text();
      assert.deepEqual(
        [...html.matchAll(/<li>(.*)<\/li>/g)].map(([, text]) => text),
        [shop.words.invalidEmail],
      );
    }));

  for (const markup of ['hummingbird', 'fallback'] as const) {
    it(`keeps the wrapper and no field after a success in the markup ${markup}`, () =>
      withShop({ markup }, async (shop) => {
        const refused = await (await post(shop, { message: '' })).text();
        assert.match(refused, /(alert-danger|notification-error)[^]*submitMessage/);
        const taken = await (await post(shop, {})).text();
        assert.match(taken, /<form action="[^"]*contact-us"[^]*(alert-success|notification-success)/);
        assert.ok(!taken.includes('submitMessage'));
      }));
  }
});
