import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CounterClient } from '../support/counter-client.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const config = (defences: Record<string, number>) => {
  const [entry] = openDesks() as { defences: object }[];
  return [{ ...entry, defences: { ...entry?.defences, ...defences } }];
};

describe('the quota of one client address', () => {
  let server: ServerProcess;

  describe('in bytes', () => {
    before(async () => {
      server = await startServer({ config: config({ uploadBytesPerAddressPerDay: 10_000 }) });
    });
    after(() => server.stop());

    it('counts what was announced, and what was sent of uploads taken back', async () => {
      const client = new CounterClient(server.url, 'open');
      const first = await client.upload('a.txt', Buffer.alloc(4_000, 'a'));
      const second = client.at(await client.create(4_000));
      const over = await client.create(4_000);
      assert.deepEqual([over.status, over.json.code], [429, 'rate-limited']);
      const wait = Number(over.headers.get('retry-after'));
      assert.ok(wait > 23 * 3_600 && wait <= 24 * 3_600, String(wait));
      assert.equal((await client.send('DELETE', second)).status, 204);
      assert.equal((await client.create(4_000)).status, 201);
      assert.equal((await client.send('DELETE', first.url)).status, 204);
      assert.equal((await client.create(4_000)).status, 429);
      assert.equal((await new CounterClient(server.url, 'open').create(4_000)).status, 429);
    });

    it('holds back nobody’s ticket', async () => {
      assert.equal((await new CounterClient(server.url, 'open').ticket({})).status, 201);
    });
  });

  describe('in uploads', () => {
    before(async () => {
      server = await startServer({ config: config({ uploadsPerAddressPerHour: 3 }) });
    });
    after(() => server.stop());

    it('holds also when they come all at once', async () => {
      const client = new CounterClient(server.url, 'open');
      const answers = await Promise.all(Array.from({ length: 12 }, () => client.create(10)));
      assert.equal(answers.filter(({ status }) => status === 201).length, 3);
      assert.ok(answers.every(({ status, headers }) => status === 201 || (status === 429 && Number(headers.get('retry-after')) <= 3_600)));
    });
  });
});
