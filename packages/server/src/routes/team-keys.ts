import { SupportError } from '@storefront-support/contract';
import { newVaultDeviceSchema, recordIdSchema, teamIdentitySchema } from '@storefront-support/contract/access-schemas';
import { Hono, type Context } from 'hono';
import { readAudit } from '../access/audit-chain.js';
import { agentSource } from '../access/sources.js';
import {
  addDevice,
  devicesOf,
  keysChain,
  readIdentity,
  readRoster,
  removeDevice,
  removeIdentity,
  writeIdentity,
} from '../access/team-keys.js';
import { hasAccount } from '../agents/access.js';
import { insistOnSecondFactor } from '../agents/recent-proof.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { contactsServed } from '../store/agent-tickets.js';

type Ctx = Context<AppEnv>;

/** A team's wrapped keys, and the devices that open them, below `/v1/desks/{desk}/agent/vault`. */
export function teamKeyRoutes(ports: Ports): Hono<AppEnv> {
  const { store, now } = ports;
  const routes = new Hono<AppEnv>();
  routes.use(async (c, next) => {
    if (contactsServed(c.var.access.agent, c.var.desk.desk.id)?.length === 0)
      throw new SupportError('not-found', 'This agent serves no contact of this desk.');
    await next();
  });
  return routes
    .get('/roster', async (c) => c.json(await readRoster(store.read, c.var.desk.desk.id)))
    .get('/audit', async (c) => c.json(await readAudit(store.read, keysChain(c.var.desk.desk.id))))
    .put('/devices/:id', async (c) => {
      const { name, recipient } = await readBody(c, newVaultDeviceSchema);
      const id = c.req.param('id');
      if (!recordIdSchema.safeParse(id).success)
        throw new SupportError('invalid-request', 'A device is named by 128 random bits as 22 characters of base64url.');
      if (!hasAccount(c.var.access)) throw new SupportError('invalid-request', 'A device is an agent’s: name one.');
      insistOnSecondFactor(c.var.access, now());
      const device = { deskId: c.var.desk.desk.id, id, agentId: c.var.access.agent.id, name, recipient };
      const row = await store.write.run((trx) => addDevice(trx, device, now()));
      const [shown] = await devicesOf(store.read, [row]);
      return c.json({ device: shown });
    })
    .delete('/devices/:id', async (c) => {
      insistOnSecondFactor(c.var.access, now());
      const { agent } = c.var.access;
      const whose = agent.role === 'admin' ? null : agent.id;
      const removal = { deskId: c.var.desk.desk.id, id: c.req.param('id'), agentId: whose, source: agentSource(c), now: now() };
      await store.write.run((trx) => removeDevice(trx, removal));
      return c.body(null, 204);
    })
    .get('/identities/:epoch', async (c) => {
      const identity = await readIdentity(store.read, c.var.desk.desk.id, epochIn(c));
      c.header('ETag', `"${identity.revision}"`);
      return c.json(identity);
    })
    .put('/identities/:epoch', async (c) => {
      const { wrapped, devices } = await readBody(c, teamIdentitySchema);
      adminOnly(c);
      const seen = seenIn(c);
      const written = { deskId: c.var.desk.desk.id, epoch: epochIn(c), wrapped, devices, seen, source: agentSource(c), now: now() };
      const identity = await store.write.run((trx) => writeIdentity(trx, written));
      c.header('ETag', `"${identity.revision}"`);
      return c.json(identity);
    })
    .delete('/identities/:epoch', async (c) => {
      adminOnly(c);
      await store.write.run((trx) => removeIdentity(trx, c.var.desk.desk.id, epochIn(c)));
      return c.body(null, 204);
    });

  function adminOnly(c: Ctx): void {
    if (c.var.access.agent.role !== 'admin') throw new SupportError('not-assigned', 'Only an admin lets devices in.');
    insistOnSecondFactor(c.var.access, now());
  }
}

function epochIn(c: Ctx): number {
  const text = c.req.param('epoch') ?? '';
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new SupportError('not-found', 'Keys are numbered from 1.');
  return Number(text);
}

/** `If-Match` with the revision that was read; `If-None-Match: *` where there was none. */
function seenIn(c: Ctx): number {
  if (c.req.header('If-None-Match') === '*') return 0;
  const seen = /^"(\d{1,9})"$/.exec(c.req.header('If-Match') ?? '')?.[1];
  if (seen === undefined)
    throw new SupportError('invalid-request', 'If-Match with the revision that was read is needed; If-None-Match: * for a new key.');
  return Number(seen);
}
