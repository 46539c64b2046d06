import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { OpenedSession, Problem } from '@storefront-support/contract';
import { DeskFileError, parseDeskFile } from '@storefront-support/server';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { identityClaims, newSharedKey, signToken } from '../support/identity-tokens.ts';

const [open] = openDesks() as [{ desk: object }];
const shared = newSharedKey('shared');
const pair = generateKeyPairSync('ed25519');
const signing = { kid: 'signing', alg: 'EdDSA', publicKey: pair.publicKey.export({ format: 'jwk' }) };
const person = { name: 'Bo', email: 'bo@customer.example' };

describe('identity tokens', () => {
  let counter: CounterApp;

  before(async () => {
    counter = await openCounterApp([
      { ...open, identity: [shared, signing] },
      { ...open, desk: { ...open.desk, id: 'other' }, identity: [shared] },
    ]);
  });
  after(() => counter.close());

  const claims = (changes: object = {}): Record<string, unknown> => ({
    ...identityClaims('open', person, counter.room.ports.now()),
    ...changes,
  });
  const header = { alg: 'HS256', typ: 'JWT', kid: 'shared' };
  const token = (changes?: object) => signToken(header, claims(changes), shared.secret);
  const post = (identityToken: string, desk = 'open') =>
    counter.call(`/v1/desks/${desk}/sessions`, { method: 'POST', body: { identityToken } });
  const seconds = () => Math.floor(counter.room.ports.now() / 1000);
  /** What is said of a token that is refused. */
  const detailOf = async (identityToken: string, desk?: string) => {
    const answer = await post(identityToken, desk);
    assert.equal(answer.status, 422);
    const { code, fields, detail } = (await answer.json()) as Problem;
    assert.equal(code, 'invalid-fields');
    const said = fields?.['identityToken']?.detail ?? '';
    for (const part of identityToken.split('.'))
      assert.ok(part.length < 10 || !`${said} ${detail}`.includes(part), 'the token is not repeated');
    return said;
  };

  it('open one session with the tickets of the address', async () => {
    const ticket = await counter.file({ requester: { ...person, name: 'Somebody' } });
    const answer = await post(token());
    assert.equal(answer.status, 201);
    const opened = (await answer.json()) as OpenedSession;
    assert.deepEqual([opened.session.via, opened.session.requester], ['identity-token', person]);
    assert.deepEqual(
      (await counter.list(opened.token)).tickets.map(({ number }) => number),
      [ticket.number],
    );
    const { read } = counter.room.ports.store;
    const row = await read.selectFrom('requester').select('verified').where('emailKey', '=', person.email).executeTakeFirst();
    assert.equal(row?.verified, 1);
  });

  it('let in somebody who has not written yet, and be signed with Ed25519', async () => {
    const made = signToken({ alg: 'EdDSA', kid: 'signing' }, claims({ email: 'New@Customer.example' }), pair.privateKey);
    assert.equal((await post(made)).status, 201);
  });

  it('are used once, even by ten at once', async () => {
    const one = token();
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await post(one)).status));
    assert.deepEqual(statuses.toSorted(), [201, ...Array<number>(9).fill(422)]);
    assert.match(await detailOf(one), /jti was used before/);
  });

  it('belong to one desk', async () => {
    assert.match(await detailOf(token(), 'other'), /aud must be the id of the desk, other/);
    assert.match(
      await detailOf(signToken({ alg: 'EdDSA', kid: 'signing' }, claims({ aud: 'other' }), pair.privateKey), 'other'),
      /no key of this kid/,
    );
  });

  it('are refused with a reason for whoever signs them', async () => {
    const now = seconds();
    const publicPem = pair.publicKey.export({ format: 'pem', type: 'spki' }) as string;
    const without = (name: string) => {
      const { [name]: _, ...rest } = claims();
      return signToken(header, rest, shared.secret);
    };
    const cases: [string, RegExp][] = [
      ['no.such.token', /no JWT in compact form/],
      ['x', /no JWT in compact form/],
      [signToken({ alg: 'none', kid: 'shared' }, claims(), null), /must say so in alg/],
      [signToken({ ...header, alg: 'HS512' }, claims(), shared.secret), /for HS256/],
      [signToken({ alg: 'HS256', kid: 'signing' }, claims(), Buffer.from(publicPem).toString('base64url')), /for EdDSA/],
      [signToken({ alg: 'EdDSA', kid: 'shared' }, claims(), pair.privateKey), /for HS256/],
      [signToken({ alg: 'HS256' }, claims(), shared.secret), /no kid/],
      [signToken({ ...header, kid: 'unknown' }, claims(), shared.secret), /no key of this kid/],
      [signToken(header, claims(), randomBytes(32).toString('base64url')), /signature is not one of this key/],
      [signToken({ ...header, crit: ['x'], x: 1 }, claims(), shared.secret), /malformed/],
      [token({ aud: 'elsewhere' }), /aud must be/],
      [token({ aud: undefined }), /aud must be/],
      [token({ exp: now + 601 }), /at most 600 seconds/],
      [token({ iat: now - 1_000, exp: now - 500 }), /exp has passed/],
      [token({ iat: now - 400, exp: now - 60 }), /exp has passed/],
      [token({ iat: now + 61, exp: now + 200 }), /iat lies in the future/],
      [token({ nbf: now + 61 }), /nbf lies in the future/],
      [token({ iat: now + 30, exp: now + 30 }), /exp must be later/],
      [token({ exp: 'soon' }), /exp/],
      [token({ jti: '' }), /^jti/],
      [token({ email: 'no address' }), /^email/],
      [token({ email_verified: false }), /email_verified/],
      ...['iat', 'exp', 'jti', 'sub', 'email', 'name'].map((name): [string, RegExp] => [without(name), new RegExp(`^${name} `)]),
    ];
    for (const [made, reason] of cases) assert.match(await detailOf(made), reason);
  });

  it('bear with clocks that differ by a minute', async () => {
    const now = seconds();
    for (const changes of [{ iat: now - 400, exp: now - 59 }, { iat: now + 59, exp: now + 659 }, { nbf: now + 59 }])
      assert.equal((await post(token(changes))).status, 201, JSON.stringify(changes));
  });

  it('are forgotten once they would be refused anyway', async () => {
    const { store, now } = counter.room.ports;
    counter.room.pass(661_000 * 2);
    await pruneExpired(store, ['open'], now());
    assert.deepEqual(await store.read.selectFrom('spentIdentityToken').selectAll().where('deskId', '=', 'open').execute(), []);
  });
});

describe('keys of a desk file', () => {
  const reasonOf = (identity: unknown) => {
    try {
      parseDeskFile(JSON.stringify([{ ...open, identity }]), 'desks.yaml');
    } catch (error) {
      assert.ok(error instanceof DeskFileError, String(error));
      return error.message;
    }
    return '';
  };

  it('are taken as secret, file, JWK and PEM', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'storefront-keys-'));
    try {
      await writeFile(path.join(folder, 'key'), `${shared.secret}\n`);
      const identity = [
        shared,
        { kid: 'file', alg: 'HS256', secretFile: 'key' },
        signing,
        { kid: 'pem', alg: 'EdDSA', publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }) },
      ];
      const [config] = parseDeskFile(JSON.stringify([{ ...open, identity }]), path.join(folder, 'desks.yaml'));
      assert.deepEqual(
        config?.identity.map(({ kid, alg, key }) => [kid, alg, key.type]),
        [
          ['shared', 'HS256', 'secret'],
          ['file', 'HS256', 'secret'],
          ['signing', 'EdDSA', 'public'],
          ['pem', 'EdDSA', 'public'],
        ],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are refused with a reason, and never repeated', () => {
    const short = randomBytes(31).toString('base64url');
    const privatePem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' });
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const cases: [object[], RegExp][] = [
      [[{ kid: 'a', alg: 'HS256', secret: short }], /identity\[0\]\.secret: must hold at least 32/],
      [[{ kid: 'a', alg: 'HS256', secret: 'not base64url at all, however long this text may be!' }], /must hold at least 32/],
      [[{ kid: 'a', alg: 'HS256' }], /needs a secret or a secretFile/],
      [[{ kid: 'a', alg: 'HS256', secretFile: '/no/such/file' }], /secretFile: cannot be read \(ENOENT\)/],
      [[{ kid: 'a', alg: 'HS256', publicKey: 'x' }], /not a public key/],
      [[{ kid: 'a', alg: 'RS256', publicKey: 'x' }], /must be HS256/],
      [[{ kid: 'a', alg: 'EdDSA', publicKey: ec }], /Ed25519/],
      [[{ kid: 'a', alg: 'EdDSA', publicKey: privatePem }], /private key/],
      [[{ kid: 'a', alg: 'EdDSA', publicKey: pair.privateKey.export({ format: 'jwk' }) }], /private key/],
      [[{ kid: 'a', alg: 'EdDSA', secret: shared.secret }], /not a secret/],
      [[{ kid: 'a', alg: 'EdDSA' }], /needs a publicKey/],
      [[shared, { ...signing, kid: 'shared' }], /another key has the id "shared"/],
    ];
    for (const [identity, reason] of cases) {
      const said = reasonOf(identity);
      assert.match(said, reason);
      assert.ok(!said.includes(short) && !said.includes(shared.secret));
    }
  });

  it('come with a page of the shop that mails may lead to', () => {
    const said = (trackerUrl: string) => {
      try {
        parseDeskFile(JSON.stringify([{ ...open, allowedOrigins: ['https://shop.example'], trackerUrl }]), 'desks.yaml');
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(said('https://shop.example/help?x=1'), '');
    for (const [url, reason] of [
      ['/help', /whole address/],
      ['javascript:alert(1)', /whole address/],
      ['https://shop.example/help#top', /whole address/],
      ['https://user@shop.example/help', /whole address/],
      ['http://shop.example/help', /https/],
      ['https://elsewhere.example/help', /allowedOrigins/],
    ] as const)
      assert.match(said(url), reason);
  });
});

describe('signing code of the documentation', () => {
  const page = fileURLToPath(new URL('../../stories/docs/identity.mdx', import.meta.url));
  const codeIn = async (language: string) => {
    const code = new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 's').exec(await readFile(page, 'utf8'))?.[1];
    assert.ok(code);
    return code;
  };
  const customer = { id: 7, email: 'zoë@customer.example'.replace('ë', 'e'), name: 'Zoë "Z" O’Hara' };
  const args = [shared.secret, 'shared', 'now', JSON.stringify(customer)];
  let counter: CounterApp;

  before(async () => {
    counter = await openCounterApp([{ ...open, desk: { ...open.desk, id: 'now' }, identity: [shared] }]);
    // their clock is the real one
    counter.room.pass(Date.now() - counter.room.ports.now());
  });
  after(() => counter.close());

  const signsIn = async (identityToken: string) => {
    const { session } = await counter.json<OpenedSession>('sessions', 201, { method: 'POST', body: { identityToken } });
    assert.deepEqual(session.requester, { name: customer.name, email: customer.email });
  };

  it('makes tokens with Node', async () => {
    const script = `${await codeIn('js')}
      const [secret, kid, desk, customer] = process.argv.slice(1);
      process.stdout.write(supportIdentityToken(secret, kid, desk, JSON.parse(customer)));`;
    await signsIn(execFileSync(process.execPath, ['--input-type=module', '-e', script, '--', ...args], { encoding: 'utf8' }));
  });

  const noPhp = spawnSync('php', ['--version']).error ? 'there is no php here' : false;
  it('makes tokens with PHP', { skip: noPhp }, async () => {
    const script = `${await codeIn('php')}
      echo support_identity_token($argv[1], $argv[2], $argv[3], json_decode($argv[4], true));`;
    await signsIn(execFileSync('php', ['-r', script, '--', ...args], { encoding: 'utf8' }));
  });
});
