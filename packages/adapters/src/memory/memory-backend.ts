import {
  SupportError,
  type Attachment,
  type Contact,
  type Desk,
  type Requester,
  type SupportErrorCode,
  type ThreadMessage,
  type TicketDetail,
  type TicketDraft,
  type NumberedReceipt,
  type TicketStatus,
} from '@storefront-support/contract';
import { createTicketSchema, draftProblems } from '@storefront-support/contract/schemas';
import { dueAt } from '@storefront-support/contract/sla';
import { MemoryAccess } from './memory-access.js';
import { MemorySessions, type MemoryMail } from './memory-sessions.js';
import { MemoryThreads } from './memory-threads.js';
import { MemoryUploads } from './memory-uploads.js';
import { randomToken } from '../random-token.js';
import { invalidFields } from '../refusals.js';

/**
 * What goes wrong with everything that writes, until lifted. A code: refused with it, nothing stored. `drop-answer`: stored, but
 * the answer never arrives. `stall`: no answer at all until the caller gives up. `cut-upload`: files stop after their first part.
 */
export type MemoryFault = SupportErrorCode | 'drop-answer' | 'stall' | 'cut-upload';

/** What an agent writes a message with. */
export interface MemoryAnswer {
  /** As the desk presents this person. */
  agent: string;
  files?: readonly File[] | undefined;
  /** A note that no requester is shown. */
  internal?: boolean | undefined;
}

const NUMBER_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

let backends = 0;

/** Everything a desk has been sent, with the rules of a real backend. Several adapters may share one: one each customer. */
export class MemoryBackend {
  readonly desk: Desk;
  /** Of the adapters on it: the first of a page has the same one on every visit. */
  readonly scope: string;
  fault: MemoryFault | undefined;
  /** What everything that only reads is refused with, until it is undefined again. The desk is still told. */
  readFault: SupportErrorCode | undefined;
  readonly uploads: MemoryUploads;
  readonly sessions: MemorySessions;
  readonly threads: MemoryThreads;
  readonly access: MemoryAccess;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly #answers = new Map<string, { body: string; receipt: NumberedReceipt }>();

  /** @param now milliseconds since 1970, for tickets of another day. */
  constructor(desk: Desk, now: () => number = Date.now) {
    this.desk = desk;
    this.scope = `memory:${desk.id}:${++backends}`;
    this.now = now;
    this.uploads = new MemoryUploads(desk);
    this.sessions = new MemorySessions(now);
    this.threads = new MemoryThreads(desk, now, this.uploads, this.sessions);
    const { threads, sessions } = this;
    const name = typeof desk.name === 'string' ? desk.name : (Object.values(desk.name)[0] ?? '');
    this.access = new MemoryAccess(
      { id: desk.id, name },
      now,
      (number) => threads.thread(number),
      (thread) => sessions.publish(thread),
    );
  }

  get ticketCount(): number {
    return this.threads.count;
  }

  /** Every mail with a sign-in link, in order. */
  get mails(): readonly MemoryMail[] {
    return this.sessions.mails;
  }

  /** Bytes of an attached file, for whoever wants to compare them. */
  bytesOf(attachmentId: string): Uint8Array | undefined {
    return this.uploads.bytesOf(attachmentId);
  }

  /** An agent writes to a ticket; its status stays. Rejects with `not-found` for an unknown number. */
  async answer(number: string, text: string, { agent, files = [], internal = false }: MemoryAnswer): Promise<ThreadMessage> {
    const attachments: Attachment[] = [];
    for (const file of files) {
      const id = this.uploads.begin(file, randomToken(), undefined);
      this.uploads.append(id, new Uint8Array(await file.arrayBuffer()));
      attachments.push(await this.uploads.finish(id));
    }
    return this.threads.answer(number, text, agent, attachments, internal);
  }

  /** An agent changes a status. Throws `not-found` for an unknown number. */
  setStatus(number: string, status: TicketStatus, { agent, reason = '' }: { agent: string; reason?: string | undefined }): void {
    this.threads.setStatus(number, status, agent, reason);
  }

  /** A token that the shop has signed for somebody it knows: it opens one session, within ten minutes. */
  signIdentity(requester: Requester): string {
    return this.sessions.signIdentity(requester);
  }

  /** Ends every session, and what follows with it. */
  expireSessions(): void {
    this.sessions.endAll();
  }

  /** Ends every stream of hints, as a network does. */
  cutStreams(): void {
    this.sessions.cutStreams();
  }

  createTicket(draft: TicketDraft, keys: { idempotencyKey: string; secret: string }, trap: string | undefined): NumberedReceipt {
    const parsed = createTicketSchema.safeParse({ draft, trap });
    const problems = draftProblems(draft, this.desk);
    if (!parsed.success || Object.keys(problems).length > 0) throw invalidFields(problems);
    const body = JSON.stringify(parsed.data);
    const scope = `${keys.secret} ${keys.idempotencyKey}`;
    const answered = this.#answers.get(scope);
    if (answered && answered.body !== body) throw new SupportError('idempotency-mismatch', 'These keys have filed another draft.');
    if (answered) return structuredClone(answered.receipt);
    if (trap) throw new SupportError('looks-automated', 'The field that people do not see was filled in.');
    const contact = this.desk.contacts.find(({ id }) => id === parsed.data.draft.contactId) as Contact;
    const files = this.uploads.check(parsed.data.draft.attachmentIds, keys.secret, contact);
    const detail = this.#ticketOf(parsed.data.draft, contact, files);
    this.uploads.claim(files, detail.number);
    this.threads.file(detail, keys.secret, parsed.data.draft.requester);
    const { id, number, status, kind, createdAt, firstResponseDueAt } = detail;
    const receipt: NumberedReceipt = { ticket: { id, number, status, kind, createdAt, firstResponseDueAt }, confirmationMail: 'queued' };
    this.#answers.set(scope, { body, receipt });
    return structuredClone(receipt);
  }

  /** @param token the ticket's secret, or that of a session that opens it. */
  getTicket(number: string, token: string): TicketDetail {
    return this.threads.detail(number, token);
  }

  #ticketOf(draft: TicketDraft, contact: Contact, files: Attachment[]): TicketDetail {
    const createdAt = new Date(this.now()).toISOString();
    const promise = contact.promise ?? this.desk.promise;
    return {
      id: randomToken(),
      number: this.#freeNumber(),
      status: 'open',
      kind: draft.kind,
      createdAt,
      firstResponseDueAt: promise && dueAt(createdAt, promise, contact.hours ?? this.desk.hours),
      contactId: draft.contactId,
      subject: contact.keepsMessages ? draft.subject : null,
      message: contact.keepsMessages ? draft.message : null,
      orderReference: draft.orderReference || null,
      attachments: files,
    };
  }

  #freeNumber(): string {
    for (;;) {
      let number = '';
      // bytes from 240 on would favour the first letters
      while (number.length < 8)
        number += [...crypto.getRandomValues(new Uint8Array(8))].map((n) => (n < 240 ? NUMBER_ALPHABET[n % 30] : '')).join('');
      number = `${number.slice(0, 4)}-${number.slice(4, 8)}`;
      if (!this.threads.has(number)) return number;
    }
  }
}
