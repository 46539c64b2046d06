import { textIn } from '@storefront-support/contract';
import type { DeskConfig } from '../desk-config.js';
import { languageOf } from '../locales/index.js';
import { addressIn, oneLine } from './address.js';
import type { Block } from './mail-body.js';
import type { Mail } from './mail.js';
import { MAIL_TEXTS, type MailTexts } from './texts.js';
import { mailOf, type MailPorts, type OutboxRow } from './ticket-mail.js';

/** The mail of a link: of tickets it says nothing. @returns null: the link opens nothing any more. */
export async function signInMail(row: OutboxRow, desk: DeskConfig, { db, links, now }: MailPorts): Promise<Mail | null> {
  const link = await db
    .selectFrom('signInLink')
    .innerJoin('requester', (join) =>
      join.onRef('requester.deskId', '=', 'signInLink.deskId').onRef('requester.id', '=', 'signInLink.requesterId'),
    )
    .select(['signInLink.id', 'locale', 'expiresAt', 'spentAt', 'email'])
    .where('signInLink.deskId', '=', row.deskId)
    .where('signInLink.id', '=', row.linkId ?? '')
    .executeTakeFirst();
  if (!link || link.spentAt !== null || link.expiresAt <= now()) return null;
  const language = languageOf(link.locale, ...desk.desk.locales);
  const { confirmation, signIn } = MAIL_TEXTS[language] as MailTexts;
  const deskName = textIn(desk.desk.name, language);
  const blocks: Block[] = [
    { kind: 'paragraph', text: confirmation.greeting },
    { kind: 'link', text: signIn.open(deskName), href: links.signIn(desk, link.id) },
    { kind: 'paragraph', text: signIn.short },
    { kind: 'paragraph', text: signIn.notYou },
    { kind: 'paragraph', text: confirmation.automatic },
  ];
  return {
    ...mailOf(row, desk, blocks, language),
    envelope: { from: addressIn(desk.mail.from), to: link.email },
    to: { name: '', address: link.email },
    subject: signIn.subject(oneLine(deskName)),
    attachments: [],
  };
}
