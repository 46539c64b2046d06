import { SupportError } from '@storefront-support/contract';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv, Ports } from '../ports.js';

/** Below `/v1/desks/:desk` of an origin that no shop's page may call: finds the desk, and permits nothing across origins. */
export function deskOnly(desks: Ports['desks']): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const desk = desks.get(c.req.param('desk') ?? '');
    if (!desk) throw new SupportError('desk-not-found', 'This server has no desk of this id; its desk file names them.');
    c.set('desk', desk);
    await next();
    // what somebody has asked for with a token is kept by no cache, unless a route says otherwise
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  };
}
