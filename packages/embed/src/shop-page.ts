import { SupportError, type SupportErrorCode } from '@storefront-support/contract';
import type { LoadedPage, LoadOptions, ShopPage } from '@storefront-support/adapters/shop-page';

/** The page this runs on, as adapters of platforms see it. */
export const shopPage: ShopPage = {
  origin: location.origin,
  load,
  // the platform's fetch refuses to be called as a method
  fetch: (input, init) => fetch(input, init),
  // a platform's own protocol works by them; past what a form of that name puts in the place of the document's member
  readCookie(name) {
    const pair = Reflect.get<Document, 'cookie'>(Document.prototype, 'cookie', document)
      .split('; ')
      .find((text) => text.startsWith(`${name}=`));
    return pair?.slice(name.length + 1);
  },
  writeCookie(name, value) {
    const ended = value ? '' : '; Max-Age=0';
    const text = `${name}=${value}; Path=/; SameSite=Lax${ended}${location.protocol === 'https:' ? '; Secure' : ''}`;
    Reflect.set(Document.prototype, 'cookie', text, document);
  },
  online: () => navigator.onLine,
};

/** Strict Trusted Types refuse `DOMParser`, and leave the parser of XMLHttpRequest alone. */
function load(url: string, { body, headers = {}, signal, timeout = 30_000 }: LoadOptions = {}): Promise<LoadedPage> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = (code: SupportErrorCode) => () => {
      signal?.removeEventListener('abort', abort);
      reject(new SupportError(code, `${url} was not to be had.`));
    };
    if (signal?.aborted) return fail('aborted')();
    request.open(body ? 'POST' : 'GET', url);
    request.responseType = 'document';
    request.timeout = timeout;
    for (const name of Object.keys(headers)) request.setRequestHeader(name, headers[name] ?? '');
    request.onload = () => {
      signal?.removeEventListener('abort', abort);
      resolve({ status: request.status, url: request.responseURL, document: request.responseXML });
    };
    request.onerror = () => fail(navigator.onLine ? 'network' : 'offline')();
    request.ontimeout = fail('timeout');
    request.onabort = fail('aborted');
    signal?.addEventListener('abort', abort);
    request.send(body ?? null);
  });
}
