import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 32;

/** 32 random bytes, made at the first start and kept in the data folder ever after. */
export async function readInstallSecret(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'install-secret');
  const kept = await readFile(path).catch(() => null);
  if (kept?.length === BYTES) return kept;
  const made = randomBytes(BYTES);
  await mkdir(dataDir, { recursive: true });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(made);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return made;
}
