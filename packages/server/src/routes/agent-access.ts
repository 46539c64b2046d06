import { SupportError } from '@storefront-support/contract';
import { accessRefusalSchema, accessRequestDraftSchema, expiryChangeSchema } from '@storefront-support/contract/access-schemas';
import { Hono, type Context } from 'hono';
import { changeRecord, changeRequest, publishAccess } from '../access/access-changes.js';
import { requestViews, ticketAccess } from '../access/access-view.js';
import { chainOf, readAudit } from '../access/audit-chain.js';
import { beginRequest, checkExpiry } from '../access/begin-request.js';
import { agentSource } from '../access/sources.js';
import { hasAccount } from '../agents/access.js';
import { servedTicket } from '../agents/thread-work.js';
import { canonicalJson, storeAnswer, storedAnswer } from '../middleware/idempotency.js';
import { idempotencyKeyIn, readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { lockTicket, momentOf, requestOn } from '../store/access-rows.js';
import type { TicketRow } from '../store/ticket-summary.js';

type Ctx = Context<AppEnv>;

/** What agents ask for and may end, `…/{number}/access` below `/v1/desks/{desk}/agent/tickets`; nothing here opens a record. */
export function agentAccessRoutes(ports: Ports): Hono<AppEnv> {
  const { store, now } = ports;
  return new Hono<AppEnv>()
    .get('/:number/access', async (c) => c.json(await ticketAccess(store.read, c.var.desk, await served(c), now())))
    .get('/:number/access/audit', async (c) => c.json(await readAudit(store.read, chainOf(await served(c)))))
    .post('/:number/access/requests', async (c) => {
      const key = idempotencyKeyIn(c);
      const draft = await readBody(c, accessRequestDraftSchema);
      const { desk, access } = c.var;
      if (!hasAccount(access)) throw new SupportError('invalid-request', 'The customer is told who asks: name an agent.');
      const ticket = await served(c);
      const at = now();
      const neededUntil = checkExpiry('neededUntil', Date.parse(draft.neededUntil), at);
      await ports.manifests.epochs(ticket.deskId);
      const bodyHash = sha256(canonicalJson({ number: ticket.number, ...draft }));
      const request = { deskId: ticket.deskId, secretHash: sha256(`agent ${access.agent.id}`), key, bodyHash };
      const { id, changed } = await store.write.run(async (trx) => {
        const before = await storedAnswer(trx, request);
        if (before) return { id: (JSON.parse(before.answer) as { id: string }).id, changed: null };
        const place = { desk, ticket: await lockTicket(trx, ticket.deskId, ticket.id), source: agentSource(c), now: at };
        const begun = await beginRequest(trx, place, { kinds: draft.kinds, reason: draft.reason, neededUntil });
        await storeAnswer(trx, request, { status: 201, answer: JSON.stringify({ id: begun.id }) }, at);
        return { id: begun.id, changed: begun.ticket };
      });
      if (changed) publishAccess(ports, changed);
      ports.mailWaiting();
      const [view] = await requestViews(store.read, [await requestOn(store.read, ticket, id)], momentOf(ticket, at));
      return c.json({ request: view }, 201);
    })
    .post('/:number/access/requests/:id/accept', async (c) => {
      const { access } = c.var;
      if (!hasAccount(access)) throw new SupportError('invalid-request', 'The customer is told who accepts: name an agent.');
      return c.json({ request: await changeRequest(ports, await change(c), { type: 'accept' }, { agentId: access.agent.id }) });
    })
    .post('/:number/access/requests/:id/decline', async (c) =>
      c.json({ request: await changeRequest(ports, await change(c), { type: 'decline', by: 'agent' }) }),
    )
    .post('/:number/access/requests/:id/withdraw', async (c) =>
      c.json({ request: await changeRequest(ports, await change(c), { type: 'withdraw', by: 'agent' }) }),
    )
    .patch('/:number/access/records/:id', async (c) => {
      const { expiresAt } = await readBody(c, expiryChangeSchema);
      const shorter = { type: 'change-expiry', expiresAt: Date.parse(expiresAt), by: 'agent' } as const;
      return c.json({ record: await changeRecord(ports, { ...(await base(c)) }, shorter) });
    })
    .delete('/:number/access/records/:id', async (c) => c.json({ record: await changeRecord(ports, await base(c), { type: 'revoke' }) }));

  function served(c: Ctx): Promise<TicketRow> {
    return servedTicket(store.read, c.var.desk, c.req.param('number') ?? '', c.var.access.agent);
  }

  async function base(c: Ctx) {
    return { desk: c.var.desk, ticket: await served(c), source: agentSource(c), id: c.req.param('id') ?? '' };
  }

  async function change(c: Ctx) {
    const { reason } = await readBody(c, accessRefusalSchema);
    return { ...(await base(c)), reason };
  }
}
