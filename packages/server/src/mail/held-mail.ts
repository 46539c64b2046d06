import { textIn } from '@storefront-support/contract';
import type { DeskConfig } from '../desk-config.js';
import { languageOf } from '../locales/index.js';
import { findHeld } from '../store/held-tickets.js';
import { addressIn, oneLine } from './address.js';
import type { Block } from './mail-body.js';
import type { Mail } from './mail.js';
import { MAIL_TEXTS, timeIn, type MailTexts } from './texts.js';
import { mailOf, type MailPorts, type OutboxRow } from './ticket-mail.js';

/**
 * Asks an address whether a message is its owner's. Whoever types an address causes it, so not one character in it was typed by the
 * sender.
 *
 * @returns null: the message is no longer held.
 */
export async function heldMail(row: OutboxRow, desk: DeskConfig, { db, links, now }: MailPorts): Promise<Mail | null> {
  const held = await findHeld(db, row.deskId, { id: row.linkId ?? '' });
  if (!held || held.draft === null || held.expiresAt <= now()) return null;
  const { email } = (JSON.parse(held.draft) as { requester: { email: string } }).requester;
  const language = languageOf(held.locale, ...desk.desk.locales);
  const { confirmation, held: texts } = MAIL_TEXTS[language] as MailTexts;
  const deskName = textIn(desk.desk.name, language);
  const blocks: Block[] = [
    { kind: 'paragraph', text: confirmation.greeting },
    { kind: 'link', text: texts.confirm(deskName), href: links.held(desk, held.id) },
    { kind: 'paragraph', text: texts.until(timeIn(language, held.expiresAt, desk.desk.hours.timeZone)) },
    { kind: 'paragraph', text: texts.notYou },
    { kind: 'paragraph', text: confirmation.automatic },
  ];
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: email },
    to: { name: '', address: email },
    subject: texts.subject(oneLine(deskName)),
    attachments: [],
  };
}
