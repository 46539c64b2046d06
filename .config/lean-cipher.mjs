import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './process.mjs';

/*
 * age-encryption brings all that age can do. A customer's page needs X25519 alone, which browsers have: with these modules in place of
 * the library's own it has a third of the size. They count only where age-encryption itself imports them, so that the post-quantum
 * part can still be loaded under its own name; that part has hashes of its own, or those it alone needs would burden everybody.
 */

const LEAN = path.join(root, 'packages/vault/dist/age/lean');
const LIBRARY = /[\\/]node_modules[\\/]age-encryption[\\/]/;
const POST_QUANTUM = path.join(LEAN, 'hybrid.js');
const MARK = '?post-quantum';

/** What age-encryption imports → the file that stands in for it. */
export const LEAN_MODULES = {
  '@scure/base': path.join(LEAN, 'base.js'),
  '@noble/hashes/scrypt.js': path.join(LEAN, 'absent.js'),
  '@noble/curves/nist.js': path.join(LEAN, 'absent.js'),
  '@noble/curves/ed25519.js': path.join(LEAN, 'x25519.js'),
  '@noble/post-quantum/hybrid.js': path.join(LEAN, 'post-quantum.js'),
};

/** For Vite, Rollup and Rolldown. */
export const leanCipher = () => ({
  name: 'lean-cipher',
  enforce: 'pre',
  async resolveId(specifier, importer = '') {
    if (LIBRARY.test(importer)) return LEAN_MODULES[specifier];
    if (path.resolve(importer) !== POST_QUANTUM && !importer.endsWith(MARK)) return undefined;
    const found = await this.resolve(specifier, importer.replace(MARK, ''), { skipSelf: true });
    return found && { ...found, id: `${found.id}${MARK}` };
  },
  load: (id) => (id.endsWith(MARK) ? readFile(id.slice(0, -MARK.length), 'utf8') : undefined),
});

/** For esbuild. */
export const leanCipherForEsbuild = () => ({
  name: 'lean-cipher',
  setup(build) {
    const mark = 'post-quantum';
    build.onResolve({ filter: /^@(noble|scure)\/|^\./ }, async ({ path: specifier, importer, namespace, resolveDir, kind }) => {
      if (LIBRARY.test(importer)) return LEAN_MODULES[specifier] && { path: LEAN_MODULES[specifier] };
      if (importer !== POST_QUANTUM && namespace !== mark) return undefined;
      const found = await build.resolve(specifier, { resolveDir, kind, namespace: 'file' });
      return { ...found, namespace: mark };
    });
    build.onLoad({ filter: /.*/, namespace: mark }, async ({ path: file }) => ({
      contents: await readFile(file, 'utf8'),
      resolveDir: path.dirname(file),
      loader: 'js',
    }));
  },
});
