import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../architecture/workspace.ts';

const FOLDER = 'test/support/trees';

/** True where a text is the one that `isAsRead` compares it with, or is to be written. */
export function isRead(name: string, text: string): boolean {
  return process.env['TREES'] === 'write' || text === readFileSync(path.join(root, FOLDER, `${name}.txt`), 'utf8');
}

/**
 * Compares a text with the one that somebody has read and found good: `test/support/trees/<name>.txt`. With `TREES=write` in the
 * environment it is written instead, to be read before it is committed.
 */
export function isAsRead(name: string, text: string): void {
  const file = path.join(root, FOLDER, `${name}.txt`);
  if (process.env['TREES'] === 'write') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'), `${FOLDER}/${name}.txt`);
}
