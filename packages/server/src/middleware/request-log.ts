import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppEnv, Log } from '../ports.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PUT']);

/** One line per request, with the route's pattern in place of its address: an address may name an upload. */
export function requestLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const id = randomUUID();
    c.set('requestId', id);
    const outgoing = c.env?.outgoing;
    if (outgoing) {
      const started = performance.now();
      const sentBefore = outgoing.socket?.bytesWritten ?? 0;
      const { socket } = outgoing;
      outgoing.once('close', () => {
        log.info('request', {
          id,
          method: METHODS.has(c.req.method) ? c.req.method : 'other',
          route: matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'none',
          status: outgoing.statusCode,
          ms: Math.round((performance.now() - started) * 10) / 10,
          bytes: (socket?.bytesWritten ?? 0) - sentBefore,
          cut: outgoing.writableFinished ? undefined : true,
        });
      });
    }
    await next();
  };
}
