import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { firefoxPath } from '../support/firefox.ts';
import { CASES } from '../support/host-pages/cases.ts';
import { openChromium, openFirefox } from '../support/host-pages/engines.ts';
import { openCases, runCases } from '../support/host-pages/run-cases.ts';

for (const [engine, open, isHere] of [
  ['Chromium', openChromium, true],
  ['Firefox', openFirefox, firefoxPath() !== undefined],
] as const) {
  // both, one after the other, take two minutes
  if (engine === 'Firefox' && process.env['TRIALS'] !== 'all') continue;
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
