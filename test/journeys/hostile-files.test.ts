import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openPage } from '../support/chromium.ts';
import { CounterClient, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { HOSTILE_NAMES, hostileFiles, type HostileFile } from '../support/hostile-files.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

/** Controls, bidi and other invisible characters, line and paragraph separators, path separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/u;
const PER_MESSAGE = 50;
const BOMB_MS = 1_000;
const BOMB_KB = 100_000;
/** Whatever a server could be told to take. */
const TYPES = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
  'application/pdf',
  'application/zip',
  'application/gzip',
  'application/xml',
  'application/javascript',
  'text/javascript',
  'text/plain',
  'text/css',
  'text/csv',
  'text/html',
  'application/xhtml+xml',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
];

interface Kept {
  name: string;
  bytes: Buffer;
  number: string;
  secret: string;
  id: string;
}

let server: ServerProcess;
let browser: Browser;
let listener: http.Server;
let listening: string;
const ran: string[] = [];
let files: HostileFile[];
let atStart: string[];
const inStore = () => readdirSync(server.dataDir, { recursive: true }).map(String);

before(async () => {
  const [desk] = openDesks() as [{ desk: { limits: { files: object } } }];
  desk.desk.limits.files = { ...desk.desk.limits.files, count: PER_MESSAGE, types: TYPES };
  listener = http.createServer((request, answer) => {
    const url = new URL(request.url ?? '', 'http://listener');
    if (url.pathname === '/ran') ran.push(url.search.slice(1));
    const file = files.find(({ name }) => url.pathname === `/as-it-is/${name}`);
    const type = file?.name.endsWith('.svg') ? 'image/svg+xml' : 'text/html';
    answer.writeHead(200, { 'Content-Type': type }).end(file?.bytes ?? '<!doctype html><title>A shop</title>');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  listening = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  files = hostileFiles((name) => `new Image().src='${listening}/ran?${encodeURIComponent(name)}';globalThis.ran=1`);
  [server, browser] = await Promise.all([startServer({ config: [desk] }), launchChromium()]);
  atStart = inStore();
});
after(async () => {
  await browser.close();
  listener.close();
  await server.stop();
});

const memoryKb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);

/** Sends files with a ticket, then with a reply to it. Those that are refused as what they are stay out. */
async function send(all: readonly { name: string; bytes: Buffer }[], asReply: boolean): Promise<{ kept: Kept[]; refused: string[] }> {
  const ticketClient = new CounterClient(server.url, 'open');
  const client = asReply ? new CounterClient(server.url, 'open', newSecret()) : ticketClient;
  const uploaded: { name: string; bytes: Buffer; id: string }[] = [];
  const refused: string[] = [];
  for (const { name, bytes } of all) {
    const { id, answer } = await client.upload(name, bytes);
    if (answer.status === 204) uploaded.push({ name, bytes, id });
    else {
      assert.equal(answer.status, 415, `${name}: ${answer.text}`);
      refused.push(name);
    }
  }
  const attachmentIds = uploaded.map(({ id }) => id);
  const ticket = await ticketClient.ticket(asReply ? {} : { attachmentIds });
  assert.equal(ticket.status, 201, ticket.text);
  const { number } = ticket.json['ticket'] as { number: string };
  if (asReply) {
    const answer = await fetch(`${ticketClient.tickets}/${number}/messages`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${ticketClient.secret}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomBytes(16).toString('hex'),
      },
      body: JSON.stringify({ text: 'With files', attachmentIds, secret: client.secret }),
    });
    assert.equal(answer.status, 201, await answer.text());
  }
  return { kept: uploaded.map((file) => ({ ...file, number, secret: ticketClient.secret })), refused };
}

const below = ({ number, id }: Kept) => `${server.url}/v1/desks/open/tickets/${number}/attachments/${id}`;
const bearing = ({ secret }: Kept) => ({ Authorization: `Bearer ${secret}` });

async function linkTo(file: Kept): Promise<string> {
  const answer = await fetch(`${below(file)}/links`, { method: 'POST', headers: bearing(file) });
  return ((await answer.json()) as { url: string }).url;
}

/** The name under which a browser saves the answer. */
function savedName(answer: Response): string {
  const [, encoded = ''] =
    /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(answer.headers.get('content-disposition') ?? '') ??
    [];
  return decodeURIComponent(encoded);
}

/** Puts every link into everything that loads, and waits until the server has answered each. */
async function embedAll(page: Page, links: readonly string[]): Promise<void> {
  const tags = ['img', 'script', 'iframe', 'object'];
  const wanted = links.length * (tags.length + 1);
  let over = 0;
  const done = new Promise<void>((resolve) => {
    const count = () => void ((over += 1) >= wanted && resolve());
    page.on('requestfinished', count);
    page.on('requestfailed', count);
  });
  await page.evaluate(
    ([links, tags]) => {
      for (const link of links) {
        for (const tag of [...tags, 'module']) {
          const element = document.createElement(tag === 'module' ? 'script' : tag);
          if (tag === 'module') element.setAttribute('type', 'module');
          element.setAttribute(tag === 'object' ? 'data' : 'src', `${link}&as=${tag}`);
          document.body.append(element);
        }
      }
    },
    [[...links], tags] as const,
  );
  await done;
  // whatever was to run is queued behind what has loaded
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

describe('hostile files', () => {
  let kept: Kept[];

  it('would run where nobody is careful', async () => {
    const page = await openPage(browser);
    for (const name of ['script.svg', 'page.html', 'onload.svg']) {
      const told = page.waitForRequest((request) => request.url().includes('/ran?'));
      await page.goto(`${listening}/as-it-is/${name}`);
      await told;
    }
    assert.ok(ran.length >= 3);
    ran.length = 0;
    await page.context().close();
  });

  it('are kept as the bytes that they are, with a ticket and with a reply, bombs at the cost of their bytes', async (t) => {
    assert.equal(files.length, 40);
    // the first file loads what every other one uses
    await send([{ name: 'first.txt', bytes: Buffer.from('text\n') }], false);
    kept = [];
    const refused = new Set<string>();
    let slowest = 0;
    writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
    const rest = memoryKb('VmRSS');
    for (const file of files.filter(({ bomb }) => bomb)) {
      const began = performance.now();
      const sent = await send([file], true);
      slowest = Math.max(slowest, performance.now() - began);
      kept.push(...sent.kept);
      sent.refused.forEach((name) => refused.add(name));
    }
    const grown = memoryKb('VmHWM') - rest;
    t.diagnostic(`the slowest bomb took ${slowest.toFixed(0)} ms, all of them ${(grown / 1_000).toFixed(0)} MB`);
    assert.ok(slowest <= BOMB_MS && grown <= BOMB_KB, `${slowest} ms, ${grown} kB`);
    for (const asReply of [false, true]) {
      const sent = await send(
        files.filter(({ bomb }) => !bomb),
        asReply,
      );
      kept.push(...sent.kept);
      sent.refused.forEach((name) => refused.add(name));
    }
    t.diagnostic(`${kept.length} kept, refused as what they are: ${[...refused].join(', ') || 'none'}`);
    assert.ok(kept.length >= 50);
    for (const file of kept) {
      const answer = await fetch(below(file), { headers: bearing(file) });
      assert.ok(Buffer.from(await answer.arrayBuffer()).equals(file.bytes), file.name);
      harmless(answer, file.name);
    }
    assert.ok(!existsSync('/tmp/slipped.txt') && !existsSync('/etc/slipped'));
  });

  it('run nowhere: not opened, not in a frame, not as a script, neither on a shop’s page nor on their own origin', async () => {
    const each = [...new Map(kept.map((file) => [file.name, file])).values()];
    const links = await Promise.all(each.map(linkTo));
    const shop = await openPage(browser);
    await shop.goto(`${listening}/shop`);
    const own = await openPage(browser);
    await own.goto(`${server.attachmentsUrl}/healthz`);
    const opened = await openPage(browser);
    const open = async () => {
      for (const link of links) {
        const saved = opened.waitForEvent('download');
        await assert.rejects(opened.goto(link), /Download is starting/);
        await (await saved).cancel();
      }
    };
    await Promise.all([embedAll(shop, links), embedAll(own, links), open()]);
    assert.equal(opened.url(), 'about:blank');
    for (const page of [shop, own, opened]) {
      assert.equal(await page.evaluate(() => Object.hasOwn(globalThis, 'ran')), false);
      await page.context().close();
    }
    assert.deepEqual(ran, []);
  });
});

describe('hostile names', () => {
  it('arrive as names, and leave as names', async (t) => {
    assert.ok(HOSTILE_NAMES.length >= 200);
    t.diagnostic(`${HOSTILE_NAMES.length} names`);
    const all = HOSTILE_NAMES.map((name) => ({ name, bytes: Buffer.from('text\n') }));
    const parts = Array.from({ length: Math.ceil(all.length / PER_MESSAGE) }, (_, n) => all.slice(n * PER_MESSAGE, (n + 1) * PER_MESSAGE));
    const sent = await Promise.all(parts.map((part, n) => send(part, n % 2 === 1)));
    assert.deepEqual(
      sent.flatMap(({ refused }) => refused),
      [],
    );
    for (const { kept } of sent) {
      const { number } = kept[0] as Kept;
      const answer = await fetch(`${server.url}/v1/desks/open/tickets/${number}/messages`, { headers: bearing(kept[0] as Kept) });
      const { entries } = (await answer.json()) as { entries: { attachments: { id: string; name: string }[] }[] };
      const shown = new Map(entries.flatMap(({ attachments }) => attachments.map(({ id, name }) => [id, name])));
      assert.equal(shown.size, kept.length);
      await Promise.all(
        kept.map(async (file) => {
          const saved = await fetch(below(file), { headers: bearing(file) });
          await saved.arrayBuffer();
          harmless(saved, file.name);
          assert.equal(savedName(saved), shown.get(file.id));
        }),
      );
    }
  });

  it('leave nothing outside the store, and no failure in the log', () => {
    for (const name of inStore().filter((one) => !atStart.includes(one)))
      assert.match(name, /^(uploads(\/open(\/[\w-]{2}(\/[\w-]{43})?)?)?|mail(\/[0-9a-f]{32}\.(eml|json)(\.new)?)?|support\.sqlite-\w+)$/);
    assert.doesNotMatch(server.output(), /"status":5\d\d|"level":"error"/);
  });
});

function harmless(answer: Response, what: string): void {
  assert.equal(answer.status, 200, what);
  const name = savedName(answer);
  assert.ok(name !== '' && !name.startsWith('.') && Buffer.byteLength(name) <= 255, `${what}: ${name}`);
  assert.doesNotMatch(name, UNSAFE, what);
  assert.doesNotMatch(name, /\.(html?|xhtml|svg|exe|js|php|lnk|url|scf|desktop|hta|jar|sh|bat|ps1|mht)$/i, `${what}: ${name}`);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('content-security-policy'), "sandbox; default-src 'none'");
  assert.doesNotMatch(answer.headers.get('content-type') ?? '', /html|svg|script|css/, `${what}: ${answer.headers.get('content-type')}`);
}
