import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tryThemes } from '../support/look/theme-trials.ts';

const THEMES = 10;
const LIMIT = { timeout: 180_000 };
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('theme="auto" in every role and state of every element', () => {
  it(`can be seen well on ${THEMES} random themes`, LIMIT, async () => {
    const { ratios, failures } = await tryThemes(seeds(THEMES));
    console.log(`${ratios} ratios on ${THEMES} themes, ${failures.length} failures`);
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(ratios > THEMES * 500, `${ratios} ratios`);
  });

  it('is what does it: without it the same themes fail', LIMIT, async () => {
    const { failures } = await tryThemes(seeds(4), '');
    assert.ok(failures.length > 4, `${failures.length} failures`);
  });
});
