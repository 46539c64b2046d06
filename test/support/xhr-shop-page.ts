/** For tests that run inside a browser: what an adapter of a shop's platform is handed, on the page of the test. */
import { SupportError } from '@storefront-support/contract';
import type { LoadedPage, LoadOptions, ShopPage } from '@storefront-support/adapters/shop-page';

export const xhrShopPage: ShopPage = {
  origin: location.origin,
  fetch: (input, init) => fetch(input, init),
  online: () => navigator.onLine,
  readCookie: (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1),
  writeCookie(name, value) {
    document.cookie = `${name}=${value}; path=/${value ? '' : '; max-age=0'}`;
  },
  load(url, { body, headers = {}, signal, timeout = 30_000 }: LoadOptions = {}) {
    return new Promise<LoadedPage>((resolve, reject) => {
      const aborted = () => reject(new SupportError('aborted', 'The caller no longer wants the answer.'));
      if (signal?.aborted) return aborted();
      const request = new XMLHttpRequest();
      request.open(body ? 'POST' : 'GET', url);
      request.responseType = 'document';
      request.timeout = timeout;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.onload = () => resolve({ status: request.status, url: request.responseURL, document: request.response as Document | null });
      request.onerror = () => reject(new SupportError(navigator.onLine ? 'network' : 'offline', 'No answer.'));
      request.ontimeout = () => reject(new SupportError('timeout', 'No answer in time.'));
      request.onabort = aborted;
      signal?.addEventListener('abort', () => request.abort());
      request.send(body ?? null);
    });
  },
};
