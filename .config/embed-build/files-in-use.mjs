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
      // the address of a text is put together: it ends with a hash that all of its build share
      const meant = word.startsWith('-') ? [...chunks].filter((chunk) => chunk.endsWith(word)) : chunks.has(word) ? [word] : [];
      found.push(...meant.map((chunk) => `c/${chunk}`).filter((file) => !found.includes(file)));
    }
  }
  return found;
}
