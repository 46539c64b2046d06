import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

/** What a build reads. */
const INPUTS = ['packages', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', '.config'];
/** What a build must have left behind. */
const OUTPUTS = [
  'packages/contract/dist/index.js',
  'packages/vault/dist/cli/vault.js',
  'packages/vault-page/dist/page/customer.html',
  'packages/adapters/dist/http/index.js',
  'packages/elements/dist/index.js',
  'packages/elements/custom-elements.json',
  'packages/inbox/dist/page/index.html',
  'packages/server/dist/cli/serve.js',
  'packages/embed/dist/embed/embed.js',
  'packages/embed/dist/embed/printed/en.html',
];
const STAMP = path.join(root, 'node_modules/.cache/storefront-support/build.txt');
const SKIPPED = new Set(['node_modules', 'dist', 'custom-elements.json']);

function* files(place) {
  if (!existsSync(place)) return;
  if (!statSync(place).isDirectory()) return void (yield place);
  for (const name of readdirSync(place).sort()) if (!SKIPPED.has(name)) yield* files(path.join(place, name));
}

/** A hash over everything a build reads. */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of files(path.join(root, input)))
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

export function isUpToDate() {
  return OUTPUTS.every((file) => existsSync(path.join(root, file))) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Remembers that the sources of this fingerprint are built. */
export function remember(print) {
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, print);
}
