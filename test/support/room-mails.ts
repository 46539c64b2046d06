import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { composeMail } from '../../packages/server/dist/mail/compose-mail.js';
import { MailLinks } from '../../packages/server/dist/mail/mail-links.js';
import { mailSource } from '../../packages/server/dist/mail/mail-source.js';
import { claimMails, settleAccepted, settleWithheld } from '../../packages/server/dist/mail/outbox-rows.js';
import type { CounterRoom } from './counter-room.ts';

/** A mail as its reader gets it. */
export interface ReadMail {
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  inReplyTo: string | undefined;
  references: string | undefined;
  header(name: string): string | undefined;
  /** The whole mail, decoded and as it goes over the wire. */
  everything: string;
}

const LEASE_MS = 60_000;

/** Sends what is due in a room by its clock, and reads it back. */
export async function sendDueMails({ ports }: CounterRoom): Promise<ReadMail[]> {
  const { store, desks, blobs, now, installSecret } = ports;
  const links = new MailLinks(() => 'http://localhost:8480', installSecret);
  const transport = createTransport({ streamTransport: true, newline: 'windows' });
  const sent: ReadMail[] = [];
  for (const row of await store.write.run((trx) => claimMails(trx, 1_000, now(), LEASE_MS))) {
    const mail = await composeMail({ db: store.read, desks, blobs, links, now }, row);
    if (!mail) {
      await store.write.run((trx) => settleWithheld(trx, row));
      continue;
    }
    const info = await transport.sendMail(mailSource(mail).options);
    const raw = await buffer(info.message as Readable);
    sent.push({ kind: row.kind, ...readMail(await PostalMime.parse(raw), raw) });
    await store.write.run((trx) => settleAccepted(trx, row, false));
  }
  return sent;
}

/** What stands behind `#support-sign-in=` in a mail. */
export function linkTokenIn(text: string): string | undefined {
  return /#support-sign-in=([\w-]{43})\b/.exec(text)?.[1];
}

function readMail(email: Email, raw: Buffer): Omit<ReadMail, 'kind'> {
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value;
  const [text = '', html = '', subject = ''] = [email.text, email.html, email.subject];
  return {
    to: email.to?.[0]?.address ?? '',
    subject,
    text,
    html,
    messageId: email.messageId ?? '',
    inReplyTo: email.inReplyTo,
    references: email.references,
    header,
    everything: [raw.toString('latin1'), subject, text, html].join('\n'),
  };
}
