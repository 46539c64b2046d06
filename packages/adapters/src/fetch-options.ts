/**
 * Every member a request can have, by name: one that is left out would be read from `Object.prototype`, where other scripts of
 * a page may have put something. No cookies, no cache, no page address, no redirect followed.
 */
export function fetchOptions(method: string, headers: Record<string, string>, body: BodyInit | null, signal: AbortSignal) {
  return {
    method,
    headers: new Headers(headers),
    body,
    signal,
    mode: 'cors',
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    referrer: 'about:client',
    referrerPolicy: 'strict-origin',
    integrity: '',
    keepalive: false,
    duplex: 'half',
    priority: 'auto',
    window: null,
  } as const satisfies RequestInit & { duplex: 'half' };
}
