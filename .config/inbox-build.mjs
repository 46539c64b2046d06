import { mkdir, readFile, readdir, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './process.mjs';

const OUT = path.join(root, 'packages/inbox/dist/page');
/** A page opened before an upgrade still finds its later chunks. */
const DAYS_KEPT = 30;
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2350c8"/><path d="M7 17h5l2 3h4l2-3h5v6a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zm2-9h14l2 7h-6l-2 3h-2l-2-3H7z" fill="#fff"/></svg>\n`;

/* The page of the inbox: one HTML file without inline code, and files with their hash in their name. */
const { metafile } = await build({
  entryPoints: ['packages/inbox/dist/page.js', 'packages/inbox/src/page.css'],
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'eof',
  charset: 'utf8',
  entryNames: 'c/[name]-[hash]',
  chunkNames: 'c/[name]-[hash]',
  outdir: OUT,
  metafile: true,
  logLevel: 'warning',
});

const names = Object.keys(metafile.outputs).map((file) => path.relative(OUT, path.join(root, file)));
const named = (pattern) => names.find((name) => pattern.test(name));
await mkdir(OUT, { recursive: true });
await writeFile(path.join(OUT, 'c/icon.svg'), ICON);
await writeFile(
  path.join(OUT, 'index.html'),
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>Inbox</title>
    <link rel="icon" type="image/svg+xml" href="/c/icon.svg" />
    <link rel="stylesheet" href="/${named(/^c\/page-\w+\.css$/)}" />
    <script type="module" src="/${named(/^c\/page-\w+\.js$/)}"></script>
  </head>
  <body>
    <support-inbox></support-inbox>
  </body>
</html>
`,
);
await Promise.all(names.map((name) => compress(path.join(OUT, name))));

const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
for (const name of await readdir(path.join(OUT, 'c'))) {
  const file = path.join(OUT, 'c', name);
  const current = name === 'icon.svg' || names.includes(`c/${name.replace(/\.(br|gz)$/, '')}`);
  if (!current && (await stat(file)).mtimeMs < oldest) await unlink(file);
}

async function compress(file) {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
