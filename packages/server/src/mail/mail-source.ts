import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { DeliveryError, type Mail } from './mail.js';

/** Marks our own mails, so that no server of ours ever answers one automatically. */
const LOOP_HEADER = 'X-Storefront-Support';

/** What went by in an attachment. */
export interface StreamedFile {
  filename: string;
  size: number;
  sha256: string;
}

export interface MailSource {
  /** For one attempt: streams can be read once. */
  options: SendMailOptions;
  /** @throws {DeliveryError} the bytes that left are not those that were stored. */
  streamed(): StreamedFile[];
  /** Lets go of every file, sent or not. */
  close(): void;
}

/** A mail as nodemailer takes it, with nothing that could make it read a file or an address of its own choosing. */
export function mailSource(mail: Mail): MailSource {
  const files = mail.attachments.map((attachment) => {
    const bytes = attachment.open();
    const stream = new HashStream(attachment.sha256);
    bytes.on('error', (error) => stream.destroy(error));
    // a mail that is refused early is never read: its streams have nobody else to hear of it
    stream.on('error', () => bytes.destroy());
    return { attachment, bytes, stream: bytes.pipe(stream) };
  });
  return {
    options: {
      from: mail.from,
      to: mail.to,
      ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
      ...(mail.inReplyTo === undefined ? {} : { inReplyTo: `<${mail.inReplyTo}>`, references: `<${mail.inReplyTo}>` }),
      envelope: mail.envelope,
      messageId: `<${mail.messageId}>`,
      date: new Date(mail.date),
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', [LOOP_HEADER]: mail.kind },
      attachments: files.map(({ attachment, stream }) => ({
        filename: attachment.filename,
        contentType: attachment.type,
        contentDisposition: 'attachment' as const,
        content: stream,
      })),
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    streamed: () =>
      files.map(({ attachment, stream }) => {
        if (!stream.whole) throw new DeliveryError('file-damaged', false);
        return { filename: attachment.filename, size: stream.size, sha256: attachment.sha256 };
      }),
    close: () => {
      for (const { bytes, stream } of files) {
        bytes.destroy();
        stream.destroy();
      }
    },
  };
}

/** Ends in an error where the bytes are not those of `sha256`: the mail is then never finished, so no relay takes it. */
class HashStream extends Transform {
  readonly #expected: string;
  readonly #hash = createHash('sha256');
  size = 0;
  whole = false;

  /** @param expected lower-case hex. */
  constructor(expected: string) {
    super();
    this.#expected = expected;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    this.size += chunk.length;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.whole = this.#hash.digest('hex') === this.#expected;
    done(this.whole ? null : new DeliveryError('file-damaged', false));
  }
}
