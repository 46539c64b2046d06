import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { shopDesks } from './desks.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { FormPage } from './form-page.ts';
import { launchRoomBrowser, type RoomBrowser, type RoomBrowserOptions } from './room-browser.ts';
import { startServer, type ServerProcess, type StartOptions } from './server-process.ts';
import { startShop, type ShopPage, type ShopServer } from './shop-server.ts';

export interface RoomOptions {
  /** Content of the desk file, made from the shop's origins; the desk `demo` of a shop otherwise. */
  desks?: ((shopOrigins: string[]) => unknown) | undefined;
  /** Environment of the server's process. */
  env?: Record<string, string> | undefined;
  /** Host names other than `localhost` under which the browser reaches the shop; plain http to a browser. */
  hosts?: string[] | undefined;
  /** True: the browser has a profile on disk, so that `browser.kill()` and `reopen()` lose only what a crash loses. */
  profile?: boolean | undefined;
  switches?: RoomBrowserOptions['switches'];
  backForwardCache?: RoomBrowserOptions['backForwardCache'];
}

export interface TagOptions {
  /** `support-form` otherwise. */
  name?: string;
  /** Session of the proxy that the tag's requests go through; straight to the server otherwise. */
  session?: string;
  /** Its id; `demo` otherwise. */
  desk?: string;
  /** As written in the tag, for example `kind="pre-sale" hidden`. */
  attributes?: string;
  content?: string;
}

export interface RoomPage {
  /** Everything below `<body>`, such as `room.script + room.tag()`. */
  body: string;
  /** Everything in the head but the title. */
  head?: string;
  /** `en` otherwise. */
  lang?: string;
  /** Headers of the answer. */
  headers?: Record<string, string>;
}

/**
 * A shop on an origin of its own, the real server, a proxy between the two that breaks what it is told to, and a browser. Pages
 * take the embed file from the server and, where they name a session, send through the proxy.
 */
export class ShopRoom {
  readonly shop: ShopServer;
  readonly proxy: FaultProxy;
  /** What the shop answers, by path. */
  readonly pages: Record<string, ShopPage>;
  /** For files of the test's own; removed by `close()`. */
  readonly folder: string;
  readonly #serverOptions: StartOptions;
  readonly #browserOptions: RoomBrowserOptions;
  #server: ServerProcess;
  #browser: RoomBrowser;

  private constructor(
    parts: { folder: string; pages: Record<string, ShopPage>; shop: ShopServer; proxy: FaultProxy },
    [server, serverOptions]: [ServerProcess, StartOptions],
    [browser, browserOptions]: [RoomBrowser, RoomBrowserOptions],
  ) {
    this.pages = parts.pages;
    this.folder = parts.folder;
    this.shop = parts.shop;
    this.proxy = parts.proxy;
    this.#server = server;
    this.#serverOptions = { ...serverOptions, port: server.port };
    this.#browser = browser;
    this.#browserOptions = browserOptions;
  }

  /** Starts everything. When one part does not start, those that did are closed before this rejects. */
  static async open(options: RoomOptions = {}): Promise<ShopRoom> {
    const closers: (() => Promise<unknown>)[] = [];
    try {
      const folder = await mkdtemp(path.join(tmpdir(), 'storefront-room-'));
      closers.unshift(() => rm(folder, { recursive: true, force: true }));
      const pages: Record<string, ShopPage> = {};
      const shop = await startShop(pages);
      closers.unshift(() => shop.close());
      const { desks = shopDesks, env = {}, hosts = [], profile, switches = [], backForwardCache } = options;
      const origins = [shop.url, ...hosts.map((host) => `http://${host}:${shop.port}`)];
      const serverOptions = { config: desks(origins), dataDir: path.join(folder, 'data'), env };
      const server = await startServer(serverOptions);
      closers.unshift(() => server.stop());
      const proxy = await startFaultProxy(server.url);
      closers.unshift(() => proxy.close());
      const browserOptions = {
        profile: profile ? path.join(folder, 'profile') : undefined,
        switches: [...switches, ...(hosts.length ? [`--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join()}`] : [])],
        backForwardCache,
      };
      const browser = await launchRoomBrowser(browserOptions);
      return new ShopRoom({ folder, pages, shop, proxy }, [server, serverOptions], [browser, browserOptions]);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  /** The server that runs now. */
  get server(): ServerProcess {
    return this.#server;
  }

  /** The browser process that runs now. */
  get browser(): RoomBrowser {
    return this.#browser;
  }

  /** Where the server keeps its database and files. */
  get dataDir(): string {
    return this.#server.dataDir;
  }

  /** The script tag of the README. */
  get script(): string {
    return `<script type="module" src="${this.#server.url}/embed.js"></script>`;
  }

  /** A tag, of the desk `demo` where none is named. */
  tag({ name = 'support-form', session, desk = 'demo', attributes = '', content = '' }: TagOptions = {}): string {
    const endpoint = session === undefined ? this.#server.url : this.proxy.session(session);
    return `<${name} endpoint="${endpoint}" desk="${desk}" ${attributes}>${content}</${name}>`;
  }

  /**
   * Puts a page into the shop.
   * @returns its address.
   */
  addPage(pathname: string, { body, head = '', lang = 'en', headers = {} }: RoomPage): string {
    this.pages[pathname] = {
      html: `<!doctype html><html lang="${lang}"><head><title>Lamp</title>${head}</head><body>${body}</body></html>`,
      headers,
    };
    return this.shop.url + pathname;
  }

  /**
   * Puts a page `/<name>` with one form into the shop, which sends through the proxy's session of this name.
   * @returns its address.
   */
  addForm(name: string, options: Omit<TagOptions, 'session'> & Omit<RoomPage, 'body'> = {}): string {
    return this.addPage(`/${name}`, { ...options, body: this.script + this.tag({ ...options, session: name }) });
  }

  /** Opens an address, or a path of the shop, on a new page. `options` as for `RoomBrowser.newPage`. */
  async open(address: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await this.#browser.newPage(options);
    await page.goto(new URL(address, this.shop.url).href);
    return page;
  }

  /** Opens it and hands over its first form, whose `page` closes all. */
  async openForm(address: string, options?: BrowserContextOptions): Promise<FormPage> {
    return new FormPage(await this.open(address, options));
  }

  /** A new browser process on the same profile, after `browser.kill()` or instead of a process that still runs, which is closed. */
  async reopen(): Promise<void> {
    await this.#browser.close();
    this.#browser = await launchRoomBrowser(this.#browserOptions);
  }

  /**
   * Starts the server again on its port and data, after `server.kill(…)` or instead of one that still runs, which gets SIGTERM.
   *
   * @param env more of its environment, this time only.
   */
  async restartServer(env: Record<string, string> = {}): Promise<void> {
    await this.#server.stop();
    this.#server = await startServer({ ...this.#serverOptions, env: { ...this.#serverOptions.env, ...env } });
  }

  /** Ends everything, the browser first, and removes what was written. What fails to end keeps nothing else from ending. */
  async close(): Promise<void> {
    await closeAll([
      () => this.#browser.close(),
      () => this.proxy.close(),
      () => this.#server.stop(),
      () => this.shop.close(),
      () => rm(this.folder, { recursive: true, force: true }),
    ]);
  }
}

async function closeAll(closers: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length) throw new AggregateError(failures, 'not everything of the room could be closed');
}
