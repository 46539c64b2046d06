import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { replaceFile } from '../files/replace-file.js';
import { sha256 } from '../sha256.js';
import type { Mail, MailTransport } from './mail.js';
import { mailSource, type StreamedFile } from './mail-source.js';

/** A mail that would have been sent. */
export interface CaughtMail {
  id: string;
  kind: string;
  envelope: { from: string; to: string };
  headers: {
    subject: string;
    from: string;
    to: string;
    replyTo: string | null;
    messageId: string;
    autoSubmitted: string;
    inReplyTo: string | null;
  };
  text: string;
  html: string;
  /** As they went into the mail. */
  attachments: StreamedFile[];
  /** ISO 8601 instant. */
  receivedAt: string;
}

const ID = /^[0-9a-f]{32}$/;

/** Keeps mails in a folder instead of sending them: the raw mail as `.eml`, what a page shows of it as `.json`. */
export class MailCatcher implements MailTransport {
  readonly #folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /** The same mail to the same recipient is kept once, however often it comes. */
  async send(mail: Mail): Promise<void> {
    const id = sha256(`${mail.messageId}\n${mail.envelope.to}`).slice(0, 32);
    await mkdir(this.#folder, { recursive: true });
    if (await exists(this.#path(id, 'json'))) return;
    const { createTransport } = await import('nodemailer');
    const { options, streamed, close } = mailSource(mail);
    try {
      const { message } = await createTransport({ streamTransport: true, newline: 'windows' }).sendMail(options);
      await replaceFile(this.#path(id, 'eml'), message as Readable);
      const caught: CaughtMail = { id, ...shownOf(mail), attachments: streamed(), receivedAt: new Date(this.#now()).toISOString() };
      await replaceFile(this.#path(id, 'json'), JSON.stringify(caught, null, 2));
    } finally {
      close();
    }
  }

  close(): void {}

  /** Newest first. */
  async list(): Promise<CaughtMail[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const mails: CaughtMail[] = [];
    for (const name of names) {
      const mail = name.endsWith('.json') ? await this.find(name.slice(0, -5)) : null;
      if (mail) mails.push(mail);
    }
    return mails.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : 0));
  }

  async find(id: string): Promise<CaughtMail | null> {
    if (!ID.test(id)) return null;
    const json = await readFile(this.#path(id, 'json'), 'utf8').catch(() => null);
    return json === null ? null : (JSON.parse(json) as CaughtMail);
  }

  /** The mail as it would have gone over the wire. */
  async raw(id: string): Promise<Readable | null> {
    if (!ID.test(id) || !(await exists(this.#path(id, 'eml')))) return null;
    return createReadStream(this.#path(id, 'eml'));
  }

  #path(id: string, extension: string): string {
    return join(this.#folder, `${id}.${extension}`);
  }
}

function shownOf(mail: Mail): Omit<CaughtMail, 'id' | 'attachments' | 'receivedAt'> {
  const shown = ({ name, address }: { name: string; address: string }) => (name === '' ? address : `${name} <${address}>`);
  return {
    kind: mail.kind,
    envelope: mail.envelope,
    headers: {
      subject: mail.subject,
      from: shown(mail.from),
      to: shown(mail.to),
      replyTo: mail.replyTo ? shown(mail.replyTo) : null,
      messageId: `<${mail.messageId}>`,
      autoSubmitted: 'auto-generated',
      inReplyTo: mail.inReplyTo === undefined ? null : `<${mail.inReplyTo}>`,
    },
    text: mail.text,
    html: mail.html,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
