import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, STEP_LIMIT_MS } from './chromium.ts';

export interface RoomBrowserOptions {
  /**
   * Folder of a profile that all pages share and that outlives the process, kills included. Without it every page has a
   * context of its own, and nothing outlives the process.
   */
  profile?: string | undefined;
  /** More switches for Chromium. */
  switches?: string[] | undefined;
  /** True: pages are kept for back and forward, as people's browsers keep them. */
  backForwardCache?: boolean | undefined;
}

/** Chromium, one process that a test may kill. */
export interface RoomBrowser {
  readonly playwright: Browser;
  readonly pid: number;
  /**
   * A page whose steps give up after `STEP_LIMIT_MS`. In a context of its own, which closes with the page and takes `options`;
   * with a profile in the profile, which takes none.
   */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** SIGKILL to all its processes, sent before this returns; resolves when no process holds the profile any more. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Chromium with or without a profile. */
export async function launchRoomBrowser({ profile, switches = [], backForwardCache }: RoomBrowserOptions = {}): Promise<RoomBrowser> {
  // a page kept for back and forward needs the whole browser
  const shell = backForwardCache ? undefined : process.env['HEADLESS_SHELL'];
  const launchOptions = {
    executablePath: shell ?? process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...CHROMIUM_ARGS, ...switches],
    ignoreDefaultArgs: backForwardCache ? ['--disable-back-forward-cache'] : [],
  };
  const context = profile === undefined ? undefined : await chromium.launchPersistentContext(profile, launchOptions);
  const browser = context ? context.browser() : await chromium.launch(launchOptions);
  if (!browser) throw new Error('the profile has no browser');
  const pid = await pidOf(browser);
  return {
    playwright: browser,
    pid,
    async newPage(options) {
      if (context && options) throw new Error('a page of a profile takes no options of its own');
      const page = await (context ?? browser).newPage(options);
      page.setDefaultTimeout(STEP_LIMIT_MS);
      return page;
    },
    async kill() {
      const gone = browser.isConnected() ? new Promise<void>((resolve) => browser.once('disconnected', () => resolve())) : undefined;
      // the browser leads its process group
      if (gone) process.kill(-pid, 'SIGKILL');
      await gone;
      // its storage process may go a moment later and still write
      while (isAlive(pid) || (profile !== undefined && isHeld(profile))) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () => (context ?? browser).close(),
  };
}

async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const main = processInfo.find(({ type }) => type === 'browser');
  if (!main) throw new Error('the browser does not say which process it is');
  return main.id;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function isHeld(profile: string): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(profile);
    } catch {
      return false; // gone in between
    }
  });
}
