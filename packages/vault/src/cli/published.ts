import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TeamFile, TeamFolder } from './team-folder.js';
import { CannotBeDone } from './usage-error.js';

const ROOTS = /^export const roots = (\{.*\});$/m;

/**
 * Copies what is public of a team to where the server looks (`VAULT_DIR`): for each of its desks `manifest.json` and its `.sig`, and
 * `roots.js`, in which the roots of other desks stay as they are.
 *
 * @param yielding True: a desk at which another root is trusted already is left to it.
 * @returns the files that were written
 */
export async function publish(folder: TeamFolder, team: TeamFile, to: string, yielding = false): Promise<string[]> {
  const written: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    const file = path.join(path.resolve(to), name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.new`, content);
    // the server may be another user, and nothing of this is secret
    await chmod(`${file}.new`, 0o644);
    await rename(`${file}.new`, file);
    written.push(file);
  };
  const roots = rootsIn(await readFile(path.join(to, 'roots.js'), 'utf8').catch(() => ''));
  for (const desk of team.desks) {
    if (yielding && roots[desk] && !roots[desk].includes(team.root)) continue;
    // the signature first: an old manifest under a new signature is refused, and fetched again
    await write(`${desk}/manifest.json.sig`, await folder.readBytes('manifest.json.sig'));
    await write(`${desk}/manifest.json`, await folder.readBytes('manifest.json'));
    roots[desk] = [team.root];
  }
  await write('roots.js', rootsModule(roots));
  return written;
}

/** The one module of the vault page that differs from place to place: whose signature is trusted at which desk. */
export function rootsModule(roots: { [desk: string]: string[] }): string {
  return `export const roots = ${JSON.stringify(roots)};\n`;
}

function rootsIn(module: string): { [desk: string]: string[] } {
  if (!module) return {};
  const [, json] = ROOTS.exec(module) ?? [];
  if (!json) throw new CannotBeDone('roots.js is not one that this command has written: move it away first.');
  return JSON.parse(json) as { [desk: string]: string[] };
}
