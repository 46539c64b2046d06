import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tryThemes } from '../support/look/theme-trials.ts';

const THEMES = 300;
const first = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

it(`theme="auto" can be seen well on ${THEMES} themes that nobody has seen before`, { timeout: 900_000 }, async () => {
  console.log(`SEED=${first}`);
  const { ratios, failures } = await tryThemes(Array.from({ length: THEMES }, (_, index) => first + index));
  console.log(`${ratios} ratios on ${THEMES} themes, ${failures.length} failures`);
  assert.deepEqual(failures.slice(0, 20), []);
});
