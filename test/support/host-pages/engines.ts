import { chromium, type CDPSession, type Page as ChromiumPage } from 'playwright-core';
import type { Page as FirefoxPage, Realm } from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../chromium.ts';
import { launchFirefox } from '../firefox.ts';

/** A tab or window of some browser. */
export interface HostPage {
  goto(url: string): Promise<void>;
  /** Goes back one entry of the history. */
  back(): Promise<void>;
  /**
   * The text that an expression gives, or that its promise does.
   *
   * @param world `apart`: the page's document with the platform's own functions, whatever the page has made of them; `page`: the
   *   page's own.
   */
  evaluate(world: 'apart' | 'page', expression: string): Promise<string>;
  /** From now on `evaluate` speaks to the first frame of the page. */
  enterFrame(): Promise<void>;
  click(x: number, y: number): Promise<void>;
  /** Presses a key in whatever has the focus. */
  press(key: string): Promise<void>;
  /** What the browser itself has written to its console, and the page, so far. */
  readonly said: readonly string[];
  /** Makes it ready for another case. */
  forget(): Promise<void>;
}

export interface HostBrowser {
  readonly name: 'Chromium' | 'Firefox' | 'WebKitGTK';
  newPage(): Promise<HostPage>;
  close(): Promise<void>;
}

/** @param keeps true: pages are kept for going back, as people's browsers keep them. */
export async function openChromium(keeps = false): Promise<HostBrowser> {
  const shell = keeps ? undefined : process.env['HEADLESS_SHELL'];
  const browser = await chromium.launch({
    executablePath: shell ?? process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: keeps ? ['--disable-back-forward-cache'] : [],
  });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  return {
    name: 'Chromium',
    newPage: async () => chromiumPage(await context.newPage()),
    close: () => browser.close(),
  };
}

async function chromiumPage(page: ChromiumPage): Promise<HostPage> {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  let session: CDPSession = await page.context().newCDPSession(page);
  let frame = page.mainFrame();
  let apart: Promise<number> | undefined;
  page.on('framenavigated', (navigated) => {
    if (navigated === frame) apart = undefined;
  });
  async function worldOf(): Promise<number> {
    const { frameTree } = await session.send('Page.getFrameTree');
    const inner = frameTree.childFrames?.[0]?.frame;
    const frameId = frame !== page.mainFrame() && inner ? inner.id : frameTree.frame.id;
    return (await session.send('Page.createIsolatedWorld', { frameId, worldName: 'apart' })).executionContextId;
  }
  async function tried(world: 'apart' | 'page', expression: string): Promise<string> {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const contextId = world === 'apart' ? await (apart ??= worldOf()) : undefined;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', contextId ? { ...options, contextId } : options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return String(result.value);
  }
  return {
    said,
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' });
    },
    async back() {
      await page.goBack({ waitUntil: 'commit' });
      apart = undefined;
    },
    async enterFrame() {
      frame = page.frames()[1] ?? frame;
      apart = undefined;
      // a frame in a process of its own has a session of its own
      session = await page
        .context()
        .newCDPSession(frame)
        .catch(() => session);
    },
    async evaluate(world, expression) {
      if (world === 'page' && frame !== page.mainFrame()) return String(await frame.evaluate(expression));
      try {
        return await tried(world, expression);
      } catch (error) {
        if (!/context|navigat|destroyed/i.test(String(error))) throw error;
        apart = undefined;
        return tried(world, expression);
      }
    },
    async click(x, y) {
      const outer = frame === page.mainFrame() ? null : await (await frame.frameElement()).boundingBox();
      await page.mouse.click(x + (outer?.x ?? 0), y + (outer?.y ?? 0));
    },
    press: (key) => page.keyboard.press(key),
    async forget() {
      await page.goto('about:blank');
      said.length = 0;
      if (frame !== page.mainFrame()) session = await page.context().newCDPSession(page);
      frame = page.mainFrame();
      apart = undefined;
    },
  };
}

/** Windows, not tabs: a hidden tab neither renders nor observes what comes into view. */
export async function openFirefox(): Promise<HostBrowser> {
  const browser = await launchFirefox();
  return {
    name: 'Firefox',
    newPage: async () => firefoxPage(await browser.newPage({ type: 'window' } as never)),
    close: () => browser.close(),
  };
}

async function firefoxPage(page: FirefoxPage): Promise<HostPage> {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`));
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await page.setViewport({ width: 1000, height: 800 });
  let frame = page.mainFrame();
  const realmOf = (world: 'apart' | 'page'): Pick<Realm, 'evaluate'> =>
    world === 'page' ? frame : (frame as unknown as { isolatedRealm(): Realm }).isolatedRealm();
  return {
    said,
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' });
    },
    async back() {
      await page.goBack({ waitUntil: 'load' });
    },
    async enterFrame() {
      frame = page.frames()[1] ?? frame;
    },
    evaluate: async (world, expression) => String(await realmOf(world).evaluate(expression)),
    async click(x, y) {
      const outer = frame === page.mainFrame() ? null : await (await frame.frameElement())?.boundingBox();
      await page.mouse.click(x + (outer?.x ?? 0), y + (outer?.y ?? 0));
    },
    press: (key) => page.keyboard.press(key as never),
    async forget() {
      await page.goto('about:blank');
      said.length = 0;
      frame = page.mainFrame();
    },
  };
}
