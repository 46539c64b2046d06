import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { compactDecorators } from './embed-build/compact-decorators.mjs';
import { fromSources } from './embed-build/from-sources.mjs';
import { minifyChunks } from './embed-build/minify-chunks.mjs';
import { minifyTemplates } from './embed-build/minify-templates.mjs';
import { PATCHED, patchDependencies } from './embed-build/patch-dependencies.mjs';
import { quietErrors } from './embed-build/quiet-errors.mjs';
import { splitLocales } from './embed-build/split-locales.mjs';
import { leanCipher } from './lean-cipher.mjs';
import { root } from './process.mjs';

const OUT = path.join(root, 'packages/vault-page/dist/page');
/** A page opened before an upgrade still finds its later chunks. */
const DAYS_KEPT = 30;
/** Nothing in the pages asks for an adapter, and no list of the customer's page changes under what is typed into it. */
const UNUSED = { lend: /\/(repeat|context-request-event)\.js$/, reveal: /\/context-request-event\.js$/ };
const ROOTS = /^\.{1,2}\/roots\.js$/;
/** The one module whose bytes differ from one installation to the next is fetched by its name. */
const rootsApart = () => ({
  name: 'roots-apart',
  enforce: 'pre',
  resolveId: (source) => (ROOTS.test(source) ? { id: '/roots.js', external: true } : null),
});

/** Each document by itself: sharing chunks, either would carry what only the other needs. */
const bundle = async (name) => {
  const [{ output }] = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [leanCipher(), rootsApart(), fromSources(['vault'])],
    build: {
      outDir: OUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      minify: 'oxc',
      reportCompressedSize: false,
      license: { fileName: 'LICENSES.md' },
      lib: {
        entry: { [name]: `packages/vault-page/src/${name}-page.ts` },
        formats: ['es'],
      },
      rolldownOptions: {
        // what both the page and the cipher need comes with the page
        preserveEntrySignatures: 'allow-extension',
        plugins: [
          splitLocales(),
          compactDecorators(),
          patchDependencies(PATCHED.filter((file) => !UNUSED[name].test(file))),
          minifyTemplates(),
          quietErrors(),
          minifyChunks(),
        ],
        output: {
          minify: true,
          entryFileNames: 'c/[name]-[hash].js',
          chunkFileNames: 'c/[name]-[hash].js',
          comments: { legal: false },
        },
      },
    },
  });
  return output;
};

const DOCUMENTS = { customer: 'lend', agent: 'reveal' };
const outputs = {};
for (const [document, name] of Object.entries(DOCUMENTS)) outputs[document] = await bundle(name);
const names = [
  ...new Set(
    Object.values(outputs)
      .flat()
      .map(({ fileName }) => fileName),
  ),
].filter((name) => name.startsWith('c/'));
const css = await readFile(path.join(root, 'packages/vault-page/src/page.css'));
names.push(`c/page-${hashOf(css).toString('hex').slice(0, 12)}.css`);
await writeFile(path.join(OUT, names.at(-1)), css);

for (const [document, output] of Object.entries(outputs)) {
  const { fileName: entry } = output.find(({ isEntry, name }) => isEntry && name === DOCUMENTS[document]);
  const integrity = `sha256-${hashOf(await readFile(path.join(OUT, entry))).toString('base64')}`;
  await writeFile(
    path.join(OUT, `${document}.html`),
    [
      '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
      `<meta name="robots" content="noindex"><title>Access information</title><link rel="stylesheet" href="/${names.at(-1)}">`,
      `<script type="module" src="/${entry}" integrity="${integrity}" crossorigin="anonymous"></script>\n`,
    ].join(''),
  );
}
// as built it trusts nobody; an operator's, or the demo's, is served in its place
await copyFile(path.join(root, 'packages/vault-page/dist/roots.js'), path.join(OUT, 'roots.js'));
await Promise.all(names.map((name) => compress(path.join(OUT, name))));
await prune();

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest();
}

async function prune() {
  const now = new Date();
  const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
  await mkdir(path.join(OUT, 'c'), { recursive: true });
  for (const name of await readdir(path.join(OUT, 'c'))) {
    const file = path.join(OUT, 'c', name);
    if (names.includes(`c/${name.replace(/\.(br|gz)$/, '')}`)) await utimes(file, now, now);
    else if ((await stat(file)).mtimeMs < oldest) await unlink(file);
  }
}

async function compress(file) {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
