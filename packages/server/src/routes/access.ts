import { SupportError, type AfterCareItem, type VaultPass } from '@storefront-support/contract';
import { afterCareOf } from '@storefront-support/contract/access-record';
import {
  accessOfferSchema,
  accessRefusalSchema,
  afterCareDoneSchema,
  expiryChangeSchema,
} from '@storefront-support/contract/access-schemas';
import { Hono, type Context } from 'hono';
import { changeRecord, changeRequest, publishAccess } from '../access/access-changes.js';
import { recordViews, requestViews, ticketAccess, ticked } from '../access/access-view.js';
import { appendAudit, chainOf, readAudit } from '../access/audit-chain.js';
import { beginRequest } from '../access/begin-request.js';
import { addPass } from '../access/passes.js';
import { requesterSource } from '../access/sources.js';
import { invalidFields } from '../invalid-fields.js';
import { requireTicket } from '../middleware/access.js';
import { canonicalJson, storeAnswer, storedAnswer } from '../middleware/idempotency.js';
import { ReplyLimits } from '../middleware/rate-limit.js';
import { originOf, type OwnOrigins } from '../middleware/origins.js';
import { idempotencyKeyIn, readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { lockTicket, markTicket, momentOf, recordOn, requestFacts, requestOn } from '../store/access-rows.js';
import { stepRequest } from '@storefront-support/contract/access-lifecycle';
import type { TicketRow } from '../store/ticket-summary.js';

type Ctx = Context<AppEnv>;

/** What a customer lends, `…/{number}/access` below `/v1/desks/{desk}/tickets`. */
export function accessRoutes(ports: Ports, own: OwnOrigins): Hono<AppEnv> {
  const { store, now } = ports;
  const limits = new ReplyLimits();
  return new Hono<AppEnv>()
    .get('/:number/access', async (c) => {
      const ticket = await opened(c);
      return c.json(await ticketAccess(store.read, c.var.desk, ticket, now()));
    })
    .get('/:number/access/audit', async (c) => {
      const ticket = await opened(c);
      return c.json(await readAudit(store.read, chainOf(ticket)));
    })
    .post('/:number/access/offers', async (c) => {
      const key = idempotencyKeyIn(c);
      const ticket = await opened(c);
      const { kinds, reason } = await readBody(c, accessOfferSchema);
      const { desk } = c.var;
      if (!desk.accessOffers) throw new SupportError('not-found', 'This desk takes no offers; it asks where it needs access.');
      const deskId = desk.desk.id;
      // each leaves word for the desk
      await limits.consume(desk, ticket.id, c.var.clientAddress);
      const request = { deskId, secretHash: sha256(`offer ${ticket.id}`), key, bodyHash: sha256(canonicalJson({ kinds, reason })) };
      const at = now();
      const { id, changed } = await store.write.run(async (trx) => {
        const before = await storedAnswer(trx, request);
        if (before) return { id: (JSON.parse(before.answer) as { id: string }).id, changed: null };
        const place = { desk, ticket: await lockTicket(trx, deskId, ticket.id), source: requesterSource(c), now: at };
        const begun = await beginRequest(trx, place, { kinds, reason, neededUntil: null });
        await storeAnswer(trx, request, { status: 201, answer: JSON.stringify({ id: begun.id }) }, at);
        return { id: begun.id, changed: begun.ticket };
      });
      if (changed) publishAccess(ports, changed);
      ports.mailWaiting();
      return c.json({ request: await requestView(ticket, id) }, 201);
    })
    .post('/:number/access/requests/:id/decline', async (c) => c.json({ request: await refuse(c, 'decline') }))
    .post('/:number/access/requests/:id/withdraw', async (c) => c.json({ request: await refuse(c, 'withdraw') }))
    .post('/:number/access/requests/:id/passes', async (c) => {
      const ticket = await opened(c);
      const row = await requestOn(store.read, ticket, c.req.param('id'));
      const at = now();
      const { refused } = stepRequest(requestFacts(row), { type: 'answer' }, momentOf(ticket, at));
      if (refused !== null)
        throw new SupportError(refused, 'This request takes no record: it has ended, or is an offer that nobody has accepted.');
      await ports.manifests.epochs(ticket.deskId);
      const holder = { ticketId: ticket.id, requestId: row.id, origin: c.req.header('Origin') ?? originOf(own, 'public') };
      const pass = await store.write.run((trx) => addPass(trx, ticket.deskId, holder, at));
      return c.json({ ...pass, url: `${own.url('vault')}/desks/${ticket.deskId}/vault` } satisfies VaultPass, 201);
    })
    .patch('/:number/access/records/:id', async (c) => {
      const ticket = await opened(c);
      const { expiresAt } = await readBody(c, expiryChangeSchema);
      await limits.consume(c.var.desk, ticket.id, c.var.clientAddress);
      const change = { desk: c.var.desk, ticket, source: requesterSource(c), id: c.req.param('id') };
      return c.json({
        record: await changeRecord(ports, change, { type: 'change-expiry', expiresAt: Date.parse(expiresAt), by: 'requester' }),
      });
    })
    .delete('/:number/access/records/:id', async (c) => {
      const ticket = await opened(c);
      const change = { desk: c.var.desk, ticket, source: requesterSource(c), id: c.req.param('id') };
      return c.json({ record: await changeRecord(ports, change, { type: 'revoke' }) });
    })
    .put('/:number/access/records/:id/after-care', async (c) => {
      const ticket = await opened(c);
      const { done } = await readBody(c, afterCareDoneSchema);
      await limits.consume(c.var.desk, ticket.id, c.var.clientAddress);
      const at = now();
      const { row, changed } = await store.write.run((trx) => tick(trx, c, ticket, new Set(done), at));
      publishAccess(ports, changed);
      const [record] = await recordViews(store.read, [row], momentOf(changed, at));
      return c.json({ record });
    });

  async function opened(c: Ctx): Promise<TicketRow> {
    const { ticket } = await requireTicket(c, ports);
    return ticket;
  }

  async function refuse(c: Ctx, type: 'decline' | 'withdraw') {
    const ticket = await opened(c);
    const { reason } = await readBody(c, accessRefusalSchema);
    return changeRequest(
      ports,
      { desk: c.var.desk, ticket, source: requesterSource(c), id: c.req.param('id') ?? '', reason },
      { type, by: 'requester' },
    );
  }

  async function requestView(ticket: TicketRow, id: string) {
    const [view] = await requestViews(store.read, [await requestOn(store.read, ticket, id)], momentOf(ticket, now()));
    return view;
  }

  async function tick(trx: Parameters<typeof lockTicket>[0], c: Ctx, seen: TicketRow, done: ReadonlySet<AfterCareItem>, at: number) {
    const ticket = await lockTicket(trx, seen.deskId, seen.id);
    const row = await recordOn(trx, ticket, c.req.param('id') ?? '');
    const items = afterCareOf(row.kind);
    if (row.state === 'active' || row.state === 'superseded')
      throw new SupportError('conflict', 'There is something to do once the record has ended, and not before.');
    if ([...done].some((item) => !items.includes(item)))
      throw invalidFields({ done: { code: 'invalid', detail: `For this kind: ${items.join(', ')}.` } });
    const before = ticked(row);
    const afterCare = JSON.stringify(Object.fromEntries([...done].map((item) => [item, before[item] ?? at])));
    const afterCareOpen = items.every((item) => done.has(item)) ? 0 : 1;
    const changes = { afterCare, afterCareOpen, revision: row.revision + 1 };
    await trx.updateTable('accessRecord').set(changes).where('deskId', '=', row.deskId).where('id', '=', row.id).execute();
    const told = { requestId: row.requestId, recordId: row.id };
    if (afterCareOpen === 0 && row.afterCareOpen === 1)
      await appendAudit(trx, chainOf(ticket), [{ ...requesterSource(c), event: 'aftercare.done', at, ...told }]);
    return { row: { ...row, ...changes }, changed: await markTicket(trx, ticket) };
  }
}
