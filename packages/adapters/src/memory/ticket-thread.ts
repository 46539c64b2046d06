import {
  SupportError,
  type Attachment,
  type GetThreadOptions,
  type Rating,
  type Requester,
  type ThreadEntry,
  type ThreadMessage,
  type ThreadPage,
  type ThreadStatusChange,
  type TicketAccessSign,
  type TicketDetail,
  type TicketStatus,
  type TicketSummary,
  type WaitingFor,
} from '@storefront-support/contract';
import { randomToken } from '../random-token.js';
import { invalidFields } from '../refusals.js';

const DAY_MS = 86_400_000;
/** How long after it was closed a ticket may be reopened. */
const REOPEN_MS = 14 * DAY_MS;
const ENTRIES_PER_PAGE = 50;
const MOST_ENTRIES_PER_PAGE = 100;

/** One ticket and what has been said and done since. */
export class TicketThread {
  readonly detail: TicketDetail;
  readonly secret: string;
  readonly requester: Requester;
  rating: Rating | null = null;
  access: TicketAccessSign | null = null;
  /** Counts all changes of a desk: that of the last one which the requester may see. */
  changed = 0;
  readonly #entries: ThreadEntry[] = [];
  #seenSeq = 0;
  #waitingFor: WaitingFor = 'desk';

  constructor(detail: TicketDetail, secret: string, requester: Requester) {
    this.detail = detail;
    this.secret = secret;
    this.requester = requester;
  }

  /** What a requester may see. */
  get visible(): ThreadEntry[] {
    return this.#entries.filter((entry) => entry.type !== 'message' || entry.visibility === 'public');
  }

  get lastSeq(): number {
    return this.visible.at(-1)?.seq ?? 0;
  }

  addMessage(
    at: string,
    by: ThreadMessage['by'],
    text: string | null,
    attachments: Attachment[],
    visibility: ThreadMessage['visibility'] = 'public',
  ): ThreadMessage {
    const entry: ThreadMessage = {
      type: 'message',
      id: randomToken(),
      seq: this.#entries.length + 1,
      at,
      by,
      visibility,
      text,
      attachments,
    };
    this.#entries.push(entry);
    if (visibility === 'public' && this.detail.status !== 'closed') this.#waitingFor = by.kind === 'agent' ? 'requester' : 'desk';
    return structuredClone(entry);
  }

  /** @returns false where it has this status already. */
  changeStatus(at: string, by: ThreadStatusChange['by'], status: TicketStatus, reason: string): boolean {
    if (status === this.detail.status) return false;
    if (status === 'closed') this.#waitingFor = null;
    else this.#waitingFor ??= by.kind === 'requester' ? 'desk' : this.#afterLastMessage();
    this.detail.status = status;
    this.#entries.push({ type: 'status', seq: this.#entries.length + 1, at, by, status, reason });
    return true;
  }

  /** Milliseconds since 1970; null where it is not closed. */
  get closedAt(): number | null {
    if (this.detail.status !== 'closed') return null;
    return Date.parse((this.#entries.findLast((entry) => entry.type === 'status') as ThreadStatusChange).at);
  }

  /** Milliseconds since 1970; null where it is not closed. */
  reopenUntil(): number | null {
    const { closedAt } = this;
    return closedAt === null ? null : closedAt + REOPEN_MS;
  }

  /** Throws `ticket-closed` where it was closed too long ago to be reopened. */
  checkOpen(now: number): void {
    const until = this.reopenUntil();
    if (until !== null && now >= until) throw new SupportError('ticket-closed', 'This ticket was closed too long ago to be reopened.');
  }

  markSeen(seq: number): void {
    this.#seenSeq = Math.max(this.#seenSeq, Math.min(seq, this.lastSeq));
  }

  get unread(): number {
    return this.#entries.filter((entry) => isAnswer(entry) && entry.seq > this.#seenSeq).length;
  }

  summary(now: number): TicketSummary {
    const { id, number, status, kind, createdAt, firstResponseDueAt, contactId, subject } = this.detail;
    const until = this.reopenUntil();
    return {
      ...{ id, number, status, kind, createdAt, firstResponseDueAt, contactId, subject },
      updatedAt: this.visible.at(-1)?.at ?? createdAt,
      waitingFor: this.#waitingFor,
      lastSeq: this.lastSeq,
      unread: this.unread,
      firstRespondedAt: this.#entries.find(isAnswer)?.at ?? null,
      reopenUntil: until === null || now >= until ? null : new Date(until).toISOString(),
      rating: this.rating && { ...this.rating },
      access: this.access,
    };
  }

  page({ after, before, limit = ENTRIES_PER_PAGE }: Pick<GetThreadOptions, 'after' | 'before' | 'limit'>, now: number): ThreadPage {
    if (after !== undefined && before !== undefined)
      throw invalidFields({ before: { code: 'not-allowed', detail: 'Either "after" or "before", not both.' } });
    if (!(Number.isInteger(limit) && limit > 0 && limit <= MOST_ENTRIES_PER_PAGE))
      throw invalidFields({ limit: { code: 'invalid', detail: `A whole number from 1 to ${MOST_ENTRIES_PER_PAGE}.` } });
    const { visible } = this;
    const first = after === undefined ? 0 : visible.filter(({ seq }) => seq <= after).length;
    const end = before === undefined ? visible.length : visible.filter(({ seq }) => seq < before).length;
    const from = after === undefined ? Math.max(0, end - limit) : first;
    const to = after === undefined ? end : Math.min(end, first + limit);
    return {
      ticket: this.summary(now),
      entries: structuredClone(visible.slice(from, to)),
      hasEarlier: from > 0,
      hasLater: to < visible.length,
    };
  }

  /** One that a requester may see; undefined otherwise. */
  attachment(id: string): Attachment | undefined {
    return this.visible.flatMap((entry) => (entry.type === 'message' ? entry.attachments : [])).find((attachment) => attachment.id === id);
  }

  #afterLastMessage(): WaitingFor {
    return this.visible.findLast(({ type }) => type === 'message')?.by.kind === 'agent' ? 'requester' : 'desk';
  }
}

function isAnswer(entry: ThreadEntry): boolean {
  return entry.type === 'message' && entry.visibility === 'public' && entry.by.kind === 'agent';
}
