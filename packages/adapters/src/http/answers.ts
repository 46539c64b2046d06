import type {
  Attachment,
  AttachmentLink,
  OpenedSession,
  ReplyReceipt,
  Session,
  ThreadEntry,
  ThreadPage,
  ThreadStatusChange,
  TicketPage,
  TicketSummary,
} from '@storefront-support/contract';

/** Whether what has arrived is what was asked for. Only what would mislead a person or break what shows it is looked at. */
type Check<T> = (value: Partial<T> | null | undefined) => unknown;

const STATUSES = ['open', 'pending1', 'pending2', 'closed'];

const isText = (value: unknown) => typeof value === 'string' && value;
const isTextOrNull = (value: unknown) => value === null || typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isInstant = (value: unknown) => typeof value === 'string' && Date.parse(value) > 0;
const isInstantOrNull = (value: unknown) => value === null || isInstant(value);
/** Of anything that can be iterated, only an array holds what was meant. */
const allOf = <T>(values: T[] | undefined, check: Check<T>) => Array.isArray(values) && values.every(check);

export const isTicketSummary: Check<TicketSummary> = (ticket) =>
  isText(ticket?.number) &&
  STATUSES.includes(ticket?.status as string) &&
  isTextOrNull(ticket?.subject) &&
  isInstant(ticket?.createdAt) &&
  isInstant(ticket?.updatedAt) &&
  isInstantOrNull(ticket?.firstResponseDueAt) &&
  isInstantOrNull(ticket?.firstRespondedAt) &&
  isInstantOrNull(ticket?.reopenUntil) &&
  isCount(ticket?.lastSeq) &&
  isCount(ticket?.unread);

const isAttachment: Check<Attachment> = (file) => isText(file?.id) && typeof file?.name === 'string' && isCount(file.size);

const isEntry: Check<ThreadEntry> = (entry) =>
  isCount(entry?.seq) &&
  isInstant(entry?.at) &&
  typeof entry?.by?.name === 'string' &&
  (entry.type === 'message'
    ? isTextOrNull(entry.text) && allOf(entry.attachments, isAttachment)
    : STATUSES.includes((entry as ThreadStatusChange).status));

export const isThreadPage: Check<ThreadPage> = (page) => isTicketSummary(page?.ticket) && allOf(page?.entries, isEntry);

export const isTicketPage: Check<TicketPage> = (page) =>
  allOf(page?.tickets, isTicketSummary) && isTextOrNull(page?.cursor) && isCount(page?.unread);

export const isReplyReceipt: Check<ReplyReceipt> = (receipt) =>
  receipt?.message?.type === 'message' && isEntry(receipt.message) && isTicketSummary(receipt.ticket);

const isSession: Check<Session> = (session) => isText(session?.id) && isText(session?.via) && isInstant(session?.expiresAt);

export const isOpenedSession: Check<OpenedSession> = (opened) =>
  /^[\w-]{43}$/.test(opened?.token ?? '') && isSession(opened?.session) && allOf(opened?.numbers, isText as Check<string>);

export const isSessionList: Check<{ sessions: Session[] }> = (answer) => allOf(answer?.sessions, isSession);

export const isTicketAnswer: Check<{ ticket: TicketSummary }> = (answer) => isTicketSummary(answer?.ticket);

/** Somebody will follow it: no `javascript:`. */
export const isAttachmentLink: Check<AttachmentLink> = (link) => /^https?:/.test(link?.url ?? '') && isInstant(link?.expiresAt);

/** What says no more than that it was understood. */
export const isAcknowledgement: Check<object> = (answer) => typeof answer === 'object' && answer && !Array.isArray(answer);
