import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { build } from './build.mjs';
import { prepareDemoVault } from './demo-vault.mjs';
import { ensureInstalled, node24, refuse } from './install.mjs';
import { environment, root } from './process.mjs';

if (Number.parseInt(process.versions.node, 10) < 20) refuse(`This needs Node 20 or newer to begin with; here is ${process.version}.`);

const port = process.env.PORT ?? '8480';
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) refuse(`PORT must be a number from 0 to 65535, not "${port}".`);

/** Both loopback families, as the server will bind them. */
async function taken(host) {
  const probe = net.createServer();
  const code = await new Promise((resolve) => {
    probe.once('error', (error) => resolve(error.code)).listen({ port: Number(port), host, exclusive: true }, () => resolve(undefined));
  });
  probe.close();
  return code === 'EADDRINUSE';
}

if (port !== '0' && ((await taken('127.0.0.1')) || (await taken('::1')))) {
  refuse(`Port ${port} is taken by another program. End that one, or choose another port:\n\n  PORT=${Number(port) + 1} npm start`);
}

ensureInstalled();
const { failed, output } = await build();
if (failed) refuse(`${output}\nThe build step "${failed}" failed.`);

const place = (name, fallback) => path.resolve(process.env[name] || path.join(root, fallback));
const places = { config: place('CONFIG', 'examples/plain-html/desks.yaml'), dataDir: place('DATA_DIR', 'data') };
const vaultDir = path.resolve(process.env.VAULT_DIR || path.join(places.dataDir, 'vault'));
await prepareDemoVault({ ...places, vaultDir });

/** Starts a program that ends when this one does. */
function start(file, env) {
  return spawn(node24(), ['--import', new URL('end-with-parent.mjs', import.meta.url).href, file], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(env),
  });
}

const embedDir = place('EMBED_DIR', 'packages/embed/dist/embed');
/** The demo works without the example themes: it only cannot show them. */
const themesUrl = await new Promise((resolve) => {
  const themes = start('.config/theme-shops.mjs', { EMBED_DIR: embedDir });
  themes.once('message', resolve).once('exit', () => resolve(''));
  process.once('exit', () => themes.kill());
});
const child = start('packages/server/dist/bundle/serve.js', {
  DEMO: '1',
  DEMO_ADMIN: '1',
  PORT: port,
  DATA_DIR: places.dataDir,
  VAULT_DIR: vaultDir,
  VAULT_PAGE_DIR: place('VAULT_PAGE_DIR', 'packages/vault-page/dist/page'),
  CONFIG: places.config,
  SHOP_DIR: place('SHOP_DIR', 'examples/plain-html'),
  EMBED_DIR: embedDir,
  THEMES_URL: themesUrl,
  INBOX_DIR: place('INBOX_DIR', 'packages/inbox/dist/page'),
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.removeAllListeners(signal);
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
}
child.once('error', (error) => refuse(`The server could not be started: ${error.message}`));
child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

// npm that is killed cannot pass the signal on to the shell it runs scripts in
const parents = process.env.npm_lifecycle_event ? [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1) : [];
setInterval(() => parents.every(isAlive) || child.kill('SIGTERM'), 1_000).unref();

function parentOf(pid) {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(') ').at(-1).split(' ')[1]) : 0;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
