import { SupportError } from '@storefront-support/contract';
import { acknowledgementSchema, revealSchema, rewrapMetaSchema } from '@storefront-support/contract/access-schemas';
import { Hono, type Context } from 'hono';
import { publishAccess } from '../access/access-changes.js';
import { recordViews } from '../access/access-view.js';
import { acknowledge, readReleased, releaseRecord } from '../access/release-record.js';
import { rewrapRecord } from '../access/rewrap-record.js';
import { readSealed } from '../access/sealed-body.js';
import { agentSource } from '../access/sources.js';
import { idempotencyKeyIn, readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { momentOf, type RecordRow } from '../store/access-rows.js';
import { contactsServed } from '../store/agent-tickets.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { metaIn } from './vault.js';

type Ctx = Context<AppEnv>;

/** Records in one answer. */
const LISTED_MAX = 500;

/** Opening records, and sealing them to another key, below `/v1/desks/{desk}/agent/vault`: for persons alone. */
export function agentVaultRoutes(ports: Ports): Hono<AppEnv> {
  const { store, now } = ports;
  return new Hono<AppEnv>()
    .get('/records', async (c) => {
      const { desk, access } = c.var;
      const deskId = desk.desk.id;
      const contacts = contactsServed(access.agent, deskId);
      if (contacts?.length === 0) return c.json({ records: [] });
      let query = store.read
        .selectFrom('accessRecord')
        .innerJoin('ticket', (join) =>
          join.onRef('ticket.deskId', '=', 'accessRecord.deskId').onRef('ticket.id', '=', 'accessRecord.ticketId'),
        )
        .selectAll('accessRecord')
        .select(['ticket.number', 'ticket.status as ticketStatus', 'ticket.closedAt', 'ticket.updatedAt'])
        .where('accessRecord.deskId', '=', deskId)
        .where('accessRecord.state', '=', 'active')
        // what waits for a new key comes into the list, however many there are
        .orderBy('accessRecord.epoch')
        .orderBy('accessRecord.createdAt', 'desc')
        .limit(LISTED_MAX);
      if (contacts) query = query.where('ticket.contactId', 'in', contacts);
      const at = now();
      const rows = await query.execute();
      const views = await recordViews(store.read, rows, (row) => momentOf({ ...row, status: row.ticketStatus }, at));
      const listed = rows.flatMap(({ number }, index) => {
        const record = views[index];
        return record?.state === 'active' ? [{ ticket: number, record }] : [];
      });
      return c.json({ records: listed });
    })
    .post('/records/:id/reveals', async (c) => {
      const { reason } = await readBody(c, revealSchema);
      return release(c, 'reveal', reason);
    })
    .post('/records/:id/rewraps', (c) => release(c, 'rewrap', ''))
    .get('/reveals/:id/sealed', async (c) => {
      const bytes = await readReleased(ports, c.var.desk, c.var.access, c.req.param('id'), now());
      c.header('Content-Type', 'application/octet-stream');
      c.header('Content-Disposition', 'attachment; filename="record.age"');
      return c.body(bytes);
    })
    .post('/reveals/:id/ack', async (c) => {
      const { outcome } = await readBody(c, acknowledgementSchema);
      const { desk, access } = c.var;
      return done(c, await acknowledge(ports, { desk, access, revealId: c.req.param('id'), outcome, source: agentSource(c), now: now() }));
    })
    .put('/reveals/:id/sealed', async (c) => {
      const { epoch, fileBytes } = metaIn(c, rewrapMetaSchema);
      const { desk, access } = c.var;
      if (!(await ports.manifests.epochs(desk.desk.id)).includes(epoch))
        throw new SupportError('epoch-old', 'The manifest does not name this key, or not any more.');
      const sealed = await readSealed(c, fileBytes);
      const revealId = c.req.param('id');
      return done(c, await rewrapRecord(ports, { desk, access, revealId, epoch, sealed, fileBytes, source: agentSource(c), now: now() }));
    });

  async function release(c: Ctx, purpose: 'reveal' | 'rewrap', reason: string): Promise<Response> {
    const { desk, access } = c.var;
    const key = idempotencyKeyIn(c);
    const recordId = c.req.param('id') ?? '';
    const { reveal, ticket } = await releaseRecord(ports, {
      desk,
      access,
      recordId,
      purpose,
      newest: purpose === 'rewrap' ? Math.max(...(await ports.manifests.epochs(desk.desk.id))) : 0,
      reason,
      key,
      source: agentSource(c),
      now: now(),
    });
    publishAccess(ports, ticket);
    ports.mailWaiting();
    return c.json(reveal, 201);
  }

  async function done(c: Ctx, { row, ticket }: { row: RecordRow; ticket: TicketRow }): Promise<Response> {
    publishAccess(ports, ticket);
    ports.mailWaiting();
    const [record] = await recordViews(store.read, [row], momentOf(ticket, now()));
    return c.json({ record });
  }
}
