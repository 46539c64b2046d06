import { existsSync } from 'node:fs';
import path from 'node:path';

/** Lies in a data folder while a backup is being put into it. */
export const RESTORING = 'restoring';

/** @throws {Error} naming the folder, when only a part of a backup lies in it. */
export function refuseHalfRestored(folder: string): void {
  if (existsSync(path.join(folder, RESTORING)))
    throw new Error(
      `A restore into ${folder} is under way, or was cut off. In the second case empty the folder, its file "erasures" excepted, and restore again.`,
    );
}
