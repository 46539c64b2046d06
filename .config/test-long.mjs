import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserEnvironment, ensureEngines } from './browsers.mjs';
import { build } from './build.mjs';
import { ensureInstalled, refuse } from './install.mjs';
import { root, runNode, runTool } from './process.mjs';

/*
 * npm run test:long [-- words in file names]
 * Everything below test/long, one file after the other: trials too many for the suite. The last line is `N passed, N failed`.
 * SEED=… repeats a run.
 */

const words = process.argv.slice(2);
const files = readdirSync(path.join(root, 'test/long'), { recursive: true })
  .map((file) => `test/long/${file}`)
  .filter((file) => file.endsWith('.test.ts') && (!words.length || words.some((word) => file.includes(word))))
  .sort();
if (!files.length) refuse(`No file below test/long has one of these words in its name: ${words.join(', ')}`);

ensureInstalled();
let engines;
try {
  ({ engines } = ensureEngines());
} catch (error) {
  refuse(error.message);
}
const { failed, output } = await build();
if (failed) refuse(`${output}\nThe build step "${failed}" failed.`);

if (files.some((file) => file.includes('states'))) {
  const args = ['build', '--output-dir', 'dist/storybook', '--disable-telemetry', '--quiet'];
  const { code: unbuilt, output: said } = await runTool('storybook', args, { show: false, limitMinutes: 5 });
  if (unbuilt) refuse(said);
}

const scratch = mkdtempSync(path.join(tmpdir(), 'storefront-support-long-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
const counts = path.join(scratch, 'counts.json');
const flags = [
  '--test',
  '--test-concurrency=1',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./.config/counting-reporter.mjs',
  `--test-reporter-destination=${counts}`,
];
const env = browserEnvironment(engines);
const { code } = await runNode([...flags, ...files], { show: true, limitMinutes: 120, env });

let total = { passed: 0, failed: ['the runner died without a count'] };
try {
  total = JSON.parse(readFileSync(counts, 'utf8'));
} catch {
  // it counts as failed
}
if (code !== 0 && !total.failed.length) total.failed.push(`ended with code ${code}`);
for (const title of total.failed) console.log(`failed: ${title}`);
console.log(`\n${total.passed} passed, ${total.failed.length} failed`);
process.exitCode = total.failed.length ? 1 : 0;
