import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ATTEMPTS = 20;

/** Every file below the folder in which one of the words stands, as UTF-8, UTF-16, base64 or in capitals, with the word. */
export function filesHolding(folder: string, words: readonly string[]): string[] {
  for (let attempt = 1; ; attempt++) {
    try {
      return scan(folder, words);
    } catch (error) {
      // a file that is being written gets another name: it is somewhere else now
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === ATTEMPTS) throw error;
    }
  }
}

function scan(folder: string, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    for (const word of words) if (entry.name.includes(word)) found.push(`${file} is named ${word}`);
    if (!entry.isFile()) continue;
    const bytes = readFileSync(file);
    for (const word of words) if (formsOf(word).some((form) => bytes.includes(form))) found.push(`${file} holds ${word}`);
  }
  return found;
}

function formsOf(word: string): Buffer[] {
  const utf16 = Buffer.from(word, 'utf16le');
  const utf16Big = Buffer.from(utf16).swap16();
  // at each of the three places where it may begin, without the characters that its neighbours share
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'\0'.repeat(shift)}${word}`)
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -2));
  });
  return [Buffer.from(word), Buffer.from(word.toUpperCase()), utf16, utf16Big, ...base64];
}
