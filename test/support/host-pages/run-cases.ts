import { readdir, readFile } from 'node:fs/promises';
import { CASES } from './cases.ts';
import { checkCase, placeCase } from './check-case.ts';
import type { HostBrowser } from './engines.ts';
import type { HostCase } from './host-case.ts';
import { fileOf, openHostRoom, type HostRoom } from './host-room.ts';

const built = new URL('../../../packages/embed/dist/embed/', import.meta.url);
/** Of a script that pages of any origin may load. */
export const javascript = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };

/** A room with the files that cases ask their own shop for. @param more names beside those of the cases. */
export async function openCases(more: readonly string[] = []): Promise<HostRoom> {
  const room = await openHostRoom([...CASES.map(({ name }) => name), ...more]);
  room.putForAll('/lit.js', { body: await fileOf('lit-html/lit-html.js'), headers: javascript });
  const put = async (path: string, file = path) =>
    room.putForAll(path, { body: await readFile(new URL(`.${file}`, built)), headers: javascript });
  // one without anything that it loads, and one without what sends
  for (const folder of ['', '/half', '/mute']) await put(`${folder}/embed.js`, '/embed.js');
  for (const name of await readdir(new URL('c/', built))) {
    if (!name.endsWith('.js')) continue;
    await put(`/c/${name}`);
    if (!name.startsWith('submit')) await put(`/mute/c/${name}`, `/c/${name}`);
  }
  return room;
}

export interface Trial {
  host: HostCase;
  /** Name of its shop; the case's otherwise. */
  name?: string;
  /** Address of the script; the built one otherwise. */
  script?: string;
  /** Milliseconds that anything may take to come about. */
  limitMs?: number;
}

/** What is wrong on each page, in the order of the trials; several pages at once. */
export async function runCases(room: HostRoom, browser: HostBrowser, trials: readonly Trial[], atOnce = 4): Promise<string[][]> {
  const wrong: string[][] = [];
  const queue = [...trials.entries()];
  await Promise.all(
    Array.from({ length: Math.min(atOnce, trials.length) }, async () => {
      const page = await browser.newPage();
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [index, { host, name = host.name, script = room.embed, limitMs }] = next;
        placeCase(room, host, script, name);
        wrong[index] = await checkCase(room, page, host, name, limitMs).catch((error: unknown) => [String(error)]);
        await page.forget();
      }
    }),
  );
  return wrong;
}
