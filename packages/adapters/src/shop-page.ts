/** What the adapter of a shop's platform may use of the page it is on. Its verbs reject with a `SupportError` and nothing else. */
export interface ShopPage {
  /** Origin of the page. */
  readonly origin: string;
  /** An HTML document of this origin, redirects followed. */
  load(url: string, options?: LoadOptions): Promise<LoadedPage>;
  /** The platform's own. */
  readonly fetch: typeof fetch;
  /** Value of a cookie that scripts may read, as it stands; undefined: there is none. */
  readCookie(name: string): string | undefined;
  /** Writes a cookie of the whole shop, until the browser is closed; an empty value removes it. */
  writeCookie(name: string, value: string): void;
  /** False while the device knows that it has no network. */
  online(): boolean;
}

/** Of `ShopPage.load`. */
export interface LoadOptions {
  /** Makes a POST of it. */
  body?: FormData | URLSearchParams | undefined;
  headers?: { [name: string]: string } | undefined;
  signal?: AbortSignal | undefined;
  /** Milliseconds; 30 000 otherwise. */
  timeout?: number | undefined;
}

/** An answer, whatever its status. */
export interface LoadedPage {
  status: number;
  /** Where the last redirect led. */
  url: string;
  /** Null: the answer has no content or is no HTML. */
  document: Document | null;
}
