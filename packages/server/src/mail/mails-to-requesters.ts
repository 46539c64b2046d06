import { textIn } from '@storefront-support/contract';
import { reopenableUntil } from '../store/ticket-summary.js';
import { languageOf, LOCALES } from '../locales/index.js';
import { isolatedWithin, numbersInOrder } from '../locales/isolated.js';
import { addressIn, oneLine } from './address.js';
import { personsText, type Block } from './mail-body.js';
import type { Mail } from './mail.js';
import { MAIL_TEXTS, timeIn, type MailTexts } from './texts.js';
import { ticketMessageId } from './ticket-message-id.js';
import { mailOf, zoneOf, type MailPorts, type TicketMail } from './ticket-mail.js';

/** Whoever types an address causes it, so not one character in it was typed by the sender. */
export function confirmation(mail: TicketMail, { links }: MailPorts): Mail {
  const { desk, ticket, contact } = mail;
  const language = languageOf(ticket.locale, ...desk.desk.locales);
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
  blocks.push({ kind: 'link', text: texts.follow, href: links.ticket(desk, ticket.number) });
  if (desk.desk.otherWays.length > 0) {
    const ways = desk.desk.otherWays.map(({ label, href }) => ({ value: wayOf(textIn(label, language), href, language) }));
    blocks.push({ kind: 'paragraph', text: texts.otherWays }, { kind: 'list', items: ways });
  }
  blocks.push({ kind: 'paragraph', text: texts.notYou }, { kind: 'paragraph', text: texts.automatic });
  return toRequester(mail, blocks, language, texts.subject(ticket.number, oneLine(deskName)));
}

/**
 * What agents have answered since the row was written. An address that nobody has verified is told no more than that there is an
 * answer: it may be anybody's.
 *
 * @returns null: nothing of it is there any more.
 */
export async function answer(mail: TicketMail, { db, links }: MailPorts): Promise<Mail | null> {
  const { row, desk, ticket, contact } = mail;
  const next = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.min('seq').as('seq'))
    .where('deskId', '=', row.deskId)
    .where('kind', '=', 'answer')
    .where('recipientKey', '=', row.recipientKey)
    .where('createdAt', '>=', row.createdAt)
    .where('ticketId', '=', row.ticketId)
    .where('seq', '>', row.seq)
    .executeTakeFirst();
  let answers = db
    .selectFrom('message')
    .select(['text'])
    .where('deskId', '=', row.deskId)
    .where('ticketId', '=', row.ticketId)
    .where('seq', '>=', row.seq)
    .where('authorKind', '=', 'agent')
    .where('visibility', '=', 'public')
    .where('text', 'is not', null);
  // what came later has a mail of its own
  if (next?.seq != null) answers = answers.where('seq', '<', next.seq);
  const found = await answers.orderBy('seq').execute();
  if (found.length === 0) return null;
  const language = languageOf(ticket.locale, ...desk.desk.locales);
  const texts = MAIL_TEXTS[language] as MailTexts;
  const deskName = textIn(desk.desk.name, language);
  const from = contact ? textIn(contact.name, language) : deskName;
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.confirmation.greeting },
    { kind: 'paragraph', text: texts.answer.answered(ticket.number, from, deskName) },
  ];
  if (ticket.requesterVerified === 1) for (const { text } of found) blocks.push({ kind: 'quote', text: personsText(text ?? '') });
  const { read, readAndReply } = texts.answer;
  blocks.push(
    { kind: 'link', text: ticket.requesterVerified === 1 ? readAndReply : read, href: links.ticket(desk, ticket.number) },
    { kind: 'paragraph', text: texts.confirmation.automatic },
  );
  return toRequester(mail, blocks, language, texts.answer.subject(ticket.number, oneLine(deskName)));
}

/** A closed ticket. @returns null: it is open again. */
export async function closed(mail: TicketMail, { db, links, now }: MailPorts): Promise<Mail | null> {
  const { row, desk, ticket, contact } = mail;
  if (ticket.status !== 'closed') return null;
  const language = languageOf(ticket.locale, ...desk.desk.locales);
  const texts = MAIL_TEXTS[language] as MailTexts;
  const deskName = textIn(desk.desk.name, language);
  const change = await db
    .selectFrom('statusChange')
    .select('reason')
    .where('deskId', '=', row.deskId)
    .where('ticketId', '=', row.ticketId)
    .where('status', '=', 'closed')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.confirmation.greeting },
    { kind: 'paragraph', text: texts.closed.closed(ticket.number, deskName) },
  ];
  if (ticket.requesterVerified === 1 && change?.reason) blocks.push({ kind: 'quote', text: personsText(change.reason) });
  const until = reopenableUntil(ticket, desk);
  if (until !== null && until > now())
    blocks.push({ kind: 'paragraph', text: texts.closed.reopen(timeIn(language, until, zoneOf(desk, contact))) });
  blocks.push(
    { kind: 'link', text: texts.closed.read, href: links.ticket(desk, ticket.number) },
    { kind: 'paragraph', text: texts.confirmation.automatic },
  );
  return toRequester(mail, blocks, language, texts.closed.subject(ticket.number, oneLine(deskName)));
}

/** All mails about one ticket stand in one thread of the mail program, below the confirmation. @param subject one line */
function toRequester(mail: TicketMail, blocks: readonly Block[], language: string, subject: string): Mail {
  const { row, desk, ticket } = mail;
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: ticket.requesterEmail },
    to: { name: '', address: ticket.requesterEmail },
    ...(row.kind === 'confirmation' ? {} : { inReplyTo: ticketMessageId(desk, ticket.id) }),
    subject,
    attachments: [],
  };
}

/** The label, and the address behind it where the label does not say it already. */
function wayOf(label: string, href: string | undefined, language: string): string {
  const dir = LOCALES[language]?.dir;
  const shown = dir === 'rtl' ? numbersInOrder(label) : label;
  const address = href?.replace(/^(tel|mailto):/, '');
  const bare = (text: string) => text.replace(/[\s().-]/g, '');
  if (address === undefined || bare(label).includes(bare(address))) return shown;
  return `${(MAIL_TEXTS[language] as MailTexts).notification.labelled(shown)} ${isolatedWithin(dir, address)}`;
}
