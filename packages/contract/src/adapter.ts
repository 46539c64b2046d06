import type { AuditExport } from './access-audit.js';
import type { AccessKind, AccessRecord, AccessRequest, AfterCareItem, TicketAccessState, VaultPass } from './access-record.js';
import type { Attachment } from './attachment.js';
import type { Desk } from './desk.js';
import type { OpenedSession, Session, SessionRequest, SignInLinkRequest } from './session.js';
import type { Rating, ReplyDraft, ReplyReceipt, ThreadPage, TicketPage, TicketSummary } from './thread.js';
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
   * time, never has to be, and a rejection loses nothing: `createTicket` makes up for it. Resolves with the desk as it is known
   * now, where it is known better than before; always, where the desk was `late`.
   */
  prepare?(options?: CallOptions): Promise<Desk | void>;
  /**
   * Files a ticket. Resolves only with the backend's receipt.
   *
   * @param draft is sent as it is; the same `keys` with another draft reject with `idempotency-mismatch`.
   */
  createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt>;
  /** Reads a ticket back. Rejects with `not-found` for an unknown number and for a wrong secret alike. Absent: nobody can. */
  getTicket?(number: string, options: GetTicketOptions): Promise<TicketDetail>;
  /** Absent: this backend takes no files. */
  readonly attachments?: AttachmentPort;
  /** Absent: what was sent cannot be followed here. */
  readonly tracking?: TrackingPort;
  /** Absent: nobody can sign in here, and only tickets sent from this device can be followed. */
  readonly signIn?: SignInPort;
  /** Absent: no access can be lent here. */
  readonly access?: AccessPort;
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
   * True: files travel in the ticket's own request. `upload` then judges a file and holds it in this page, where nobody else has
   * it; `createTicket` rejects an id that this page does not hold, for example after a reload, with `invalid-fields` and the
   * problem `unknown` on `attachmentIds.0` (or its index), and the file is uploaded again.
   */
  readonly withTicket?: boolean | undefined;
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

/** Of every call about tickets that exist: `token` is a session's, or the secret of the one ticket that is meant. */
export interface AccessOptions extends CallOptions {
  token: string;
}

/** Follows tickets. What the token does not open is `not-found`, whether it exists or not; a token that has ended is `not-signed-in`. */
export interface TrackingPort {
  /**
   * True: threads have no entries of changes of status, and only a reply reopens a closed ticket: `setStatus` takes nothing but
   * `closed`.
   */
  readonly bareStatus?: boolean | undefined;
  /** Opens a session for the tickets that this device has the secrets of. */
  openDevice(request: Extract<SessionRequest, { tickets: unknown }>, options?: CallOptions): Promise<OpenedSession>;
  /** Tickets of a session, the last changed first. */
  listTickets(options: ListTicketsOptions): Promise<TicketPage>;
  /** Part of a thread: the newest entries, or those next to a sequence number. */
  getThread(number: string, options: GetThreadOptions): Promise<ThreadPage>;
  /**
   * Adds what the requester wrote. Resolves only with the backend's receipt; the same `keys` never add a second message. On a
   * closed ticket it reopens it, within the desk's window; after that it rejects with `ticket-closed`.
   */
  reply(number: string, draft: ReplyDraft, options: ReplyOptions): Promise<ReplyReceipt>;
  /** Closes or reopens a ticket. Asking for the status it has changes nothing. */
  setStatus(number: string, change: StatusChange, options: AccessOptions): Promise<TicketSummary>;
  /** Everything up to `seq` has been shown to the requester. */
  markSeen(number: string, seq: number, options: AccessOptions): Promise<TicketSummary>;
  /** Rates the help; rating again replaces it. Absent: nobody is asked. */
  rate?(number: string, rating: Rating, options: AccessOptions): Promise<TicketSummary>;
  /** The bytes of a file, for a preview. Absent: files are saved and not shown. */
  getAttachment?(number: string, attachmentId: string, options: AccessOptions): Promise<Blob>;
  /** An address that saves the file for whoever opens it, for a few minutes. */
  linkAttachment(number: string, attachmentId: string, options: AccessOptions): Promise<AttachmentLink>;
  /**
   * Tells of changes until `signal` aborts; resolves then. Rejects when the connection ends, for whatever reason: call it again,
   * and read what may have been missed, by sequence number.
   */
  follow(options: FollowOptions): Promise<void>;
}

/** Of a backend that takes ratings and shows files. */
export interface CompleteTrackingPort extends TrackingPort {
  rate: NonNullable<TrackingPort['rate']>;
  getAttachment: NonNullable<TrackingPort['getAttachment']>;
}

/** Lets customers in on any device. */
export interface SignInPort {
  /** Has a link mailed. Resolves alike for addresses that nobody knows. */
  requestLink(request: SignInLinkRequest, options?: CallOptions): Promise<void>;
  /**
   * Opens a session. A link that is spent, too old or unknown rejects with `gone`; an identity token that is refused, for whatever
   * reason, with `invalid-fields` on `identityToken`.
   */
  openSession(request: SessionRequest, options?: CallOptions): Promise<OpenedSession>;
  /** All sessions of the person whose session the token is, the last used first. */
  listSessions(options: AccessOptions): Promise<Session[]>;
  /** Ends one of them; gone already is fine. */
  endSession(id: string, options: AccessOptions): Promise<void>;
}

/**
 * Lends access on tickets that exist. Every verb rejects like `TrackingPort`'s; what has ended rejects with `gone`, a request that
 * takes no answer any more with `request-closed`. Sealing is none of it: that happens in the vault page, which a pass opens.
 */
export interface AccessPort {
  /** What has been asked for, offered and lent. */
  getAccess(number: string, options: AccessOptions): Promise<TicketAccessState>;
  /** Opens the vault page for a request that takes records. */
  openVault(number: string, requestId: string, options: AccessOptions): Promise<VaultPass>;
  /** Says no to what is asked. */
  decline(number: string, requestId: string, options: AccessReasonOptions): Promise<AccessRequest>;
  /** Offers access, where the desk takes offers; the same `key` never makes a second one. */
  offer(number: string, offer: AccessOffer, options: AccessOfferOptions): Promise<AccessRequest>;
  /** Takes back an offer that nobody has accepted. */
  withdraw(number: string, requestId: string, options: AccessReasonOptions): Promise<AccessRequest>;
  /** Ends a record earlier or later: `expiry-too-long` beyond `ACCESS.expiryMaxMs` from its beginning. */
  changeExpiry(number: string, recordId: string, expiresAt: string, options: AccessOptions): Promise<AccessRecord>;
  /** Ends a record now. */
  revoke(number: string, recordId: string, options: AccessOptions): Promise<AccessRecord>;
  /** Says what of the list after a record is done. */
  tickAfterCare(number: string, recordId: string, done: AfterCareItem[], options: AccessOptions): Promise<AccessRecord>;
  /** Who did what, from the first entry on. */
  getAudit(number: string, options: AccessOptions): Promise<AuditExport>;
}

/** What a customer offers. `reason`: at most 300 characters. */
export interface AccessOffer {
  kinds: AccessKind[];
  reason: string;
}

/** Of `AccessPort.offer`: `key` belongs to one offer and stays the same for every attempt to send it. */
export interface AccessOfferOptions extends AccessOptions {
  /** 16 to 128 of A-Z a-z 0-9 - _. */
  key: string;
}

/** Of what may carry a reason of at most 300 characters. */
export interface AccessReasonOptions extends AccessOptions {
  reason?: string | undefined;
}

/** Of `TrackingPort.listTickets`. */
export interface ListTicketsOptions extends AccessOptions {
  /** Absent: all. `active`: everything but closed. */
  status?: 'active' | 'closed' | undefined;
  /** `TicketPage.cursor` of the page before. */
  cursor?: string | undefined;
}

/** Of `TrackingPort.getThread`: at most one of `after` and `before`; without either the newest entries. */
export interface GetThreadOptions extends AccessOptions {
  /** Entries with a greater sequence number, from there on. */
  after?: number | undefined;
  /** Entries with a smaller sequence number, up to there. */
  before?: number | undefined;
  /** 1 to 100; 50 otherwise. */
  limit?: number | undefined;
}

/** Of `TrackingPort.reply`: `keys` belong to one draft and stay the same for every attempt to send it. */
export interface ReplyOptions extends AccessOptions {
  keys: TicketKeys;
}

/** What a requester may make of a status. */
export interface StatusChange {
  status: 'open' | 'closed';
  /** At most 1,000 characters. */
  reason?: string | undefined;
}

/** Address of a file, until it expires (ISO 8601 instant in UTC). */
export interface AttachmentLink {
  url: string;
  expiresAt: string;
}

/** A hint that a ticket has changed up to `seq`; what changed is read with `getThread`. */
export interface TicketHint {
  number: string;
  seq: number;
}

/** Of `TrackingPort.follow`. */
export interface FollowOptions extends AccessOptions {
  onHint: (hint: TicketHint) => void;
  /** The stream stands; what came before it has to be read. */
  onOpen?: (() => void) | undefined;
}
