import { open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What lies there survives a power cut from here on: the bytes of a file, the names in a folder. */
export async function syncPath(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a file of this user's in its place, durably: whatever happens, it is the one before or the whole new one. */
export async function replaceFile(file: string, content: Parameters<typeof writeFile>[1]): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  await syncPath(path.dirname(file));
}
