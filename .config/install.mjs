import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const NODE_WANTED = 24;

/** Ends the process with a message and no stack. */
export function refuse(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

/** Path of a Node ≥ 24: the one that came with the packages, or the one that runs this. */
export function node24() {
  const packaged = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= NODE_WANTED) return process.execPath;
  return refuse(
    `This needs Node ${NODE_WANTED} or newer; here is ${process.version} on ${process.platform} ${process.arch}.\n` +
      (process.platform === 'linux' && /^(x64|arm64)$/.test(process.arch)
        ? 'It comes with the packages: run `npm ci --include=optional`.'
        : 'Install it from https://nodejs.org and start again.'),
  );
}

/**
 * Says what of the lockfile is not installed; `undefined` when all is there.
 * Compares with the list npm keeps inside node_modules, so that a plain `npm install` counts as well.
 */
function missing() {
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const listFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(listFile)) return 'node_modules';
  const installed = JSON.parse(readFileSync(listFile, 'utf8')).packages;
  for (const [place, { version, link, optional, os, cpu }] of Object.entries(wanted)) {
    if (!place.includes('node_modules/') || link) continue;
    if (optional && !(os?.includes(process.platform) && cpu?.includes(process.arch) && place.startsWith('node_modules/node-'))) continue;
    if (installed[place]?.version !== version || !existsSync(path.join(root, place))) return place.slice(place.indexOf('/') + 1);
  }
  return undefined;
}

/** Installs the packages of the lockfile when one is absent or of another version. Quiet unless it fails. */
export function ensureInstalled() {
  const reason = missing();
  if (!reason) return;
  const started = Date.now();
  console.log(`installing packages (${reason} is missing) …`);
  // no package needs its install script; older npm does not know how to refuse them one by one
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const cli = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { status, stdout, stderr, error } = spawnSync(cli[0], [...cli.slice(1), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && cli[0] === 'npm',
  });
  if (status !== 0) refuse(`npm ci failed:\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  console.log(`installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
