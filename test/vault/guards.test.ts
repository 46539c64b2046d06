import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { Encrypter } from 'age-encryption';
import { HEADER_LIMIT, splitAgeFile } from '@storefront-support/vault/age-header';
import { makeKeyPair, type KeyPair } from '@storefront-support/vault/device-keys';
import { decryptWith, encryptTo } from '../../packages/vault/dist/age/age-file.js';
import { ageCli } from '../support/age-cli.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { tinyDecrypt, tinyEncrypt } from '../support/tiny-age.ts';
import { codeOf } from '../support/vault-team.ts';

const CHUNK = 65_536;
/** 32 bytes of zero. */
const LOW_ORDER = 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z';

describe('the guards around the cipher', () => {
  let classical: KeyPair;
  let quantum: KeyPair;
  const content = new TextEncoder().encode('content');

  before(async () => {
    classical = await makeKeyPair();
    quantum = await makeKeyPair('mlkem768x25519');
  });

  it('refuse to seal for nobody, for both kinds at once and for any other kind', async () => {
    const checksum = classical.recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
    assert.equal(await codeOf(encryptTo([], content)), 'no-recipients');
    assert.equal(await codeOf(encryptTo([classical.recipient, quantum.recipient], content)), 'mixed-recipients');
    for (const recipient of [
      '',
      checksum,
      'age1',
      quantum.recipient.slice(0, -1),
      'AGE1XYZ',
      'ssh-rsa AAAA',
      'password',
      classical.identity.reveal(),
    ]) {
      assert.equal(await codeOf(encryptTo([recipient], content)), 'invalid-recipient', recipient);
      assert.equal(await codeOf(encryptTo([classical.recipient, recipient], content)), 'invalid-recipient', recipient);
    }
  });

  it('refuse a recipient that nothing can be sealed for: its key is of low order', async () => {
    assert.equal(await codeOf(encryptTo([LOW_ORDER], content)), 'invalid-recipient');
  });

  it('seal once for a recipient that is named twice', async () => {
    const file = await encryptTo([classical.recipient, classical.recipient], content);
    assert.deepEqual(splitAgeFile(file).stanzas, ['X25519']);
  });

  it('refuse identities that are none', async () => {
    const file = await encryptTo([classical.recipient], content);
    const signing = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
    const { publicKey } = (await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])) as CryptoKeyPair;
    const checksum = classical.identity.reveal().replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'));
    for (const identity of [
      '',
      'AGE-SECRET-KEY-1',
      checksum,
      classical.recipient,
      classical.identity.reveal().toLowerCase(),
      signing.privateKey,
      publicKey,
    ]) {
      assert.equal(await codeOf(decryptWith([identity], file)), 'invalid-identity');
    }
  });

  it('refuse passphrases, tokens and every other stanza, and let pass what only keeps readers flexible', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('correct horse');
    encrypter.setScryptWorkFactor(2);
    assert.equal(await codeOf(decryptWith([classical.identity], await encrypter.encrypt(content))), 'unknown-stanza');
    const open = (...stanzas: string[]) => codeOf(decryptWith([classical.identity], tinyEncrypt(content, [classical.recipient], stanzas)));
    assert.equal(await open('-> p256tag AAAA AAAA\nAAAA'), 'unknown-stanza');
    assert.equal(await open('-> ssh-ed25519 AAAA AAAA\nAAAA'), 'unknown-stanza');
    assert.equal(await open('-> x25519 AAAA\nAAAA'), 'unknown-stanza');
    assert.equal(await open('-> X25519 AAAA\nAAAA'), 'tampered', 'a share that is too short');
    assert.equal(await open('-> m1[x-grease 7K7 $\nAAAA'), undefined);
    assert.equal(
      await codeOf(decryptWith([classical.identity], tinyEncrypt(content, [], ['-> m1[x-grease 7K7 $\nAAAA']))),
      'tampered',
      'nobody at all',
    );
  });

  it('refuse a header above 16 KiB, in many stanzas or in one line that has no end', async () => {
    const grease = (bytes: number) => `-> x-grease ${'a'.repeat(bytes)}\n`;
    const open = (bytes: number) => codeOf(decryptWith([classical.identity], tinyEncrypt(content, [classical.recipient], [grease(bytes)])));
    const base = splitAgeFile(tinyEncrypt(content, [classical.recipient], [grease(1)])).header.length - 1;
    assert.equal(await open(HEADER_LIMIT - base), undefined);
    assert.equal(await open(HEADER_LIMIT - base + 1), 'header-too-large');
    const many = tinyEncrypt(content, new Array<string>(200).fill(classical.recipient));
    assert.equal(await codeOf(decryptWith([classical.identity], many)), 'header-too-large');
    const endless = Buffer.concat([Buffer.from('age-encryption.org/v1\n-> X25519 '), Buffer.alloc(10_000_000, 'a')]);
    assert.equal(await codeOf(decryptWith([classical.identity], endless)), 'header-too-large');
  });

  it('agree with another implementation of the format, and with the age command, at every size around a chunk', async () => {
    const random = seededRandom(7);
    const sizes = [0, 1, 15, 16, 17, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1];
    while (sizes.length < 60) sizes.push(Math.floor(random() ** 3 * 3 * CHUNK));
    const identity = classical.identity.reveal();
    const cli = ageCli();
    for (const [i, size] of sizes.entries()) {
      const plaintext = randomBytes(size);
      const ours = await encryptTo([classical.recipient], plaintext);
      const theirs = tinyEncrypt(plaintext, [classical.recipient]);
      assert.equal(ours.length, theirs.length, `${size} bytes`);
      assert.ok(plaintext.equals(tinyDecrypt(ours, identity)), `ours, ${size} bytes`);
      assert.ok(plaintext.equals(await decryptWith([classical.identity], theirs)), `theirs, ${size} bytes`);
      if (i < 10) assert.ok(plaintext.equals(cli.decrypt(theirs, identity)), `the other one and age, ${size} bytes`);
    }
  });

  it('let other work run while 5 MB are sealed and opened', async () => {
    let tasks = 0;
    const timer = setInterval(() => tasks++, 1);
    const file = await encryptTo([classical.recipient], new Uint8Array(5_000_000));
    const sealing = tasks;
    await decryptWith([classical.identity], file);
    clearInterval(timer);
    assert.ok(sealing >= 10 && tasks - sealing >= 10, `${sealing} and ${tasks - sealing} tasks`);
  });
});

/** Those of 16 MB count chunks further than a lent file can. */
const LARGEST = 6_000_000;

interface Vector {
  name: string;
  expect: string;
  identity: string | undefined;
  /** SHA-256 of what is inside. */
  payload: string;
  file: Buffer;
}

/** The test vectors of the format's authors: `name: value` lines, an empty one, the file. Those in armour are not for this vault. */
function readVectors(): Vector[] {
  return Object.entries(vectors as unknown as Record<string, Uint8Array>).flatMap(([name, bytes]) => {
    const text = Buffer.from(bytes).toString('latin1');
    const end = text.indexOf('\n\n');
    const lines = text.slice(0, end).split('\n');
    const meta = new Map(lines.map((line) => line.split(': ', 2) as [string, string]));
    if (meta.has('armored')) return [];
    const rest = Buffer.from(bytes).subarray(end + 2);
    const file = meta.has('compressed') ? inflateSync(rest) : rest;
    if (file.length > LARGEST) return [];
    return [{ name, expect: meta.get('expect') ?? '', identity: meta.get('identity'), payload: meta.get('payload') ?? '', file }];
  });
}

describe('the test vectors of the format', () => {
  it('come out as their authors say, or are refused where this vault is stricter', async () => {
    const opened: string[] = [];
    const stricter: string[] = [];
    let refused = 0;
    for (const { name, expect, identity, payload, file } of readVectors()) {
      let content = new Uint8Array();
      const code = await codeOf(async () => (content = await decryptWith(identity ? [identity] : [], file)));
      if (expect === 'success' && !code) {
        assert.equal(createHash('sha256').update(content).digest('hex'), payload, name);
        opened.push(name);
      } else if (expect === 'success') {
        assert.equal(code, 'unknown-stanza', name);
        stricter.push(name);
      } else {
        assert.ok(code, `${name}: opened, though it is a ${expect}`);
        refused++;
      }
    }
    assert.ok(opened.length >= 10 && refused >= 85, `${opened.length} opened, ${refused} refused`);
    assert.deepEqual(stricter, ['scrypt', 'stanza_empty_body', 'stanza_empty_last_line', 'stanza_valid_characters']);
  });
});
