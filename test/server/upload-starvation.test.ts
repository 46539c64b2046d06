import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CounterClient } from '../support/counter-client.ts';
import { largeDesks } from '../support/interrupted-upload.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

const GIGABYTE = 1_000_000_000;
const ALLOWED = 3;

describe('one client that opens a hundred uploads of a gigabyte', () => {
  let server: ServerProcess;
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  before(async () => {
    const [entry] = largeDesks(GIGABYTE) as [{ defences: object }];
    const defences = { ...entry.defences, uploadBytesPerAddressPerDay: ALLOWED * GIGABYTE, uploadsPerAddressPerHour: 50 };
    server = await startServer({ config: [{ ...entry, defences }], env: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  after(() => server.stop());

  it('is stopped by its share, whatever secrets it makes up, while the others go on', async () => {
    const greedy = () => new CounterClient(server.url, 'open');
    const made: string[] = [];
    const hundred = Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const client = greedy();
        const answer = await client.create(GIGABYTE, { filename: `${n}.txt` }, from(`2001:db8:1:1::${n.toString(16)}`));
        if (answer.status !== 201) return answer;
        const url = client.at(answer);
        made.push(url);
        // as much as it can send at once
        await client.patch(url, 0, Buffer.alloc(8_000_000, 65), from('2001:db8:1:1::1'));
        return answer;
      }),
    );
    const other = new CounterClient(server.url, 'open');
    const created = await other.create(5_000, { filename: 'invoice.txt' }, from('2001:db8:2:2::1'));
    assert.equal(created.status, 201);
    const sent = await other.patch(other.at(created), 0, Buffer.alloc(5_000, 65), from('2001:db8:2:2::1'));
    assert.equal(sent.status, 204);
    assert.equal((await other.ticket({ attachmentIds: [other.at(created).split('/').at(-1)] })).status, 201);

    const answers = await hundred;
    assert.equal(made.length, ALLOWED);
    const refused = answers.filter(({ status }) => status !== 201);
    assert.deepEqual([...new Set(refused.map(({ status }) => status))], [429]);
    for (const { headers } of refused) assert.ok(Number(headers.get('retry-after')) > 3_600, String(headers.get('retry-after')));
    assert.equal((await greedy().create(1, {}, from('2001:db8:1:1:ffff::1'))).status, 429);
    assert.equal((await greedy().create(1, {}, from('2001:db8:3:3::1'))).status, 201);
  });
});
