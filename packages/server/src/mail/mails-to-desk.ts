import { textIn } from '@storefront-support/contract';
import type { Selectable } from 'kysely';
import { Readable } from 'node:stream';
import type { BlobStore } from '../files/blob-store.js';
import type { UploadTable } from '../store/schema.js';
import { languageOf, LOCALES } from '../locales/index.js';
import { isolatedWithin } from '../locales/isolated.js';
import { addressIn, nameIn, oneLine } from './address.js';
import { personsText, type Block } from './mail-body.js';
import { DeliveryError, type Mail } from './mail.js';
import { MAIL_TEXTS, timeIn, type MailTexts } from './texts.js';
import { mailOf, zoneOf, type MailPorts, type TicketMail } from './ticket-mail.js';

/** What stands between the parts of a list, where it is no comma of Latin letters. */
const COMMAS: { [language: string]: string } = { ar: '، ' };

/** Number and comment alone: whoever gets it may be no agent, and a mail is kept by many. */
export function assignment({ row, desk, ticket, contact }: TicketMail): Mail {
  const language = languageOf(...desk.desk.locales);
  const texts = (MAIL_TEXTS[language] as MailTexts).assignment;
  const deskName = textIn(desk.desk.name, language);
  const comment = ticket.assigneeEmail === row.recipientKey ? (ticket.assigneeComment ?? '') : '';
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.assigned(ticket.number, contact ? textIn(contact.name, language) : deskName, deskName) },
  ];
  if (comment !== '') blocks.push({ kind: 'paragraph', text: texts.comment }, { kind: 'quote', text: comment });
  blocks.push({ kind: 'paragraph', text: texts.where });
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: row.recipientKey },
    to: { name: '', address: row.recipientKey },
    subject: texts.subject(ticket.number, oneLine(deskName)),
    attachments: [],
  };
}

/** What a customer has written, for the contact. */
export async function notification({ row, desk, ticket, contact }: TicketMail, { db, blobs }: MailPorts): Promise<Mail> {
  const to = desk.notify[ticket.contactId];
  if (to === undefined) throw new DeliveryError('contact-not-configured', false);
  const message = await db
    .selectFrom('message')
    .select(['id', 'text', 'createdAt'])
    .where('deskId', '=', row.deskId)
    .where('ticketId', '=', row.ticketId)
    .where('seq', '=', row.seq)
    .executeTakeFirst();
  if (!message || message.text === null) throw new DeliveryError('text-erased', false);
  const uploads = await db
    .selectFrom('upload')
    .selectAll()
    .where('deskId', '=', row.deskId)
    .where('messageId', '=', message.id)
    .orderBy('position')
    .execute();
  const keeps = contact?.keepsMessages ?? true;
  const attached = !keeps || uploads.reduce((sum, { size }) => sum + size, 0) <= desk.mail.attachUpToBytes;

  const language = languageOf(...desk.desk.locales);
  const texts = MAIL_TEXTS[language] as MailTexts;
  const { labelled, labels, preSale } = texts.notification;
  const zone = zoneOf(desk, contact);
  const items = [
    { label: labels.number, value: ticket.kind === 'pre-sale' ? `${ticket.number} (${preSale})` : ticket.number },
    { label: labels.contact, value: contact ? textIn(contact.name, language) : ticket.contactId },
    { label: labels.from, value: `${oneLine(ticket.requesterName)} <${ticket.requesterEmail}>` },
    ...(ticket.orderReference === null ? [] : [{ label: labels.orderReference, value: oneLine(ticket.orderReference) }]),
    { label: labels.received, value: timeIn(language, message.createdAt, zone) },
    ...(ticket.firstResponseDueAt === null || row.seq > 1
      ? []
      : [{ label: labels.due, value: timeIn(language, ticket.firstResponseDueAt, zone) }]),
    { label: labels.language, value: ticket.locale },
    ...(ticket.subject === null ? [] : [{ label: labels.subject, value: oneLine(ticket.subject) }]),
  ];
  const blocks: Block[] = [
    { kind: 'list', items: items.map(({ label, value }) => ({ label: labelled(label), value })) },
    { kind: 'quote', text: personsText(message.text) },
  ];
  if (uploads.length > 0) {
    const dir = LOCALES[language]?.dir;
    const comma = COMMAS[language] ?? ', ';
    const note = attached ? [] : [texts.notification.filesNotAttached];
    const files = uploads.map(({ name, type, size }) => {
      const about = [isolatedWithin(dir, type ?? ''), texts.bytes(size), ...note];
      return { value: `${isolatedWithin(dir, oneLine(name))} (${about.join(comma)})` };
    });
    blocks.push({ kind: 'paragraph', text: labelled(labels.files) }, { kind: 'list', items: files });
  }
  blocks.push({ kind: 'paragraph', text: texts.notification.reply });
  if (!keeps) blocks.push({ kind: 'paragraph', text: texts.notification.notKept });
  const tag = ticket.kind === 'pre-sale' ? ` [${preSale}]` : '';
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: addressIn(to) },
    to: { name: nameIn(to), address: addressIn(to) },
    replyTo: { name: oneLine(ticket.requesterName), address: ticket.requesterEmail },
    subject: `[${ticket.number}]${tag} ${oneLine(ticket.subject ?? '')}`.trimEnd(),
    attachments: attached ? uploads.map((upload) => attachment(upload, blobs)) : [],
  };
}

function attachment(upload: Selectable<UploadTable>, blobs: BlobStore): Mail['attachments'][number] {
  return {
    filename: oneLine(upload.name),
    type: upload.type ?? 'application/octet-stream',
    sha256: upload.sha256 ?? '',
    open: () => Readable.from(blobs.read(upload.deskId, upload.id), { objectMode: false }),
  };
}
