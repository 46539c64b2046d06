import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../architecture/workspace.ts';

const COMMAND = path.join(root, 'packages/vault/dist/cli/vault.js');

/** The shell lines of a document of the project, block by block. @param file from the root */
export async function shellBlocks(file: string): Promise<string[][]> {
  const text = await readFile(path.join(root, file), 'utf8');
  return Array.from(text.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block = '']) => block.trim().split('\n'));
}

/** The one block that holds this. */
export async function blockWith(file: string, words: string): Promise<string[]> {
  const found = (await shellBlocks(file)).filter((lines) => lines.some((line) => line.includes(words)));
  assert.equal(found.length, 1, `${file} has ${found.length} blocks with "${words}"`);
  return found[0] ?? [];
}

/** Runs lines of the documentation as they stand, in a folder of their own. */
export class DocumentedCommands {
  readonly home: string;
  /** What stands for values that are another's on every machine. */
  readonly given = new Map<string, string>([['npm run vault --', 'vault']]);

  /** @param home where they run, and what `~` is */
  constructor(home: string) {
    this.home = home;
  }

  /** What they print. Fails when one of them does. */
  run(lines: readonly string[]): string {
    let script = `set -e\nvault() { "${process.execPath}" "${COMMAND}" "$@"; }\n${lines.join('\n')}`;
    for (const [placeholder, value] of this.given) script = script.replaceAll(placeholder, value);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
      cwd: this.home,
      encoding: 'utf8',
      env: { ...process.env, HOME: this.home },
    });
    assert.equal(status, 0, `${lines.join('\n')}\n${stdout}${stderr}`);
    return stdout;
  }
}
