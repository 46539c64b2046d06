import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from 'esbuild';
import { launchWholeChromium } from '../support/chromium.ts';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';
import { startShop, type ShopPage } from '../support/shop-server.ts';
import { readKeyboardFacts, type KeyboardFacts } from './keyboard-facts.ts';
import { observePage, readSeen } from './observe-page.ts';
import { median } from './process-cost.ts';
import { table } from './table.ts';

const ROUNDS = 7;
const { packages } = createRequire(import.meta.url)('../../package-lock.json') as { packages: { [place: string]: { version: string } } };
const versionOf = (name: string) => packages[`node_modules/${name}`]?.version ?? '';

/** One thing that a page may carry: what is on the page, and how a person comes to write. */
interface Rival {
  name: string;
  path: string;
  /** Opens it, and waits until a field is there. Absent where nobody can write without its own server. */
  open?: { button: string; field: string };
}

interface Cost {
  loaded: number;
  writing: number;
  script: number;
  shift: number;
  /** Milliseconds from the click until the focus is in what opened; not a number where it never gets there. */
  focus: number;
}

/** A library as a shop would ship it: bundled, minified, brotli. */
async function bundled(code: string): Promise<ShopPage> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const bytes = Buffer.from(outputFiles[0]?.contents ?? []);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    html: (await promisify(brotliCompress)(bytes, { params })) as unknown as string,
    headers: { 'content-type': 'text/javascript', 'content-encoding': 'br' },
  };
}

const page = (body: string): ShopPage => ({
  html: `<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 sans-serif}support-form{display:block;min-block-size:60rem}support-launcher{display:inline-block;min-block-size:46px}</style>
<h1>Lamp</h1>${'<p>A lamp that reads with you until the last page, and then some.</p>'.repeat(4)}${body}<p><a href="#top">To the top</a>`,
});

async function visit(browser: Browser, address: string, { open }: Rival): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
  const tab = await context.newPage();
  const cdp = await context.newCDPSession(tab);
  const bytes = await countBytes(cdp, address);
  // nothing here may leave the machine
  await tab.route(/^https:/, (route) => route.abort());
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await tab.addInitScript(observePage);
  await tab.goto(address, { waitUntil: 'load' });
  if (open) await tab.locator(open.button).first().waitFor();
  await tab.waitForTimeout(1_500);
  const loaded = bytes();
  const { metrics } = await cdp.send('Performance.getMetrics');
  const script = (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1_000;
  const focus = open ? await firstFocus(tab, open) : NaN;
  const { shift } = await readSeen(tab);
  const writing = bytes();
  await context.close();
  return { loaded, writing, script, shift, focus };
}

/** Time from the click on the button until the focus is in the dialog, in the page's own clock. */
async function firstFocus(tab: Page, { button, field }: NonNullable<Rival['open']>): Promise<number> {
  await tab.evaluate(() => {
    const times = { click: 0, focus: NaN };
    Object.defineProperty(globalThis, '__times', { value: times });
    addEventListener('click', ({ timeStamp }) => (times.click ||= timeStamp), true);
    const look = () => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      for (let node: Node | null | undefined = active; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host)
        if ((node as Element).localName === 'dialog') times.focus = times.focus || performance.now();
      requestAnimationFrame(look);
    };
    look();
  });
  await tab.locator(button).first().click();
  await tab.locator(field).first().waitFor();
  await tab.waitForTimeout(700);
  return tab.evaluate(() => {
    const { click, focus } = (globalThis as unknown as { __times: { click: number; focus: number } }).__times;
    return focus - click;
  });
}

async function countBytes(cdp: CDPSession, address: string): Promise<() => number> {
  await cdp.send('Network.enable');
  const own = new Set<string>();
  let sum = 0;
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => request.url === address && own.add(requestId));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void (own.has(requestId) || (sum += encodedDataLength)));
  return () => sum;
}

/** Our tag beside the feedback form of Sentry and the comments of giscus: the same page, one browser run, local servers, brotli. */
export async function benchBeside(): Promise<void> {
  const server = await startServer({ config: openDesks() });
  const tag = (name: string, content: string) => `<${name} endpoint="${server.url}" desk="open">${content}</${name}>`;
  const ours = `<script type="module" src="${server.url}/embed.js"></script>`;
  const shop = await startShop({
    '/launcher': page(ours + tag('support-launcher', 'Contact us')),
    '/form': page(ours + tag('support-form', '')),
    '/sentry.js': await bundled(
      `import { feedbackIntegration, init } from '@sentry/browser';
       init({ dsn: 'http://key@' + location.host + '/1', integrations: [feedbackIntegration({ colorScheme: 'light' })] });`,
    ),
    '/sentry': page('<script type="module" src="/sentry.js"></script>'),
    '/giscus.js': await bundled(`import 'giscus';`),
    '/giscus': page(
      '<script type="module" src="/giscus.js"></script><giscus-widget repo="a/b" repoid="1" mapping="pathname"></giscus-widget>',
    ),
  });
  const sentry = `@sentry/browser ${versionOf('@sentry/browser')}, feedback form`;
  const rivals: Rival[] = [
    { name: 'support-launcher', path: '/launcher', open: { button: 'support-launcher button', field: 'dialog support-field input' } },
    { name: 'support-form in view', path: '/form' },
    { name: sentry, path: '/sentry', open: { button: '#sentry-feedback button', field: '#sentry-feedback dialog input' } },
    { name: `giscus ${versionOf('giscus')}, its script alone`, path: '/giscus' },
  ];
  const browser = await launchWholeChromium();
  const costs = new Map<Rival, Cost[]>(rivals.map((rival) => [rival, []]));
  const facts = new Map<Rival, KeyboardFacts>();
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const rival of rivals) costs.get(rival)?.push(await visit(browser, shop.url + rival.path, rival));
    for (const rival of rivals) if (rival.open) facts.set(rival, await readKeyboardFacts(browser, shop.url + rival.path, rival.open));
  } finally {
    await browser.close();
    await shop.close();
    await server.stop();
  }
  const of = (rival: Rival, pick: (cost: Cost) => number) => median(costs.get(rival)?.map(pick) ?? []);
  const number = (value: number, digits = 0) => (Number.isNaN(value) ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits }));
  table(
    `Beside others, Chromium, 412 x 915, brotli, local servers, median of ${ROUNDS}`,
    ['on the page', 'bytes, nothing touched', 'bytes, ready to write', 'script ms', 'layout shift', 'click to focus in it, ms'],
    rivals.map((rival) => [
      rival.name,
      number(of(rival, (cost) => cost.loaded)),
      rival.path === '/giscus' ? 'in a frame of giscus.app' : number(of(rival, (cost) => cost.writing)),
      number(
        of(rival, (cost) => cost.script),
        1,
      ),
      number(
        of(rival, (cost) => cost.shift),
        4,
      ),
      rival.open && Number.isNaN(of(rival, (cost) => cost.focus)) ? 'never' : number(of(rival, (cost) => cost.focus)),
    ]),
  );
  const [launcher, , other] = rivals as [Rival, Rival, Rival, Rival];
  const ratio = (pick: (cost: Cost) => number) => `${(of(other, pick) / of(launcher, pick)).toFixed(1)} : 1`;
  table(
    'Sentry’s form to our launcher',
    ['what', 'ratio'],
    [
      ['bytes, nothing touched', ratio((cost) => cost.loaded)],
      ['bytes, ready to write', ratio((cost) => cost.writing)],
      ['script time', ratio((cost) => cost.script)],
    ],
  );
  const asked = [...facts.values()][0] ?? {};
  table(
    'By keyboard',
    ['fact', ...[...facts.keys()].map(({ name }) => name)],
    Object.keys(asked).map((fact) => [fact, ...[...facts.values()].map((found) => String(found[fact]))]),
  );
}
