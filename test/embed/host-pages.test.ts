import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { firefoxPath } from '../support/firefox.ts';
import { CASES } from '../support/host-pages/cases.ts';
import { openChromium, openFirefox } from '../support/host-pages/engines.ts';
import { bundleWithout, MUTANTS } from '../support/host-pages/mutants.ts';
import { javascript, openCases, runCases } from '../support/host-pages/run-cases.ts';

const ALL = process.env['TRIALS'] === 'all';

for (const [engine, open, isHere] of [
  ['Chromium', openChromium, true],
  ['Firefox', openFirefox, firefoxPath() !== undefined],
] as const) {
  // both, one after the other, take two minutes
  if (engine === 'Firefox' && !ALL) continue;
  describe(`a page that stands in the way, in ${engine}`, { skip: !isHere, timeout: 300_000 }, () => {
    let wrong: string[][];

    before(async () => {
      const room = await openCases();
      const browser = await open();
      try {
        wrong = await runCases(
          room,
          browser,
          CASES.map((host) => ({ host })),
        );
      } finally {
        await browser.close();
        await room.close();
      }
    });

    for (const [index, { name, proves }] of CASES.entries()) {
      it(`${name}: ${proves}`, () => assert.deepEqual(wrong[index], []));
    }
  });
}

describe('a page that stands in the way of a form without one of its guards', { timeout: 300_000 }, () => {
  // most of the others show by what does not come about, which takes its time
  const mutants = MUTANTS.filter(({ quick }) => ALL || quick);
  let whole: string[][];
  let maimed: string[][];

  before(async () => {
    const trials = mutants.map(({ red }, index) => {
      const host = CASES.find(({ name }) => name === red);
      if (!host) throw new Error(`no case is called ${red}`);
      return { host, index };
    });
    const room = await openCases(trials.flatMap(({ index }) => [`whole-${index}`, `maimed-${index}`]));
    const place = (folder: string, files: Map<string, Uint8Array>) => {
      for (const [path, contents] of files) room.putForAll(`/${folder}${path}`, { body: Buffer.from(contents), headers: javascript });
      return (name: string) => ({ name, script: `${room.originOf(name)}/${folder}/embed.js` });
    };
    const browser = await openChromium();
    try {
      const sound = place('whole', await bundleWithout());
      const planted: ReturnType<typeof place>[] = [];
      for (const [index, mutant] of mutants.entries()) planted.push(place(`maimed-${index}`, await bundleWithout(mutant)));
      const run = (kind: string, of: (index: number) => ReturnType<typeof place>, limitMs?: number) =>
        runCases(
          room,
          browser,
          trials.map(({ host, index }) => ({ host, ...of(index)(`${kind}-${index}`), ...(limitMs && { limitMs }) })),
        );
      whole = await run('whole', () => sound);
      maimed = await run('maimed', (index) => planted[index]!, 8_000);
    } finally {
      await browser.close();
      await room.close();
    }
  });

  for (const [index, { guard, red, because }] of mutants.entries()) {
    it(`turns red without this: ${guard} (${red})`, () => {
      assert.deepEqual(whole[index], [], 'with all guards');
      assert.ok(
        maimed[index]?.some((line) => because.test(line)),
        `without it: ${maimed[index]?.join('\n')}`,
      );
    });
  }
});
