import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { proofFor, solveChallenge, type Challenge } from '../support/solve-challenge.ts';
import { newKeys, postTicket, type PostTicket } from '../support/ticket-request.ts';
import { ProofOfWork } from '../../packages/server/dist/middleware/proof-of-work.js';

interface Entry {
  desk: { id: string };
  defences: Record<string, number>;
}

const [open] = openDesks() as [Entry];
const guarded = (id: string): Entry => ({
  ...open,
  desk: { ...open.desk, id },
  defences: { ...open.defences, proofOfWork: 3, ticketsWithoutProofPerAddressPerHour: 2 },
});

describe('proof of work', () => {
  let server: ServerProcess;
  let url: string;

  before(async () => {
    const shop = { allowedOrigins: ['http://shop.test', 'https://shop.test', 'http://localhost:*'] };
    server = await startServer({ config: [{ ...guarded('guarded'), ...shop }, guarded('other'), open] });
    ({ url } = server);
  });
  after(() => server.stop());

  const post = async (options: Omit<PostTicket, 'url'>) => {
    const answer = await postTicket({ url, desk: 'guarded', ...options });
    const { code } = (await answer.json()) as { code?: string };
    return code ?? answer.status;
  };
  const edited = (proof: string, edit: (payload: { challenge: Challenge; solution: { counter: number; derivedKey: string } }) => void) => {
    const payload = JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) as Parameters<typeof edit>[0];
    edit(payload);
    return Buffer.from(JSON.stringify(payload)).toString('base64');
  };
  const proof = async (desk = 'guarded') => (await proofFor(url, desk)) as string;

  it('asks for nothing where the desk has it switched off', async () => {
    assert.equal(await proofFor(url, 'open'), undefined);
    assert.equal((await postTicket({ url })).status, 201);
  });

  it('takes a solved challenge once, and answers its own retry without another', async () => {
    const solved = await proof();
    const keys = newKeys();
    assert.equal(await post({ keys, proof: solved }), 201);
    assert.equal(await post({ keys, proof: solved }), 201);
    assert.equal(await post({ keys }), 201);
    assert.equal(await post({ proof: solved }), 'proof-rejected');
  });

  it('sends a challenge compressed to who takes brotli, and plain to others', async () => {
    const fetched = async (accepted: string) => {
      const answer = await fetch(`${url}/v1/desks/guarded/challenge`, { headers: { 'accept-encoding': accepted } });
      const { challenge } = (await answer.json()) as { challenge: Challenge };
      assert.equal(await post({ proof: await solveChallenge(challenge) }), 201);
      assert.match(answer.headers.get('vary') ?? '', /Accept-Encoding/);
      assert.equal(answer.headers.get('content-type'), 'application/json');
      return [answer.headers.get('content-encoding'), Number(answer.headers.get('content-length')) < 300];
    };
    assert.deepEqual(await fetched('gzip, br'), ['br', true]);
    assert.deepEqual(await fetched('gzip, br;q=0'), [null, false]);
  });

  it('lets one of many tickets have a proof that all were sent with', async () => {
    const solved = await proof();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => post({ proof: solved })));
    assert.equal(outcomes.filter((outcome) => outcome === 201).length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'proof-rejected').length, 7);
  });

  it('does not spend a proof on a ticket that is refused', async () => {
    const solved = await proof();
    assert.equal(await post({ proof: solved, body: { draft: {} } }), 'invalid-fields');
    assert.equal(await post({ proof: solved }), 201);
  });

  it('refuses a missing, a foreign and a tampered proof', async () => {
    const solved = await proof();
    assert.equal(await post({}), 'proof-rejected');
    assert.equal(await post({ proof: 'not base64 of anything' }), 'proof-rejected');
    assert.equal(await post({ proof: await proof('other') }), 'proof-rejected');
    assert.equal(await post({ proof: edited(solved, ({ challenge }) => (challenge.parameters.cost = 1)) }), 'proof-rejected');
    assert.equal(await post({ proof: edited(solved, ({ challenge }) => (challenge.parameters.keyPrefix = '0')) }), 'proof-rejected');
    assert.equal(await post({ proof: edited(solved, ({ challenge }) => (challenge.signature = 'ab'.repeat(32))) }), 'proof-rejected');
    assert.equal(await post({ proof: edited(solved, ({ challenge }) => delete challenge.signature) }), 'proof-rejected');
    assert.equal(await post({ proof: edited(solved, ({ solution }) => (solution.derivedKey = '00'.repeat(32))) }), 'proof-rejected');
    for (const parameters of [null, [], 7, { data: null, expiresAt: {} }]) {
      const payload = { challenge: { parameters, signature: 'ab'.repeat(32) }, solution: null };
      assert.equal(await post({ proof: Buffer.from(JSON.stringify(payload)).toString('base64') }), 'proof-rejected');
    }
    assert.equal(await post({ proof: solved }), 201);
  });

  it('refuses a challenge after half an hour', async () => {
    const proofOfWork = new ProofOfWork('a secret');
    const made = Date.now() - 29 * 60_000;
    const challenge = (await proofOfWork.challenge('guarded', 3, made)) as Challenge;
    const solved = await solveChallenge(challenge);
    assert.equal((await proofOfWork.verify('guarded', solved, Date.now())).signature, challenge.signature);
    await assert.rejects(proofOfWork.verify('guarded', solved, made + 30 * 60_000 + 1_000), { code: 'proof-rejected' });
  });

  it('keeps challenges good across a restart', async () => {
    const solved = await proof();
    await server.kill('SIGKILL');
    const { dataDir, port } = server;
    server = await startServer({ config: [guarded('guarded')], dataDir, port });
    assert.equal(await post({ proof: solved }), 201);
  });
});

describe('a page on plain http', () => {
  it('goes without proof, in small numbers; other pages do not', async () => {
    const shop = { allowedOrigins: ['http://shop.test', 'https://shop.test', 'http://localhost:*'] };
    const server = await startServer({ config: [{ ...guarded('guarded'), ...shop }] });
    try {
      const from = async (Origin: string) => {
        const answer = await postTicket({ url: server.url, desk: 'guarded', headers: { Origin } });
        return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')) };
      };
      assert.equal((await from('https://shop.test')).status, 403);
      assert.equal((await from('http://localhost:1234')).status, 403);
      assert.equal((await from('http://shop.test')).status, 201);
      assert.equal((await from('http://shop.test')).status, 201);
      const third = await from('http://shop.test');
      assert.equal(third.status, 429);
      assert.ok(third.retryAfter > 3_000 && third.retryAfter <= 3_600);
    } finally {
      await server.stop();
    }
  });
});
