import {
  SupportError,
  fileLimitsFor,
  type Attachment,
  type Contact,
  type Desk,
  type FieldProblem,
  type FieldProblems,
  type FileLimits,
} from '@storefront-support/contract';
import { hex, randomToken } from '../random-token.js';
import { invalidFields } from '../refusals.js';
import { sniffType } from './sniff-type.js';

interface StoredUpload {
  secret: string;
  attachment: Attachment;
  bytes: Uint8Array<ArrayBuffer>;
  received: number;
  contactId: string | undefined;
  ticketNumber: string | undefined;
}

/** The files of a desk: those on their way, those that wait for what they will belong to, those of tickets. */
export class MemoryUploads {
  readonly #desk: Desk;
  readonly #uploads = new Map<string, StoredUpload>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  bytesOf(attachmentId: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#uploads.get(attachmentId)?.bytes;
  }

  /** @returns the new upload's id. */
  begin(file: { name: string; size: number; type: string }, secret: string, contactId: string | undefined): string {
    const limits = fileLimitsFor(
      this.#desk,
      this.#desk.contacts.find(({ id }) => id === contactId),
    );
    if (!limits || file.size > limits.bytesPerFile)
      throw new SupportError('too-large', `At most ${limits?.bytesPerFile ?? 0} bytes a file.`);
    const id = randomToken();
    const attachment = { id, name: file.name, size: file.size, type: file.type, sha256: null };
    this.#uploads.set(id, { secret, attachment, bytes: new Uint8Array(file.size), received: 0, contactId, ticketNumber: undefined });
    return id;
  }

  /** Bytes received so far; undefined for an upload that this secret does not know. */
  offset(id: string, secret: string): number | undefined {
    const upload = this.#uploads.get(id);
    return upload?.secret === secret ? upload.received : undefined;
  }

  append(id: string, bytes: Uint8Array): void {
    const upload = this.#uploads.get(id);
    if (!upload) throw new SupportError('gone', 'This upload is no longer there.');
    upload.bytes.set(bytes, upload.received);
    upload.received += bytes.length;
  }

  async finish(id: string): Promise<Attachment> {
    const upload = this.#uploads.get(id);
    if (!upload) throw new SupportError('gone', 'This upload is no longer there.');
    const { attachment, bytes } = upload;
    attachment.type = sniffType(bytes, attachment.type);
    if (!this.#desk.limits.files?.types.includes(attachment.type)) {
      this.#uploads.delete(id);
      throw new SupportError('type-not-allowed', `Files of type ${attachment.type} are not taken.`);
    }
    // plain http pages have no crypto.subtle
    if (globalThis.crypto.subtle as SubtleCrypto | undefined)
      attachment.sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    return { ...attachment };
  }

  remove(id: string, secret: string): void {
    const upload = this.#uploads.get(id);
    if (upload?.secret === secret && !upload.ticketNumber) this.#uploads.delete(id);
  }

  /** The finished uploads of these ids, none of which belongs to a ticket yet. Throws `invalid-fields` where one cannot be taken. */
  check(ids: string[], secret: string, contact: Contact | undefined): Attachment[] {
    const limits = fileLimitsFor(this.#desk, contact);
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
    return files.map(({ attachment }) => ({ ...attachment }));
  }

  /** From now on they belong to this ticket and to no other. */
  claim(attachments: Attachment[], ticketNumber: string): void {
    for (const { id } of attachments) {
      const upload = this.#uploads.get(id);
      if (upload) upload.ticketNumber = ticketNumber;
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
