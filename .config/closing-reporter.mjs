import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Reporter for the browser runner. Writes its counts to the file named by COUNTS_FILE, and ends with `N passed, N failed`,
 * alone on a line. A file that did not load has no tests, and counts as one failure in each engine.
 */
export function closingReporter() {
  // stays when the run never finishes
  let counts = { passed: 0, failed: ['the browser run did not finish'], skipped: [] };
  // the default reporter still writes after `stop`
  process.on('exit', () => {
    if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed.length} failed\n`);
  });
  return {
    onTestRunFinished({ sessions }) {
      counts = { passed: 0, failed: [], skipped: [], seconds: {} };
      for (const session of sessions) count(session, counts);
      if (!counts.passed && !counts.failed.length) counts.failed.push('no browser test was found');
    },
  };
}

function count(session, counts) {
  const file = `${session.browser.name} ${path.relative(process.cwd(), session.testFile)}`;
  const before = counts.failed.length;
  let seen = 0;
  const walk = (suite, trail) => {
    for (const test of suite?.tests ?? []) {
      seen++;
      counts.seconds[file] = (counts.seconds[file] ?? 0) + (test.duration ?? 0) / 1000;
      const title = [...trail, test.name].join(' › ');
      if (test.skipped) counts.skipped.push(title);
      else if (test.passed) counts.passed++;
      else counts.failed.push(title);
    }
    for (const child of suite?.suites ?? []) walk(child, [...trail, child.name]);
  };
  walk(session.testResults, [file]);
  if (!session.passed && counts.failed.length === before) counts.failed.push(`${file}: did not load or broke outside its tests`);
  else if (seen === 0) counts.failed.push(`${file}: has no tests`);
}
