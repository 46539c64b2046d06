import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { leanCipherForEsbuild } from '../../.config/lean-cipher.mjs';
import { root } from '../architecture/workspace.ts';

const ENTRIES = ['device-keys', 'draft', 'manifest', 'open', 'passkey-keys', 'seal', 'team', 'browser-ready'];

/** What the page has on its window. */
export type VaultWindow = typeof import('@storefront-support/vault/device-keys') &
  typeof import('@storefront-support/vault/draft') &
  typeof import('@storefront-support/vault/manifest') &
  typeof import('@storefront-support/vault/open') &
  typeof import('@storefront-support/vault/passkey-keys') &
  typeof import('@storefront-support/vault/seal') &
  typeof import('@storefront-support/vault/team') &
  typeof import('@storefront-support/vault/browser-ready');
declare global {
  var vault: VaultWindow;
  /** Puts a value into IndexedDB; without one, what was put there. */
  var keep: (value?: unknown) => Promise<unknown>;
}

const SCRIPT = `${ENTRIES.map((name, i) => `import * as m${i} from '@storefront-support/vault/${name}';`).join('\n')}
globalThis.vault = Object.assign({}, ${ENTRIES.map((_, i) => `m${i}`).join(', ')});
globalThis.keep = (value) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('keys', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const store = opening.result.transaction('keys', 'readwrite').objectStore('keys');
    const request = value === undefined ? store.get('own') : store.put(value, 'own');
    request.onsuccess = () => { opening.result.close(); resolve(request.result); };
    request.onerror = () => reject(request.error);
  };
});`;
const POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const PAGE = '<!doctype html><html lang="en"><title>Vault</title><script type="module" src="/page.js"></script>';

/** A page of an origin of its own, under a strict policy, that has nothing but the vault in its lean build. */
export async function serveVault(): Promise<{ url: string; close(): void }> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: path.join(root, 'packages/vault') },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    entryNames: 'page',
    outdir: 'out',
    write: false,
    plugins: [leanCipherForEsbuild()],
  });
  const files = new Map(outputFiles.map(({ path: file, contents }) => [`/${path.basename(file)}`, contents]));
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? '');
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(script ?? PAGE);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
