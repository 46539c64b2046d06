import { own } from './own.js';

/**
 * Options of a request without cookies, cache, page address or followed redirects. Without a prototype: a member that is not
 * named would be read from `Object.prototype`, where other scripts of a page may have put something.
 */
export function fetchOptions(method: string, headers: Record<string, string>, body: BodyInit | null, signal: AbortSignal): RequestInit {
  return own({
    method,
    headers: new Headers(headers),
    body,
    signal,
    credentials: 'omit',
    // nothing keeps the answer to a body; told so, Chromium would ask for permission before every chunk
    cache: body ? 'default' : 'no-store',
    redirect: 'manual',
    referrerPolicy: 'strict-origin',
  });
}
