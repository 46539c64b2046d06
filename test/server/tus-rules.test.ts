import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CounterClient, digest, newSecret, type Answer } from '../support/counter-client.ts';
import { httpRequest } from '../support/http-request.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

/*
 * Every MUST and MUST NOT of tus 1.0 that applies to a server with the extensions creation, termination, expiration and
 * checksum, in the order of https://tus.io/protocols/resumable-upload. Left out is what binds clients alone, and the
 * extensions that are not announced: creation-with-upload, creation-defer-length, checksum-trailer, concatenation.
 */

const TEXT = Buffer.from('Twelve chars');
const RFC_7231 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const LIST = /^[^,\s]+(,[^,\s]+)*$/;

let server: ServerProcess;
let client: CounterClient;

/** An upload of twelve bytes, some of which are there already. */
async function begun(bytes = 0, metadata: Record<string, string> = { filename: 'a.txt' }): Promise<string> {
  const url = client.at(await client.create(TEXT.length, metadata));
  if (bytes > 0) assert.equal((await client.patch(url, 0, TEXT.subarray(0, bytes))).status, 204);
  return url;
}

const head = (url: string) => client.send('HEAD', url);
const options = (url: string, headers: Record<string, string | undefined> = {}) =>
  client.send('OPTIONS', url, { 'Tus-Resumable': undefined, Authorization: undefined, ...headers });

/** Answers of every kind: fine ones, refused ones, and each method. */
async function answersOfAllKinds(): Promise<[string, Answer][]> {
  const [url, taken] = [await begun(4), await begun(4)];
  return [
    ['POST', await client.create(5)],
    ['POST without a length', await client.create(5, {}, { 'Upload-Length': undefined })],
    ['POST without a secret', await client.create(5, {}, { Authorization: undefined })],
    ['POST too large', await client.create(1e12)],
    ['HEAD', await head(url)],
    ['HEAD of nothing', await head(`${client.uploads}/${newSecret()}`)],
    ['PATCH', await client.patch(url, 4, TEXT.subarray(4, 6))],
    ['PATCH elsewhere', await client.patch(url, 1, TEXT)],
    ['PATCH of another type', await client.patch(url, 6, TEXT, { 'Content-Type': 'text/plain' })],
    ['PATCH with a wrong checksum', await client.patch(url, 6, TEXT.subarray(6), { 'Upload-Checksum': `sha1 ${digest(TEXT, 'sha1')}` })],
    ['DELETE', await client.send('DELETE', taken)],
    ['HEAD of what was removed', await head(taken)],
    ['PUT', await client.send('PUT', url)],
    ['another version', await client.send('HEAD', url, { 'Tus-Resumable': '2.0.0' })],
  ];
}

const RULES: { [part: string]: { [rule: string]: () => Promise<void> } } = {
  'Core: HEAD': {
    'MUST always include Upload-Offset, also where it is 0 or the upload is complete': async () => {
      for (const bytes of [0, 5, TEXT.length]) assert.equal((await head(await begun(bytes))).headers.get('upload-offset'), String(bytes));
    },
    'MUST include Upload-Length where the length is known': async () => {
      assert.equal((await head(await begun(3))).headers.get('upload-length'), String(TEXT.length));
    },
    'answers 404, 410 or 403 without Upload-Offset where there is no upload': async () => {
      const removed = await begun(3);
      await client.send('DELETE', removed);
      for (const url of [removed, `${client.uploads}/${newSecret()}`]) {
        const { status, headers } = await head(url);
        assert.ok([403, 404, 410].includes(status), String(status));
        assert.equal(headers.get('upload-offset'), null);
      }
    },
    'MUST keep the answer from caches by Cache-Control: no-store': async () => {
      const answers = [await head(await begun(3)), await head(`${client.uploads}/${newSecret()}`)];
      for (const { headers } of answers) assert.equal(headers.get('cache-control'), 'no-store');
    },
  },
  'Core: PATCH': {
    'with another Content-Type than application/offset+octet-stream is 415, and nothing is kept': async () => {
      const url = await begun(3);
      for (const type of ['application/octet-stream', 'text/plain', 'application/offset+octet-stream; charset=utf-8'])
        assert.equal((await client.patch(url, 3, TEXT.subarray(3), { 'Content-Type': type })).status, 415, type);
      assert.equal(await client.offset(url), 3);
    },
    'MUST be 409 at another offset than the current one, without modifying the upload': async () => {
      const url = await begun(3);
      for (const offset of [0, 2, 4, TEXT.length, 999]) assert.equal((await client.patch(url, offset, TEXT.subarray(3))).status, 409);
      assert.equal(await client.offset(url), 3);
    },
    'MUST be acknowledged with 204 and the new Upload-Offset: the old one and the bytes that were received': async () => {
      const url = await begun(0);
      for (const [from, to] of [
        [0, 1],
        [1, 1],
        [1, 7],
        [7, TEXT.length],
      ] as const) {
        const answer = await client.patch(url, from, TEXT.subarray(from, to));
        assert.deepEqual([answer.status, answer.headers.get('upload-offset'), answer.text], [204, String(to), '']);
      }
    },
    'against what does not exist is 404': async () => {
      assert.equal((await client.patch(`${client.uploads}/${newSecret()}`, 0, TEXT)).status, 404);
    },
    'MUST NOT take a negative or broken Upload-Offset': async () => {
      const url = await begun(3);
      for (const offset of ['-3', '3.0', '3e0', '+3', '0x3', '', 'three', '3, 3', '9007199254740993'])
        assert.equal((await client.patch(url, 3, TEXT.subarray(3), { 'Upload-Offset': offset })).status, 400, offset);
      assert.equal(await client.offset(url), 3);
    },
  },
  'Core: OPTIONS': {
    'MUST answer 204 or 200 with Tus-Version, a list without spaces, the preferred version first': async () => {
      for (const url of [client.uploads, await begun()]) {
        const { status, headers } = await options(url);
        assert.deepEqual([status, headers.get('tus-version')], [204, '1.0.0']);
      }
    },
    'MUST ignore Tus-Resumable': async () => {
      assert.equal((await options(client.uploads, { 'Tus-Resumable': '0.0.1' })).status, 204);
    },
    'MUST list the extensions, comma-separated': async () => {
      const extensions = (await options(client.uploads)).headers.get('tus-extension') ?? '';
      assert.match(extensions, LIST);
      assert.deepEqual(new Set(extensions.split(',')), new Set(['creation', 'termination', 'expiration', 'checksum']));
    },
    'MUST give Tus-Max-Size as a non-negative integer': async () => {
      assert.match((await options(client.uploads)).headers.get('tus-max-size') ?? '', /^\d+$/);
    },
  },
  'Core: versions and methods': {
    'MUST include Tus-Resumable in every answer': async () => {
      for (const [what, { headers }] of await answersOfAllKinds()) assert.equal(headers.get('tus-resumable'), '1.0.0', what);
    },
    'MUST be 412 with Tus-Version for another version, and MUST NOT be processed': async () => {
      const url = await begun(3);
      for (const version of ['0.2.2', '1.0', '2.0.0', '1.0.0, 2.0.0', undefined]) {
        const other = { 'Tus-Resumable': version };
        const answers = [
          await client.create(5, {}, other),
          await client.send('HEAD', url, other),
          await client.patch(url, 3, TEXT.subarray(3), other),
          await client.send('DELETE', url, other),
        ];
        for (const { status, headers } of answers) {
          assert.deepEqual([status, headers.get('tus-version')], [412, '1.0.0'], String(version));
          assert.equal(headers.get('location'), null);
        }
      }
      assert.equal(await client.offset(url), 3);
    },
    'MUST take X-HTTP-Method-Override for the method and ignore the actual one': async () => {
      const url = await begun(3);
      const as = (method: string) => ({ 'X-HTTP-Method-Override': method });
      const chunk = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '3' };
      const patched = await client.send('POST', url, { ...chunk, ...as('PATCH') }, TEXT.subarray(3));
      assert.deepEqual([patched.status, patched.headers.get('upload-offset')], [204, String(TEXT.length)]);
      const looked = await client.send('DELETE', url, as('HEAD'));
      assert.deepEqual([looked.status, looked.headers.get('upload-offset')], [200, String(TEXT.length)]);
      assert.equal((await client.send('PATCH', client.uploads, { ...as('POST'), 'Upload-Length': '5' })).status, 201);
      for (const method of ['GET', 'PUT', 'patch', '', 'constructor'])
        assert.equal((await client.send('POST', url, as(method))).status, 405);
      assert.equal((await client.send('POST', url, { ...as('DELETE'), Authorization: `Bearer ${newSecret()}` })).status, 404);
      assert.equal((await client.send('POST', url, as('DELETE'))).status, 204);
      assert.equal((await head(url)).status, 410);
    },
  },
  Creation: {
    'MUST be acknowledged with 201 and a Location': async () => {
      const answer = await client.create(TEXT.length);
      assert.equal(answer.status, 201);
      assert.equal(answer.text, '');
      assert.equal((await head(client.at(answer))).status, 200);
    },
    'MUST name its length: a non-negative integer': async () => {
      assert.equal((await client.create(0)).status, 201);
      for (const length of [undefined, '-1', '1.5', '1e3', '', 'many', '0x10', '99999999999999999999'])
        assert.equal((await client.create(0, {}, { 'Upload-Length': length })).status, 400, length);
    },
    'MUST be 413 above Tus-Max-Size, and not below': async () => {
      const most = Number((await options(client.uploads)).headers.get('tus-max-size'));
      assert.equal((await client.create(most + 1)).status, 413);
      assert.equal((await client.create(most)).status, 201);
    },
    'MUST NOT defer the length, which is not announced': async () => {
      for (const value of ['1', '0', 'x']) assert.equal((await client.create(5, {}, { 'Upload-Defer-Length': value })).status, 400);
    },
    'MUST give Upload-Metadata back to HEAD as it was sent': async () => {
      for (const metadata of ['filename w6kucG5n,type aW1hZ2UvcG5n', 'filename YS50eHQ=,own AAE=,flag', 'empty ,filename YQ==']) {
        const created = await client.create(TEXT.length, {}, { 'Upload-Metadata': metadata });
        assert.equal(created.status, 201, metadata);
        assert.equal((await head(client.at(created))).headers.get('upload-metadata'), metadata);
      }
      assert.equal((await head(client.at(await client.create(5)))).headers.get('upload-metadata'), null);
    },
    'MUST NOT take metadata whose keys are empty, repeated or not ASCII, or whose values are not base64': async () => {
      for (const metadata of ['filename a', 'a YQ==,a YQ==', 'filename YQ== YQ==', 'ключ YQ==', 'a YQ==,,b YQ==', 'a Y*==']) {
        const headers = { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${client.secret}`, 'Upload-Length': '5' };
        const sent = { ...headers, 'Upload-Metadata': Buffer.from(metadata).toString('latin1') };
        const path = new URL(client.uploads).pathname;
        assert.equal((await httpRequest(server.port, path, { method: 'POST', headers: sent })).status, 400, metadata);
      }
    },
  },
  Expiration: {
    'MUST be told in the answer to the creation': async () => {
      assert.match((await client.create(5)).headers.get('upload-expires') ?? '', RFC_7231);
    },
    'MUST be told in every answer to PATCH, in the format of RFC 7231': async () => {
      const url = await begun(3);
      const checksum = { 'Upload-Checksum': `sha1 ${digest(Buffer.from('else'), 'sha1')}` };
      for (const answer of [
        await client.patch(url, 3, TEXT.subarray(3, 5)),
        await client.patch(url, 3, TEXT),
        await client.patch(url, 5, TEXT.subarray(5), checksum),
        await client.patch(url, 5, Buffer.alloc(500)),
        await client.patch(url, 5, TEXT.subarray(5), { 'Content-Type': 'text/plain' }),
        await client.patch(url, 5, TEXT.subarray(5), { 'Upload-Offset': 'five' }),
        await client.patch(url, 5, TEXT.subarray(5)),
      ]) {
        assert.match(answer.headers.get('upload-expires') ?? '', RFC_7231, String(answer.status));
        assert.ok(Date.parse(answer.headers.get('upload-expires') ?? '') > Date.now());
      }
    },
    'is 404 or 410 once it has come to pass, or the upload was removed': async () => {
      const url = await begun(3);
      await client.send('DELETE', url);
      const { status, headers } = await client.patch(url, 3, TEXT.subarray(3));
      assert.deepEqual([status, headers.get('upload-expires')], [410, null]);
    },
  },
  Checksum: {
    'MUST have its algorithms told to OPTIONS, sha1 among them, in lower case': async () => {
      const algorithms = (await options(client.uploads)).headers.get('tus-checksum-algorithm') ?? '';
      assert.match(algorithms, LIST);
      assert.ok(algorithms.split(',').includes('sha1'));
      assert.equal(algorithms, algorithms.toLowerCase());
    },
    'MUST be verified, and the chunk kept where it is right': async () => {
      for (const algorithm of ['sha1', 'sha256']) {
        const url = await begun(3);
        const rest = TEXT.subarray(3);
        assert.equal((await client.patch(url, 3, rest, { 'Upload-Checksum': `${algorithm} ${digest(rest, algorithm)}` })).status, 204);
        assert.equal(await client.offset(url), TEXT.length);
      }
    },
    'MUST be 460 where it is wrong, and the chunk discarded, the offset not moved': async () => {
      const url = await begun(3);
      for (const algorithm of ['sha1', 'sha256']) {
        const wrong = { 'Upload-Checksum': `${algorithm} ${digest(TEXT, algorithm)}` };
        assert.equal((await client.patch(url, 3, TEXT.subarray(3), wrong)).status, 460);
        assert.equal(await client.offset(url), 3);
      }
      assert.equal((await client.patch(url, 3, TEXT.subarray(3))).status, 204);
    },
    'MUST be 400 of an algorithm that is not supported, and the chunk discarded': async () => {
      const url = await begun(3);
      const rest = TEXT.subarray(3);
      for (const value of [
        `md5 ${digest(rest, 'md5')}`,
        `SHA1 ${digest(rest, 'sha1')}`,
        'sha1',
        `sha1  ${digest(rest, 'sha1')}`,
        'sha1 !!',
      ])
        assert.equal((await client.patch(url, 3, rest, { 'Upload-Checksum': value })).status, 400, value);
      assert.equal(await client.offset(url), 3);
    },
  },
  Termination: {
    'MUST be 204 for an existing upload, complete or not': async () => {
      for (const bytes of [0, 5, TEXT.length]) assert.equal((await client.send('DELETE', await begun(bytes))).status, 204);
    },
    'is 404 or 410 for everything after it': async () => {
      const url = await begun(3);
      await client.send('DELETE', url);
      const answers = [await head(url), await client.patch(url, 3, TEXT.subarray(3)), await client.send('DELETE', url)];
      for (const { status } of answers) assert.equal(status, 410);
      assert.equal((await client.send('DELETE', `${client.uploads}/${newSecret()}`)).status, 404);
    },
  },
};

before(async () => {
  server = await startServer({ config: openDesks() });
  client = new CounterClient(server.url, 'open');
});
after(() => server.stop());

for (const [part, rules] of Object.entries(RULES)) {
  describe(`tus 1.0, ${part}`, () => {
    for (const [rule, check] of Object.entries(rules)) it(rule, check);
  });
}
