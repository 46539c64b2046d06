import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { checkDraft } from '@storefront-support/vault/draft';
import { signManifest, type verifyManifest } from '@storefront-support/vault/manifest';
import { openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { nextManifest } from '@storefront-support/vault/team';
import { ageCli } from '../support/age-cli.ts';
import { buildVaultChunks, type VaultChunks } from '../support/vault-chunks.ts';
import { bind, DESK, makeTeam, NOW } from '../support/vault-team.ts';

/** Bytes of brotli. */
const BUDGET = { checks: 7_000, cipher: 14_000, postQuantum: 28_000 };

describe('what the customer’s page loads of the vault', () => {
  let chunks: VaultChunks;

  before(async () => {
    chunks = await buildVaultChunks();
    for (const [name, bytes] of chunks.sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
  });
  after(() => chunks.remove());

  it('is in budget: the checks before a field is drawn, the cipher, and the post-quantum part', () => {
    assert.deepEqual([...chunks.sizes.keys()].sort(), ['chunk', 'hybrid', 'page', 'seal']);
    const bytes = (name: string) => chunks.sizes.get(name) ?? Infinity;
    assert.ok(bytes('page') + bytes('chunk') <= BUDGET.checks, 'checks');
    assert.ok(bytes('seal') <= BUDGET.cipher, 'cipher');
    assert.ok(bytes('hybrid') <= BUDGET.postQuantum, 'post-quantum');
  });

  it('is the lean library: no passphrases, no tokens, no arithmetic that browsers have', () => {
    assert.deepEqual(
      chunks.modules['seal']?.filter((file) => /scrypt|nist|ed25519|weierstrass|zod/.test(file)),
      [],
    );
    assert.ok(chunks.modules['hybrid']?.some((file) => file.includes('ml-kem')));
  });

  for (const algorithm of ['x25519', 'mlkem768x25519'] as const) {
    it(`seals what everybody else opens, ${algorithm}`, async () => {
      const page = (await import(pathToFileURL(path.join(chunks.folder, 'page.js')).href)) as Page;
      const team = await makeTeam(algorithm);
      const { file, signature } = await signManifest(
        nextManifest({ team: 'T', desks: [DESK], lastSeq: 0, keys: [team.key], now: NOW }),
        team.signer,
      );
      const manifest = await page.verifyManifest(file, signature, team.checks);
      const { sealAccess, describeFile, prepareSealing } = await page.load();
      await prepareSealing(manifest);
      const lent = new Uint8Array(100_000).fill(7);
      const data = page.checkDraft(await describeFile(lent, 'a.key', ''));
      const sealed = await sealAccess(bind, data, manifest, lent);
      const { record, file: second } = splitBody(sealed.body, sealed.fileBytes);
      const opened = await openAccess(record, [team.key.identity], { ...bind, epoch: 1 });
      assert.deepEqual(await openFile(second as Uint8Array, [team.key.identity], opened), lent);
      if (algorithm === 'x25519')
        assert.ok(
          ageCli()
            .decrypt(second as Uint8Array, team.key.identity.reveal())
            .equals(lent),
        );
      await assert.rejects(sealAccess(bind, data, { ...manifest }, lent), { code: 'invalid-recipient' });
    });
  }
});

interface Page {
  checkDraft: typeof checkDraft;
  verifyManifest: typeof verifyManifest;
  load(): Promise<typeof import('@storefront-support/vault/seal')>;
}
