import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { ACTS, assertNoFault, DELAYS_MS, inBrowsers, killTogether, openKillRoom, randomFile, tableOf } from '../support/kill-trials.ts';
import { openChromium, type KillableBrowser } from '../support/killable-browser.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { ShopRoom } from '../support/shop-room.ts';

const MIB = 1_048_576;
const TOGETHER = 3;

describe('a browser that is killed', () => {
  const seed = chosenSeed();
  let room: ShopRoom;
  let browsers: KillableBrowser[] = [];
  let files: string[];

  before(async () => {
    room = await openKillRoom();
    browsers = await Promise.all([0, 1].map((n) => openChromium(path.join(room.folder, `profile-${n}`))));
    files = [await randomFile(room.folder, 'steps.txt', 2_000), await randomFile(room.folder, 'film.pdf', 3 * MIB)];
  });
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await room?.close();
  });

  it(`gives back what was written and chosen, and sends what was sent, 36 times (SEED=${seed})`, { timeout: 300_000 }, async (t) => {
    const random = seededRandom(seed);
    const jobs = ACTS.flatMap((act) =>
      DELAYS_MS.map((delayMs) => {
        const plan = { act, delayMs, files: act === 'keystroke' ? [] : files };
        return { plans: Array.from({ length: TOGETHER }, () => plan), seed: Math.floor(random() * 2 ** 32) };
      }),
    );
    const results = await inBrowsers(browsers, jobs, (browser, job, n) => killTogether(room, browser, `kill-${n}`, job.plans, job.seed));
    t.diagnostic(`seed ${seed}`);
    for (const line of tableOf(results.flat())) t.diagnostic(line);
    assertNoFault(results.flat());
  });
});
