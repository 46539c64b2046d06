import { SupportError } from '@storefront-support/contract';
import { Hono } from 'hono';
import type { AppEnv, Ports } from '../ports.js';

/** `/healthz`: the process answers. `/readyz`: it can read its database and is not shutting down. */
export function healthRoutes({ store }: Pick<Ports, 'store'>, isStopping: () => boolean): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }))
    .get('/readyz', async (c) => {
      if (isStopping()) throw new SupportError('unavailable', 'The server is shutting down.');
      await store.read.selectFrom('idempotencyKey').select('createdAt').limit(1).execute();
      return c.json({ status: 'ready' }, 200, { 'Cache-Control': 'no-store' });
    });
}
