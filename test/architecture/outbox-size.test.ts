import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';
import { root } from './workspace.ts';

const OUTBOX = 'packages/elements/src/outbox';
const UPLOAD_CLIENT = 'packages/adapters/src/http/upload.ts';
/** Loaded without them as well. */
const SHARED = /^(@storefront-support\/|lit)|\/(base|locales)\/|\/(abort|request|own|waiting-list|draft|fields)\.js$/;
const BUDGET = 6_000;

/** Everything that keeps and sends what waits, and what sends files; not what both share with a form that keeps nothing. */
async function bundle(): Promise<string> {
  const files = readdirSync(path.join(root, OUTBOX)).filter((name) => name.endsWith('.ts'));
  const entries = [...files.map((name) => `${OUTBOX}/${name}`), UPLOAD_CLIENT];
  const { outputFiles } = await build({
    stdin: { contents: entries.map((file) => `export * from './${file}';`).join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    plugins: [
      {
        name: 'shared-code',
        setup({ onResolve }) {
          onResolve({ filter: SHARED }, ({ path }) => ({
            path,
            external: true,
          }));
        },
      },
    ],
  });
  // the last pass of the embed build
  const { code } = await minify(outputFiles[0]!.text, {
    module: true,
    ecma: 2022,
    compress: { passes: 2, pure_getters: true, unsafe_arrows: true },
    format: { comments: false },
  });
  return code ?? '';
}

it(`outbox and upload client have at most ${BUDGET} bytes together, compressed`, async () => {
  const code = await bundle();
  const bytes = brotliCompressSync(code).length;
  console.log(`${bytes} of ${BUDGET} bytes (${code.length} before compression)`);
  assert.ok(bytes > 1_000 && bytes <= BUDGET, `${bytes} bytes`);
});
