import path from 'node:path';

/**
 * Reporter for `node --test`: one JSON object with what passed, failed and was skipped, for the runner that adds up.
 * A file that failed to load, a file without any test and a failing hook count as one failure each.
 * `seconds`: what the tests of each file took.
 */
export default async function* countingReporter(source) {
  let passed = 0;
  const failed = [];
  const skipped = [];
  const seconds = {};
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const place = data.file ? path.relative(process.cwd(), data.file) : '';
    if (place && data.nesting === 0) seconds[place] = (seconds[place] ?? 0) + data.details.duration_ms / 1000;
    const title = place ? `${place}: ${data.name}` : data.name;
    if (data.skip || data.todo) skipped.push(title);
    else if (type === 'test:fail') {
      // a parent that fails only because of its children is counted through them
      if (data.details.error?.failureType !== 'subtestsFailed') failed.push(title);
    } else if (data.details.type === 'suite') continue;
    else if (data.nesting === 0 && data.file && path.resolve(data.name) === data.file) failed.push(`${place}: has no tests`);
    else passed++;
  }
  yield JSON.stringify({ passed, failed, skipped, seconds });
}
