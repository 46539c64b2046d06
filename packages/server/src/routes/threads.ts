import { SupportError, type ReplyReceipt, type ThreadPage } from '@storefront-support/contract';
import { replySchema, threadQuerySchema, ticketChangesSchema } from '@storefront-support/contract/thread-schemas';
import { Hono, type Context } from 'hono';
import { invalidFields } from '../invalid-fields.js';
import { enqueueReplyMail } from '../mail/enqueue-ticket-mails.js';
import { requireTicket } from '../middleware/access.js';
import { OneAtATime, canonicalJson, storeAnswer, storedAnswer, type RequestKey } from '../middleware/idempotency.js';
import { ReplyLimits } from '../middleware/rate-limit.js';
import { idempotencyKeyIn, readBody, readQuery } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { readThread } from '../store/thread-page.js';
import { appendMessage, changeStatus, markSeen, rateTicket, type Changed } from '../store/threads.js';
import { findTicketById } from '../store/ticket-access.js';
import { summaryOf, type TicketRow } from '../store/ticket-summary.js';
import { hashSecret } from '../ticket-secret.js';

/** Entries in one page of a thread. */
const PAGE = 50;

interface Reply {
  text: string;
  attachmentIds: string[];
  ticket: TicketRow;
}

/** `GET` and `POST …/{number}/messages`, `PATCH …/{number}`, below `/v1/desks/{desk}/tickets`. */
export function threadRoutes(ports: Ports): Hono<AppEnv> {
  const limits = new ReplyLimits();
  const oneAtATime = new OneAtATime();
  return new Hono<AppEnv>()
    .get('/:number/messages', async (c) => {
      const { ticket } = await requireTicket(c, ports);
      const { after, before, limit = PAGE } = readQuery(c, threadQuerySchema);
      const page = await readThread(ports.store.read, { desk: c.var.desk, ticket, after, before, limit, internal: false });
      return c.json({ ticket: summaryOf(ticket, c.var.desk, ports.now()), ...page } satisfies ThreadPage);
    })
    .post('/:number/messages', async (c) => {
      const key = idempotencyKeyIn(c);
      const { ticket } = await requireTicket(c, ports);
      const { text, attachmentIds, secret } = await readBody(c, replySchema);
      const { desk } = c.var.desk;
      const longest = desk.limits.messageLength;
      if (text.length > longest)
        throw invalidFields({ text: { code: 'too-long', detail: `At most ${longest} characters.`, limit: longest } });
      const bodyHash = sha256(canonicalJson({ number: ticket.number, text, attachmentIds }));
      const request = { deskId: desk.id, secretHash: hashSecret(secret), key, bodyHash };
      const seq = await oneAtATime.run(request, async () => {
        const stored = await storedAnswer(ports.store.read, request);
        if (stored) return seqIn(stored.answer);
        await limits.consume(c.var.desk, ticket.id, c.var.clientAddress);
        return addReply(ports, c, request, { text, attachmentIds, ticket });
      });
      return c.json(await receiptOf(ports, c, ticket, seq), 201);
    })
    .patch('/:number', async (c) => {
      const { ticket } = await requireTicket(c, ports);
      const { status, reason, seen, rating } = await readBody(c, ticketChangesSchema);
      const { desk } = c.var.desk;
      // an entry of its own, as a reply is
      if (status !== undefined && status !== ticket.status) await limits.consume(c.var.desk, ticket.id, c.var.clientAddress);
      const now = ports.now();
      const { changed, seq } = await ports.store.write.run(async (trx) => {
        let changed: Changed = { ticket, seq: null };
        let seq: number | null = null;
        if (status !== undefined) {
          const actor = { kind: 'requester' as const, id: ticket.requesterId };
          changed = await changeStatus(trx, { desk: c.var.desk, ticketId: ticket.id, actor, status, reason: reason ?? '', now });
          ({ seq } = changed);
        }
        if (seen !== undefined) changed = await markSeen(trx, desk.id, ticket.id, seen);
        if (rating) changed = await rateTicket(trx, { deskId: desk.id, ticketId: ticket.id, rating, now });
        return { changed, seq };
      });
      if (seq !== null) publish(ports, ticket, seq);
      return c.json({ ticket: summaryOf(changed.ticket, c.var.desk, now) });
    });
}

async function addReply(ports: Ports, c: Context<AppEnv>, request: RequestKey, { text, attachmentIds, ticket }: Reply): Promise<number> {
  const desk = c.var.desk;
  const now = ports.now();
  const ticketId = ticket.id;
  const seq = await ports.store.write.run(async (trx) => {
    const before = await storedAnswer(trx, request);
    if (before) return seqIn(before.answer);
    const { seq } = await appendMessage(trx, {
      desk,
      ticketId,
      author: { kind: 'requester', id: ticket.requesterId },
      visibility: 'public',
      text,
      uploads: { secretHash: request.secretHash, ids: attachmentIds },
      now,
    });
    await enqueueReplyMail(trx, { desk, ticketId, seq, now });
    // where the message stands, and none of its text: a stored answer outlives what is erased
    await storeAnswer(trx, request, { status: 201, answer: JSON.stringify({ seq }) }, now);
    return seq;
  });
  publish(ports, ticket, seq);
  ports.mailWaiting();
  return seq;
}

async function receiptOf({ store, now }: Ports, c: Context<AppEnv>, { deskId, id }: TicketRow, seq: number): Promise<ReplyReceipt> {
  const ticket = await findTicketById(store.read, deskId, id);
  const page = ticket && (await readThread(store.read, { desk: c.var.desk, ticket, after: seq - 1, limit: 1, internal: false }));
  const message = page?.entries[0];
  if (!ticket || message?.type !== 'message') throw new SupportError('gone', 'The message is kept no longer.');
  return { message, ticket: summaryOf(ticket, c.var.desk, now()) };
}

function publish({ events }: Ports, { deskId, id, number, requesterId }: TicketRow, seq: number): void {
  events.publish({ deskId, ticketId: id, number, requesterId, seq, internal: false });
}

function seqIn(answer: string): number {
  return (JSON.parse(answer) as { seq: number }).seq;
}
