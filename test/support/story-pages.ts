import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';

const FOLDER = path.resolve(import.meta.dirname, '../../dist/storybook');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const LIMIT_MS = 30_000;

interface Entry {
  id: string;
  type: 'story' | 'docs';
}

/** The Storybook as built. */
export interface StoryPages {
  entries: Entry[];
  /** Opens a story on a page that has nothing on it that another one has left, and waits for its play function. */
  open(page: Page, id: string): Promise<void>;
  /** Opens a page of documentation. */
  openDocs(page: Page, id: string): Promise<void>;
  /** A page for one story after the other: what they load is loaded once. */
  newPage(browser: Browser): Promise<Page>;
  close(): Promise<void>;
}

export async function serveStories(): Promise<StoryPages> {
  if (!existsSync(path.join(FOLDER, 'index.json'))) throw new Error('There is no dist/storybook: npm run storybook:build');
  const server = http.createServer((request, response) => {
    const file = path.join(FOLDER, decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (!file.startsWith(FOLDER) || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    const headers = { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'cache-control': 'max-age=3600' };
    return createReadStream(file).pipe(response.writeHead(200, headers));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { entries } = JSON.parse(readFileSync(path.join(FOLDER, 'index.json'), 'utf8')) as { entries: Record<string, Entry> };
  return {
    entries: Object.values(entries),
    async open(page, id) {
      const session = await page.context().newCDPSession(page);
      await page.goto('about:blank');
      await session.send('Storage.clearDataForOrigin', { origin: base, storageTypes: 'indexeddb,local_storage,service_workers' });
      await session.detach();
      await page.goto(`${base}/iframe.html?id=${id}&viewMode=story&globals=a11y.manual:!true`);
      const finished = await page.waitForFunction(
        () => {
          interface Channel {
            last(name: string): [{ status: string }] | undefined;
          }
          return (globalThis as unknown as { __STORYBOOK_ADDONS_CHANNEL__?: Channel }).__STORYBOOK_ADDONS_CHANNEL__?.last(
            'storyFinished',
          )?.[0].status;
        },
        undefined,
        { timeout: LIMIT_MS },
      );
      if ((await finished.jsonValue()) === 'success') return;
      const said = await page
        .locator('#error-message')
        .innerText({ timeout: 1_000 })
        .catch(() => 'it did not render');
      throw new Error(`${id}: ${said}`);
    },
    async openDocs(page, id) {
      await page.goto(`${base}/iframe.html?id=${id}&viewMode=docs&globals=a11y.manual:!true`);
      await page.locator('#storybook-docs h1').first().waitFor({ timeout: LIMIT_MS });
    },
    async newPage(browser) {
      const page = await browser.newPage();
      page.setDefaultTimeout(LIMIT_MS);
      return page;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
