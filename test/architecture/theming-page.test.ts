import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { tables, tablesIn } from '../support/look/theming-page.ts';
import { root } from './workspace.ts';

const page = readFileSync(path.join(root, 'stories/docs/theming.mdx'), 'utf8');

/** Name and description of every row. */
const rows = (table: string) =>
  table
    .split('\n')
    .filter((line) => /^\| *`/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe('the page on theming', () => {
  it('has every token and every part of the manifest, and no other', () => {
    const [written, wanted] = [tablesIn(page), tables()];
    assert.deepEqual([...written.keys()].sort(), [...wanted.keys()].sort());
    for (const [name, table] of wanted) {
      assert.ok(rows(table).length > 0, name);
      assert.deepEqual(rows(written.get(name) ?? ''), rows(table), `${name}: npm run theming writes it anew`);
    }
  });

  it('shows pictures that are there, each with words for whoever does not see it', () => {
    const pictures = new Map([...page.matchAll(/^import (\w+) from '\.\/(images\/[^']+)';$/gm)].map(([, name, file]) => [name!, file!]));
    assert.ok(pictures.size >= 9, `${pictures.size} pictures`);
    for (const [name, file] of pictures) {
      assert.ok(existsSync(path.join(root, 'stories/docs', file)), file);
      assert.match(page, new RegExp(`<img src=\\{${name}\\} alt="[^"]{10,}"`), name);
    }
  });
});
