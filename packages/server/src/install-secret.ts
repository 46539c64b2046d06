import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './files/replace-file.js';

const BYTES = 32;

/**
 * 32 random bytes, made at the first start and kept in the data folder ever after.
 *
 * @throws {Error} naming the file, where there is another thing: in place of the secret a new one would open nothing of what it sealed.
 */
export async function readInstallSecret(dataDir: string): Promise<Uint8Array> {
  const file = path.join(dataDir, 'install-secret');
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read (${error.code ?? 'unknown'}). Let the user of this process read it.`, { cause: error });
  });
  if (kept?.length === BYTES) return kept;
  if (kept)
    throw new Error(
      `${file} is damaged. Put it back from a backup of DATA_DIR, or move it away: then agents set up their codes anew, and links that are out open nothing.`,
    );
  const made = randomBytes(BYTES);
  await mkdir(dataDir, { recursive: true });
  await replaceFile(file, made);
  return made;
}
