/** Runs in a page, beside an adapter: what a test calls there, and what the cases of the contract need of the test. */
import * as z from 'zod/mini';
import { SupportError, isSupportError, type SupportAdapter, type SupportErrorCode } from '@storefront-support/contract';
import {
  conformanceCases,
  type ConformanceCase,
  type ConformanceFault,
  type StoredMessage,
} from '@storefront-support/contract/conformance';
import type { LoadOptions, LoadedPage, ShopPage } from '../../../packages/adapters/dist/shop-page.js';

/** What the test answers to the page, as `window.backend(what, …)`. */
export interface ProbeBackend {
  count(): number;
  stored(marker: string): StoredMessage[];
  fail(fault: ConformanceFault | null): void;
}

type Make = (page: ShopPage, options: Record<string, unknown>) => SupportAdapter;

export interface Probe {
  page: ShopPage;
  make(options?: Record<string, unknown>): SupportAdapter;
  /** Calls a verb; a rejection comes back as its parts. */
  call(options: Record<string, unknown>, verb: string, ...given: unknown[]): Promise<unknown>;
  names(options: Record<string, unknown>): Promise<string[]>;
  run(name: string): Promise<void>;
}

declare global {
  interface Window {
    probe: Probe;
    backend?: (what: keyof ProbeBackend, given?: unknown) => Promise<unknown>;
    violations: string[];
  }
}

const FAULTS: ConformanceFault[] = ['status-500', 'drop-answer', 'stall', 'html-answer', 'empty-answer', 'no-content'];

/** The page as an adapter is handed it. */
export const page: ShopPage = {
  origin: location.origin,
  fetch: (...given) => fetch(...given),
  online: () => navigator.onLine,
  readCookie: (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1),
  writeCookie(name, value) {
    document.cookie = `${name}=${value}; path=/; samesite=lax${value ? '' : '; max-age=0'}`;
  },
  load: (url, { body, headers = {}, signal, timeout = 30_000 }: LoadOptions = {}) =>
    new Promise<LoadedPage>((resolve, reject) => {
      const fail = (code: SupportErrorCode) => reject(new SupportError(code, url));
      if (signal?.aborted) return fail('aborted');
      const request = new XMLHttpRequest();
      request.open(body ? 'POST' : 'GET', url);
      request.responseType = 'document';
      request.timeout = timeout;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      signal?.addEventListener('abort', () => request.abort());
      request.onload = () => resolve({ status: request.status, url: request.responseURL, document: request.responseXML });
      request.onerror = () => fail('network');
      request.ontimeout = () => fail('timeout');
      request.onabort = () => fail('aborted');
      request.send(body ?? null);
    }),
};

/** What runs strings as code would be refused by the page's policy, and reported. */
export function startProbe(make: Make): void {
  z.config({ jitless: true });
  const build = (options: Record<string, unknown> = {}) => make(page, options);
  let cases: ConformanceCase[] = [];
  window.probe = {
    page,
    make: build,
    async call(options, verb, ...given) {
      const adapter = build(options) as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
      try {
        return await adapter[verb]!(...given);
      } catch (error) {
        if (!isSupportError(error)) throw error;
        const { code, retryable, said, fields, message } = error;
        return {
          code,
          retryable,
          said,
          fields: fields && Object.entries(fields).map(([field, problem]) => [field, problem.code]),
          message,
        };
      }
    },
    async names(options) {
      cases = await conformanceCases({
        adapter: () => build(options),
        countTickets: () => window.backend!('count') as Promise<number>,
        stored: (marker) => window.backend!('stored', marker) as Promise<StoredMessage[]>,
        faults: FAULTS,
        fail: (fault) => window.backend!('fail', fault) as Promise<void>,
        lift: () => window.backend!('fail', null) as Promise<void>,
      });
      return cases.map(({ name }) => name);
    },
    run: (name) => cases.find((one) => one.name === name)!.run(),
  };
}
