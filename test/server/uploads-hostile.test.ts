import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { base64, CounterClient, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

/** Bidi overrides, zero-width characters, controls, line and paragraph separators, path separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/u;

const NAMES: string[] = [
  '../../etc/passwd',
  '..\\..\\windows\\system32\\cmd.exe',
  '/absolute/path.txt',
  'C:\\Users\\x\\a.txt',
  '....//....//a.txt',
  '.',
  '..',
  '...',
  '',
  ' ',
  '/',
  '\\',
  '.htaccess',
  'a\u0000b.txt',
  'a\r\nSet-Cookie: x=1.txt',
  'a\nb.txt',
  'a\u2028b\u2029.txt',
  'innocent\u202Etxt.exe',
  'a\u2066b\u2069.txt',
  'a\u200Bb\u200Dc\uFEFF.txt',
  '\u001b[31mred.txt',
  '\u0085next.txt',
  'CON',
  'nul.txt',
  'a'.repeat(5_000) + '.txt',
  '😀'.repeat(500) + '.txt',
  'e\u0301'.repeat(300),
  '<img src=x onerror=alert(1)>.txt',
  '"><script>alert(1)</script>',
  "'; drop table upload; --",
  '%2e%2e%2f%2e%2e%2fa.txt',
  '$(touch /tmp/x).txt',
  '`id`.txt',
  '| rm -rf /',
  'a.txt;b=c',
  '=?utf-8?B?QmNjOiB4?=',
  '=HYPERLINK("http://evil")',
  '__proto__',
  'constructor',
  '\u{E0001}\u{E0041}tag.txt',
  '\uFFFF.txt',
  'file.txt\u00A0',
  'ı.txt',
  'שלום.txt',
];
const HEADERS: [string, string | Buffer][] = [
  ['no base64', 'filename ***'],
  ['half a group', 'filename YQ'],
  ['url-safe base64', 'filename _-__'],
  ['padding only', 'filename ===='],
  ['two spaces', 'filename  YQ=='],
  ['three parts', 'filename YQ== YQ=='],
  ['a pair twice', 'filename YQ==,filename Yg=='],
  ['an empty pair', 'filename YQ==,'],
  ['only commas', ',,,,'],
  ['not UTF-8 inside', `filename ${Buffer.from([0xff, 0xfe, 0xc0, 0x80]).toString('base64')}`],
  ['a lone surrogate inside', `filename ${Buffer.from([0xed, 0xa0, 0x80]).toString('base64')}`],
  ['a short hash', `sha256 ${base64('abc')}`],
  ['an upper-case hash', `sha256 ${base64('A'.repeat(64))}`],
  ['an unknown contact', `contact ${base64('nobody')}`],
  ['a contact from the prototype', `contact ${base64('__proto__')}`],
  ['a hundred pairs', Array.from({ length: 100 }, (_, n) => `k${n} YQ==`).join(',')],
  ['high bytes', Buffer.from('filename \xe9\xe9', 'latin1')],
];
const LENGTHS = ['-1', '1.5', '0x10', '1e3', '', ' ', '99999999999999999999', 'NaN', '+5', '5, 6'];
const IDS = [
  '..',
  '%2e%2e',
  '..%2f..%2fsupport.sqlite',
  '%00',
  'a',
  'x'.repeat(43),
  '-'.repeat(43),
  'x'.repeat(9_000),
  '😀',
  "' or 1=1 --",
  '__proto__',
  '%ff%fe',
];

let server: ServerProcess;
let client: CounterClient;
let atStart: string[];
const files = () => readdirSync(server.dataDir, { recursive: true }).map(String);

before(async () => {
  server = await startServer({ config: openDesks() });
  client = new CounterClient(server.url, 'open');
  atStart = files();
});
after(() => server.stop());

describe('uploads of the ill-disposed', () => {
  for (const name of NAMES) {
    it(`shows ${JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name)} as a harmless name`, async () => {
      const own = new CounterClient(server.url, 'open');
      const { id, answer } = await own.upload(name, Buffer.from('text\n'));
      assert.equal(answer.status, 204, answer.text);
      const ticket = await own.ticket({ attachmentIds: [id] });
      assert.equal(ticket.status, 201);
      const number = (ticket.json['ticket'] as { number: string }).number;
      const { json } = await own.send('GET', `${own.tickets}/${number}`);
      const shown = (json['ticket'] as { attachments: { name: string }[] }).attachments[0]?.name ?? '';
      assert.ok(shown.length > 0 && !shown.startsWith('.'));
      assert.ok(Buffer.byteLength(shown) <= 255, `${Buffer.byteLength(shown)} bytes`);
      assert.doesNotMatch(shown, UNSAFE);
      assert.match(shown, /\.(txt|cfg|conf|css|csv|diff|ini|json|log|md|patch|po|sql|srt|text|toml|tsv|yaml|yml)$/i);
    });
  }

  for (const [what, header] of HEADERS) {
    it(`refuses metadata with ${what}`, async () => {
      assert.equal(await rawCreate(header), 400);
    });
  }

  it('refuses an answer’s worth of metadata', async () => {
    const status = await rawCreate(`filename ${base64('a'.repeat(20_000))}`);
    assert.ok(status === 431 || status === 400, String(status));
  });

  for (const length of LENGTHS) {
    it(`refuses ${JSON.stringify(length)} as a length and as an offset`, async () => {
      assert.equal((await client.create(0, {}, { 'Upload-Length': length })).status, 400);
      const url = client.at(await client.create(20));
      assert.equal((await client.patch(url, 0, Buffer.from('x'), { 'Upload-Offset': length })).status, 400);
    });
  }

  for (const id of IDS) {
    it(`knows no upload ${JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}…` : id)}`, async () => {
      for (const method of ['HEAD', 'PATCH', 'DELETE']) {
        const { status } = await client.send(method, `${client.uploads}/${id}`, {
          'Upload-Offset': '0',
          'Content-Type': 'application/offset+octet-stream',
        });
        assert.ok([404, 405, 400].includes(status), `${method} ${status}`);
      }
      const ticket = await client.ticket({ attachmentIds: [id] });
      assert.equal(ticket.status, 422);
    });
  }

  it('refuses a creation without a secret, and one by another desk’s name', async () => {
    assert.equal((await client.create(5, {}, { Authorization: undefined })).status, 400);
    assert.equal((await client.create(5, {}, { Authorization: `Bearer ${newSecret()}=` })).status, 400);
    assert.equal((await new CounterClient(server.url, '..%2f..').create(5)).status, 404);
  });

  it('knows a program, a page and noise by their content', async () => {
    const contents: [string, Buffer, number][] = [
      ['setup.txt', Buffer.concat([Buffer.from('MZ'), randomBytes(600)]), 415],
      ['photo.jpg', Buffer.concat([Buffer.from([0xca, 0xfe, 0xba, 0xbe]), randomBytes(600)]), 415],
      ['notes.txt', Buffer.concat([randomBytes(6_000), Buffer.alloc(10)]), 415],
      ['late.txt', Buffer.concat([Buffer.alloc(9_000, 'text '), Buffer.from([0]), Buffer.alloc(100, 'x')]), 415],
      ['latin.txt', Buffer.from('caf\xe9 cr\xe8me\n', 'latin1'), 204],
      ['page.html', Buffer.from('<!doctype html><script>alert(1)</script>'), 204],
      ['drawing.svg', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>'), 204],
    ];
    for (const [name, bytes, status] of contents) assert.equal((await client.upload(name, bytes)).answer.status, status, name);
  });

  it('has written nothing outside its store, and never failed', () => {
    const added = files().filter((name) => !atStart.includes(name));
    for (const name of added)
      assert.match(name, /^(uploads(\/open(\/[\w-]{2}(\/[\w-]{43})?)?)?|mail(\/[0-9a-f]{32}\.(eml|json)(\.new)?)?|support\.sqlite-\w+)$/);
    assert.doesNotMatch(server.output(), /"status":5\d\d/);
    assert.doesNotMatch(server.output(), /"level":"error"/);
  });
});

/** A creation whose metadata header goes out as it is. */
function rawCreate(metadata: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '5', Authorization: `Bearer ${client.secret}` };
    const request = http.request(client.uploads, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'Upload-Metadata': metadata.toString('latin1') },
    });
    request.on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
    request.on('error', reject);
    request.end();
  });
}
