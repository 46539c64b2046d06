import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { languages } from '../packages/elements/dist/locales/text-table.js';
import { printedStyles } from '../packages/elements/dist/printed/printed.styles.js';
import { compress } from './embed-build/write-compressed.mjs';
import { root } from './process.mjs';

const OUT = path.join(root, 'packages/embed/dist/embed');
/** The first browsers with declarative shadow roots; they do not nest rules yet. */
const BROWSERS = ['chrome111', 'firefox123', 'safari16.4'];

/* The form as it stands in pages before any script: a style sheet with its hash in its name, one file for each language, and what prints others. */
const { code: css } = await transform(printedStyles, { loader: 'css', minify: true, target: BROWSERS });
const styleSheet = `c/printed-${createHash('sha256').update(css).digest('base64url').slice(0, 7)}.css`;
await mkdir(path.join(OUT, 'printed'), { recursive: true });
await mkdir(path.join(OUT, 'c'), { recursive: true });
await writeFile(path.join(OUT, styleSheet), css);
await compress(path.join(OUT, styleSheet));

const printer = path.join(OUT, 'printed/print-form.js');
await build({
  entryPoints: ['packages/embed/dist/types/print-form.js'],
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  minifySyntax: true,
  define: { STYLE_SHEET: JSON.stringify(styleSheet) },
  outfile: printer,
  charset: 'utf8',
  logLevel: 'warning',
});

const { printForm } = await import(pathToFileURL(printer).href);
for (const locale of languages) {
  const html = await printForm({ desk: '{{desk}}', endpoint: '{{endpoint}}', files: '{{files}}', locale });
  await writeFile(path.join(OUT, 'printed', `${locale}.html`), html);
}
