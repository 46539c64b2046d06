import { readdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesInUse } from './files-in-use.mjs';

const DAYS_KEPT = 30;

/**
 * Writes `.br` and `.gz` beside each file. Chunks of the build that this one replaces stay for thirty days from now on, however
 * long ago they were built: a page opened before an upgrade still finds its later stages.
 */
export const writeCompressed = () => ({
  name: 'write-compressed',
  async generateBundle({ dir }) {
    const now = new Date();
    for (const name of filesInUse(dir))
      for (const ending of ['', '.br', '.gz']) await utimes(path.join(dir, name + ending), now, now).catch(() => undefined);
  },
  async writeBundle({ dir }, bundle) {
    await Promise.all(Object.keys(bundle).map((name) => compress(path.join(dir, name))));
    await prune(path.join(dir, 'c'), new Set(Object.keys(bundle).map((name) => path.basename(name))));
  },
});

async function compress(file) {
  const bytes = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
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
