import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CounterClient } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { hashesOnDisk, sha256 } from '../support/stored-files.ts';

const REQUESTS = 1_000;
const AT_ONCE = 20;
const NUMBERS = [
  '-1',
  '0',
  '1',
  '3',
  '9007199254740992',
  '9007199254740993',
  '1e3',
  '0x3',
  '٣',
  '',
  ' ',
  '3\t',
  '3, 3',
  'NaN',
  '00000000003',
  '3;q=1',
];
const METHODS = ['HEAD', 'GET', 'PATCH', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'TRACE', 'QUERY', 'HEAD', 'PATCH', 'PATCH', 'POST', 'POST'];
/** What is refused without it, before anything else is read. */
const OFTEN = ['Tus-Resumable', 'Content-Type'];
const HEADERS: { [name: string]: string[] } = {
  'Tus-Resumable': ['1.0.0', '1.0.0', '1.0.0', '1.0.0', '1.0.0', '1.0.0', '1.0', '1.0.0 ', 'x'],
  'Upload-Offset': NUMBERS,
  'Upload-Length': NUMBERS,
  'Upload-Defer-Length': ['1', '0', 'x'],
  'Upload-Concat': ['partial', 'final;/a /b'],
  'Upload-Checksum': ['sha1 ', 'sha256 AAAA', 'md5 x', 'sha1', '__proto__ AAAA', 'sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
  'Upload-Metadata': [
    'filename',
    'filename ../../x',
    'filename Li4vLi4vZXRj',
    '__proto__ YQ==',
    'constructor YQ==',
    ',',
    'a b c',
    '\u00ff \u00fe',
    'contact bm9ib2R5',
  ],
  'Content-Type': [
    'application/offset+octet-stream',
    'application/offset+octet-stream',
    'text/html',
    'APPLICATION/OFFSET+OCTET-STREAM',
    '*/*',
  ],
  'X-HTTP-Method-Override': ['PATCH', 'DELETE', 'HEAD', 'POST', 'TRACE', '__proto__', 'constructor'],
  'Transfer-Encoding': ['chunked'],
  Expect: ['100-continue', '100-continue', '100-continue', 'anything'],
  Range: ['bytes=0-4'],
  Cookie: ['a=b'],
};

describe('a thousand requests with hostile headers and addresses', () => {
  const seed = chosenSeed();
  let server: ServerProcess;
  before(async () => {
    server = await startServer({ config: openDesks() });
  });
  after(() => server.stop());

  it(`never make the server fail, and touch no upload that is not their own (SEED=${seed})`, { timeout: 60_000 }, async () => {
    const random = seededRandom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const [owner, foe] = [new CounterClient(server.url, 'open'), new CounterClient(server.url, 'open')];
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(9_000)]);
    const url = owner.at(await owner.create(bytes.length, { filename: 'a.pdf' }));
    assert.equal((await owner.patch(url, 0, bytes.subarray(0, 5_000))).status, 204);
    const id = url.split('/').at(-1) as string;
    const own = new URL(foe.at(await foe.create(9_000, { filename: 'b.pdf' }))).pathname;

    const request = (): string => {
      const mine = foe.uploads.replace(server.url, '');
      const target = pick([
        mine,
        mine,
        own,
        own,
        `${mine}/${id}`,
        `${mine}/${id}`,
        `${mine}/../../${id}`,
        `${mine}/%2e%2e%2f${id}`,
        `${mine}/${id}%00`,
        `${mine}//${id}`,
        `${mine}/${id}?x=${id}`,
        `${mine}/__proto__`,
      ]);
      const lines = Object.entries(HEADERS).flatMap(([name, values]) =>
        random() < (OFTEN.includes(name) ? 0.9 : 0.3) ? [`${name}: ${pick(values)}`] : [],
      );
      const bearer = ['Authorization', 'authorization'].flatMap((name) => (random() < 0.7 ? [`${name}: Bearer ${foe.secret}`] : []));
      const chunked = lines.some((line) => line.startsWith('Transfer'));
      const body = chunked ? '3\r\nabc\r\n0\r\n\r\n' : 'abc';
      const length = chunked ? [] : ['Content-Length: 3'];
      const head = [
        `${pick(METHODS)} ${target} HTTP/1.1`,
        `Host: localhost:${server.port}`,
        'Connection: close',
        ...length,
        ...bearer,
        ...lines,
      ];
      return `${head.join('\r\n')}\r\n\r\n${body}`;
    };
    const statuses = new Map<number, number>();
    let left = REQUESTS;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const text = request();
          const answer = await exchange(server.port, text);
          const status = Number([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].at(-1)?.[1] ?? 0);
          assert.ok(status >= 200 && status < 500, `${status} after\n${text}`);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    assert.ok(statuses.size > 5, [...statuses.keys()].join(', '));
    assert.equal(await owner.offset(url), 5_000);
    assert.equal((await owner.patch(url, 5_000, bytes.subarray(5_000))).status, 204);
    assert.ok(hashesOnDisk(path.join(server.dataDir, 'uploads')).includes(sha256(bytes)));
    assert.doesNotMatch(server.output(), /"status":5\d\d|"level":"error"/);
    assert.doesNotMatch(server.output(), new RegExp(id));
  });
});

/** What comes back until the connection closes. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1');
    socket.setEncoding('latin1').on('data', (part: string) => (answer += part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(Buffer.from(text, 'latin1'));
  });
}
