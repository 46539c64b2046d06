import {
  SupportError,
  fileLimitsFor,
  type Attachment,
  type Contact,
  type Desk,
  type FieldProblem,
  type FieldProblems,
  type FileLimits,
  type SupportErrorCode,
  type TicketDetail,
  type TicketDraft,
  type TicketReceipt,
} from '@storefront-support/contract';
import { createTicketSchema, draftProblems } from '@storefront-support/contract/schemas';
import { dueAt } from '@storefront-support/contract/sla';
import { sniffType } from './sniff-type.js';

/**
 * What goes wrong with everything that writes, until lifted. A code: refused with it, nothing stored. `drop-answer`: stored, but
 * the answer never arrives. `stall`: no answer at all until the caller gives up. `cut-upload`: files stop after their first part.
 */
export type MemoryFault = SupportErrorCode | 'drop-answer' | 'stall' | 'cut-upload';

interface StoredUpload {
  secret: string;
  attachment: Attachment;
  bytes: Uint8Array<ArrayBuffer>;
  received: number;
  contactId: string | undefined;
  ticketNumber: string | undefined;
}

const NUMBER_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

let backends = 0;

/** Everything a desk has been sent, with the rules of a real backend. Several adapters may share one: one each customer. */
export class MemoryBackend {
  readonly desk: Desk;
  /** Of the adapters on it: the first of a page has the same one on every visit. */
  readonly scope: string;
  fault: MemoryFault | undefined;
  readonly #now: () => number;
  readonly #tickets = new Map<string, { detail: TicketDetail; secret: string }>();
  readonly #answers = new Map<string, { body: string; receipt: TicketReceipt }>();
  readonly #uploads = new Map<string, StoredUpload>();

  /** @param now milliseconds since 1970, for tickets of another day. */
  constructor(desk: Desk, now: () => number = Date.now) {
    this.desk = desk;
    this.scope = `memory:${desk.id}:${++backends}`;
    this.#now = now;
  }

  get ticketCount(): number {
    return this.#tickets.size;
  }

  /** Bytes of an attached file, for whoever wants to compare them. */
  bytesOf(attachmentId: string): Uint8Array | undefined {
    return this.#uploads.get(attachmentId)?.bytes;
  }

  createTicket(draft: TicketDraft, keys: { idempotencyKey: string; secret: string }, trap: string | undefined): TicketReceipt {
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
    const files = this.#filesFor(parsed.data.draft.attachmentIds, keys.secret, contact);
    const detail = this.#ticketOf(parsed.data.draft, contact, files);
    for (const file of files) file.ticketNumber = detail.number;
    this.#tickets.set(detail.number, { detail, secret: keys.secret });
    const { id, number, status, kind, createdAt, firstResponseDueAt } = detail;
    const receipt: TicketReceipt = { ticket: { id, number, status, kind, createdAt, firstResponseDueAt }, confirmationMail: 'queued' };
    this.#answers.set(scope, { body, receipt });
    return structuredClone(receipt);
  }

  getTicket(number: string, secret: string): TicketDetail {
    const ticket = this.#tickets.get(number);
    if (ticket?.secret !== secret) throw new SupportError('not-found', 'No ticket of this number can be read with this secret.');
    return structuredClone(ticket.detail);
  }

  /** @returns the new upload's id. */
  beginUpload(file: { name: string; size: number; type: string }, secret: string, contactId: string | undefined): string {
    const limits = fileLimitsFor(
      this.desk,
      this.desk.contacts.find(({ id }) => id === contactId),
    );
    if (!limits || file.size > limits.bytesPerFile)
      throw new SupportError('too-large', `At most ${limits?.bytesPerFile ?? 0} bytes a file.`);
    const id = randomToken();
    const attachment = { id, name: file.name, size: file.size, type: file.type, sha256: null };
    this.#uploads.set(id, { secret, attachment, bytes: new Uint8Array(file.size), received: 0, contactId, ticketNumber: undefined });
    return id;
  }

  /** Bytes received so far; undefined for an upload that this secret does not know. */
  uploadOffset(id: string, secret: string): number | undefined {
    const upload = this.#uploads.get(id);
    return upload?.secret === secret ? upload.received : undefined;
  }

  append(id: string, bytes: Uint8Array): void {
    const upload = this.#uploads.get(id);
    if (!upload) throw new SupportError('gone', 'This upload is no longer there.');
    upload.bytes.set(bytes, upload.received);
    upload.received += bytes.length;
  }

  async finishUpload(id: string): Promise<Attachment> {
    const upload = this.#uploads.get(id);
    if (!upload) throw new SupportError('gone', 'This upload is no longer there.');
    const { attachment, bytes } = upload;
    attachment.type = sniffType(bytes, attachment.type);
    if (!this.desk.limits.files?.types.includes(attachment.type)) {
      this.#uploads.delete(id);
      throw new SupportError('type-not-allowed', `Files of type ${attachment.type} are not taken.`);
    }
    // plain http pages have no crypto.subtle
    if (globalThis.crypto.subtle as SubtleCrypto | undefined)
      attachment.sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    return { ...attachment };
  }

  removeUpload(id: string, secret: string): void {
    const upload = this.#uploads.get(id);
    if (upload?.secret === secret && !upload.ticketNumber) this.#uploads.delete(id);
  }

  #filesFor(ids: string[], secret: string, contact: Contact): StoredUpload[] {
    const limits = fileLimitsFor(this.desk, contact);
    const files: StoredUpload[] = [];
    const problems: FieldProblems = {};
    for (const [n, id] of ids.entries()) {
      const file = this.#uploads.get(id);
      const problem = file && files.includes(file) ? REPEATED : problemOf(file, secret, limits);
      if (problem) problems[`attachmentIds.${n}`] = problem;
      else if (file) files.push(file);
    }
    const total = files.reduce((sum, { attachment }) => sum + attachment.size, 0);
    if (limits && total > limits.bytesPerTicket) {
      const limit = limits.bytesPerTicket;
      problems['attachmentIds'] = { code: 'too-large', detail: `All files together: at most ${limit} bytes.`, limit };
    }
    if (Object.keys(problems).length > 0) throw invalidFields(problems);
    return files;
  }

  #ticketOf(draft: TicketDraft, contact: Contact, files: StoredUpload[]): TicketDetail {
    const createdAt = new Date(this.#now()).toISOString();
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
      attachments: files.map(({ attachment }) => ({ ...attachment })),
    };
  }

  #freeNumber(): string {
    for (;;) {
      let number = '';
      // bytes from 240 on would favour the first letters
      while (number.length < 8)
        number += [...crypto.getRandomValues(new Uint8Array(8))].map((n) => (n < 240 ? NUMBER_ALPHABET[n % 30] : '')).join('');
      number = `${number.slice(0, 4)}-${number.slice(4, 8)}`;
      if (!this.#tickets.has(number)) return number;
    }
  }
}

const REPEATED: FieldProblem = { code: 'invalid', detail: 'The same upload twice.' };

function problemOf(file: StoredUpload | undefined, secret: string, limits: FileLimits | null): FieldProblem | undefined {
  if (!file || file.secret !== secret || file.ticketNumber) {
    return { code: 'unknown', detail: 'No such upload: it never was, or it belongs to somebody else.' };
  }
  if (file.received < file.attachment.size) return { code: 'not-finished', detail: 'Not all bytes have arrived.' };
  if (!limits || file.attachment.size <= limits.bytesPerFile) return undefined;
  return { code: 'too-large', detail: `At most ${limits.bytesPerFile} bytes.`, limit: limits.bytesPerFile };
}

function invalidFields(fields: FieldProblems): SupportError {
  return new SupportError('invalid-fields', `These fields are not right: ${Object.keys(fields).join(', ')}.`, { fields });
}

function randomToken(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
