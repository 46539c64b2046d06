import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { findEngines, findMiniBrowser } from '../../.config/browsers.mjs';
import { freePort } from './free-port.ts';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const START_LIMIT_MS = 15_000;

/** True where this machine has WebKitGTK with what drives it. */
export const hasWebkit = (): boolean => findEngines().webkit !== undefined;

/** What browsers of WebKitGTK are asked to be started by. */
export interface WebkitDriver {
  port: number;
  /** Ends it, its screen and all of its windows. */
  close(): void;
}

/** A window of WebKitGTK. Scripts are expressions; a promise is awaited. */
export interface WebkitPage {
  goto(url: string): Promise<void>;
  back(): Promise<void>;
  evaluate<T>(script: (() => T | Promise<T>) | string): Promise<T>;
  /** Until a script gives something that is true. */
  waitFor(script: (() => unknown) | string, limitMs?: number): Promise<void>;
  /** Presses the pointer in the middle of what an expression gives. */
  click(element: string): Promise<void>;
  /** Types into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Presses one key by its name, with Shift held down where asked. */
  press(key: keyof typeof KEYS, options?: { shift?: boolean }): Promise<void>;
  /** Chooses files in what an expression gives. */
  choose(element: string, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** As the protocol writes them. */
const KEYS = { Home: '\uE011', End: '\uE010', ArrowLeft: '\uE012', ArrowRight: '\uE014', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008' };

/** Starts WebKitWebDriver on an X server of its own; ended with this process at the latest. */
export async function startWebkitDriver(): Promise<WebkitDriver> {
  const home = mkdtempSync(path.join(tmpdir(), 'storefront-support-webkit-'));
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = `:${String((await once(screen.stdio[3] as Readable, 'data'))[0]).trim()}`;
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: process.env['WEBKIT_LOG'] ? 'inherit' : 'ignore',
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
  const close = () => {
    driver.kill();
    screen.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', close);
  await listening(port, () => driver.exitCode);
  return {
    port,
    close() {
      process.off('exit', close);
      close();
    },
  };
}

/** What a session of WebKitGTK is asked for. */
export const webkitCapabilities = () => ({
  browserName: 'MiniBrowser',
  'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
});

/** Opens a window; there is one at a time for each driver. */
export async function openWebkit({ port }: WebkitDriver): Promise<WebkitPage> {
  const { sessionId } = (await call(port, 'POST', '/session', { capabilities: { alwaysMatch: webkitCapabilities() } })) as {
    sessionId: string;
  };
  const send = (method: string, command: string, body?: unknown) => call(port, method, `/session/${sessionId}${command}`, body);
  await send('POST', '/timeouts', { script: 30_000, pageLoad: 30_000 });
  const expression = (script: (() => unknown) | string) => (typeof script === 'string' ? script : `(${String(script)})()`);
  const evaluate = (script: (() => unknown) | string) =>
    send('POST', '/execute/sync', { script: `return (${expression(script)})`, args: [] });
  const keys = (actions: { type: string; value: string }[]) =>
    send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  return {
    goto: async (url) => void (await send('POST', '/url', { url })),
    back: async () => void (await send('POST', '/back', {})),
    evaluate: evaluate as WebkitPage['evaluate'],
    async waitFor(script, limitMs = 25_000) {
      for (const end = Date.now() + limitMs; !(await evaluate(script));)
        if (Date.now() > end) throw new Error(`waited ${limitMs} ms for ${expression(script)}`);
    },
    async click(element) {
      const [x, y] = (await evaluate(`(() => {
        const element = ${element};
        element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const { x, y, width, height } = element.getBoundingClientRect();
        return [Math.round(x + width / 2), Math.round(y + height / 2)];
      })()`)) as [number, number];
      const actions = [
        { type: 'pointerMove', duration: 0, x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await send('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
    },
    async type(text) {
      await keys([...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value }))));
    },
    async press(key, { shift = false } = {}) {
      const value = KEYS[key];
      const pressed = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
      await keys(shift ? [{ type: 'keyDown', value: KEYS.Shift }, ...pressed, { type: 'keyUp', value: KEYS.Shift }] : pressed);
    },
    async choose(element, files) {
      const found = (await evaluate(element)) as { [ELEMENT]: string };
      await send('POST', `/element/${found[ELEMENT]}/value`, { text: files.join('\n') });
    },
    close: async () => void (await send('DELETE', '')),
  };
}

async function call(port: number, method: string, command: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}${command}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: { error?: string; message?: string } | null };
  if (!answer.ok) throw new Error(`${command}: ${value?.error}: ${value?.message}`);
  return value;
}

async function listening(port: number, ended: () => number | null): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end;) {
    if (ended() !== null) throw new Error(`WebKitWebDriver ended with ${ended()}`);
    const socket = net.connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port}`);
}
