import { proxy } from 'hono/proxy';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../ports.js';

/** Shows the example themes of the demo, which another process of this machine serves, on the demo's own origin. @param url its address */
export function themeShops(url: string): MiddlewareHandler<AppEnv> {
  return async (c) => {
    const { pathname, search } = new URL(c.req.url);
    return proxy(new URL(pathname + search, url), { raw: c.req.raw, redirect: 'manual' });
  };
}
