import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of a build that its entry leads to, `embed.js` and `c/…`; none where there is no build.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesInUse(folder) {
  if (!existsSync(path.join(folder, 'embed.js'))) return [];
  const chunks = new Set(existsSync(path.join(folder, 'c')) ? readdirSync(path.join(folder, 'c')) : []);
  const found = ['embed.js'];
  for (const name of found) {
    for (const [word] of readFileSync(path.join(folder, name), 'utf8').matchAll(/[\w-]+\.js\b/g)) {
      if (chunks.has(word) && !found.includes(`c/${word}`)) found.push(`c/${word}`);
    }
  }
  return found;
}
