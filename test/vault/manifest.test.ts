import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { VaultErrorCode } from '@storefront-support/contract';
import { checkDraft } from '@storefront-support/vault/draft';
import {
  MANIFEST_NAMESPACE,
  manifestFile,
  signManifest,
  verifyManifest,
  type Manifest,
  type ManifestChecks,
  type VerifiedManifest,
} from '@storefront-support/vault/manifest';
import { sealAccess } from '@storefront-support/vault/seal';
import { makeSigner, readSigner } from '@storefront-support/vault/signer';
import { fingerprintOf, publicKeyBlob, publicKeyLine } from '@storefront-support/vault/ssh-keys';
import { makeTeamKey, nextManifest } from '@storefront-support/vault/team';
import { drafts } from '../support/access-drafts.ts';
import { bind, codeOf, DESK, makeTeam, NOW } from '../support/vault-team.ts';

const DAY = 86_400_000;
const VENDOR = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMj/ByPOATuP8uMA5s5vhEeLe5jzVEPT+UyDPFp/laG+ acme-support';

describe('a manifest', () => {
  let team: Awaited<ReturnType<typeof makeTeam>>;
  let manifest: Manifest;
  let file: Uint8Array<ArrayBuffer>;
  let signature: string;

  before(async () => {
    team = await makeTeam();
    manifest = nextManifest({ team: 'Acme Support', desks: [DESK], lastSeq: 4, keys: [team.key], ssh: VENDOR, now: NOW });
    ({ file, signature } = await signManifest(manifest, team.signer));
  });

  const verify = (changes: Partial<ManifestChecks> = {}, bytes = file, armoured = signature) =>
    codeOf(verifyManifest(bytes, armoured, { ...team.checks, ...changes }));
  /** Signs what `signManifest` would not. */
  async function signed(text: string, namespace?: string, by = team.signer) {
    const bytes = new TextEncoder().encode(text);
    const { makeSignature } = await import('@storefront-support/vault/signer');
    return { bytes, armoured: await makeSignature(bytes, by, namespace ?? MANIFEST_NAMESPACE) };
  }
  async function verifySigned(value: unknown, changes: Partial<ManifestChecks> = {}) {
    const { bytes, armoured } = await signed(typeof value === 'string' ? value : JSON.stringify(value));
    return verify(changes, bytes, armoured);
  }

  it('is trusted when signature, signer, pin, desk, time and sequence are right, and cannot be changed after', async () => {
    const trusted = await verifyManifest(file, signature, { ...team.checks, pin: ` ${team.root} `, lastSeq: 5 });
    assert.equal(trusted.signer, team.root);
    assert.deepEqual([trusted.team, trusted.seq, trusted.ssh], ['Acme Support', 5, VENDOR]);
    assert.throws(() => ((trusted as { team: string }).team = 'Other'), TypeError);
    assert.throws(() => (trusted.recipients as unknown[]).push({}), TypeError);
    assert.throws(() => ((trusted.recipients[0] as { recipient: string }).recipient = ''), TypeError);
    assert.equal(await verify({ lastSeq: 4 }), undefined);
    assert.equal(await verify({ roots: ['SHA256:other', team.root] }), undefined);
  });

  it('is refused when a byte of it has changed', async () => {
    const text = new TextDecoder().decode(file);
    for (const changed of [text.replace('Acme', 'Adme'), `${text} `, text.replace('\n', '\r\n'), '']) {
      assert.equal(await verify({}, new TextEncoder().encode(changed)), 'signature-invalid');
    }
  });

  it('is refused when the signature is damaged, cut, of another kind or none', async () => {
    const lines = signature.split('\n');
    const flipped = lines
      .with(
        3,
        (lines[3] as string).replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
      )
      .join('\n');
    assert.ok(['signature-invalid', 'signature-malformed'].includes(String(await verify({}, file, flipped))));
    for (const bad of [
      '',
      'x',
      lines.slice(1).join('\n'),
      lines.toSpliced(2, 1).join('\n'),
      signature.replace('SSH SIG', 'PGP SIG'),
      `${signature}x`,
    ]) {
      assert.equal(await verify({}, file, bad), 'signature-malformed', bad);
    }
  });

  it('is refused for every byte of the signature that has changed', async () => {
    const body = Buffer.from(signature.split('\n').slice(1, -2).join(''), 'base64');
    for (let place = 0; place < body.length; place++) {
      const changed = Buffer.from(body);
      changed[place] = (changed[place] as number) ^ 1;
      const armoured = `-----BEGIN SSH SIGNATURE-----\n${changed.toString('base64')}\n-----END SSH SIGNATURE-----\n`;
      const code = await verify({}, file, armoured);
      assert.ok(code?.startsWith('signature-'), `byte ${place}: ${code}`);
    }
  });

  it('is refused when it was signed for something else', async () => {
    const { bytes, armoured } = await signed(new TextDecoder().decode(file), 'file');
    assert.equal(await verify({}, bytes, armoured), 'signature-wrong-namespace');
  });

  it('is refused when its signer is no root, whatever the pin says, and when there is no root at all', async () => {
    const { signer } = await makeSigner('stranger');
    const stranger = await signManifest(manifest, signer);
    const pin = await fingerprintOf(publicKeyBlob(signer.publicKey));
    assert.equal(await verify({ pin }, stranger.file, stranger.signature), 'signer-unknown');
    assert.equal(await verify({ roots: [] }), 'no-roots');
    assert.equal(await verify({ roots: [''] }), 'signer-unknown');
  });

  it('is refused when the pin is another one, and when the pin is malformed', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    assert.equal(await verify({ pin: other }), 'pin-mismatch');
    assert.equal(await verify({ pin: `${other} ${team.root}` }), undefined, 'one of two');
    for (const pin of [
      '',
      ' ',
      team.root.slice(0, -1),
      team.root.slice(7),
      `${team.root}=`,
      team.root.toLowerCase(),
      `${team.root},`,
      `${team.root} x`,
      'MD5:00',
      'undefined',
    ]) {
      assert.equal(await verify({ pin }), 'pin-malformed', pin);
    }
  });

  it('is refused before its time, after it, and when it would last too long', async () => {
    const from = Date.parse(manifest.notBefore);
    const to = Date.parse(manifest.notAfter);
    assert.equal(await verify({ now: from - 1 }), 'manifest-not-yet-valid');
    assert.equal(await verify({ now: from }), undefined);
    assert.equal(await verify({ now: to - 1 }), undefined);
    assert.equal(await verify({ now: to }), 'manifest-expired');
    const lasting = (days: number) => ({ ...manifest, notAfter: new Date(from + days * DAY).toISOString() });
    assert.equal(await verifySigned(lasting(45)), undefined);
    assert.equal(await verifySigned(lasting(45.001)), 'manifest-too-long');
    assert.equal(await verifySigned(lasting(-1)), 'manifest-malformed');
  });

  it('is refused when a later one has been seen', async () => {
    assert.equal(await verify({ lastSeq: 6 }), 'manifest-rolled-back');
  });

  it('is refused for a desk that it does not name', async () => {
    assert.equal(await verify({ desk: 'other' }), 'manifest-other-desk');
  });

  it('is refused without recipients, with mixed ones, and with ones that are none', async () => {
    const [own] = manifest.recipients as [Manifest['recipients'][number]];
    const quantum = await makeTeamKey(2, 'mlkem768x25519');
    const cases: [Manifest['recipients'], VaultErrorCode][] = [
      [[], 'no-recipients'],
      [[own, { epoch: 2, recipient: quantum.recipient }], 'mixed-recipients'],
      [[{ epoch: 1, recipient: 'age1xyz' }], 'invalid-recipient'],
      [[{ epoch: 1, recipient: own.recipient.toUpperCase() }], 'invalid-recipient'],
      [[{ epoch: 1, recipient: `${own.recipient}\n` }], 'invalid-recipient'],
      [[{ epoch: 1, recipient: `age1tag1${own.recipient.slice(8)}` }], 'invalid-recipient'],
      [[{ epoch: 1, recipient: 'ssh-ed25519 AAAA' }], 'invalid-recipient'],
      [[own, { epoch: 1, recipient: own.recipient }], 'manifest-malformed'],
      [[own, own, own], 'manifest-malformed'],
      [[{ epoch: '1' as never, recipient: own.recipient }], 'manifest-malformed'],
    ];
    for (const [recipients, code] of cases) {
      assert.equal(await verifySigned({ ...manifest, recipients }), code, JSON.stringify(recipients));
      await assert.rejects(signManifest({ ...manifest, recipients }, team.signer), { code });
    }
    assert.equal(await verifySigned({ ...manifest, recipients: [{ epoch: 2, recipient: quantum.recipient }] }), undefined);
  });

  it('is refused when its form is another one', async () => {
    for (const value of [
      '',
      'null',
      '[]',
      '{',
      { ...manifest, v: 2 },
      { ...manifest, more: 1 },
      { ...manifest, seq: 0 },
      { ...manifest, desks: [] },
      { ...manifest, ssh: 'x' },
      { ...manifest, notAfter: 'soon' },
      '\uFEFF{}',
    ]) {
      assert.equal(await verifySigned(value), 'manifest-malformed', JSON.stringify(value));
    }
  });

  it('is the only thing that can be sealed for', async () => {
    const data = checkDraft(drafts.ssh);
    const trusted = await verifyManifest(file, signature, team.checks);
    assert.equal(await codeOf(sealAccess(bind, data, trusted)), undefined);
    for (const forged of [manifest, { ...trusted }, structuredClone(trusted), Object.create(trusted)] as unknown[]) {
      assert.equal(await codeOf(sealAccess(bind, data, forged as VerifiedManifest)), 'invalid-recipient');
    }
  });

  describe('and ssh-keygen', () => {
    let folder: string;
    const absent = spawnSync('ssh-keygen', ['-?']).error ? 'ssh-keygen is not on this machine' : false;
    const place = (name: string) => path.join(folder, name);
    const keygen = (args: string[], input?: Uint8Array) =>
      execFileSync('ssh-keygen', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'storefront-support-manifest-'));
      await writeFile(place('allowed'), `root@acme namespaces="${MANIFEST_NAMESPACE}" ${publicKeyLine(team.signer.publicKey)}\n`);
    });
    after(() => rm(folder, { recursive: true, force: true }));

    it('accept our signature, and refuse it of other bytes', { skip: absent }, async () => {
      await writeFile(place('ours.sig'), signature);
      const args = ['-Y', 'verify', '-f', place('allowed'), '-I', 'root@acme', '-n', MANIFEST_NAMESPACE, '-s', place('ours.sig')];
      assert.match(keygen(args, file), /^Good "vault-manifest@storefront-support" signature for root@acme with ED25519 key SHA256:/);
      assert.throws(() => keygen(args, new Uint8Array([...file, 0x20])));
    });

    it('make a signature and a key that we accept', { skip: absent }, async () => {
      keygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'theirs', '-f', place('theirs')]);
      await writeFile(place('manifest.json'), manifestFile(manifest));
      for (const hash of ['sha256', 'sha512']) {
        await rm(place('manifest.json.sig'), { force: true });
        keygen(['-Y', 'sign', '-f', place('theirs'), '-n', MANIFEST_NAMESPACE, '-O', `hashalg=${hash}`, place('manifest.json')]);
        const [, root = ''] = keygen(['-lf', place('theirs.pub')]).split(' ');
        assert.equal(await verify({ roots: [root], pin: root }, file, await readFile(place('manifest.json.sig'), 'utf8')), undefined);
      }
      const signer = await readSigner(await readFile(place('theirs'), 'utf8'));
      assert.ok(signer);
      assert.equal((await readFile(place('theirs.pub'), 'utf8')).trim(), publicKeyLine(signer.publicKey, 'theirs'));
      keygen(['-q', '-t', 'ed25519', '-N', 'locked up', '-f', place('locked')]);
      keygen(['-q', '-t', 'ecdsa', '-N', '', '-f', place('ecdsa')]);
      for (const name of ['locked', 'ecdsa']) assert.equal(await readSigner(await readFile(place(name), 'utf8')), undefined, name);
    });

    it('read the key that we make', { skip: absent }, async () => {
      await writeFile(place('ours'), team.rootFile, { mode: 0o600 });
      assert.equal(keygen(['-y', '-f', place('ours')]).trim(), publicKeyLine(team.signer.publicKey, 'root'));
      const again = await readSigner(team.rootFile);
      assert.deepEqual(again?.publicKey, team.signer.publicKey);
      keygen(['-Y', 'sign', '-f', place('ours'), '-n', 'x', place('ours')]);
    });

    it('refuse a signature of another kind of key', { skip: absent }, async () => {
      await writeFile(place('other.json'), file);
      keygen(['-Y', 'sign', '-f', place('ecdsa'), '-n', MANIFEST_NAMESPACE, place('other.json')]);
      assert.equal(await verify({}, file, await readFile(place('other.json.sig'), 'utf8')), 'signature-malformed');
    });
  });
});
