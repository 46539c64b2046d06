import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chosenSeed } from '../support/interrupted-upload.ts';
import {
  ACTS,
  assertNoFault,
  DELAYS_MS,
  inBrowsers,
  killTogether,
  openKillRoom,
  randomFile,
  tableOf,
  type TrialPlan,
} from '../support/kill-trials.ts';
import { openChromium, openFirefox, type KillableBrowser } from '../support/killable-browser.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { ShopRoom } from '../support/shop-room.ts';

const MIB = 1_048_576;
/** SIGKILLs for each act and delay. Each ends one page, as a person has one: several at once would be late for want of a processor. */
const ROUNDS = 25;

describe('a browser that is killed', () => {
  const seed = chosenSeed();
  let room: ShopRoom;
  let files: string[];
  /** Larger than what is copied onto the device. */
  let huge: string;

  before(async () => {
    room = await openKillRoom();
    files = [await randomFile(room.folder, 'steps.txt', 2_000), await randomFile(room.folder, 'film.pdf', 6 * MIB)];
    huge = await randomFile(room.folder, 'raw.pdf', 60 * MIB);
  });
  after(() => room?.close());

  /** Runs jobs of several trials, each job ended by one SIGKILL, and closes the browsers. */
  async function run(browsers: KillableBrowser[], name: string, jobs: TrialPlan[][]) {
    const random = seededRandom(seed);
    const seeded = jobs.map((plans) => ({ plans, seed: Math.floor(random() * 2 ** 32) }));
    try {
      return (
        await inBrowsers(browsers, seeded, (browser, job, n) => killTogether(room, browser, `${name}-${n}`, job.plans, job.seed))
      ).flat();
    } finally {
      await Promise.all(browsers.map((browser) => browser.close()));
    }
  }

  const combinations = (plansOf: (act: TrialPlan['act'], delayMs: number) => TrialPlan[][]) =>
    ACTS.flatMap((act) => DELAYS_MS.flatMap((delayMs) => plansOf(act, delayMs)));

  it(`gives back what was written and chosen, and sends what was sent, 300 times (SEED=${seed})`, { timeout: 3_600_000 }, async (t) => {
    const jobs = combinations((act, delayMs) =>
      Array.from({ length: ROUNDS }, (_, round) => {
        if (act === 'keystroke') return [{ act, delayMs, files: [] }];
        // every fifth has one that is not copied
        return [{ act, delayMs, files: round % 5 ? files : [...files, huge] }];
      }),
    );
    const profiles = [0, 1].map((n) => openChromium(path.join(room.folder, `profile-${n}`)));
    const results = await run(await Promise.all(profiles), 'long', jobs);
    assert.equal(results.length, 300);
    t.diagnostic(`seed ${seed}, Chromium`);
    for (const line of tableOf(results)) t.diagnostic(line);
    assertNoFault(results);
  });

  it(`does so in Firefox, 12 times (SEED=${seed})`, { timeout: 900_000 }, async (t) => {
    const firefox = await openFirefox(path.join(room.folder, 'firefox'));
    if (!firefox) return t.skip('Firefox is not on this machine or cannot be driven');
    const jobs = combinations((act, delayMs) => [[{ act, delayMs, files: act === 'keystroke' ? [] : files }]]);
    const results = await run([firefox], 'fox', jobs);
    assert.equal(results.length, 12);
    t.diagnostic(`seed ${seed}, Firefox`);
    for (const line of tableOf(results)) t.diagnostic(line);
    assertNoFault(results);
  });
});
