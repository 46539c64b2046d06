import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { leanCipherForEsbuild } from '../../.config/lean-cipher.mjs';
import { root } from '../architecture/workspace.ts';

/** Bytes of brotli. */
const BUDGET = { checks: 7_000, cipher: 14_000, postQuantum: 28_000 };
const PAGE = `import { draftProblems } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
export { draftProblems, verifyManifest };
export const load = () => import('@storefront-support/vault/seal');`;

describe('what the customer’s page loads of the vault', () => {
  const sizes = new Map<string, number>();
  let modules: { [output: string]: string[] };

  before(async () => {
    const resolveDir = path.join(root, 'packages/vault');
    const { outputFiles, metafile } = await build({
      stdin: { contents: PAGE, resolveDir },
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      entryNames: 'page',
      chunkNames: '[name]-[hash]',
      outdir: 'out',
      write: false,
      metafile: true,
      plugins: [leanCipherForEsbuild()],
    });
    for (const { path: file, contents } of outputFiles) {
      const name = path.basename(file).replace(/-[A-Z0-9]+\.js$|\.js$/, '');
      sizes.set(name, (sizes.get(name) ?? 0) + brotliCompressSync(contents).length);
    }
    modules = Object.fromEntries(
      Object.entries(metafile.outputs).map(([file, { inputs }]) => [path.basename(file).split(/[-.]/)[0], Object.keys(inputs)]),
    );
    for (const [name, bytes] of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
  });

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
});
