import type { Readable } from 'node:stream';

/** A mail ready to leave. */
export interface Mail {
  /** As in the outbox. */
  kind: string;
  /** Without angle brackets. */
  messageId: string;
  /** What the SMTP envelope says; never taken from a header. */
  envelope: { from: string; to: string };
  from: Mailbox;
  to: Mailbox;
  replyTo?: Mailbox | undefined;
  /** The mail that it belongs below, without angle brackets. */
  inReplyTo?: string | undefined;
  subject: string;
  text: string;
  html: string;
  /** Milliseconds since 1970; the same for every attempt. */
  date: number;
  attachments: MailAttachment[];
}

export interface Mailbox {
  name: string;
  address: string;
}

export interface MailAttachment {
  filename: string;
  type: string;
  /** Lower-case hex the streamed bytes must have. */
  sha256: string;
  open(): Readable;
}

/** Says yes to a mail, or throws a `DeliveryError`. */
export interface MailTransport {
  send(mail: Mail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** A mail was not taken. */
export class DeliveryError extends Error {
  /** True: trying again cannot help. */
  readonly permanent: boolean;

  /** @param reason SMTP code and enhanced status, or a code of our own; never the server's text. */
  constructor(reason: string, permanent: boolean) {
    super(reason);
    this.name = 'DeliveryError';
    this.permanent = permanent;
  }
}
