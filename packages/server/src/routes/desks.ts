import type { Desk } from '@storefront-support/contract';
import { deskSchema } from '@storefront-support/contract/schemas';
import { Hono } from 'hono';
import { EncodedText } from '../middleware/encoded-text.js';
import type { AppEnv, Ports } from '../ports.js';

/** `GET /v1/desks/{desk}`: what a form shows before anybody has touched it. */
export function deskRoutes({ desks }: Pick<Ports, 'desks'>): Hono<AppEnv> {
  const answers = new Map([...desks].map(([id, { desk }]) => [id, new EncodedText(publicJson(desk), 'application/json')]));
  return new Hono<AppEnv>().get('/', (c) => {
    c.header('Cache-Control', 'no-cache');
    return (answers.get(c.var.desk.desk.id) as EncodedText).answer(c);
  });
}

// parsing drops whatever is not part of the public shape
function publicJson(desk: Desk): string {
  return JSON.stringify(deskSchema.parse(desk));
}
