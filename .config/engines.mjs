import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import * as puppeteerCore from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../test/support/chromium.ts';
import { startWebkitDriver, webkitCapabilities } from '../test/support/webkit.ts';
import { findEngines } from './browsers.mjs';

/** Requests of its own that a fresh Firefox profile would make. */
const firefoxPrefs = {
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

export function chromium() {
  return chromeLauncher({
    puppeteer: puppeteerCore,
    launchOptions: { executablePath: process.env.HEADLESS_SHELL ?? findEngines().chromium, args: CHROMIUM_ARGS },
  });
}

/** Firefox speaks WebDriver BiDi with puppeteer-core: geckodriver is not needed. */
export function firefox() {
  return chromeLauncher({
    puppeteer: puppeteerCore,
    launchOptions: { browser: 'firefox', executablePath: findEngines().firefox, headless: true, extraPrefsFirefox: firefoxPrefs },
  });
}

/** WebKitGTK: WebKitWebDriver and MiniBrowser, ended with this process. */
export async function webkit() {
  const { port } = await startWebkitDriver();
  return webdriverLauncher({
    protocol: 'http',
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    automationProtocol: 'webdriver',
    capabilities: { ...webkitCapabilities(), 'wdio:enforceWebDriverClassic': true },
  });
}
