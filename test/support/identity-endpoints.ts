import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import type { SharedKey } from './identity-tokens.ts';
import type { Customer, Theme } from './theme-pages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const READY = /Development Server \(.*\) started/;

export interface IdentityEndpoints {
  /** What the endpoint of a platform answers to whoever is signed in there; null: to a guest. */
  ask(theme: Theme, customer: Customer | null): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Runs the identity endpoints of the example themes on PHP's own web server.
 *
 * @param proved whether the shop asks for proof of addresses.
 * @param changesProved whether Magento does of those that are changed to.
 */
export async function startIdentityEndpoints(
  key: SharedKey,
  desk: string,
  proved: boolean,
  changesProved = proved,
): Promise<IdentityEndpoints> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-identity-'));
  const secretFile = path.join(folder, 'support-key');
  await writeFile(secretFile, `${key.secret}\n`);
  const module = path.join(folder, 'supportidentity');
  await cp(path.join(root, 'examples/prestashop-theme/modules/supportidentity'), module, { recursive: true });
  const settings = { desk, kid: key.kid, secret: key.secret, secretFile, proved, confirm: changesProved ? '1' : '0' };
  await writeFile(
    path.join(module, 'settings.php'),
    `<?php return ['all' => ['endpoint' => '/', 'desk' => 'not-this-one', 'kid' => '${key.kid}', 'secretFile' => '${secretFile}', 'addressesAreProved' => ${proved}], 1 => ['desk' => '${desk}']];`,
  );
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn('php', ['-d', 'display_errors=stderr', '-S', address, path.join(root, 'test/support/php/identity.php')], {
    env: { ...process.env, PRESTASHOP_MODULE: module, SUPPORT_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(server, 'exit');
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on('line', (line) => READY.test(line) && resolve());
    server.once('error', reject);
    server.once('exit', () => reject(new Error('php ended before it was ready')));
  });
  return {
    ask: (theme, customer) =>
      fetch(`http://${address}/${theme}`, {
        headers: customer ? { Cookie: `customer=${encodeURIComponent(JSON.stringify(customer))}` } : {},
      }),
    async close() {
      server.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
