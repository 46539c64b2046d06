import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { packageJson, readWorkspace, root } from '../architecture/workspace.ts';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { shellBlocks } from '../support/documented-commands.ts';
import { FormPage, textFile } from '../support/form-page.ts';

const FOLDER = 'examples/custom-adapter';
/** What the README says, in order: build, test, start. The suite has built already. */
const [block] = await shellBlocks(`${FOLDER}/README.md`);
const [, check = '', start = ''] = (block ?? []).map((line) => line.replace(/\s+#.*$/, ''));

/** With the `node` of the suite first: that of the machine may be an older one. */
const environment: NodeJS.ProcessEnv = { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}` };

describe('the example of an adapter of one’s own', { concurrency: 1 }, () => {
  it('uses nothing of the packages but what they export', async () => {
    const files = readWorkspace();
    const exported = ['contract', 'adapters', 'elements'].flatMap((name) =>
      Object.keys(packageJson(files, name).exports ?? {}).map((entry) => path.posix.join('@storefront-support', name, entry)),
    );
    const names = (await readdir(path.join(root, FOLDER))).filter((name) => name.endsWith('.ts'));
    const imported = new Set<string>();
    for (const name of names)
      for (const [, specifier = ''] of (await readFile(path.join(root, FOLDER, name), 'utf8')).matchAll(/(?:from|import) '([^']+)'/g))
        imported.add(specifier);
    const foreign = [...imported].filter((specifier) => !/^(node:|\.\/)/.test(specifier) && specifier !== 'esbuild');
    assert.ok(foreign.length >= 4, foreign.join());
    assert.deepEqual(
      foreign.filter((specifier) => !exported.includes(specifier)),
      [],
    );
  });

  it('has a backend of fewer than 150 lines', async () => {
    const text = await readFile(path.join(root, FOLDER, 'pigeonhole-backend.ts'), 'utf8');
    assert.ok(text.split('\n').length < 150);
  });

  it('stands in the documentation as it is', async () => {
    const page = await readFile(path.join(root, 'stories/docs/adapters.mdx'), 'utf8');
    const about = page.slice(page.indexOf('## Your own'), page.indexOf('## http'));
    const names = (await readdir(path.join(root, FOLDER))).filter((name) => name.endsWith('.ts'));
    const code = await Promise.all(names.map((name) => readFile(path.join(root, FOLDER, name), 'utf8')));
    const lines = new Set(code.flatMap((text) => text.split('\n').map((line) => line.trim())));
    // the first is the contract's
    const [, ...excerpts] = Array.from(about.matchAll(/^```ts\n([^]*?)^```$/gm), ([, text = '']) => text);
    assert.equal(excerpts.length, 3);
    const wrong = excerpts.flatMap((text) => text.split('\n').map((line) => line.trim())).filter((line) => line && !lines.has(line));
    assert.deepEqual(wrong, []);
    assert.deepEqual((await shellBlocks('stories/docs/adapters.mdx'))[0], block?.slice(1));
  });

  it('passes the conformance cases as its README says', () => {
    // a runner within a runner would speak another language
    const { NODE_TEST_CONTEXT: _, ...env } = environment;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', check], { cwd: root, encoding: 'utf8', env });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /makes one ticket of 20 sends at the same time/);
  });

  it('shows a page as its README says, on which a letter with a file is sent', async () => {
    const child = spawn('sh', ['-c', `exec ${start}`], {
      cwd: root,
      env: { ...environment, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const browser = await launchChromium();
    try {
      let url = '';
      for await (const line of createInterface({ input: child.stdout })) {
        url = /http:\S+/.exec(line)?.[0] ?? '';
        if (url) break;
      }
      const page = await openPage(browser);
      const noise = listenForNoise(page);
      await page.goto(url);
      const form = new FormPage(page);
      await form.fill({ contact: /Orders and returns/, subject: 'Where is it?', orderReference: 'ORD-7' });
      await form.addFiles([textFile('steps.txt', 'one, two')]);
      await form.send();
      assert.match(await form.number(), /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      assert.deepEqual(noise, []);
    } finally {
      await browser.close();
      child.kill();
    }
  });
});
