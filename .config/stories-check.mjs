import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { launchChromium } from '../test/support/chromium.ts';
import { findEngines } from './browsers.mjs';
import { root } from './process.mjs';

/** Opens every story of the built Storybook in Chromium: it must render, its play function pass, and axe find nothing. */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const LIMIT_MS = 30_000;
const AT_ONCE = 2;
const folder = path.join(root, 'dist/storybook');

const server = http.createServer((request, response) => {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  createReadStream(file).pipe(response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const { chromium, shell } = findEngines();
// less than half the work of the whole browser
process.env.CHROMIUM = process.env.HEADLESS_SHELL ?? shell ?? process.env.CHROMIUM ?? chromium;
const browser = await launchChromium();

/** What is wrong with one entry; an empty list when nothing is. */
async function problemsOf({ id, type }) {
  // what one story keeps on the device is none of another's
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  try {
    await page.goto(`${base}/iframe.html?id=${id}&viewMode=${type}`);
    if (type === 'docs') {
      await page.locator('#storybook-docs h1').first().waitFor({ timeout: LIMIT_MS });
      return problems;
    }
    const finished = await page.waitForFunction(() => globalThis.__STORYBOOK_ADDONS_CHANNEL__?.last('storyFinished')?.[0], undefined, {
      timeout: LIMIT_MS,
    });
    const { status, reporters } = await finished.jsonValue();
    const axe = reporters.find((reporter) => reporter.type === 'a11y');
    if (!axe && !reporters.length) problems.push('axe did not run');
    for (const violation of axe?.result?.violations ?? []) {
      problems.push(`${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(' ')).join(', ')})`);
    }
    if (status === 'error' && !problems.length)
      problems.push(
        await page
          .locator('#error-message')
          .innerText()
          .catch(() => 'did not render'),
      );
  } catch (error) {
    problems.push(error.message);
  } finally {
    await page.close();
  }
  return problems;
}

const counts = { passed: 0, failed: [], skipped: [] };
const { entries } = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'));
const waiting = Object.values(entries);

async function work() {
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    const problems = await problemsOf(entry);
    if (!problems.length) counts.passed++;
    else {
      counts.failed.push(entry.id);
      console.error(`${entry.id}\n  ${problems.join('\n  ')}`);
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
server.closeAllConnections();
server.close();
if (!counts.passed && !counts.failed.length) counts.failed.push('no story was found');
if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed.length} failed`);
process.exitCode = counts.failed.length ? 1 : 0;
