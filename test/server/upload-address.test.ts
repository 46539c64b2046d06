import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { base64, CounterClient, newSecret } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const TEXT = Buffer.from('Twelve chars');

let server: ServerProcess;
let client: CounterClient;

async function begun(): Promise<string> {
  const url = client.at(await client.create(TEXT.length, { filename: 'a.txt' }));
  assert.equal((await client.patch(url, 0, TEXT.subarray(0, 3))).status, 204);
  return url;
}

before(async () => {
  server = await startServer({ config: openDesks() });
  client = new CounterClient(server.url, 'open');
});
after(() => server.stop());

describe('the address of an upload', () => {
  it('is nobody’s but its maker’s, whatever the method', async () => {
    const url = await begun();
    const strangers = [`Bearer ${newSecret()}`, undefined, `Bearer ${base64('x')}`];
    for (const Authorization of strangers) {
      for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE']) {
        const chunk = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '3' };
        const answer = await client.send(method, url, { Authorization, ...chunk }, method === 'PATCH' ? TEXT.subarray(3) : undefined);
        assert.equal(answer.status, 404, method);
        for (const name of ['upload-offset', 'upload-length', 'upload-expires', 'upload-metadata'])
          assert.equal(answer.headers.get(name), null, `${method} ${name}`);
      }
    }
    const unknown = await client.send('GET', `${client.uploads}/${newSecret()}`);
    assert.equal(unknown.status, 404);
    assert.equal(await client.offset(url), 3);
  });

  it('has 256 random bits and stands in no line of the log', async () => {
    const id = (await begun()).split('/').at(-1) as string;
    assert.match(id, /^[\w-]{43}$/);
    await client.send('GET', `${client.uploads}/${id}?${id}`);
    await client.send('PUT', `${client.uploads}/${id}/${id}`);
    await client.patch(`${client.uploads}/${id}`, 9, TEXT);
    assert.match(server.output(), /uploads\/:id/);
    assert.doesNotMatch(server.output(), new RegExp(id));
    assert.doesNotMatch(server.output(), /"status":5\d\d/);
  });
});
