import type { Contact } from '@storefront-support/contract';
import type { Kysely, Selectable } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { BlobStore } from '../files/blob-store.js';
import type { Database, OutboxTable, TicketTable } from '../store/schema.js';
import { addressIn, nameIn } from './address.js';
import { html, plainText, type Block } from './mail-body.js';
import type { MailLinks } from './mail-links.js';
import type { Mail } from './mail.js';

export type OutboxRow = Selectable<OutboxTable>;

/** What mails are written from. */
export interface MailPorts {
  db: Kysely<Database>;
  desks: ReadonlyMap<string, DeskConfig>;
  blobs: BlobStore;
  links: MailLinks;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** A row of the outbox with the ticket that it is about. */
export interface TicketMail {
  row: OutboxRow;
  desk: DeskConfig;
  /** Undefined where the desk file has it no longer. */
  contact: Contact | undefined;
  ticket: Selectable<TicketTable> & { requesterName: string; requesterEmail: string; requesterVerified: 0 | 1 };
}

/** What every mail of a row has. */
export function mailOf(
  row: OutboxRow,
  desk: DeskConfig,
  blocks: readonly Block[],
  language: string,
): Pick<Mail, 'kind' | 'messageId' | 'from' | 'text' | 'html' | 'date'> {
  return {
    kind: row.kind,
    messageId: row.messageId,
    from: { name: nameIn(desk.mail.from), address: addressIn(desk.mail.from) },
    text: plainText(blocks, language),
    html: html(blocks, language),
    date: row.createdAt,
  };
}

/** The time zone that a contact's times are told in. */
export function zoneOf({ desk }: DeskConfig, contact: Contact | undefined): string {
  return contact?.hours?.timeZone ?? desk.hours.timeZone;
}
