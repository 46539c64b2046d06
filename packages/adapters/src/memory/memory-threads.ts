import {
  SupportError,
  fileLimitsFor,
  type Attachment,
  type Desk,
  type FieldProblems,
  type GetThreadOptions,
  type ListTicketsOptions,
  type Rating,
  type ReplyDraft,
  type ReplyReceipt,
  type Requester,
  type StatusChange,
  type ThreadMessage,
  type ThreadPage,
  type TicketAccess,
  type TicketDetail,
  type TicketKeys,
  type TicketPage,
  type TicketStatus,
  type TicketSummary,
} from '@storefront-support/contract';
import type { MemorySessions } from './memory-sessions.js';
import { isSameAddress, opens } from './memory-sessions.js';
import type { MemoryUploads } from './memory-uploads.js';
import { invalidFields, notFound } from '../refusals.js';
import { TicketThread } from './ticket-thread.js';

const TICKETS_PER_PAGE = 50;
const MOST_TICKETS_PER_DEVICE = 200;
const LONGEST_REMARK = 1_000;

/** The tickets of a desk: what requesters may do with theirs, and what agents do. */
export class MemoryThreads {
  readonly #desk: Desk;
  readonly #now: () => number;
  readonly #uploads: MemoryUploads;
  readonly #sessions: MemorySessions;
  readonly #threads = new Map<string, TicketThread>();
  readonly #replies = new Map<string, { body: string; number: string; message: ThreadMessage }>();
  #changes = 0;

  constructor(desk: Desk, now: () => number, uploads: MemoryUploads, sessions: MemorySessions) {
    this.#desk = desk;
    this.#now = now;
    this.#uploads = uploads;
    this.#sessions = sessions;
  }

  get count(): number {
    return this.#threads.size;
  }

  thread(number: string): TicketThread | undefined {
    return this.#threads.get(number);
  }

  has(number: string): boolean {
    return this.#threads.has(number);
  }

  file(detail: TicketDetail, secret: string, requester: Requester): void {
    const thread = new TicketThread(detail, secret, requester);
    this.#threads.set(detail.number, thread);
    thread.addMessage(detail.createdAt, { kind: 'requester', name: requester.name }, detail.message, structuredClone(detail.attachments));
    this.#changed(thread);
  }

  /** Who has written from this address last; undefined: nobody. */
  requesterOf(email: string): Requester | undefined {
    return [...this.#threads.values()].findLast(({ requester }) => isSameAddress(requester.email, email))?.requester;
  }

  /** Those of the tickets that these secrets open. */
  numbersOpenedBy(tickets: readonly TicketAccess[]): string[] {
    if (tickets.length > MOST_TICKETS_PER_DEVICE) {
      const detail = `At most ${MOST_TICKETS_PER_DEVICE} tickets.`;
      throw invalidFields({ tickets: { code: 'too-many', detail, limit: MOST_TICKETS_PER_DEVICE } });
    }
    return tickets.filter(({ number, secret }) => this.#threads.get(number)?.secret === secret).map(({ number }) => number);
  }

  detail(number: string, token: string): TicketDetail {
    return structuredClone(this.#open(number, token).detail);
  }

  list({ token, status, cursor }: ListTicketsOptions): TicketPage {
    const session = this.#sessions.require(token);
    const mine = [...this.#threads.values()].filter((thread) => opens(session, thread)).toSorted((a, b) => b.changed - a.changed);
    const before = cursor === undefined ? Infinity : Number(cursor);
    if (Number.isNaN(before)) throw invalidFields({ cursor: { code: 'invalid', detail: 'None that this list has given.' } });
    const wanted = mine.filter((thread) => thread.changed < before && (!status || isActive(thread) === (status === 'active')));
    const page = wanted.slice(0, TICKETS_PER_PAGE);
    return {
      tickets: page.map((thread) => thread.summary(this.#now())),
      cursor: wanted.length > page.length ? String(page.at(-1)?.changed) : null,
      unread: mine.reduce((sum, { unread }) => sum + unread, 0),
    };
  }

  page(number: string, options: GetThreadOptions): ThreadPage {
    return this.#open(number, options.token).page(options, this.#now());
  }

  reply(number: string, draft: ReplyDraft, keys: TicketKeys, token: string): ReplyReceipt {
    const thread = this.#open(number, token);
    const { attachmentIds } = draft;
    const text = draft.text.trim();
    const body = JSON.stringify([number, text, attachmentIds]);
    const scope = `${keys.secret} ${keys.idempotencyKey}`;
    const answered = this.#replies.get(scope);
    if (answered && answered.body !== body) throw new SupportError('idempotency-mismatch', 'These keys have sent another reply.');
    if (answered) return { message: structuredClone(answered.message), ticket: thread.summary(this.#now()) };
    const contact = this.#desk.contacts.find(({ id }) => id === thread.detail.contactId);
    const problems: FieldProblems = {};
    const { messageLength } = this.#desk.limits;
    const files = fileLimitsFor(this.#desk, contact);
    if (!text) problems['text'] = { code: 'required', detail: 'A reply has a text.' };
    if (text.length > messageLength)
      problems['text'] = { code: 'too-long', detail: `At most ${messageLength} characters.`, limit: messageLength };
    if (attachmentIds.length > (files?.count ?? 0)) {
      problems['attachmentIds'] = files
        ? { code: 'too-many', detail: `At most ${files.count} files.`, limit: files.count }
        : { code: 'not-allowed', detail: 'This desk takes no files.' };
    }
    if (Object.keys(problems).length > 0) throw invalidFields(problems);
    const attachments = this.#uploads.check(attachmentIds, keys.secret, contact);
    const now = this.#now();
    thread.checkOpen(now);
    this.#uploads.claim(attachments, number);
    const at = new Date(now).toISOString();
    const by = { kind: 'requester', name: thread.requester.name } as const;
    thread.changeStatus(at, by, 'open', '');
    const message = thread.addMessage(at, by, contact?.keepsMessages ? text : null, attachments);
    this.#replies.set(scope, { body, number, message });
    this.#changed(thread);
    return { message: structuredClone(message), ticket: thread.summary(now) };
  }

  requestStatus(number: string, { status, reason = '' }: StatusChange, token: string): TicketSummary {
    const thread = this.#open(number, token);
    checkRemark('reason', reason);
    const now = this.#now();
    if (status === 'open') thread.checkOpen(now);
    const at = new Date(now).toISOString();
    if (thread.changeStatus(at, { kind: 'requester', name: thread.requester.name }, status, reason.trim())) this.#changed(thread);
    return thread.summary(now);
  }

  markSeen(number: string, seq: number, token: string): TicketSummary {
    const thread = this.#open(number, token);
    if (!(Number.isInteger(seq) && seq >= 0)) throw invalidFields({ seen: { code: 'invalid', detail: 'A sequence number.' } });
    thread.markSeen(seq);
    return thread.summary(this.#now());
  }

  rate(number: string, { score, comment }: Rating, token: string): TicketSummary {
    const thread = this.#open(number, token);
    checkRemark('rating.comment', comment);
    if (!['good', 'bad'].includes(score)) throw invalidFields({ 'rating.score': { code: 'invalid', detail: 'Either "good" or "bad".' } });
    thread.rating = { score, comment };
    return thread.summary(this.#now());
  }

  attachment(number: string, id: string, token: string): { attachment: Attachment; bytes: Uint8Array<ArrayBuffer> } {
    const attachment = this.#open(number, token).attachment(id);
    const bytes = this.#uploads.bytesOf(id);
    if (!attachment || !bytes) throw notFound();
    return { attachment, bytes };
  }

  /** What an agent writes. */
  answer(number: string, text: string, agent: string, attachments: Attachment[], internal: boolean): ThreadMessage {
    const thread = this.#find(number);
    this.#uploads.claim(attachments, number);
    const by = { kind: 'agent', name: agent } as const;
    const message = thread.addMessage(this.#instant(), by, text, attachments, internal ? 'internal' : 'public');
    if (!internal) this.#changed(thread);
    return message;
  }

  /** What an agent makes of a status. */
  setStatus(number: string, status: TicketStatus, agent: string, reason: string): void {
    const thread = this.#find(number);
    if (thread.changeStatus(this.#instant(), { kind: 'agent', name: agent }, status, reason)) this.#changed(thread);
  }

  #find(number: string): TicketThread {
    const thread = this.#threads.get(number);
    if (!thread) throw notFound();
    return thread;
  }

  #open(number: string, token: string): TicketThread {
    const thread = this.#find(number);
    const session = this.#sessions.find(token);
    if (thread.secret !== token && !(session && opens(session, thread))) throw notFound();
    return thread;
  }

  #changed(thread: TicketThread): void {
    thread.changed = ++this.#changes;
    this.#sessions.publish(thread);
  }

  #instant(): string {
    return new Date(this.#now()).toISOString();
  }
}

function isActive({ detail }: TicketThread): boolean {
  return detail.status !== 'closed';
}

function checkRemark(field: string, remark: string): void {
  if (remark.length <= LONGEST_REMARK) return;
  throw invalidFields({ [field]: { code: 'too-long', detail: `At most ${LONGEST_REMARK} characters.`, limit: LONGEST_REMARK } });
}
