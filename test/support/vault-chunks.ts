import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { leanCipherForEsbuild } from '../../.config/lean-cipher.mjs';
import { root } from '../architecture/workspace.ts';

/** What a customer's page imports of the vault: the checks at once, the cipher when it is needed. */
const PAGE = `import { checkDraft, draftProblems } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
export { checkDraft, draftProblems, verifyManifest };
export const load = () => import('@storefront-support/vault/seal');`;

/** The vault as a customer's page gets it, built into a folder of its own. */
export interface VaultChunks {
  folder: string;
  /** Bytes of brotli by part: `page` and `chunk` are the checks before a field is drawn, `seal` is the cipher, `hybrid` is post-quantum. */
  sizes: Map<string, number>;
  /** Source files by part. */
  modules: { [part: string]: string[] };
  remove(): Promise<void>;
}

export async function buildVaultChunks(): Promise<VaultChunks> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-support-cipher-'));
  const { metafile } = await build({
    stdin: { contents: PAGE, resolveDir: path.join(root, 'packages/vault') },
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
  const part = (file: string) => path.basename(file).replace(/(-[A-Z0-9]+)?\.js$/, '');
  const sizes = new Map<string, number>();
  for (const file of await readdir(folder)) {
    const { length } = brotliCompressSync(await readFile(path.join(folder, file)));
    sizes.set(part(file), (sizes.get(part(file)) ?? 0) + length);
  }
  const modules = Object.fromEntries(Object.entries(metafile.outputs).map(([file, { inputs }]) => [part(file), Object.keys(inputs)]));
  return { folder, sizes, modules, remove: () => rm(folder, { recursive: true, force: true }) };
}
