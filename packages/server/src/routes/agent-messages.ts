import { isSupportError, type SupportError } from '@storefront-support/contract';
import { agentReplySchema, openTicketSchema } from '@storefront-support/contract/agent-schemas';
import { draftProblems } from '@storefront-support/contract/schemas';
import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { hasAccount, type Access } from '../agents/access.js';
import { agentSummary, eventOf, newerEntries, replyReceipt, servedTicket } from '../agents/thread-work.js';
import { invalidFields } from '../invalid-fields.js';
import { enqueueThreadMail } from '../mail/enqueue-thread-mails.js';
import { problemBody } from '../middleware/errors.js';
import { OneAtATime, canonicalJson, storeAnswer, storedAnswer, type RequestKey } from '../middleware/idempotency.js';
import { idempotencyKeyIn, readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { serves } from '../store/agents.js';
import { appendMessage } from '../store/threads.js';
import { insertTicket } from '../store/tickets.js';
import { hashSecret } from '../ticket-secret.js';

type Ctx = Context<AppEnv>;
type AgentPorts = Pick<Ports, 'store' | 'now' | 'events' | 'mailWaiting'>;

/** What agents write, below `/v1/desks/{desk}/agent`: messages, notes, and tickets for a customer. */
export function agentMessageRoutes(ports: AgentPorts): Hono<AppEnv> {
  const oneAtATime = new OneAtATime();
  return new Hono<AppEnv>()
    .post('/tickets/:number/messages', async (c) => {
      const body = await readBody(c, agentReplySchema);
      const request = requestKey(c, { number: c.req.param('number').toUpperCase(), ...body });
      return oneAtATime.run(request, () => reply(c, ports, request, body));
    })
    .post('/tickets', async (c) => {
      const body = await readBody(c, openTicketSchema);
      const request = requestKey(c, body);
      return oneAtATime.run(request, () => openTicket(c, ports, request, body));
    });
}

type Reply = Awaited<ReturnType<typeof readBody<typeof agentReplySchema>>>;
type NewTicket = Awaited<ReturnType<typeof readBody<typeof openTicketSchema>>>;

async function reply(c: Ctx, ports: AgentPorts, request: RequestKey, body: Reply): Promise<Response> {
  const { access, desk } = c.var;
  const { store, now, events, mailWaiting } = ports;
  const number = c.req.param('number') ?? '';
  const { text, visibility, attachmentIds = [], secret, seq } = body;
  if (attachmentIds.length > 0 && secret === undefined)
    throw invalidFields({ secret: { code: 'required', detail: 'Needed with attachmentIds: what the uploads were made under.' } });
  const ticket = await servedTicket(store.read, desk, number, access.agent);
  if (text.length > desk.desk.limits.messageLength) throw tooLong('text', desk.desk.limits.messageLength);
  const stored = await storedAnswer(store.read, request);
  if (stored) return c.json(await replyReceipt(store.read, desk, ticket, seqIn(stored.answer), now()), 201);
  const at = now();
  let written;
  try {
    written = await store.write.run(async (trx) => {
      // another process may have taken the same request meanwhile
      const taken = await storedAnswer(trx, request);
      if (taken) return { ticket: await servedTicket(trx, desk, number, access.agent), seq: seqIn(taken.answer) };
      const before = await servedTicket(trx, desk, number, access.agent);
      const { ticket, seq: added } = await appendMessage(trx, {
        desk,
        ticketId: before.id,
        author: { kind: 'agent', ...writerOf(access) },
        visibility,
        text,
        uploads: secret === undefined ? undefined : { secretHash: hashSecret(secret), ids: attachmentIds },
        now: at,
        ifSeq: seq,
      });
      await storeAnswer(trx, request, { status: 201, answer: JSON.stringify({ seq: added }) }, at);
      return { ticket, seq: added };
    });
  } catch (error) {
    if (!isSupportError(error) || error.code !== 'conflict') throw error;
    const entries = await newerEntries(store.read, desk, await servedTicket(store.read, desk, number, access.agent), seq);
    c.header('Content-Type', 'application/problem+json');
    return c.body(JSON.stringify({ ...problemBody(error), entries }), 409);
  }
  events.publish(eventOf(written.ticket, visibility === 'internal'));
  mailWaiting();
  return c.json(await replyReceipt(store.read, desk, written.ticket, written.seq, at), 201);
}

function writerOf(access: Access): { id: string; assignable: boolean } {
  return { id: access.agent.id, assignable: hasAccount(access) };
}

async function openTicket(c: Ctx, ports: AgentPorts, request: RequestKey, body: NewTicket): Promise<Response> {
  const { access, desk } = c.var;
  const { store, now, events, mailWaiting } = ports;
  const { contactId, requester, subject, message, orderReference, locale = desk.desk.locales[0] ?? 'en' } = body;
  const draft = { contactId, kind: 'support' as const, requester, subject, message, orderReference, attachmentIds: [], locale };
  const fields = draftProblems(draft, desk.desk);
  if (Object.keys(fields).length > 0) throw invalidFields(fields);
  if (!serves(access.agent, desk.desk.id, contactId))
    throw invalidFields({ contactId: { code: 'not-allowed', detail: 'This agent does not serve this contact.' } });
  const stored = await storedAnswer(store.read, request);
  const number = stored ? numberIn(stored.answer) : await write();
  const ticket = await servedTicket(store.read, desk, number, access.agent);
  if (!stored) {
    events.publish(eventOf(ticket, false));
    mailWaiting();
  }
  return c.json({ ticket: await agentSummary(store.read, desk, ticket, now()) }, 201);

  async function write(): Promise<string> {
    const at = now();
    return store.write.run(async (trx) => {
      const taken = await storedAnswer(trx, request);
      if (taken) return numberIn(taken.answer);
      const inserted = await insertTicket(trx, {
        deskId: desk.desk.id,
        draft,
        // the customer never had it: they come in by their address
        secretHash: hashSecret(randomBytes(32).toString('base64url')),
        createdAt: at,
        firstResponseDueAt: null,
        agent: writerOf(access),
      });
      const opened = { id: inserted.id, requesterId: inserted.requester.id };
      await enqueueThreadMail(trx, { desk, ticket: opened, kind: 'answer', seq: 1, now: at });
      await storeAnswer(trx, request, { status: 201, answer: JSON.stringify({ number: inserted.number }) }, at);
      return inserted.number;
    });
  }
}

/** The same key, agent and body get the same answer again. */
function requestKey(c: Ctx, body: object): RequestKey {
  const key = idempotencyKeyIn(c);
  const { id } = c.var.access.agent;
  return { deskId: c.var.desk.desk.id, secretHash: sha256(`agent ${id}`), key, bodyHash: sha256(canonicalJson(body)) };
}

// answers are kept without what anybody wrote, so that a redaction reaches every place
function seqIn(answer: string): number {
  return (JSON.parse(answer) as { seq: number }).seq;
}

function numberIn(answer: string): string {
  return (JSON.parse(answer) as { number: string }).number;
}

function tooLong(field: string, limit: number): SupportError {
  return invalidFields({ [field]: { code: 'too-long', detail: `At most ${limit} characters.`, limit } });
}
