import { chromium, type Browser, type Page } from 'playwright-core';

/** Switches that keep Chromium quiet and headless wherever the tests run. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The whole browser, for what is measured as people have it. */
export function launchWholeChromium(extra: string[] = []): Promise<Browser> {
  return launchFrom(process.env['CHROMIUM'], extra);
}

/** Chromium without its own windows, where the machine has it that way: half the work for the same pages. */
export function launchChromium(extra: string[] = []): Promise<Browser> {
  return launchFrom(process.env['HEADLESS_SHELL'] ?? process.env['CHROMIUM'], extra);
}

function launchFrom(executablePath = '/usr/bin/chromium', extra: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, ...extra] });
}

/** How long a page may take for one step before its test fails. */
export const STEP_LIMIT_MS = 20_000;

/** A page in a context of its own that gives up early and says why. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  return page;
}

/** Collects what a page says that it should not: console output, uncaught errors, failed host handlers. */
export function listenForNoise(page: Page): string[] {
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`uncaught: ${error.message}`));
  return noise;
}
