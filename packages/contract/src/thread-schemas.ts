import * as z from 'zod/mini';
import { attachmentSchema, instantSchema, MAX, requesterSchema, secretSchema, ticketDraftSchema, ticketSchema } from './schemas.js';

/** Largest sizes of what is sent after a ticket. */
export const THREAD_MAX = {
  /** Tickets in one session of a device. */
  deviceTickets: 200,
  reason: 1_000,
  comment: 1_000,
  /** Tickets or entries in one page. */
  page: 100,
  identityToken: 8_000,
  /** The largest sequence number that every store keeps. */
  seq: 2_147_483_647,
} as const;

const longText = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX.message));
const shortText = (max: number) => z.string().check(z.trim(), z.maxLength(max));
const seq = z.int().check(z.minimum(0), z.maximum(THREAD_MAX.seq));

/** Body of `POST …/sessions`: one of three ways in. */
export const sessionRequestSchema = z.union([
  z.strictObject({
    tickets: z
      .array(z.strictObject({ number: z.string().check(z.maxLength(20)), secret: secretSchema }))
      .check(z.maxLength(THREAD_MAX.deviceTickets)),
  }),
  z.strictObject({
    linkToken: secretSchema,
    browserSecret: z.optional(secretSchema),
    confirmed: z.optional(z.boolean()),
  }),
  z.strictObject({ identityToken: z.string().check(z.minLength(1), z.maxLength(THREAD_MAX.identityToken)) }),
]);

/** Body of `POST …/sign-in-links`. */
export const signInLinkRequestSchema = z.strictObject({
  email: requesterSchema.shape.email,
  browserSecret: secretSchema,
  locale: ticketDraftSchema.def.shape.locale,
});

/** Body of `POST …/tickets/{number}/messages`. `secret` is the one that the uploads were made with. */
export const replySchema = z.strictObject({
  text: longText,
  attachmentIds: ticketDraftSchema.def.shape.attachmentIds,
  secret: secretSchema,
});

/** Was the help good? */
export const ratingSchema = z.strictObject({ score: z.enum(['good', 'bad']), comment: shortText(THREAD_MAX.comment) });

/** Body of `PATCH …/tickets/{number}`: at least one of them. */
export const ticketChangesSchema = z
  .strictObject({
    status: z.optional(z.enum(['open', 'closed'])),
    reason: z.optional(shortText(THREAD_MAX.reason)),
    seen: z.optional(seq),
    rating: z.optional(ratingSchema),
  })
  .check(
    z.refine(({ status, seen, rating }) => status !== undefined || seen !== undefined || rating !== undefined, {
      path: ['status'],
      params: { problem: 'required' },
      error: 'Send at least one of status, seen and rating.',
    }),
  );

/** Query of `GET …/tickets`. */
export const listQuerySchema = z.strictObject({
  status: z.optional(z.enum(['active', 'closed'])),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}\.[\w-]{1,64}$/))),
  limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(THREAD_MAX.page))),
});

/** Query of `GET …/tickets/{number}/messages`. */
export const threadQuerySchema = z
  .strictObject({
    after: z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(THREAD_MAX.seq))),
    before: z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(THREAD_MAX.seq))),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(THREAD_MAX.page))),
  })
  .check(
    z.refine(({ after, before }) => after === undefined || before === undefined, {
      path: ['before'],
      params: { problem: 'not-allowed' },
      error: 'Send after or before, not both.',
    }),
  );

/** A stay of one browser. */
export const sessionSchema = z.object({
  id: z.string(),
  via: z.enum(['device', 'link', 'identity-token']),
  createdAt: instantSchema,
  lastUsedAt: instantSchema,
  expiresAt: instantSchema,
  requester: z.nullable(z.object({ name: z.string(), email: z.string() })),
  current: z.boolean(),
});
/** Answer to `POST …/sessions`. */
export const openedSessionSchema = z.object({ session: sessionSchema, token: secretSchema, numbers: z.array(z.string()) });
/** Answer to `GET …/sessions`. */
export const sessionsAnswerSchema = z.object({ sessions: z.array(sessionSchema) });

/** A ticket as a list shows it. */
export const ticketSummarySchema = z.object({
  ...ticketSchema.shape,
  contactId: z.string(),
  subject: z.nullable(z.string()),
  updatedAt: instantSchema,
  waitingFor: z.nullable(z.enum(['desk', 'requester'])),
  lastSeq: seq,
  unread: seq,
  firstRespondedAt: z.nullable(instantSchema),
  reopenUntil: z.nullable(instantSchema),
  rating: z.nullable(z.object({ score: ratingSchema.shape.score, comment: z.string() })),
  access: z.optional(z.nullable(z.enum(['asked', 'offered', 'lent', 'after-care']))),
});
/** Answer to `PATCH …/tickets/{number}`. */
export const ticketSummaryAnswerSchema = z.object({ ticket: ticketSummarySchema });
/** Answer to `GET …/tickets`. */
export const ticketPageSchema = z.object({ tickets: z.array(ticketSummarySchema), cursor: z.nullable(z.string()), unread: seq });

/** Who did something, as the other side sees them; `desk`: it happened by itself. */
export const actorSchema = z.object({ kind: z.enum(['requester', 'agent', 'desk']), name: z.string() });
const entry = {
  seq,
  at: instantSchema,
  by: actorSchema,
};
/** What somebody wrote. */
export const threadMessageSchema = z.object({
  ...entry,
  type: z.literal('message'),
  id: z.string(),
  visibility: z.enum(['public', 'internal']),
  text: z.nullable(z.string()),
  attachments: z.array(attachmentSchema),
});
/** A change of status. */
export const threadStatusChangeSchema = z.object({
  ...entry,
  type: z.literal('status'),
  status: ticketSchema.shape.status,
  reason: z.string(),
});
/** Answer to `GET …/tickets/{number}/messages`. */
export const threadPageSchema = z.object({
  ticket: ticketSummarySchema,
  entries: z.array(z.union([threadMessageSchema, threadStatusChangeSchema])),
  hasEarlier: z.boolean(),
  hasLater: z.boolean(),
});
/** Answer to `POST …/tickets/{number}/messages`. */
export const replyReceiptSchema = z.object({ message: threadMessageSchema, ticket: ticketSummarySchema });
/** Answer to `POST …/attachments/{id}/links`. */
export const attachmentLinkSchema = z.object({ url: z.string(), expiresAt: instantSchema });
