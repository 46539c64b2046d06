import { readdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesInUse } from './files-in-use.mjs';

const DAYS_KEPT = 30;
/** Ways to write how far back something stands, `NPOSTFIX` and `NDIRECT`: which one is the shortest for a file shows when it is tried. */
const DISTANCES = [
  [0, 0],
  [0, 8],
  [2, 12],
];

/**
 * Writes `.br` and `.gz` beside each file. Chunks of the build that this one replaces stay for thirty days from now on, however
 * long ago they were built: a page opened before an upgrade still finds its later stages.
 */
export const writeCompressed = () => ({
  name: 'write-compressed',
  async generateBundle({ dir }) {
    const now = new Date();
    for (const name of [...filesInUse(dir), ...(await printedStyleSheet(dir))])
      for (const ending of ['', '.br', '.gz']) await utimes(path.join(dir, name + ending), now, now).catch(() => undefined);
  },
  async writeBundle({ dir }, bundle) {
    await Promise.all(Object.keys(bundle).map((name) => compress(path.join(dir, name))));
    await prune(path.join(dir, 'c'), new Set(Object.keys(bundle).map((name) => path.basename(name))));
  },
});

/** The style sheet of the forms that were printed last. */
async function printedStyleSheet(dir) {
  const html = await readFile(path.join(dir, 'printed/en.html'), 'utf8').catch(() => '');
  return html.match(/c\/[\w-]+\.css/g) ?? [];
}

/** Writes both beside one file. */
export async function compress(file) {
  const bytes = await readFile(file);
  const tries = DISTANCES.map(([postfix, direct]) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
      },
    }),
  );
  const [smallest] = (await Promise.all(tries)).sort((a, b) => a.length - b.length);
  await writeFile(`${file}.br`, smallest);
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

async function prune(folder, current) {
  const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
  for (const name of await readdir(folder)) {
    if (current.has(name.replace(/\.(br|gz)$/, ''))) continue;
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs < oldest) await unlink(file);
  }
}
