import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { leanCipherForEsbuild } from '../../.config/lean-cipher.mjs';
import type { checkDraft } from '@storefront-support/vault/draft';
import { signManifest, type verifyManifest } from '@storefront-support/vault/manifest';
import { openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { nextManifest } from '@storefront-support/vault/team';
import { root } from '../architecture/workspace.ts';
import { ageCli } from '../support/age-cli.ts';
import { bind, DESK, makeTeam, NOW } from '../support/vault-team.ts';

/** Bytes of brotli. */
const BUDGET = { checks: 7_000, cipher: 14_000, postQuantum: 28_000 };
const PAGE = `import { checkDraft, draftProblems } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
export { draftProblems, verifyManifest };
export { checkDraft };
export const load = () => import('@storefront-support/vault/seal');`;

describe('what the customer’s page loads of the vault', () => {
  const sizes = new Map<string, number>();
  let folder: string;
  let modules: { [output: string]: string[] };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-support-cipher-'));
    const resolveDir = path.join(root, 'packages/vault');
    const { metafile } = await build({
      stdin: { contents: PAGE, resolveDir },
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      entryNames: 'page',
      chunkNames: '[name]-[hash]',
      outdir: folder,
      metafile: true,
      plugins: [leanCipherForEsbuild()],
    });
    for (const output of await readdir(folder)) {
      const contents = await readFile(path.join(folder, output));
      const name = output.replace(/-[A-Z0-9]+\.js$|\.js$/, '');
      sizes.set(name, (sizes.get(name) ?? 0) + brotliCompressSync(contents).length);
    }
    modules = Object.fromEntries(
      Object.entries(metafile.outputs).map(([file, { inputs }]) => [path.basename(file).split(/[-.]/)[0], Object.keys(inputs)]),
    );
    for (const [name, bytes] of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('is in budget: the checks before a field is drawn, the cipher, and the post-quantum part', () => {
    assert.deepEqual([...sizes.keys()].sort(), ['chunk', 'hybrid', 'page', 'seal']);
    const bytes = (name: string) => sizes.get(name) ?? Infinity;
    assert.ok(bytes('page') + bytes('chunk') <= BUDGET.checks, 'checks');
    assert.ok(bytes('seal') <= BUDGET.cipher, 'cipher');
    assert.ok(bytes('hybrid') <= BUDGET.postQuantum, 'post-quantum');
  });

  it('is the lean library: no passphrases, no tokens, no arithmetic that browsers have', () => {
    assert.deepEqual(
      modules['seal']?.filter((file) => /scrypt|nist|ed25519|weierstrass|zod/.test(file)),
      [],
    );
    assert.ok(modules['hybrid']?.some((file) => file.includes('ml-kem')));
  });

  for (const algorithm of ['x25519', 'mlkem768x25519'] as const) {
    it(`seals what everybody else opens, ${algorithm}`, async () => {
      const page = (await import(pathToFileURL(path.join(folder, 'page.js')).href)) as Page;
      const team = await makeTeam(algorithm);
      const { file, signature } = await signManifest(
        nextManifest({ team: 'T', desks: [DESK], lastSeq: 0, keys: [team.key], now: NOW }),
        team.signer,
      );
      const manifest = await page.verifyManifest(file, signature, team.checks);
      const { sealAccess, describeFile } = await page.load();
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
