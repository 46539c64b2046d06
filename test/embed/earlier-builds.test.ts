import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'vite';
// @ts-expect-error a build script without types
import { writeCompressed } from '../../.config/embed-build/write-compressed.mjs';

const DAY_MS = 24 * 3_600_000;

describe('chunks of earlier builds', () => {
  let folder: string;
  let out: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-builds-'));
    out = path.join(folder, 'out');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Builds an entry with two stages of which the second says `text`. */
  async function buildWith(text: string): Promise<string[]> {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'embed.js'), `export const next = () => import('./form.js');`);
    await writeFile(path.join(folder, 'form.js'), `export const last = () => import('./submit.js');`);
    await writeFile(path.join(folder, 'submit.js'), `export const text = ${JSON.stringify(text)};`);
    await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      build: {
        outDir: out,
        emptyOutDir: false,
        lib: { entry: { embed: path.join(folder, 'embed.js') }, formats: ['es'] },
        rolldownOptions: {
          plugins: [writeCompressed()],
          output: { entryFileNames: '[name].js', chunkFileNames: 'c/[name]-[hash].js' },
        },
      },
    });
    return readdir(path.join(out, 'c'));
  }

  async function age(names: string[], days: number): Promise<void> {
    const then = new Date(Date.now() - days * DAY_MS);
    for (const name of names) await utimes(path.join(out, 'c', name), then, then);
  }

  it('stay for thirty days after the build that replaces them, however old they are', async () => {
    const first = await buildWith('first');
    assert.equal(first.length, 6, 'two chunks, each in three forms');
    await utimes(path.join(out, 'embed.js'), 0, 0);
    await age(first, 400);
    const both = await buildWith('second');
    assert.deepEqual(
      first.filter((name) => !both.includes(name)),
      [],
      'served until this moment, so needed from now on',
    );
    const second = both.filter((name) => !first.includes(name));
    assert.ok(second.length >= 3);

    await age(both, 29);
    const third = await buildWith('third');
    assert.deepEqual(
      both.filter((name) => !third.includes(name)),
      [],
      'within thirty days',
    );

    await age(first, 31);
    const fourth = await buildWith('fourth');
    assert.deepEqual(
      first.filter((name) => fourth.includes(name)),
      [],
      'replaced more than thirty days ago',
    );
    assert.deepEqual(
      third.filter((name) => !first.includes(name) && !fourth.includes(name)),
      [],
    );
  });
});
