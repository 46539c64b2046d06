import type { Attachment } from './attachment.js';
import type { Desk } from './desk.js';
import type { TicketDetail, TicketDraft, TicketKeys, TicketReceipt } from './ticket.js';

/**
 * One backend, seen from the browser. Verbs reject with a `SupportError` and nothing else; an aborted signal rejects with
 * `aborted` at once. An ability is a port that is present or absent, never a method that throws "not implemented".
 */
export interface SupportAdapter {
  /** Short name of the backend, for example `http`. */
  readonly name: string;
  /**
   * Where this adapter files tickets: different for every backend and desk, the same on every visit; an address, for example.
   * What waits on a device waits under it, and is sent by no adapter of another scope.
   */
  readonly scope: string;
  /**
   * What a lost answer means. `exactly-once`: sending again with the same keys is safe. `unknown`: it may make a second
   * ticket, so nothing resends without asking the person.
   */
  readonly delivery: 'exactly-once' | 'unknown';
  /** The desk a form shows. Cheap: it is called before anybody has touched the page. */
  getDesk(options?: CallOptions): Promise<Desk>;
  /**
   * Called at first focus: fetches and computes what a later send needs, which may take seconds. May be called again at any
   * time, never has to be, and a rejection loses nothing: `createTicket` makes up for it.
   */
  prepare?(options?: CallOptions): Promise<void>;
  /**
   * Files a ticket. Resolves only with the backend's receipt.
   *
   * @param draft is sent as it is; the same `keys` with another draft reject with `idempotency-mismatch`.
   */
  createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt>;
  /** Reads a ticket back. Rejects with `not-found` for an unknown number and for a wrong secret alike. */
  getTicket(number: string, options: GetTicketOptions): Promise<TicketDetail>;
  /** Absent: this backend takes no files. */
  readonly attachments?: AttachmentPort;
}

/** Of every call: an aborted `signal` rejects it with `aborted` at once. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** Of `createTicket`: `keys` belong to one draft and stay the same for every attempt to send it. */
export interface CreateTicketOptions extends CallOptions {
  keys: TicketKeys;
  /** Content of a field that people do not see. Anything in it marks the sender as automated. */
  trap?: string | undefined;
}

/** Of `getTicket`: `secret` is the `TicketKeys.secret` the ticket was made with. */
export interface GetTicketOptions extends CallOptions {
  secret: string;
}

/** Takes files before the ticket that will own them exists. */
export interface AttachmentPort {
  /**
   * Sends one file. Resolves when the backend has every byte. After a failure the same call with `resume` set to the last
   * string given to `onResume` goes on where it stopped, also after a reload and days later. It begins again, and calls
   * `onResume` again, where the backend no longer knows the upload or where `file` is not the one that `resume` was made for.
   * What it resolves to is as the device names the file: `type` is the claimed one and `sha256` null until the ticket is
   * read back. Rejects with `too-large` or `type-not-allowed` for a file that can never be taken.
   */
  upload(file: File, options: UploadOptions): Promise<Attachment>;
  /**
   * True where `file` has the content that `resume` was made for, as far as its size, first and last MiB tell: a file of the
   * same name may be another one.
   */
  matches(file: File, resume: string): Promise<boolean>;
  /** Takes back a finished or unfinished upload; gone already is fine. */
  remove(resume: string, options: RemoveUploadOptions): Promise<void>;
}

/** Of `AttachmentPort.upload`. */
export interface UploadOptions extends CallOptions {
  /** `TicketKeys.secret` of the draft: only its holder can attach the upload. */
  secret: string;
  /** Contact the ticket will go to, where its file limits are tighter than the desk's. */
  contactId?: string | undefined;
  /** Opaque to everybody but the adapter. */
  resume?: string | undefined;
  /** Called once the backend knows the upload, with a string to keep. */
  onResume?: ((resume: string) => void) | undefined;
  /** Called with acknowledged bytes, never more than `file.size`. */
  onProgress?: ((sentBytes: number) => void) | undefined;
}

/** Of `AttachmentPort.remove`: `secret` is the one the upload was made with. */
export interface RemoveUploadOptions extends CallOptions {
  secret: string;
}
