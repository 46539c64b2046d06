import { textIn } from '@storefront-support/contract';
import type { AccessMailKind } from '../store/schema.js';
import { languageOf } from '../locales/index.js';
import { addressIn, nameIn, oneLine } from './address.js';
import type { Block } from './mail-body.js';
import { DeliveryError, type Mail } from './mail.js';
import { ACCESS_MAIL_TEXTS, type AccessMailTexts } from './access-mail-texts.js';
import { MAIL_TEXTS, timeIn, type MailTexts } from './texts.js';
import { ticketMessageId } from './ticket-message-id.js';
import { mailOf, zoneOf, type MailPorts, type TicketMail } from './ticket-mail.js';

/**
 * That something has happened to lent access, and when: never what was lent, no kind of it, nothing that anybody has typed. Mails lie
 * about for years.
 *
 * @returns null: what it tells of is there no more.
 */
export async function accessMail(mail: TicketMail, kind: AccessMailKind, { db, links }: MailPorts): Promise<Mail | null> {
  const { row, desk, ticket, contact } = mail;
  const entry = await db
    .selectFrom('accessAudit')
    .select(['at', 'hash'])
    .where('deskId', '=', row.deskId)
    .where('ticketId', '=', row.ticketId)
    .where('seq', '=', row.seq)
    .executeTakeFirst();
  if (!entry) return null;
  const toDesk = kind === 'access-offered';
  const language = toDesk ? languageOf(...desk.desk.locales) : languageOf(ticket.locale, ...desk.desk.locales);
  const all = ACCESS_MAIL_TEXTS[language] as AccessMailTexts;
  const texts = all[kind];
  const common = (MAIL_TEXTS[language] as MailTexts).confirmation;
  const deskName = textIn(desk.desk.name, language);
  const when = timeIn(language, entry.at, zoneOf(desk, contact));
  const blocks: Block[] = [
    { kind: 'paragraph', text: common.greeting },
    { kind: 'paragraph', text: texts.happened(ticket.number, deskName, when) },
    ...(texts.hint === '' ? [] : [{ kind: 'paragraph' as const, text: texts.hint }]),
    ...(toDesk ? [] : [{ kind: 'link' as const, text: texts.follow, href: links.ticket(desk, ticket.number) }]),
    ...(toDesk ? [] : [{ kind: 'paragraph' as const, text: all.line(row.seq, checkOf(entry.hash)) }]),
    { kind: 'paragraph', text: common.automatic },
  ];
  const to = toDesk ? desk.notify[ticket.contactId] : ticket.requesterEmail;
  if (to === undefined) throw new DeliveryError('contact-not-configured', false);
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: toDesk ? addressIn(to) : to },
    to: toDesk ? { name: nameIn(to), address: addressIn(to) } : { name: '', address: to },
    ...(toDesk ? {} : { inReplyTo: ticketMessageId(desk, ticket.id) }),
    subject: texts.subject(ticket.number, oneLine(deskName)),
    attachments: [],
  };
}

/** As much of a link's hash as nobody finds a second text for, in groups: out of reach of whoever keeps the chain, mails are witnesses. */
function checkOf(hash: string): string {
  return (hash.slice(0, 20).match(/.{4}/g) ?? []).join('-');
}
