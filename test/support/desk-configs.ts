import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDeskFile, type DeskConfig } from '@storefront-support/server';

/** A desk file as the server reads it. */
export async function deskConfigs(config: unknown): Promise<DeskConfig[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-desks-'));
  try {
    const file = path.join(folder, 'desks.yaml');
    await writeFile(file, JSON.stringify(config));
    return await readDeskFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
