import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as puppeteerCore from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../test/support/chromium.ts';
import { findEngines, findMiniBrowser } from './browsers.mjs';

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

/** WebKitGTK: WebKitWebDriver and MiniBrowser on an X server of their own, ended with this process. */
export async function webkit() {
  const port = await freePort();
  const home = mkdtempSync(path.join(tmpdir(), 'storefront-support-webkit-'));
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = `:${String((await once(screen.stdio[3], 'data'))[0]).trim()}`;
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: process.env.WEBKIT_LOG ? 'inherit' : 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      NO_AT_BRIDGE: '1',
    },
  });
  process.once('exit', () => {
    driver.kill();
    screen.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  await listening(port, driver);
  return webdriverLauncher({
    protocol: 'http',
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    automationProtocol: 'webdriver',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
    },
  });
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function listening(port, child, limitMs = 15_000) {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    const socket = net.connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port}`);
}
