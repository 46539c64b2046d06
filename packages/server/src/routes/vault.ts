import { SupportError, textIn, type VaultRequest } from '@storefront-support/contract';
import { accessMetaSchema, accessRefusalSchema, recordIdSchema, VAULT_META } from '@storefront-support/contract/access-schemas';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type * as z from 'zod/mini';
import { changeRecord, changeRequest, publishAccess } from '../access/access-changes.js';
import { recordViews, requestViews } from '../access/access-view.js';
import { checkExpiry } from '../access/begin-request.js';
import { grantRecord } from '../access/grant-record.js';
import { findPass } from '../access/passes.js';
import { readSealed } from '../access/sealed-body.js';
import { requesterSource } from '../access/sources.js';
import { invalidFields } from '../invalid-fields.js';
import { checkFields, readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { momentOf, recordOn, recordsOf, requestOn } from '../store/access-rows.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { findTicketById } from '../store/ticket-access.js';
import { instant } from '../store/tickets.js';
import { secretHashIn } from '../ticket-secret.js';

type Ctx = Context<AppEnv>;

/** Records of one request on their way; its page sends one. */
const SENDING_MAX = 4;

/** What the vault page reaches on its own origin, below `/v1/desks/{desk}/vault`: the keys, and one request for a pass. */
export function vaultRoutes(ports: Ports): Hono<AppEnv> {
  const { store, now } = ports;
  const sending = new Map<string, number>();
  const routes = new Hono<AppEnv>();
  routes.route('/', manifestRoutes(ports));
  routes.use('/request', passOnly(ports));
  routes.use('/request/*', passOnly(ports));
  routes.use('/records/*', passOnly(ports));
  return routes
    .get('/request', async (c) => {
      const { desk, pass } = c.var;
      const ticket = await ticketOf(c);
      const at = now();
      const moment = momentOf(ticket, at);
      const row = await requestOn(store.read, ticket, pass.requestId);
      const [request] = await requestViews(store.read, [row], moment);
      if (!request) throw new Error('A request had no view.');
      const rows = (await recordsOf(store.read, desk.desk.id, ticket.id)).filter(({ requestId }) => requestId === row.id);
      return c.json({
        request,
        records: await recordViews(store.read, rows, moment),
        ticket: { number: ticket.number, subject: ticket.subject },
        desk: { id: desk.desk.id, name: textIn(desk.desk.name, ticket.locale) },
        origin: pass.origin,
        now: instant(at),
      } satisfies VaultRequest);
    })
    .post('/request/decline', async (c) => {
      const { reason } = await readBody(c, accessRefusalSchema);
      const { desk, pass } = c.var;
      const ticket = await ticketOf(c);
      const change = { desk, ticket, source: requesterSource(c), id: pass.requestId, reason };
      return c.json({ request: await changeRequest(ports, change, { type: 'decline', by: 'requester' }) });
    })
    .delete('/records/:id', async (c) => {
      const { desk, pass } = c.var;
      const ticket = await ticketOf(c);
      const { requestId } = await recordOn(store.read, ticket, c.req.param('id'));
      if (requestId !== pass.requestId) throw new SupportError('not-found', 'This request has no record of this id.');
      const change = { desk, ticket, source: requesterSource(c), id: c.req.param('id') };
      return c.json({ record: await changeRecord(ports, change, { type: 'revoke' }) });
    })
    .put('/records/:id', async (c) => {
      const { desk, pass } = c.var;
      const id = c.req.param('id');
      if (!recordIdSchema.safeParse(id).success)
        throw new SupportError('invalid-request', 'A record is named by 128 random bits as 22 characters of base64url.');
      const { expiresAt, ...meta } = metaIn(c, accessMetaSchema);
      if (meta.requestId !== pass.requestId)
        throw invalidFields({ requestId: { code: 'invalid', detail: 'The pass is for another request.' } });
      if (expiresAt === undefined)
        throw new SupportError('expiry-required', 'expiresAt is needed: nothing is lent without an end.', {
          fields: { expiresAt: { code: 'required', detail: 'Between one hour and 30 days from now.' } },
        });
      const at = now();
      checkExpiry('expiresAt', Date.parse(expiresAt), at);
      if (!(await ports.manifests.epochs(desk.desk.id)).includes(meta.epoch))
        throw new SupportError('epoch-old', 'The manifest does not name this key, or not any more: fetch it, and seal again.');
      const sealed = await inTurn(pass.requestId, () => readSealed(c, meta.fileBytes));
      const granted = { desk, id, holder: pass, meta: { ...meta, expiresAt }, sealed, source: requesterSource(c), now: at };
      const { row, ticket, fresh } = await grantRecord(ports, granted);
      if (fresh) publishAccess(ports, ticket);
      const [record] = await recordViews(store.read, [row], momentOf(ticket, at));
      return c.json({ record }, fresh ? 201 : 200);
    });

  /** A body is held in memory until it is whole, and may take its time. */
  async function inTurn<T>(requestId: string, work: () => Promise<T>): Promise<T> {
    const running = sending.get(requestId) ?? 0;
    if (running >= SENDING_MAX)
      throw new SupportError('rate-limited', `At most ${SENDING_MAX} records of one request arrive at a time.`, { retryAfter: 5_000 });
    sending.set(requestId, running + 1);
    try {
      return await work();
    } finally {
      const left = (sending.get(requestId) ?? 1) - 1;
      if (left > 0) sending.set(requestId, left);
      else sending.delete(requestId);
    }
  }

  async function ticketOf(c: Ctx): Promise<TicketRow> {
    const ticket = await findTicketById(store.read, c.var.desk.desk.id, c.var.pass.ticketId);
    if (!ticket) throw noPass();
    return ticket;
  }
}

/** The signed keys of a desk, as they lie on disk: whoever reads them checks the signature. */
export function manifestRoutes({ manifests }: Pick<Ports, 'manifests'>): Hono<AppEnv> {
  const serve = (name: 'manifest.json' | 'manifest.json.sig', type: string) => async (c: Ctx) => {
    const bytes = await manifests.read(c.var.desk.desk.id, name);
    if (!bytes) throw new SupportError('not-found', 'No keys have been published for this desk.');
    c.header('Content-Type', type);
    c.header('X-Content-Type-Options', 'nosniff');
    return c.body(bytes);
  };
  return new Hono<AppEnv>()
    .get('/manifest.json', serve('manifest.json', 'application/json'))
    .get('/manifest.json.sig', serve('manifest.json.sig', 'text/plain; charset=utf-8'));
}

/**
 * What stands in `Vault-Meta`.
 *
 * @throws {SupportError} `invalid-request`, `invalid-fields`
 */
export function metaIn<T extends z.core.$ZodType>(c: Ctx, schema: T): z.core.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(c.req.header(VAULT_META) ?? '');
  } catch {
    throw new SupportError('invalid-request', `${VAULT_META} is needed: JSON in ASCII.`);
  }
  return checkFields(schema, value);
}

function passOnly({ store, now }: Pick<Ports, 'store' | 'now'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const hash = secretHashIn(c.req.header('Authorization'));
    const pass = hash === null ? undefined : await findPass(store.read, c.var.desk.desk.id, hash, now());
    if (!pass) throw noPass();
    c.set('pass', pass);
    c.header('X-Content-Type-Options', 'nosniff');
    await next();
  };
}

function noPass(): SupportError {
  return new SupportError(
    'not-signed-in',
    'Authorization: Bearer <pass> is missing, or the pass has run out: the page of the shop can get another.',
  );
}
