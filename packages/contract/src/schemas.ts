import * as z from 'zod/mini';
import { fileLimitsFor, type Desk, type OptionalField } from './desk.js';
import type { SupportErrorCode } from './errors.js';
import type { FieldProblems } from './field.js';
import { fieldProblems } from './field-problems.js';
import { STATUSES } from './statuses.js';
import type { TicketDraft } from './ticket.js';

export { fieldProblems };

/** Largest lengths any desk may allow; a desk's own limits are tighter. UTF-16 code units. */
export const MAX = {
  name: 120,
  email: 254,
  subject: 300,
  message: 100_000,
  orderReference: 80,
  attachments: 50,
  /** RFC 5646, 4.4.1 */
  locale: 35,
  trap: 2_000,
} as const;

/** Headers of the wire, in one place. */
export const HEADERS = {
  idempotencyKey: 'Idempotency-Key',
  /** Base64 of the solved challenge, as altcha encodes it. */
  proof: 'Support-Proof',
} as const;

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/** ISO 8601, in UTC. */
export const instantSchema = z.stringFormat('datetime', z.regexes.datetime({}));
/** The same, of somebody who makes it with a clock: its form tells it from something else, and costs a form less than a calendar. */
const toldInstantSchema = z.stringFormat('datetime', /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}(\.\d+)?Z$/);
/** A text in one language, or by language tag. */
export const localizedTextSchema = z.union([z.string(), z.record(z.string(), z.string())]);
/** `Idempotency-Key`. */
export const idempotencyKeySchema = z.string().check(z.regex(/^[\w-]{16,128}$/));
/** 256 bits as base64url. */
export const secretSchema = z.string().check(z.regex(/^[\w-]{43}$/));
/** Ticket numbers: eight characters that cannot be mistaken for one another. */
export const ticketNumberSchema = z.string().check(z.regex(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/));

/** Who writes. The address is checked as browsers check `<input type=email>`; whether it is theirs is not known. */
export const requesterSchema = z.strictObject({
  name: text(MAX.name),
  email: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX.email), z.stringFormat('email', z.regexes.html5Email)),
});

/** A draft on the wire. Unknown members are refused: a mistyped one must not vanish without a word. */
export const ticketDraftSchema = z
  .strictObject({
    contactId: text(64),
    kind: z.enum(['support', 'pre-sale']),
    requester: requesterSchema,
    subject: text(MAX.subject),
    message: text(MAX.message),
    orderReference: z.optional(z.string().check(z.trim(), z.maxLength(MAX.orderReference))),
    attachmentIds: z.array(z.string().check(z.regex(/^[\w-]{22,64}$/))).check(z.maxLength(MAX.attachments)),
    locale: z.string().check(z.maxLength(MAX.locale), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)),
  })
  .check(
    z.refine((draft) => draft.kind !== 'pre-sale' || !draft.orderReference, {
      path: ['orderReference'],
      params: { problem: 'not-allowed' },
      error: 'A pre-sale ticket has no order yet.',
    }),
  );

/** Body of `POST …/tickets`: the draft and the field that people do not see. */
export const createTicketSchema = z.strictObject({
  draft: ticketDraftSchema,
  trap: z.optional(z.string().check(z.maxLength(MAX.trap))),
});

/** What the requester may know of a ticket. `firstResponseDueAt` is null where the contact promises nothing. */
export const ticketSchema = z.object({
  id: z.string().check(z.minLength(1)),
  number: z.string().check(z.minLength(1)),
  status: z.enum(['open', 'pending1', 'pending2', 'closed']),
  kind: z.enum(['support', 'pre-sale']),
  createdAt: toldInstantSchema,
  firstResponseDueAt: z.nullable(toldInstantSchema),
});

/** Answer to `POST …/tickets`. `withheld`: the address has had its mails for the day, or the desk its for the hour. */
export const ticketReceiptSchema = z.object({
  ticket: ticketSchema,
  confirmationMail: z.enum(['queued', 'withheld']),
});

/** A file of a ticket. */
export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
  sha256: z.nullable(z.string()),
});

/** A ticket as its owner reads it back. */
export const ticketDetailSchema = z.object({
  ...ticketSchema.shape,
  contactId: z.string(),
  subject: z.nullable(z.string()),
  message: z.nullable(z.string()),
  orderReference: z.nullable(z.string()),
  attachments: z.array(attachmentSchema),
});

/** Body of `GET …/tickets/{number}`. */
export const ticketDetailAnswerSchema = z.object({ ticket: ticketDetailSchema });

const fileLimitsSchema = z.object({
  count: z.int().check(z.positive()),
  bytesPerFile: z.int().check(z.positive()),
  bytesPerTicket: z.int().check(z.positive()),
  types: z.array(z.string()),
});
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/));
const intervals = z.optional(z.array(z.tuple([timeOfDay, timeOfDay])));
/** When a desk answers: intervals of local time for each weekday, and days without any. */
export const businessHoursSchema = z.object({
  timeZone: z.string(),
  week: z.object({ mon: intervals, tue: intervals, wed: intervals, thu: intervals, fri: intervals, sat: intervals, sun: intervals }),
  holidays: z.array(z.iso.date()),
});
/** What a contact promises. */
export const slaPolicySchema = z.object({
  firstResponseMinutes: z.int().check(z.positive()),
  clock: z.enum(['business', 'calendar']),
});
/** Whom a customer can write to. */
export const contactSchema = z.object({
  id: z.string(),
  name: localizedTextSchema,
  description: z.optional(localizedTextSchema),
  keepsMessages: z.boolean(),
  files: z.optional(z.partial(fileLimitsSchema)),
  hours: z.optional(businessHoursSchema),
  promise: z.optional(slaPolicySchema),
});
/** Another way to reach the shop; `href` only where there is something to follow. */
export const otherWaySchema = z.object({
  kind: z.enum(['phone', 'email', 'chat', 'link', 'address']),
  label: localizedTextSchema,
  href: z.optional(z.string().check(z.regex(/^(tel:|mailto:|https?:\/\/)/))),
});
/** Answer to `GET …/desks/{desk}`: everything a form shows and obeys. */
export const deskSchema = z.object({
  id: z.string(),
  name: localizedTextSchema,
  contacts: z.array(contactSchema).check(z.minLength(1)),
  limits: z.object({ subjectLength: z.int(), messageLength: z.int(), files: z.nullable(fileLimitsSchema) }),
  hours: businessHoursSchema,
  promise: z.nullable(slaPolicySchema),
  locales: z.array(z.string()).check(z.minLength(1)),
  otherWays: z.array(otherWaySchema),
  texts: z.optional(z.record(z.string(), localizedTextSchema)),
});

/** `GET …/challenge`: what must be solved before a ticket is taken; null where the desk asks for no proof. */
export const challengeAnswerSchema = z.object({ challenge: z.nullable(z.looseObject({})) });

/** What is wrong with one field; `limit` with the codes that have one. */
export const fieldProblemSchema = z.object({
  code: z.enum(['required', 'too-short', 'too-long', 'invalid', 'not-allowed', 'unknown', 'too-many', 'too-large', 'not-finished']),
  detail: z.string(),
  limit: z.optional(z.number()),
});
/** `application/problem+json` of every error answer (RFC 9457). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(Object.keys(STATUSES) as [SupportErrorCode, ...SupportErrorCode[]]),
  detail: z.string(),
  fields: z.optional(z.catchall(z.object({}), fieldProblemSchema)),
});

/** What of a desk decides whether a draft is right for it. */
type DeskRules = Pick<Desk, 'contacts' | 'limits' | 'without' | 'fields'>;

/**
 * What is wrong with a draft for this desk: the rules of the wire, then the desk's own limits, contacts and fields. Empty: nothing.
 * Form, server and adapters call the same function.
 */
export function draftProblems(draft: unknown, desk: DeskRules): FieldProblems {
  const { without, fields } = desk;
  const parsed = ticketDraftSchema.safeParse(without || fields ? whole(draft as TicketDraft, desk) : draft, { reportInput: true });
  if (!parsed.success) return fieldProblems(parsed.error.issues);
  const problems: FieldProblems = {};
  const { contactId, subject, message, attachmentIds } = parsed.data;
  const contact = desk.contacts.find(({ id }) => id === contactId);
  if (!contact) problems['contactId'] = { code: 'invalid', detail: 'This desk has no contact of this id.' };
  tooLong(problems, 'subject', subject, desk.limits.subjectLength);
  tooLong(problems, 'message', message, desk.limits.messageLength);
  for (const { name, required, maxLength = Infinity } of fields ?? []) {
    const value = (draft as TicketDraft).extra?.[name] ?? '';
    if (required && !value) problems[name] = { code: 'required', detail: 'This desk needs it.' };
    tooLong(problems, name, value, maxLength);
  }
  const files = fileLimitsFor(desk, contact);
  if (attachmentIds.length > (files?.count ?? 0)) {
    problems['attachmentIds'] = files
      ? { code: 'too-many', detail: `At most ${files.count} files.`, limit: files.count }
      : { code: 'not-allowed', detail: 'This desk takes no files.' };
  }
  return problems;
}

/** The draft as the wire has it, with something in the place of what this desk does not ask for. */
function whole({ extra: _, ...draft }: TicketDraft, { without = [] }: DeskRules): TicketDraft {
  const filled = (place: OptionalField, value: string) => (without.includes(place) ? 'a@b.c' : value);
  const { name, email } = draft.requester;
  const requester = { name: filled('requester.name', name), email: filled('requester.email', email) };
  return Object.assign(Object.create(null) as object, draft, {
    requester,
    subject: filled('subject', draft.subject),
    message: filled('message', draft.message),
  });
}

function tooLong(problems: FieldProblems, field: string, value: string, limit: number): void {
  if (value.length > limit) problems[field] = { code: 'too-long', detail: `At most ${limit} characters.`, limit };
}
