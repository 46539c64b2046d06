import { SupportError } from '@storefront-support/contract';
import { agentListQuerySchema, agentTicketChangeSchema, redactionSchema } from '@storefront-support/contract/agent-schemas';
import { threadQuerySchema } from '@storefront-support/contract/thread-schemas';
import { Hono } from 'hono';
import { hasAccount } from '../agents/access.js';
import { agentSummary, eventOf, servedTicket } from '../agents/thread-work.js';
import { changeTicket } from '../agents/change-ticket.js';
import { answerAttachment } from '../files/attachment-answer.js';
import { findUpload } from '../files/upload-rows.js';
import { readBody, readQuery } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { ticketSearch } from '../search/ticket-search.js';
import { agentSummaries, contactsServed, listServedTickets, type ServedCursor } from '../store/agent-tickets.js';
import { redact } from '../store/redact.js';
import { readThread } from '../store/thread-page.js';
import { agentMessageRoutes } from './agent-messages.js';

const PAGE = 50;
/** Found tickets among which the other filters look. */
const FOUND_MAX = 500;

/** Tickets as agents work on them, below `/v1/desks/{desk}/agent`. What an agent does not serve is not there. */
export function agentTicketRoutes(ports: Ports): Hono<AppEnv> {
  const { store, now, events, mailWaiting } = ports;
  const search = ticketSearch(store);
  return new Hono<AppEnv>()
    .get('/tickets', async (c) => {
      const { desk, access } = c.var;
      const { q, contact, assignee, cursor, limit = PAGE, ...filters } = readQuery(c, agentListQuerySchema);
      const deskId = desk.desk.id;
      const served = contactsServed(access.agent, deskId);
      const contactIds = contact === undefined ? served : [contact].filter((id) => served === null || served.includes(id));
      const ids = q ? await search.find({ deskId, contactIds, words: q, limit: FOUND_MAX }) : undefined;
      const assigneeId = assignee === undefined ? undefined : assignee === 'none' ? null : assignee === 'me' ? access.agent.id : assignee;
      const page = await listServedTickets(store.read, {
        deskId,
        contactIds,
        assigneeId,
        ids,
        cursor: cursorIn(cursor),
        limit,
        ...filters,
      });
      const tickets = await agentSummaries(store.read, desk, page.rows, now());
      return c.json({ tickets, cursor: page.next && `${page.next.at}.${page.next.id}` });
    })
    .get('/tickets/:number', async (c) => {
      const { desk, access } = c.var;
      const { after, before, limit = PAGE } = readQuery(c, threadQuerySchema);
      const ticket = await servedTicket(store.read, desk, c.req.param('number'), access.agent);
      const part = await readThread(store.read, { desk, ticket, after, before, limit, internal: true });
      return c.json({ ticket: await agentSummary(store.read, desk, ticket, now()), ...part });
    })
    .patch('/tickets/:number', async (c) => {
      const change = await readBody(c, agentTicketChangeSchema);
      const { desk, access } = c.var;
      if (change.assigneeId === 'me' && !hasAccount(access))
        throw new SupportError('invalid-request', 'The operator is nobody a ticket could be given to: name an agent.');
      const { ticket, changed } = await store.write.run((trx) =>
        changeTicket(trx, { desk, agent: access.agent, number: c.req.param('number'), change, now: now() }),
      );
      if (changed !== 'nothing') events.publish(eventOf(ticket, changed === 'internal'));
      mailWaiting();
      return c.json({ ticket: await agentSummary(store.read, desk, ticket, now()) });
    })
    .post('/tickets/:number/redactions', async (c) => {
      const { messageId, start, end } = await readBody(c, redactionSchema);
      const { desk, access } = c.var;
      const { ticket, visibility } = await store.write.run(async (trx) => {
        const found = await servedTicket(trx, desk, c.req.param('number'), access.agent);
        return { ticket: found, visibility: await redact(trx, { deskId: found.deskId, ticketId: found.id, messageId, start, end }) };
      });
      events.publish({ ...eventOf(ticket, visibility === 'internal'), inPlace: true });
      return c.json({ ticket: await agentSummary(store.read, desk, ticket, now()) });
    })
    .get('/tickets/:number/attachments/:id', async (c) => {
      const { desk, access } = c.var;
      const ticket = await servedTicket(store.read, desk, c.req.param('number'), access.agent);
      const file = await findUpload(store.read, ticket.deskId, c.req.param('id'));
      if (!file || file.ticketId !== ticket.id || file.messageId === null)
        throw new SupportError('not-found', 'This ticket has no such file.');
      if (file.sha256 === null) throw new SupportError('gone', 'The file has been deleted.');
      return answerAttachment(c, ports.blobs, file, 'same-origin');
    })
    .route('/', agentMessageRoutes(ports));
}

function cursorIn(text: string | undefined): ServedCursor | undefined {
  const [, at, id] = /^(\d+)\.(.+)$/.exec(text ?? '') ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}
