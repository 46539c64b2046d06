import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChallenge, verifySolution, type Challenge, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { draft, keys, problem, receipt, startScripted } from './scripted-server.ts';

const hmacSignatureSecret = 'only for tests';

async function newChallenge(seconds: number, more: object = {}): Promise<Challenge> {
  const expiresAt = Math.floor(Date.now() / 1_000) + seconds;
  return createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 50, counter: 60, deriveKey, expiresAt, hmacSignatureSecret, ...more });
}

/** A server whose challenges last for `seconds`, and that takes each proof once. */
async function startDefended(seconds: number, more: object = {}, refuse: (payload: Payload) => boolean = () => false) {
  const spent = new Set<string>();
  const proofs: (Payload | null)[] = [];
  const server = await startScripted(async ({ path, headers }, response) => {
    if (path.endsWith('/challenge')) return void response.end(JSON.stringify({ challenge: await newChallenge(seconds, more) }));
    const header = headers['support-proof'];
    const payload = header ? (JSON.parse(Buffer.from(String(header), 'base64').toString()) as Payload) : null;
    proofs.push(payload);
    const { verified } = payload ? await verifySolution({ ...payload, deriveKey, hmacSignatureSecret }) : { verified: false };
    const signature = payload?.challenge.signature ?? '';
    if (!payload || !verified || spent.has(signature) || refuse(payload))
      return void response.writeHead(403).end(problem(403, 'proof-rejected'));
    spent.add(signature);
    response.writeHead(201).end(JSON.stringify(receipt));
  });
  const challenges = () => server.received.filter(({ path }) => path.endsWith('/challenge')).length;
  return { ...server, proofs, challenges };
}

describe('proof of work', () => {
  for (const [name, more] of [
    ['with a known counter', {}],
    ['with an odd prefix', { counter: undefined, keyPrefix: 'a' }],
    ['with SHA-512 and a longer key', { algorithm: 'PBKDF2/SHA-512', keyLength: 48 }],
    ['with data', { data: { desk: 'demo' } }],
  ] as const) {
    it(`is accepted ${name}`, async () => {
      const server = await startDefended(600, more);
      try {
        const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
        await adapter.prepare();
        assert.deepEqual(await adapter.createTicket(draft, { keys }), receipt);
        assert.equal(server.proofs.length, 1);
      } finally {
        await server.close();
      }
    });
  }

  it('is made once for all who wait, and anew for the next ticket', async () => {
    const server = await startDefended(600);
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      await Promise.all([adapter.prepare(), adapter.prepare(), adapter.createTicket(draft, { keys })]);
      assert.equal(server.challenges(), 1);
      await adapter.createTicket(draft, { keys });
      assert.equal(server.challenges(), 2);
      assert.equal(server.proofs.length, 2);
    } finally {
      await server.close();
    }
  });

  it('is made anew, once, after it was refused', async () => {
    let refusals = 1;
    const server = await startDefended(600, {}, () => refusals-- > 0);
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      assert.deepEqual(await adapter.createTicket(draft, { keys }), receipt);
      assert.equal(server.challenges(), 2);
      refusals = 9;
      await assert.rejects(adapter.createTicket(draft, { keys }), { code: 'proof-rejected' });
      assert.equal(server.proofs.length, 4);
    } finally {
      await server.close();
    }
  });

  it('is made anew when it is about to expire', async (t) => {
    const server = await startDefended(600);
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      await adapter.prepare();
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 595_000 });
      await adapter.prepare();
      assert.equal(server.challenges(), 2);
    } finally {
      await server.close();
    }
  });

  it('is sent as it is from a device whose clock is wrong', async () => {
    const server = await startDefended(10);
    try {
      await new HttpAdapter({ endpoint: server.url, desk: 'demo' }).createTicket(draft, { keys });
      assert.equal(server.challenges(), 1);
    } finally {
      await server.close();
    }
  });

  it('goes on for whoever still waits when the one who began it leaves', async () => {
    const server = await startDefended(600, { counter: 2_000 });
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      const stop = new AbortController();
      const leaving = adapter.prepare({ signal: stop.signal });
      const sending = adapter.createTicket(draft, { keys });
      setTimeout(() => stop.abort(), 10);
      await assert.rejects(leaving, { code: 'aborted' });
      assert.deepEqual(await sending, receipt);
    } finally {
      await server.close();
    }
  });

  it('is left out where there is no crypto.subtle', async (t) => {
    const server = await startDefended(600);
    try {
      t.mock.getter(globalThis.crypto, 'subtle', () => undefined);
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      await assert.rejects(adapter.createTicket(draft, { keys }), { code: 'proof-rejected' });
      assert.equal(server.challenges(), 0);
      assert.ok(server.proofs.every((proof) => proof === null));
    } finally {
      await server.close();
    }
  });

  it('lets other work through while it is made', async () => {
    const server = await startDefended(600, { counter: 3_000, cost: 100 });
    try {
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await new HttpAdapter({ endpoint: server.url, desk: 'demo' }).prepare();
      clearInterval(timer);
      assert.ok(turns > 5, `${turns} turns`);
    } finally {
      await server.close();
    }
  });
});
