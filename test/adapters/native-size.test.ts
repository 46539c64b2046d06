import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Of what a message without files needs; what is loaded in other cases comes on top. */
const BUDGETS: Readonly<Record<string, number>> = {
  prestashop: 3_000,
  magento: 3_000,
  'cs-cart': 3_000,
  // in the place of the one before
  'cs-cart/call-requests-adapter.ts': 3_000,
  zammad: 3_100,
  zendesk: 3_100,
  // reads back what was filed
  chatwoot: 4_500,
};

/** Everything that is loaded with an adapter, in one piece; not what it loads by `import()`. */
async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'packages/adapters/src', name, name.endsWith('.ts') ? '' : 'index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    plugins: [
      {
        name: 'later-parts',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path: name }) => (kind === 'dynamic-import' ? { path: name, external: true } : undefined));
        },
      },
    ],
  });
  return outputFiles[0]!.text;
}

describe('the adapters of shop platforms and help desks', () => {
  for (const [name, budget] of Object.entries(BUDGETS)) {
    it(`${name}: at most ${budget} bytes, compressed`, async () => {
      const code = await bundle(name);
      const bytes = brotliCompressSync(code).length;
      console.log(`${name}: ${bytes} of ${budget} bytes (${code.length} before compression)`);
      assert.ok(bytes > 500 && bytes <= budget, `${bytes} bytes`);
    });
  }
});
