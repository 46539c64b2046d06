import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LOCALES } from '../../packages/server/dist/locales/index.js';
import { launchChromium, listenForNoise } from '../support/chromium.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

interface Shift {
  value: number;
  moved: string[];
}

/** What people notice begins far above this. */
const MOST_SHIFT = 0.002;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe('the demo shop', () => {
  let browser: Browser;
  let server: ServerProcess;
  let axe: string;

  before(async () => {
    server = await startServer();
    browser = await launchChromium();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open(path: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      const shifts: Shift[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as unknown as { value: number; sources: { node?: Node }[] }[])
          shifts.push({ value, moved: sources.map(({ node }) => `${node?.nodeName}: ${node?.textContent?.trim().slice(0, 60)}`) });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(server.url + path);
    return page;
  }

  async function showForm(page: Page): Promise<void> {
    await page.evaluate(() => document.querySelector('support-form')!.scrollIntoView({ behavior: 'instant', block: 'start' }));
    await page.locator('main support-form').getByRole('textbox').first().waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  for (const path of ['/', '/contact.html']) {
    for (const width of [390, 1280]) {
      it(`does not move when the form comes (${path} at ${width} px)`, async () => {
        const page = await open(path, width);
        await showForm(page);
        const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);
        assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) <= MOST_SHIFT, JSON.stringify(shifts));
        await page.close();
      });

      for (const scheme of ['light', 'dark'] as const) {
        it(`has nothing to hide from axe (${path} at ${width} px, ${scheme})`, async () => {
          const page = await open(path, width, scheme);
          const noise = listenForNoise(page);
          await showForm(page);
          assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
            'nothing sticks out sideways',
          );
          await page.evaluate(axe);
          const found = await page.evaluate(async (rules) => {
            const { axe: engine } = globalThis as unknown as {
              axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            const { violations } = await engine.run({ runOnly: rules });
            return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
          }, RULES);
          assert.deepEqual(found, []);
          assert.deepEqual(noise, []);
          await page.close();
        });
      }
    }
  }

  it('speaks French where the page does', async () => {
    const page = await open('/contact.html', 1280);
    await showForm(page);
    assert.ok(await page.getByRole('button', { name: /^Envoyer/ }).isVisible());
    await page.getByRole('button', { name: 'Nous contacter' }).waitFor();
    await page.close();
  });

  it('files a ticket where there is no JavaScript, by the form that is printed into its pages', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 900 } });
    const page = await context.newPage();
    for (const [path, contact, sent] of [
      ['/', 'Customer Service', 'Please look into your mailbox'],
      ['/contact.html', 'Service client', LOCALES['fr']!.pages.held.title],
    ] as const) {
      await page.goto(server.url + path);
      const form = page.locator('main support-form');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), path);
      await form.getByRole('radio', { name: contact }).check();
      // a mailbox has one link at a time
      const email = `${contact.replace(' ', '.')}@customer.example`;
      const answers = { 'requester.name': 'Ada Martin', 'requester.email': email, subject: `From ${path}`, message: 'A lamp.' };
      for (const [name, value] of Object.entries(answers)) await form.locator(`[name="${name}"]`).fill(value);
      await form.locator('[name=files]').setInputFiles({ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('It hums.') });
      await form.locator('[type=submit]').click();
      await page.getByRole('heading', { name: sent }).waitFor();
    }
    await context.close();
  });

  it('asks no other host for anything', async () => {
    const page = await open('/', 1280);
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await page.reload();
    await showForm(page);
    assert.deepEqual([...hosts], [server.url]);
    await page.close();
  });
});
