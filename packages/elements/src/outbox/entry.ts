import type { Attachment, ReplyDraft, SupportErrorCode, TicketDraft, TicketReceipt } from '@storefront-support/contract';

/** What an entry sends: a ticket, or more of one that there is. */
export type Sendable = TicketDraft | ReplyDraft;

/** One message on this device, from its first keystroke to its receipt. */
export interface Entry<D extends Sendable = TicketDraft> {
  /** The idempotency key: one entry, one ticket. */
  id: string;
  /** `SupportAdapter.scope` of the backend it is for. */
  scope: string;
  /** `id` attribute of the form it was written in; empty where it has none. Of a reply no id at all, so that no form takes it up. */
  form: string;
  /** `TicketKeys.secret`. */
  secret: string;
  /** What is written, by field name. */
  values: { [field: string]: string };
  /** What is to be sent; null while the message is only written. Files that have not arrived are not yet in it. */
  draft: D | null;
  /** How many files go with it: it is never sent with fewer. */
  files: number;
  /** Every different draft sent so far, oldest first: any of them may have arrived. */
  tried: D[];
  /** When it was first sent, in milliseconds since 1970; 0: never. */
  triedAt: number;
  /** True from before a request until an answer that leaves no doubt: a ticket may exist. */
  doubt: boolean;
  /** Why the last try failed; empty before the first. */
  code: SupportErrorCode | '';
  /** Instant before which the backend wants no other try, in milliseconds since 1970; 0: any time. */
  retryAt: number;
  /** The ticket it is a reply to, and what opens that; absent: it is to be a ticket of its own. */
  ticket?: { number: string; token: string } | undefined;
  /** The receipt of a ticket, until a person has seen it. */
  receipt: TicketReceipt | null;
  /** When it was last written to, in milliseconds since 1970. */
  savedAt: number;
}

/** A reply on this device. */
export interface ReplyEntry extends Entry<ReplyDraft> {
  ticket: { number: string; token: string };
}

/** A file of an entry. */
export interface KeptFile {
  id: string;
  /** `Entry.id`. */
  entry: string;
  name: string;
  /** Media type as the device names it. */
  type: string;
  /** Bytes. */
  size: number;
  /** The content as it is to be sent; null where it did not fit on the device, so that the person is asked for the file again. */
  file: File | null;
  /** True once what a picture hides has been removed, or the person wants it sent as it is: until then it goes nowhere. */
  ready: boolean;
  /** Last string of the adapter's `onResume`; empty before. */
  resume: string;
  /** Set once the backend has every byte. */
  attachment: Attachment | null;
}

/** Keeps the files of one entry on this device. None of its calls rejects. */
export interface FileShelf {
  /** Writes or overwrites; `file` becomes null where the content does not fit. */
  keep(file: KeptFile): Promise<void>;
  forget(id: string): Promise<void>;
}
