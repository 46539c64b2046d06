import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashPassword, verifyPassword } from '../../packages/server/dist/agents/passwords.js';
import { Seal } from '../../packages/server/dist/agents/seal.js';
import { signInWithPassword } from '../../packages/server/dist/agents/sign-in.js';
import { base32, stepOf, timeCode } from '../../packages/server/dist/agents/time-code.js';
import { addAgent, changeAgent } from '../../packages/server/dist/store/agents.js';
import { openSqlStore, type SqlStore } from '../../packages/server/dist/store/sql-store.js';

describe('passwords', () => {
  it('are argon2id with the costs in the stored text, each with its own salt', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')]);
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.notEqual(one, other);
    assert.ok(await verifyPassword(one, 'correct horse battery'));
    assert.ok(!(await verifyPassword(one, 'correct horse batterY')));
    assert.ok(!(await verifyPassword(one, '')));
  });

  it('made with other costs or by scrypt still open', async () => {
    // argon2 of its reference implementation, and scrypt by RFC 7914's parameters in the same notation
    const argon = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    assert.ok(await verifyPassword(argon, 'password'));
    const scrypt = '$scrypt$ln=10,r=8,p=1$TmFDbA$';
    const { scryptSync } = await import('node:crypto');
    const hash = scryptSync('password', Buffer.from('TmFDbA', 'base64'), 32, { N: 1024, r: 8, p: 1 }).toString('base64').replace(/=+$/, '');
    assert.ok(await verifyPassword(scrypt + hash, 'password'));
    assert.ok(!(await verifyPassword(scrypt + hash, 'passwore')));
  });

  it('that are none, or stored as nothing we know, open for nobody', async () => {
    for (const stored of [null, '', 'password', '$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR'])
      assert.ok(!(await verifyPassword(stored, 'password')));
  });
});

describe('time-based codes', () => {
  const secret = Buffer.from('12345678901234567890');

  it('are those of RFC 6238, appendix B', () => {
    for (const [seconds, code] of [
      [59, '287082'],
      [1111111109, '081804'],
      [1111111111, '050471'],
      [1234567890, '005924'],
      [2000000000, '279037'],
      [20000000000, '353130'],
    ] as const)
      assert.equal(timeCode(secret, Math.floor(seconds / 30)), code);
  });

  it('are accepted one step early and one late, spaces in between', () => {
    const now = 1_111_111_111_000;
    const step = Math.floor(now / 30_000);
    for (const ahead of [-1, 0, 1]) assert.equal(stepOf(timeCode(secret, step + ahead), secret, now), step + ahead);
    for (const ahead of [-2, 2]) assert.equal(stepOf(timeCode(secret, step + ahead), secret, now), null);
    assert.equal(stepOf(' 050 471 ', secret, now), step);
    for (const code of ['', '050471 0', '50471', '05O471']) assert.equal(stepOf(code, secret, now), null);
  });

  it('are set up with the base32 of RFC 4648', () => {
    assert.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI');
    assert.equal(base32(Buffer.from('fo')), 'MZXQ');
    assert.equal(base32(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});

describe('a seal', () => {
  const install = Buffer.alloc(32, 7);

  it('opens for its owner, its purpose and its installation alone', () => {
    const seal = new Seal(install, 'codes');
    const closed = seal.close(Buffer.from('secret'), 'ann');
    assert.equal(Buffer.from(seal.open(closed, 'ann')).toString(), 'secret');
    assert.notEqual(closed, seal.close(Buffer.from('secret'), 'ann'));
    assert.throws(() => seal.open(closed, 'bob'));
    assert.throws(() => new Seal(install, 'other').open(closed, 'ann'));
    assert.throws(() => new Seal(Buffer.alloc(32, 8), 'codes').open(closed, 'ann'));
    const bytes = Buffer.from(closed, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      assert.throws(() => seal.open(changed.toString('base64url'), 'ann'), String(at));
    }
    for (const length of [0, 12, 20]) assert.throws(() => seal.open(bytes.subarray(0, length).toString('base64url'), 'ann'));
  });
});

describe('signing in', () => {
  const seal = new Seal(Buffer.alloc(32, 7), 'codes');
  const secret = Buffer.from('12345678901234567890');
  const now = 1_111_111_111_000;
  let folder: string;
  let store: SqlStore;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-agents-'));
    store = await openSqlStore(folder);
    const passwordHash = await hashPassword('correct horse battery');
    await store.write.run(async (trx) => {
      for (const [name, changes] of [
        ['ann', { passwordHash, code: true }],
        ['disabled', { passwordHash, code: true, disabledAt: now }],
        ['codeless', { passwordHash, code: false }],
        ['passwordless', { code: true }],
      ] as const) {
        const agent = await addAgent(trx, { name, email: `${name}@shop.example`, role: 'agent' }, now);
        const { code, ...rest } = changes;
        await changeAgent(trx, agent!.id, { ...rest, ...(code && { totpSecret: seal.close(secret, agent!.id) }) });
      }
    });
  });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const attempt = async (typed: object, codeNeeded = true) => {
    const asked: (string | null)[] = [];
    const verify = (stored: string | null, password: string) => {
      asked.push(stored);
      return verifyPassword(stored, password);
    };
    const right = { email: 'ann@shop.example', password: 'correct horse battery', code: timeCode(secret, Math.floor(now / 30_000)) };
    const signedIn = await signInWithPassword({ store, now: () => now, seal, codeNeeded, verify }, { ...right, ...typed });
    return { signedIn: signedIn?.agent.name, asked };
  };

  it('computes one password whatever is wrong', async () => {
    for (const typed of [
      { email: 'nobody@shop.example' },
      { email: '' },
      { password: 'wrong' },
      { code: '000000' },
      { code: '' },
      { email: 'disabled@shop.example' },
      { email: 'codeless@shop.example' },
      { email: 'passwordless@shop.example' },
    ]) {
      const { signedIn, asked } = await attempt(typed);
      assert.equal(signedIn, undefined, JSON.stringify(typed));
      assert.equal(asked.length, 1, JSON.stringify(typed));
    }
  });

  it('costs as much for nobody as for somebody: argon2id runs on the same parameters', async () => {
    const crypto = await import('node:crypto');
    const before = process.cpuUsage();
    await verifyPassword(null, 'password');
    assert.ok(process.cpuUsage(before).user + process.cpuUsage(before).system > 5_000, 'nothing was computed');
    assert.equal(typeof crypto.argon2, 'function');
  });

  it('takes a code once, of several attempts at the same time too', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => attempt({})));
    assert.equal(outcomes.filter(({ signedIn }) => signedIn === 'ann').length, 1);
    assert.equal((await attempt({ code: timeCode(secret, Math.floor(now / 30_000) - 1) })).signedIn, undefined);
  });

  it('goes without a code in a demo only, and only where none was set up', async () => {
    const codeless = { email: 'Codeless@shop.example ', code: undefined };
    assert.equal((await attempt(codeless, false)).signedIn, 'codeless');
    assert.equal((await attempt(codeless, true)).signedIn, undefined);
    assert.equal((await attempt({ code: undefined }, false)).signedIn, undefined);
  });
});
