import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const NAMES = ['contract', 'vault', 'adapters', 'elements', 'embed', 'server'] as const;
const root = fileURLToPath(new URL('../../', import.meta.url));
const runFile = promisify(execFile);

interface Packed {
  name: string;
  filename: string;
  files: { path: string }[];
}

let folder: string;
let app: string;
let packed: Packed[];

/** Runs a tool of the project; rejects with what it printed. */
async function tool(name: string, args: string[], cwd: string): Promise<string> {
  const file = await realpath(path.join(root, 'node_modules/.bin', name));
  return printed(runFile(process.execPath, [file, ...args], { cwd }));
}

async function npm(args: string[], cwd: string): Promise<string> {
  return printed(runFile('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd, maxBuffer: 1e8 }));
}

async function printed(run: Promise<{ stdout: string }>): Promise<string> {
  try {
    return (await run).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message.split('\n')[0]}\n${stdout}${stderr}`, { cause: error });
  }
}

const tarball = (name: string) =>
  path.join(folder, packed.find((item) => item.name === `@storefront-support/${name}`)?.filename ?? 'absent');

/** An empty Vite app that uses every package as its README shows. */
async function writeApp(): Promise<void> {
  const dependencies = Object.fromEntries(NAMES.map((name) => [`@storefront-support/${name}`, `file:${tarball(name)}`]));
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
    lib: ['ES2024', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
  };
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'app', private: true, type: 'module', dependencies }),
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: ['main.ts'] }),
    'tsconfig.bundler.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, module: 'ESNext', moduleResolution: 'bundler', skipLibCheck: false },
      files: ['main.ts'],
    }),
    'index.html': '<!doctype html><html lang="en"><title>App</title><script type="module" src="/main.ts"></script></html>',
    'main.ts': `import '@storefront-support/elements/support-provider';
import '@storefront-support/elements/support-form';
import { MemoryAdapter } from '@storefront-support/adapters/memory';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { isSupportError, type SupportAdapter } from '@storefront-support/contract';

const adapters: SupportAdapter[] = [new MemoryAdapter(), new HttpAdapter({ endpoint: 'https://support.example', desk: 'demo' })];
const provider = document.createElement('support-provider');
provider.adapter = adapters[0];
const form = document.createElement('support-form');
form.addEventListener('support-ticket-created', (event) => console.log(event.ticket?.number));
form.addEventListener('support-error', (event) => console.log(isSupportError(event.error)));
provider.append(form);
document.body.append(provider);
`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(app, name), text);
}

describe('the packages', () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'storefront-support-packages-'));
    app = path.join(folder, 'app');
    await mkdir(app);
    const list = NAMES.flatMap((name) => ['--workspace', `packages/${name}`]);
    packed = JSON.parse(await npm(['pack', ...list, '--pack-destination', folder, '--json'], root)) as Packed[];
    await writeApp();
    await npm(['install', '--prefer-offline', '--no-package-lock'], app);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of NAMES) {
    it(`pass publint: ${name}`, async () => {
      const pkgDir = path.join(app, 'node_modules/@storefront-support', name);
      const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
      assert.deepEqual(
        messages.map((message) => formatMessage(message, pkg as Record<string, unknown>, { color: false })),
        [],
      );
    });

    it(`pass attw: ${name}`, async () => {
      // the files for script tags have no types on purpose
      const excluded = name === 'embed' ? ['--exclude-entrypoints', 'embed.js', 'embed.classic.js'] : [];
      await tool('attw', [tarball(name), '--profile', 'esm-only', '--format', 'ascii', '--no-color', ...excluded], folder);
    });

    it(`carry a licence, a README and no source maps: ${name}`, () => {
      const files = packed.find((item) => item.name === `@storefront-support/${name}`)?.files.map((file) => file.path) ?? [];
      assert.ok(files.includes('LICENSE') && files.includes('README.md'), files.join('\n'));
      assert.deepEqual(
        files.filter((file) => /\.(map|tsbuildinfo)$|^src\/|\.test\./.test(file)),
        [],
      );
    });
  }

  it('type-check in a strict app, declarations included', async () => {
    await tool('tsc', ['-p', 'tsconfig.json'], app);
    await tool('tsc', ['-p', 'tsconfig.bundler.json'], app);
  });

  it('build in an empty Vite app and keep the registration of the tags', async () => {
    await tool('vite', ['build', '--logLevel', 'warn'], app);
    const assets = path.join(app, 'dist/assets');
    const texts = await Promise.all(
      (await readdir(assets)).filter((file) => file.endsWith('.js')).map((file) => readFile(path.join(assets, file), 'utf8')),
    );
    const all = texts.join('\n');
    for (const tag of ['support-provider', 'support-form', 'support-field', 'support-attachments']) {
      assert.match(all, new RegExp(`\\.define\\(["'\`]${tag}["'\`]`), tag);
    }
    assert.doesNotMatch(all, /\.define\(["'`]support-launcher/, 'an element nobody imported was bundled');
  });

  it('hold an embed file whose chunks are all there', async () => {
    const embed = path.join(app, 'node_modules/@storefront-support/embed/dist/embed');
    const queue = ['embed.js'];
    const seen = new Set<string>();
    for (let file = queue.pop(); file; file = queue.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const text = await readFile(path.join(embed, file), 'utf8');
      for (const [, address = ''] of text.matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g))
        queue.push(path.posix.join(path.posix.dirname(file), address));
    }
    assert.ok(seen.size > 3, [...seen].join(', '));
  });

  it('start the server by its command', async () => {
    const config = path.join(root, 'examples/plain-html/desks.yaml');
    const environment = { PORT: '0', DATA_DIR: path.join(folder, 'data'), CONFIG: config, SMTP_URL: 'smtp://127.0.0.1:9' };
    const command = path.join(app, 'node_modules/.bin/storefront-support');
    const child = spawn(process.execPath, [command], {
      cwd: app,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    try {
      let output = '';
      child.stderr.on('data', (bytes: Buffer) => (output += String(bytes)));
      const gone = once(child, 'exit');
      const url = await new Promise<string>((resolve, reject) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          output += `${line}\n`;
          const ready = /^ready (\S+)/.exec(line);
          if (ready) resolve(ready[1] as string);
        });
        void gone.then(() => reject(new Error(output)));
      });
      const answer = await fetch(new URL('v1/desks/demo', url));
      assert.equal(answer.status, 200);
      child.kill('SIGTERM');
      assert.deepEqual(await gone, [0, null], output);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
