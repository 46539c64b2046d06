import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { node24, refuse } from './install.mjs';
import { root } from './process.mjs';

/**
 * Makes the keys of the demo's support team, or signs them for another 30 days. A desk for which somebody else has published keys keeps
 * those.
 * @param {{ config: string, dataDir: string, vaultDir: string }} places
 */
export async function prepareDemoVault({ config, dataDir, vaultDir }) {
  const desks = await deskIds(config);
  if (!desks.length) return;
  const command = path.join(root, 'packages/vault/dist/cli/vault.js');
  const args = ['demo', '--folder', path.join(dataDir, 'vault-team'), '--to', vaultDir, ...desks.flatMap((id) => ['--desk', id])];
  const { status, error } = spawnSync(node24(), [command, ...args], { stdio: 'inherit' });
  if (status !== 0) refuse(`The keys of the demo could not be made. ${error?.message ?? ''}`);
}

/** Of a desk file that cannot be read the server says more than could be said here. */
async function deskIds(config) {
  const { parse } = await import('yaml');
  try {
    const entries = parse(await readFile(config, 'utf8'));
    return entries.map(({ desk }) => desk.id).filter((id) => typeof id === 'string');
  } catch {
    return [];
  }
}
