import { SupportError, type TicketDraft, type TicketReceipt } from '@storefront-support/contract';
import {
  HEADERS,
  createTicketSchema,
  draftProblems,
  fieldProblems,
  idempotencyKeySchema,
  ticketNumberSchema,
} from '@storefront-support/contract/schemas';
import { Hono, type Context } from 'hono';
import en from 'zod/v4/locales/en.js';
import { attachUploads } from '../files/attach-uploads.js';
import { firstResponseDueAt } from '../first-response-due.js';
import { enqueueTicketMails } from '../mail/enqueue-ticket-mails.js';
import {
  OneAtATime,
  canonicalJson,
  sha256,
  storeAnswer,
  storedAnswer,
  type RequestKey,
  type StoredAnswer,
} from '../middleware/idempotency.js';
import { rejected, type Proof, type ProofOfWork } from '../middleware/proof-of-work.js';
import { TicketLimits } from '../middleware/rate-limit.js';
import { readJson } from '../middleware/read-json.js';
import { admitTicket } from '../middleware/ticket-proof.js';
import type { AppEnv, Ports } from '../ports.js';
import { findTicket, insertTicket, instant, spendProof } from '../store/tickets.js';
import { secretHashIn } from '../ticket-secret.js';

const SENTENCES = { error: en().localeError };

/** `POST` and `GET` below `/v1/desks/{desk}/tickets`. */
export function ticketRoutes(ports: Ports, proofOfWork: ProofOfWork): Hono<AppEnv> {
  const limits = new TicketLimits();
  const oneAtATime = new OneAtATime();
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const { draft, request } = await readRequest(c);
      const { status, answer } = await oneAtATime.run(request, async () => {
        const stored = await storedAnswer(ports.store.read, request);
        return stored ?? createTicket(ports, c, request, draft, await admit(c, draft));
      });
      c.header('Content-Type', 'application/json');
      c.header('Cache-Control', 'no-store');
      return c.body(answer, status as 201);
    })
    .get('/:number', async (c) => {
      const number = ticketNumberSchema.safeParse(c.req.param('number').toUpperCase());
      const secretHash = secretHashIn(c.req.header('Authorization'));
      const ticket =
        number.success && secretHash !== null ? await findTicket(ports.store.read, c.var.desk.desk.id, number.data, secretHash) : undefined;
      if (!ticket) throw new SupportError('not-found', 'No ticket of this number belongs to this secret.');
      c.header('Cache-Control', 'no-store');
      return c.json({ ticket });
    });

  async function admit(c: Context<AppEnv>, draft: TicketDraft): Promise<Proof | undefined> {
    const fields = draftProblems(draft, c.var.desk.desk);
    if (Object.keys(fields).length > 0) throw invalidFields(fields);
    return admitTicket(c, proofOfWork, limits, ports.now());
  }
}

async function readRequest(c: Context<AppEnv>): Promise<{ draft: TicketDraft; request: RequestKey }> {
  const key = idempotencyKeySchema.safeParse(c.req.header(HEADERS.idempotencyKey));
  if (!key.success)
    throw new SupportError('invalid-request', `${HEADERS.idempotencyKey} is needed: 16 to 128 of A-Z a-z 0-9 - _, new for each ticket.`);
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
  return { draft, request: { deskId: c.var.desk.desk.id, secretHash, key: key.data, bodyHash: sha256(canonicalJson({ draft })) } };
}

type Issues = Parameters<typeof fieldProblems>[0];

/** Fields are named as in the draft, which is what a form knows; other members keep their place in the body. */
function invalidBody(issues: Issues): SupportError {
  return invalidFields(
    Object.fromEntries(Object.entries(fieldProblems(issues)).map(([name, problem]) => [name.replace(/^draft\./, ''), problem])),
  );
}

function invalidFields(fields: NonNullable<SupportError['fields']>): SupportError {
  return new SupportError('invalid-fields', 'Some fields are not valid; `fields` says which and why.', { fields });
}

async function createTicket(
  ports: Ports,
  c: Context<AppEnv>,
  request: RequestKey,
  draft: TicketDraft,
  proof: Proof | undefined,
): Promise<StoredAnswer> {
  const config = c.var.desk;
  const { deskId, secretHash } = request;
  const now = ports.now();
  const dueAt = await firstResponseDueAt(config.desk, draft.contactId, now);
  const created = await ports.store.write.run(async (trx) => {
    const before = await storedAnswer(trx, request);
    if (before) return before;
    if (proof && !(await spendProof(trx, deskId, proof.signature, proof.expiresAt)))
      throw rejected('This proof was sent with another ticket; fetch a new challenge.');
    const { id, number, requester } = await insertTicket(trx, { deskId, draft, secretHash, createdAt: now, firstResponseDueAt: dueAt });
    const { contactId, attachmentIds, kind } = draft;
    const fields = await attachUploads(trx, { desk: config, ticketId: id, contactId, secretHash, ids: attachmentIds, now });
    if (Object.keys(fields).length > 0) throw invalidFields(fields);
    const confirmationMail = await enqueueTicketMails(trx, { desk: config, ticketId: id, contactId, requester, now, log: ports.log });
    const receipt: TicketReceipt = {
      ticket: { id, number, status: 'open', kind, createdAt: instant(now), firstResponseDueAt: dueAt === null ? null : instant(dueAt) },
      confirmationMail,
    };
    const stored = { status: 201, answer: JSON.stringify(receipt) };
    await storeAnswer(trx, request, stored, now);
    return stored;
  });
  ports.mailWaiting();
  return created;
}
