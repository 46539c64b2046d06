import { SupportError, type NumberedReceipt, type TicketDraft, type TicketPage } from '@storefront-support/contract';
import { createTicketSchema, draftProblems, fieldProblems } from '@storefront-support/contract/schemas';
import { listQuerySchema } from '@storefront-support/contract/thread-schemas';
import { Hono, type Context } from 'hono';
import { attachUploads } from '../files/attach-uploads.js';
import { firstResponseDueAt } from '../first-response-due.js';
import { HeldKeys } from '../held/held-keys.js';
import { settleHeld } from '../held/settle-held.js';
import { invalidFields } from '../invalid-fields.js';
import { enqueueTicketMails } from '../mail/enqueue-ticket-mails.js';
import { OneAtATime, canonicalJson, storeAnswer, storedAnswer, type RequestKey, type StoredAnswer } from '../middleware/idempotency.js';
import { rejected, type Proof, type ProofOfWork } from '../middleware/proof-of-work.js';
import { TicketLimits } from '../middleware/rate-limit.js';
import { requireSession, requireTicket } from '../middleware/access.js';
import { SENTENCES, idempotencyKeyIn, readQuery } from '../middleware/read-fields.js';
import { readJson } from '../middleware/read-json.js';
import { admitTicket } from '../middleware/ticket-proof.js';
import type { AppEnv, Ports } from '../ports.js';
import { sha256 } from '../sha256.js';
import { countUnread, listTickets, type TicketCursor } from '../store/ticket-list.js';
import { summaryOf } from '../store/ticket-summary.js';
import { insertTicket, instant, readTicket, spendProof } from '../store/tickets.js';
import { secretHashIn } from '../ticket-secret.js';

/** Tickets in one page of a list. */
const PAGE = 50;

/** `POST` and `GET` below `/v1/desks/{desk}/tickets`. */
export function ticketRoutes(ports: Ports, proofOfWork: ProofOfWork): Hono<AppEnv> {
  const limits = new TicketLimits();
  const oneAtATime = new OneAtATime();
  const held = new HeldKeys(ports.installSecret);
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const { draft, request } = await readRequest(c);
      const { status, answer } = await oneAtATime.run(request, async () => {
        const stored = await storedAnswer(ports.store.read, request);
        return stored ?? createTicket(ports, held, c, request, draft, await admit(c, draft));
      });
      c.header('Content-Type', 'application/json');
      return c.body(answer, status as 201);
    })
    .get('/', async (c) => {
      const session = await requireSession(c, ports);
      const { status, cursor, limit = PAGE } = readQuery(c, listQuerySchema);
      const { desk } = c.var.desk;
      const scope = session.requesterId === null ? { sessionId: session.id } : { requesterId: session.requesterId };
      const { rows, next } = await listTickets(ports.store.read, { deskId: desk.id, scope, status, cursor: cursorIn(cursor), limit });
      const unread = await countUnread(ports.store.read, desk.id, scope);
      return c.json({
        tickets: rows.map((row) => summaryOf(row, c.var.desk, ports.now())),
        cursor: next && `${next.updatedAt}.${next.id}`,
        unread,
      } satisfies TicketPage);
    })
    .get('/:number', async (c) => {
      const { ticket } = await requireTicket(c, ports);
      return c.json({ ticket: await readTicket(ports.store.read, ticket) });
    });

  async function admit(c: Context<AppEnv>, draft: TicketDraft): Promise<Proof | undefined> {
    const fields = draftProblems(draft, c.var.desk.desk);
    if (Object.keys(fields).length > 0) throw invalidFields(fields);
    return admitTicket(c, proofOfWork, limits, ports.now());
  }
}

async function readRequest(c: Context<AppEnv>): Promise<{ draft: TicketDraft; request: RequestKey }> {
  const key = idempotencyKeyIn(c);
  const secretHash = secretHashIn(c.req.header('Authorization'));
  if (secretHash === null)
    throw new SupportError(
      'invalid-request',
      'Authorization: Bearer <secret> is needed: 256 random bits as 43 characters of base64url, made by the client for this ticket.',
    );
  const body = createTicketSchema.safeParse(await readJson(c), SENTENCES);
  if (!body.success) throw invalidBody(body.error.issues);
  if (body.data.trap) throw new SupportError('looks-automated', 'A field that people do not see was filled in.');
  const { draft } = body.data;
  return { draft, request: { deskId: c.var.desk.desk.id, secretHash, key, bodyHash: sha256(canonicalJson({ draft })) } };
}

/** Fields are named as in the draft, which is what a form knows; other members keep their place in the body. */
function invalidBody(issues: Parameters<typeof fieldProblems>[0]): SupportError {
  return invalidFields(
    Object.fromEntries(Object.entries(fieldProblems(issues)).map(([name, problem]) => [name.replace(/^draft\./, ''), problem])),
  );
}

function cursorIn(text: string | undefined): TicketCursor | undefined {
  const [updatedAt, id] = text?.split('.') ?? [];
  return updatedAt === undefined || id === undefined ? undefined : { updatedAt: Number(updatedAt), id };
}

async function createTicket(
  ports: Ports,
  held: HeldKeys,
  c: Context<AppEnv>,
  request: RequestKey,
  draft: TicketDraft,
  proof: Proof | undefined,
): Promise<StoredAnswer> {
  const config = c.var.desk;
  const { deskId, secretHash } = request;
  const now = ports.now();
  const dueAt = await firstResponseDueAt(config.desk, draft.contactId, now);
  const { stored, event } = await ports.store.write.run(async (trx) => {
    const before = await storedAnswer(trx, request);
    if (before) return { stored: before, event: undefined };
    if (proof && !(await spendProof(trx, deskId, proof.signature, proof.expiresAt)))
      throw rejected('This proof was sent with another ticket; fetch a new challenge.');
    const { id, number, messageId, requester } = await insertTicket(trx, {
      deskId,
      draft,
      secretHash,
      createdAt: now,
      firstResponseDueAt: dueAt,
    });
    const { contactId, attachmentIds, kind } = draft;
    const fields = await attachUploads(trx, { desk: config, ticketId: id, messageId, contactId, secretHash, ids: attachmentIds, now });
    if (Object.keys(fields).length > 0) throw invalidFields(fields);
    const confirmationMail = await enqueueTicketMails(trx, { desk: config, ticketId: id, contactId, requester, now, log: ports.log });
    const receipt: NumberedReceipt = {
      ticket: { id, number, status: 'open', kind, createdAt: instant(now), firstResponseDueAt: dueAt === null ? null : instant(dueAt) },
      confirmationMail,
    };
    await settleHeld(trx, held, { desk: config, draft, receipt, now });
    const stored = { status: 201, answer: JSON.stringify(receipt) };
    await storeAnswer(trx, request, stored, now);
    return { stored, event: { deskId, ticketId: id, number, requesterId: requester.id, seq: 1, internal: false } };
  });
  if (event) ports.events.publish(event);
  ports.mailWaiting();
  return stored;
}
