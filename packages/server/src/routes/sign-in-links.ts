import { signInLinkRequestSchema } from '@storefront-support/contract/thread-schemas';
import { Hono } from 'hono';
import { Limit } from '../middleware/rate-limit.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { LinkKeys } from '../sign-in/link-keys.js';
import { requestLink } from '../sign-in/request-link.js';

/** `POST /v1/desks/{desk}/sign-in-links`: answers alike whether anybody has the address or not. */
export function signInLinkRoutes(ports: Ports): Hono<AppEnv> {
  const limit = new Limit();
  const keys = new LinkKeys(ports.installSecret);
  return new Hono<AppEnv>().post('/', async (c) => {
    const request = await readBody(c, signInLinkRequestSchema);
    const config = c.var.desk;
    await limit.consume(config.desk.id, config.defences.signInLinksPerAddressPerHour, c.var.clientAddress);
    await ports.store.write.run((trx) => requestLink(trx, keys, config, request, ports.now()));
    ports.mailWaiting();
    return c.json({}, 202);
  });
}
