import { mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureAge } from './age.mjs';
import { browserEnvironment, ensureEngines } from './browsers.mjs';
import { build } from './build.mjs';
import { ensureInstalled, node24, refuse } from './install.mjs';
import { runChecks } from './lint.mjs';
import { ensurePhp } from './php.mjs';
import { postgresAbsent, startCluster } from './postgres.mjs';
import { root, runNode, runTool, standingBack } from './process.mjs';

/*
 * npm test [-- --only=part,part] [words in file names]
 * Installs and builds what is missing, runs every part and adds up. The last line is `N passed, N failed`.
 */

const scratch = mkdtempSync(path.join(tmpdir(), 'storefront-support-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
let engines;

/** Test files below the folders, in their order, that the words of the command line ask for. */
function testFiles(...folders) {
  return folders
    .flatMap((folder) => {
      const place = path.join(root, 'test', folder);
      const files = existsSync(place) ? readdirSync(place, { recursive: true }) : [];
      return files.map((file) => `test/${folder}/${file}`).sort();
    })
    .filter((file) => file.endsWith('.test.ts') && (!words.length || words.some((word) => file.includes(word))));
}

/** Reads what a runner counted; a runner that died before it could tell, or that knows of no failure but ended with one, counts as failed. */
function readCounts(name, file, { code, output }) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    counts = { passed: 0, failed: [`${name} died without a count`], skipped: [] };
  }
  if (code !== 0 && !counts.failed.length) counts.failed.push(`${name} ended with code ${code}`);
  return { ...counts, output };
}

const browserEnv = () => browserEnvironment(engines);

/** Watches milliseconds of a browser: nothing else may run. */
const isAlone = (file) => file.includes('journeys/browser-kill');
const needsPostgres = (file) => file.includes('server/postgres/');

function nodeTests(name, atOnce, folders, isIts = () => true) {
  return async (show, files = testFiles(...folders).filter(isIts)) => {
    if (!files.length)
      return words.length ? undefined : { passed: 0, failed: [`${name}: no test file was found`], skipped: [], output: '' };
    const file = path.join(scratch, `${name}.json`);
    const reporters = ['spec', 'stdout', './.config/counting-reporter.mjs', file];
    const cluster = await sharedCluster(files);
    const flags = reporters.map((value, i) => (i % 2 ? `--test-reporter-destination=${value}` : `--test-reporter=${value}`));
    const result = await runNode(
      ['--test', `--test-concurrency=${atOnce}`, '--test-force-exit', '--import=./.config/exit-once-told.mjs', ...flags, ...files],
      {
        show,
        limitMinutes: 15,
        env: { ...browserEnv(), ...(cluster && { DATABASE_TEST_URL: cluster.url }) },
      },
    );
    await cluster?.stop();
    return readCounts(name, file, result);
  };
}

/** One Postgres for all files that want one; a file that is run by itself starts its own. */
async function sharedCluster(files) {
  if (process.env.DATABASE_TEST_URL || postgresAbsent() || !files.some((file) => file.includes('postgres'))) return undefined;
  return startCluster();
}

async function browserTests(show, files = testFiles('elements')) {
  if (!files.length) return words.length ? undefined : { passed: 0, failed: ['elements: no test file was found'], skipped: [], output: '' };
  const file = path.join(scratch, 'elements.json');
  const env = { ...browserEnv(), COUNTS_FILE: file, FILES: files.join(',') };
  return readCounts(
    'elements',
    file,
    await runTool('wtr', ['--config', '.config/web-test-runner.config.mjs'], { show, limitMinutes: 12, env }),
  );
}

/** Every state of every element and page; the elements' are stories. */
async function stateTests(show, files = testFiles('states')) {
  if (!files.length) return words.length ? undefined : { passed: 0, failed: ['states: no test file was found'], skipped: [], output: '' };
  const args = ['build', '--output-dir', 'dist/storybook', '--disable-telemetry', '--quiet'];
  const built = await runTool('storybook', args, { show, limitMinutes: 5 });
  if (built.code !== 0) return { passed: 0, failed: ['storybook build'], skipped: [], output: built.output };
  return nodeTests('states', 1, [])(show, files);
}

const PARTS = {
  checks: async () => (words.length ? undefined : runChecks()),
  // what opens browsers takes longest: at the end nothing long is left alone
  node: nodeTests('node', 4, ['inbox', 'embed', 'server'], (file) => !needsPostgres(file)),
  units: nodeTests('units', 2, ['adapters', 'server/postgres', 'vault', 'architecture', 'contract', 'examples']),
  packages: nodeTests('packages', 1, ['packages']),
  elements: browserTests,
  journeys: nodeTests('journeys', 2, ['journeys'], (file) => !isAlone(file)),
  kills: nodeTests('kills', 1, ['journeys'], isAlone),
  states: stateTests,
};
/**
 * Parts of one row run side by side. Elements use one of two cores and watch time: what runs beside them has to stand back.
 */
const ROWS = [[['node']], [['elements'], ['checks', 'states'], ['units', 'packages']], [['journeys', 'kills']]];
const STAND_BACK = new Set(['checks', 'states', 'units', 'packages']);

const minutes = (since) => `${((Date.now() - since) / 60_000).toFixed(2)} min`;
const began = Date.now();
const spent = [];
/** What the tests of each file took, with what else was running beside them. */
const slow = [];
const SLOW_SHOWN = 25;
/** More failures than this are not tried again. */
const FAILURES_MOST = 4;
const time = (name, since) => spent.push(`${name.padEnd(9)} ${minutes(since)}`);

const unknown = only?.filter((name) => !(name in PARTS));
if (unknown?.length) refuse(`There is no part "${unknown[0]}". Parts: ${Object.keys(PARTS).join(', ')}`);

ensureInstalled();
node24();
let absent;
try {
  ({ engines, absent } = ensureEngines());
} catch (error) {
  refuse(error.message);
}
for (const name of absent) console.log(`${name} is not on this machine: its tests are left out`);
console.log(ensureAge());
const noPostgres = postgresAbsent();
if (noPostgres) absent.push(noPostgres);
const noPhp = ensurePhp();
if (noPhp) absent.push(noPhp);
time('install', began);

const total = { passed: 0, failed: [], skipped: [], unsteady: [] };
const buildBegan = Date.now();
const { failed, output } = await build();
time('build', buildBegan);
if (failed) {
  console.log(output);
  total.failed.push({ part: 'build', title: failed });
}

async function runPart(name) {
  const since = Date.now();
  const work = () => PARTS[name](only?.length === 1);
  const result = await (STAND_BACK.has(name) ? standingBack(work) : work()).catch((error) => ({
    passed: 0,
    failed: [name],
    skipped: [],
    output: String(error.stack),
  }));
  if (!result) return;
  time(name, since);
  console.log(`${name}: ${result.passed} passed, ${result.failed.length} failed, ${minutes(since)}`);
  if (result.failed.length && only?.length !== 1) console.log(result.output);
  slow.push(...Object.entries(result.seconds ?? {}));
  total.passed += result.passed;
  for (const outcome of ['failed', 'skipped']) total[outcome].push(...result[outcome].map((title) => ({ part: name, title })));
}

/** The test files that run the tests of a file which others share. */
function importersOf(file) {
  const place = path.join(root, 'test');
  return readdirSync(place, { recursive: true })
    .filter(
      (name) =>
        name.endsWith('.test.ts') &&
        !name.startsWith('long') &&
        readFileSync(path.join(place, name), 'utf8').includes(`/${path.basename(file)}'`),
    )
    .map((name) => `test/${name}`);
}

/**
 * Runs the files that failed once more, with nothing beside them: a shared machine stalls now and then, and what fails for that
 * alone is told apart here. Many failures are no accident, and are left as they are.
 */
async function tryAgain() {
  const files = {};
  for (const [n, { part, title }] of total.failed.entries()) {
    const file = title.match(/\btest\/[^\s:]+\.ts/)?.[0];
    const those = file ? (file.endsWith('.test.ts') ? [file] : importersOf(file)) : [];
    if (!those.length || n === FAILURES_MOST) return;
    for (const one of those) (files[part] ??= new Set()).add(one);
  }
  for (const [part, those] of Object.entries(files)) {
    const since = Date.now();
    const { failed: stillFailed, output } = await PARTS[part](false, [...those]);
    time('again', since);
    if (stillFailed.length) {
      console.log(output);
      continue;
    }
    const mended = total.failed.filter((failure) => failure.part === part);
    total.failed = total.failed.filter((failure) => failure.part !== part);
    total.passed += mended.length;
    total.unsteady.push(...mended);
  }
}

// what does not compile cannot be tested: the checks say why
const rows = failed ? [[['checks']]] : ROWS;
for (const row of rows) {
  await Promise.all(
    row.map(async (names) => {
      for (const name of names) if (!only || only.includes(name)) await runPart(name);
    }),
  );
}
if (!total.passed && !total.failed.length) total.failed.push({ part: 'all', title: 'no test was found' });
if (!words.length) await tryAgain();

const list = (title, lines) => lines.length && console.log(`\n${title}\n  ${lines.join('\n  ')}`);
list('minutes', [...spent, `${'total'.padEnd(9)} ${minutes(began)}`]);
slow.sort(([, one], [, other]) => other - one).length = Math.min(slow.length, SLOW_SHOWN);
list(
  'slowest files',
  slow.map(([file, seconds]) => `${seconds.toFixed(1).padStart(6)} s  ${file}`),
);
list('left out', absent);
const lines = (outcomes) => outcomes.map(({ part, title }) => `${part}: ${title}`);
list('skipped', lines(total.skipped));
list('passed at the second try only', lines(total.unsteady));
list('failed', lines(total.failed));
console.log(`\n${total.passed} passed, ${total.failed.length} failed${total.skipped.length ? `, ${total.skipped.length} skipped` : ''}`);
process.exitCode = total.failed.length ? 1 : 0;
