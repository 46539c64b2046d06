import * as z from 'zod/mini';
import {
  contactSchema,
  deskSchema,
  instantSchema,
  localizedTextSchema,
  MAX,
  requesterSchema,
  secretSchema,
  ticketDraftSchema,
  ticketSchema,
} from './schemas.js';
import { listQuerySchema, replySchema, THREAD_MAX, threadMessageSchema, threadPageSchema, ticketSummarySchema } from './thread-schemas.js';

/** Largest lengths of what agents write. UTF-16 code units. */
export const AGENT_MAX = {
  /** As OWASP advises at least: no composition rules, only a length. */
  passwordFrom: 12,
  password: 200,
  keyName: 80,
  reason: 1_000,
  comment: 1_000,
  query: 200,
} as const;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX.name));
const email = z.string().check(z.trim(), z.toLowerCase(), z.minLength(1), z.maxLength(MAX.email), z.regex(z.regexes.html5Email));
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const newPassword = z.string().check(z.minLength(AGENT_MAX.passwordFrom), z.maxLength(AGENT_MAX.password));
const role = z.enum(['agent', 'admin']);
const seq = z.int().check(z.nonnegative(), z.maximum(THREAD_MAX.seq));

/** Body of `POST /v1/agent/sign-in`. `code`: six digits of RFC 6238. */
export const signInSchema = z.strictObject({
  email: z.string().check(z.maxLength(MAX.email)),
  password: z.string().check(z.maxLength(AGENT_MAX.password)),
  code: z.optional(z.string().check(z.maxLength(20))),
});
/** Body of `POST /v1/agent/set-up`: the token of a set-up link. */
export const setUpSchema = z.strictObject({ token: secretSchema });
/** Answer to `POST /v1/agent/set-up`: whom the link is for, and what an app for time-based codes is given. */
export const setUpAnswerSchema = z.object({
  agent: z.object({ name: z.string(), email: z.string() }),
  /** Base32, and the same as an `otpauth:` address. */
  timeCode: z.object({ secret: z.string(), uri: z.string() }),
});
/** Body of `POST /v1/agent/set-up/finish`. */
export const finishSetUpSchema = z.strictObject({ token: secretSchema, password: newPassword, code: z.string().check(z.maxLength(20)) });

/** An agent. */
export const agentSchema = z.object({ id: z.string(), name: z.string(), email: z.string(), role: role });
/** A passkey in a list. */
export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: z.nullable(instantSchema),
});
/** Answer to `POST /v1/agent/passkeys`. */
export const madePasskeySchema = z.object({ passkey: passkeySchema });
/** Answer to `POST /v1/agent/sign-in` and to whatever else signs in. */
export const signedInSchema = z.object({ agent: agentSchema });
/** Answer to `GET /v1/agent/me`. */
export const agentSelfSchema = z.object({
  agent: agentSchema,
  desks: z.array(
    z.object({
      id: z.string(),
      name: localizedTextSchema,
      contacts: z.array(z.pick(contactSchema, { id: true, name: true, files: true })),
      limits: deskSchema.shape.limits,
      agents: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  passkeys: z.array(passkeySchema),
  /** Of the agents' vault page. */
  vaultUrl: z.string(),
});
/** Answer to `GET /v1/agent/sessions`. */
export const agentSessionsSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      createdAt: instantSchema,
      lastUsedAt: instantSchema,
      expiresAt: instantSchema,
      authenticatedAt: instantSchema,
      current: z.boolean(),
    }),
  ),
});
/** Body of `POST /v1/agent/keys`. */
export const newAgentKeySchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(AGENT_MAX.keyName)),
  /** Absent: it has no end. */
  expiresAt: z.optional(instantSchema),
});
/** A key in a list. */
export const agentKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: z.nullable(instantSchema),
  expiresAt: z.nullable(instantSchema),
});
/** Answer to `GET /v1/agent/keys`. */
export const agentKeysSchema = z.object({ keys: z.array(agentKeySchema) });
/** Answer to `POST /v1/agent/keys`: the only time that the key is shown. */
export const madeAgentKeySchema = z.object({ key: agentKeySchema, token: secretSchema });

/** What a browser's `navigator.credentials` is given, as WebAuthn Level 3 writes it in JSON. */
export const passkeyOptionsSchema = z.looseObject({ challenge: z.string() });
/** What `navigator.credentials` gave, as WebAuthn Level 3 writes it in JSON. */
export const passkeyAnswerSchema = z.looseObject({
  id: z.string().check(z.maxLength(1_400)),
  rawId: z.string().check(z.maxLength(1_400)),
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: z.string().check(z.maxLength(10_000)) }),
});
/** Body of `POST /v1/agent/passkeys`. */
export const newPasskeySchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(AGENT_MAX.keyName)),
  answer: passkeyAnswerSchema,
});
/** Body of `POST /v1/agent/sign-in/passkey`. */
export const passkeySignInSchema = z.strictObject({ answer: passkeyAnswerSchema });

const assignee = z.union([
  z.object({ kind: z.literal('agent'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('other'), email: z.string(), comment: z.string() }),
]);

/** A ticket as agents see it. */
export const agentTicketSummarySchema = z.object({
  ...ticketSummarySchema.shape,
  requester: z.object({ name: z.string(), email: z.string() }),
  orderReference: z.nullable(z.string()),
  assignee: z.nullable(assignee),
});
/** Answer to `GET …/agent/tickets`. */
export const agentTicketPageSchema = z.object({ tickets: z.array(agentTicketSummarySchema), cursor: z.nullable(z.string()) });
/** Answer to `GET …/agent/tickets/{number}`. */
export const agentTicketDetailSchema = z.object({
  ticket: agentTicketSummarySchema,
  entries: threadPageSchema.shape.entries,
  hasEarlier: z.boolean(),
  hasLater: z.boolean(),
});
/** Answer to `PATCH …/agent/tickets/{number}` and to redactions. */
export const agentTicketAnswerSchema = z.object({ ticket: agentTicketSummarySchema });
/** Answer to `POST …/agent/tickets/{number}/messages`. */
export const agentReplyReceiptSchema = z.object({ message: threadMessageSchema, ticket: agentTicketSummarySchema });

/**
 * Query of `GET …/agent/tickets`. `assignee`: an agent's id, `me` or `none`. `order=due`: only those that still wait for a first
 * answer which was promised, the most urgent first; otherwise the last changed come first.
 */
export const agentListQuerySchema = z.strictObject({
  status: z.optional(z.enum(['open', 'pending1', 'pending2', 'closed', 'active'])),
  contact: z.optional(id),
  assignee: z.optional(id),
  kind: z.optional(ticketSchema.shape.kind),
  waitingFor: z.optional(z.enum(['requester', 'desk'])),
  q: z.optional(z.string().check(z.trim(), z.maxLength(AGENT_MAX.query))),
  order: z.optional(z.literal('due')),
  cursor: listQuerySchema.shape.cursor,
  limit: listQuerySchema.shape.limit,
});

/** Body of `POST …/agent/tickets/{number}/messages`. */
export const agentReplySchema = z.strictObject({
  text: replySchema.shape.text,
  visibility: threadMessageSchema.shape.visibility,
  attachmentIds: z.optional(replySchema.shape.attachmentIds),
  /** What the uploads were made under; needed where there are any. */
  secret: z.optional(secretSchema),
  /** Sequence number of the last entry that the agent has seen. */
  seq,
});
const otherAssignee = z.strictObject({ email, comment: z.string().check(z.trim(), z.maxLength(AGENT_MAX.comment)) });
/** Body of `PATCH …/agent/tickets/{number}`: one or more of them. `reason` goes with `status`. */
export const agentTicketChangeSchema = z
  .strictObject({
    status: z.optional(ticketSchema.shape.status),
    reason: z.optional(z.string().check(z.trim(), z.maxLength(AGENT_MAX.reason))),
    /** An agent's id, `me`, or null for nobody. */
    assigneeId: z.optional(z.nullable(id)),
    /** Someone who is no agent. */
    assignee: z.optional(otherAssignee),
    contactId: z.optional(id),
  })
  .check(
    z.refine(({ status, reason }) => reason === undefined || status !== undefined, {
      path: ['reason'],
      params: { problem: 'not-allowed' },
      error: 'A reason goes with a status.',
    }),
    z.refine(({ assigneeId, assignee }) => assigneeId === undefined || assignee === undefined, {
      path: ['assignee'],
      params: { problem: 'not-allowed' },
      error: 'One ticket has one assignee: send assigneeId or assignee.',
    }),
    z.refine(
      ({ status, assigneeId, assignee, contactId }) => [status, assigneeId, assignee, contactId].some((value) => value !== undefined),
      {
        path: [],
        params: { problem: 'required' },
        error: 'Name what to change: status, assigneeId, assignee or contactId.',
      },
    ),
  );
/** Body of `POST …/agent/tickets`: a ticket that an agent opens for a customer. */
export const openTicketSchema = z.strictObject({
  contactId: id,
  requester: requesterSchema,
  subject: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX.subject)),
  /** What the agent writes to the customer. */
  message: replySchema.shape.text,
  orderReference: z.optional(z.string().check(z.trim(), z.maxLength(MAX.orderReference))),
  locale: z.optional(ticketDraftSchema.def.shape.locale),
});
/** Body of `POST …/agent/tickets/{number}/redactions`: offsets are UTF-16 code units, `end` is not included. */
export const redactionSchema = z
  .strictObject({ messageId: id, start: seq, end: z.int().check(z.positive()) })
  .check(
    z.refine(({ start, end }) => end > start, { path: ['end'], params: { problem: 'invalid' }, error: 'The end comes after the start.' }),
  );

const contacts = z.array(z.strictObject({ deskId: id, contactId: id })).check(z.maxLength(1_000));
/** An agent as the operator adds them. */
export const newAgentSchema = z.strictObject({ name, email, role: role, contacts: z.optional(contacts) });
/** What the operator changes of an agent. `contacts` takes the place of those they served. */
export const operatorAgentChangeSchema = z.strictObject({
  contacts: z.optional(contacts),
  disabled: z.optional(z.boolean()),
  role: z.optional(role),
});
/** Absent: the server makes one. */
export const operatorPasswordSchema = z.strictObject({ password: z.optional(newPassword) });
