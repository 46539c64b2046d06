import { spawnSync } from 'node:child_process';
import path from 'node:path';
import puppeteer, { type Browser as FirefoxBrowser } from 'puppeteer-core';
import { launchRoomBrowser, type RoomBrowser } from './room-browser.ts';

/** Many pages of several browsers share the machine. */
const STEP_LIMIT_MS = 30_000;

/** A page with a form, in whichever browser. */
export interface KillablePage {
  goto(url: string): Promise<unknown>;
  evaluate<A, T>(work: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  /** Presses one key; resolves when the page has had it. */
  press(character: string): Promise<void>;
  /** Chooses files on disk in the first form. */
  choose(files: string[]): Promise<void>;
  /** Lines written to the console so far. */
  readonly lines: readonly string[];
  /** Ends the page. */
  leave(how: Leaving): Promise<void>;
}

/** `crash`: of the page's process. `away`: to an empty page. `close`: of the tab. */
export type Leaving = 'crash' | 'away' | 'close';

/** A browser on a profile of its own, killed and opened again as often as one likes. */
export interface KillableBrowser {
  newPage(): Promise<KillablePage>;
  /** SIGKILL to all its processes, sent before this returns; resolves when they are gone. */
  kill(): Promise<void>;
  /** The same profile in a new process. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export async function openChromium(profile: string): Promise<KillableBrowser> {
  let browser: RoomBrowser = await launchRoomBrowser({ profile });
  return {
    async newPage() {
      const page = await browser.newPage();
      page.setDefaultTimeout(STEP_LIMIT_MS);
      const lines: string[] = [];
      page.on('console', (message) => lines.push(message.text()));
      return {
        lines,
        goto: (url) => page.goto(url),
        evaluate: (work, argument) => page.evaluate(work as never, argument as never),
        press: (character) => page.keyboard.type(character),
        choose: (files) => page.setInputFiles('support-form input[type=file]', files),
        async leave(how) {
          if (how === 'close') return page.close();
          if (how === 'away') return void (await page.goto('about:blank'));
          const gone = new Promise((resolve) => page.once('crash', resolve));
          const session = await page.context().newCDPSession(page);
          session.send('Page.crash').catch(() => undefined);
          await gone;
          await page.close();
        },
      };
    },
    kill: () => browser.kill(),
    async reopen() {
      browser = await launchRoomBrowser({ profile });
    },
    close: () => browser.close(),
  };
}

/** Firefox of `FIREFOX`; undefined where it is not on this machine or cannot be driven. */
export async function openFirefox(profile: string): Promise<KillableBrowser | undefined> {
  const executablePath = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';
  const launch = () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath,
      userDataDir: profile,
      headless: true,
      timeout: 60_000,
      protocolTimeout: 60_000,
    });
  let browser: FirefoxBrowser;
  try {
    browser = await launch();
  } catch {
    return undefined;
  }
  return {
    async newPage() {
      const page = await browser.newPage();
      page.setDefaultTimeout(STEP_LIMIT_MS);
      const lines: string[] = [];
      page.on('console', (message) => lines.push(message.text()));
      return {
        lines,
        goto: (url) => page.goto(url),
        evaluate: (work, argument) => page.evaluate(work as never, argument as never) as never,
        press: (character) => page.keyboard.type(character),
        async choose(files) {
          const input = await page.$('support-form >>> input[type=file]');
          await (input as unknown as { uploadFile(...files: string[]): Promise<void> }).uploadFile(
            ...files.map((file) => path.resolve(file)),
          );
        },
        async leave(how) {
          if (how === 'close') return page.close();
          if (how === 'crash') throw new Error('a page of Firefox is not made to crash');
          await page.goto('about:blank');
        },
      };
    },
    async kill() {
      const child = browser.process();
      const pid = child?.pid;
      if (!child || !pid) throw new Error('Firefox has no process');
      const gone = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-pid, 'SIGKILL');
      await gone;
      while (!spawnSync('pgrep', ['-g', String(pid)]).status) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async reopen() {
      browser = await launch();
    },
    close: () => browser.close(),
  };
}
