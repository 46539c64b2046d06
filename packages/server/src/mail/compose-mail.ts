import { textIn, type Contact } from '@storefront-support/contract';
import type { Kysely, Selectable } from 'kysely';
import { Readable } from 'node:stream';
import type { DeskConfig } from '../desk-config.js';
import type { BlobStore } from '../files/blob-store.js';
import type { Database, OutboxTable, TicketTable, UploadTable } from '../store/schema.js';
import { addressIn, nameIn, oneLine } from './address.js';
import { html, plainText, type Block } from './mail-body.js';
import { DeliveryError, type Mail } from './mail.js';
import { MAIL_TEXTS, mailLanguage, timeIn, type MailTexts } from './texts.js';

export type OutboxRow = Selectable<OutboxTable>;

interface Source {
  row: OutboxRow;
  desk: DeskConfig;
  contact: Contact | undefined;
  ticket: Selectable<TicketTable> & { requesterName: string; requesterEmail: string };
}

/**
 * Writes the mail of an outbox row from what is stored now.
 *
 * @throws {DeliveryError} there is nothing to send it from.
 */
export async function composeMail(
  db: Kysely<Database>,
  desks: ReadonlyMap<string, DeskConfig>,
  blobs: BlobStore,
  row: OutboxRow,
): Promise<Mail> {
  const desk = desks.get(row.deskId);
  if (!desk) throw new DeliveryError('desk-not-configured', false);
  const ticket = await db
    .selectFrom('ticket')
    .innerJoin('requester', (join) => join.onRef('requester.deskId', '=', 'ticket.deskId').onRef('requester.id', '=', 'ticket.requesterId'))
    .selectAll('ticket')
    .select(['requester.name as requesterName', 'requester.email as requesterEmail'])
    .where('ticket.deskId', '=', row.deskId)
    .where('ticket.id', '=', row.ticketId)
    .executeTakeFirst();
  if (!ticket) throw new DeliveryError('ticket-missing', true);
  const source = { row, desk, ticket, contact: desk.desk.contacts.find(({ id }) => id === ticket.contactId) };
  if (row.kind === 'assignment') return assignment(source);
  return row.kind === 'confirmation' ? confirmation(source) : notification(source, db, blobs);
}

/** Goes to an address nobody has verified, so not one character in it was typed by the sender. */
function confirmation({ row, desk, ticket, contact }: Source): Mail {
  const language = mailLanguage(ticket.locale, ...desk.desk.locales);
  const texts = (MAIL_TEXTS[language] as MailTexts).confirmation;
  const deskName = textIn(desk.desk.name, language);
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.greeting },
    { kind: 'paragraph', text: texts.received(contact ? textIn(contact.name, language) : deskName, deskName) },
    { kind: 'paragraph', text: texts.number(ticket.number) },
  ];
  if (ticket.firstResponseDueAt !== null) {
    blocks.push({ kind: 'paragraph', text: texts.due(timeIn(language, ticket.firstResponseDueAt, zoneOf(desk, contact))) });
  }
  if (desk.desk.otherWays.length > 0) {
    const ways = desk.desk.otherWays.map(({ label, href }) => ({ value: wayOf(textIn(label, language), href) }));
    blocks.push({ kind: 'paragraph', text: texts.otherWays }, { kind: 'list', items: ways });
  }
  blocks.push({ kind: 'paragraph', text: texts.notYou }, { kind: 'paragraph', text: texts.automatic });
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: ticket.requesterEmail },
    to: { name: '', address: ticket.requesterEmail },
    subject: oneLine(texts.subject(ticket.number, deskName)),
    attachments: [],
  };
}

/** Number and comment alone: whoever gets it may be no agent, and a mail is kept by many. */
function assignment({ row, desk, ticket, contact }: Source): Mail {
  const language = mailLanguage(...desk.desk.locales);
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
    subject: oneLine(texts.subject(ticket.number, deskName)),
    attachments: [],
  };
}

async function notification({ row, desk, ticket, contact }: Source, db: Kysely<Database>, blobs: BlobStore): Promise<Mail> {
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

  const language = mailLanguage(...desk.desk.locales);
  const texts = MAIL_TEXTS[language] as MailTexts;
  const { labels, preSale } = texts.notification;
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
    { kind: 'list', items },
    {
      kind: 'quote',
      text: message.text
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, ''),
    },
  ];
  if (uploads.length > 0) {
    const note = attached ? '' : `, ${texts.notification.filesNotAttached}`;
    const files = uploads.map(({ name, type, size }) => ({ value: `${oneLine(name)} (${type}, ${texts.bytes(size)}${note})` }));
    blocks.push({ kind: 'paragraph', text: `${labels.files}:` }, { kind: 'list', items: files });
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

function mailOf(
  row: OutboxRow,
  desk: DeskConfig,
  blocks: readonly Block[],
  language: string,
): Pick<Mail, 'kind' | 'messageId' | 'from' | 'text' | 'html' | 'date'> {
  return {
    kind: row.kind,
    messageId: row.messageId,
    from: { name: nameIn(desk.mail.from), address: addressIn(desk.mail.from) },
    text: plainText(blocks),
    html: html(blocks, language),
    date: row.createdAt,
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

function zoneOf({ desk }: DeskConfig, contact: Contact | undefined): string {
  return contact?.hours?.timeZone ?? desk.hours.timeZone;
}

/** The label, and the address behind it where the label does not say it already. */
function wayOf(label: string, href: string | undefined): string {
  const address = href?.replace(/^(tel|mailto):/, '');
  const bare = (text: string) => text.replace(/[\s().-]/g, '');
  return address === undefined || bare(label).includes(bare(address)) ? label : `${label}: ${address}`;
}
