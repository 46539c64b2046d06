import type { Desk } from '@storefront-support/contract';

/** A desk as the operator writes it: what customers see, and what only the server knows. */
export interface DeskConfig {
  desk: Desk;
  /** Origins whose pages may use this desk, for example `https://shop.example`. The server's own origin always may. */
  allowedOrigins: string[];
  /** Where each contact's notifications go, by contact id. */
  notify: { [contactId: string]: string };
  mail: MailConfig;
  /** Days in which a customer may reopen a closed ticket; 0: never. */
  reopenDays: number;
  defences: DefenceConfig;
}

/** What mails a desk sends, and how many. */
export interface MailConfig {
  /** `From` of every mail of this desk: an address, or `Name <address>`. */
  from: string;
  /** Most mails to one unverified address in 24 hours. */
  perUnverifiedAddressPerDay: number;
  /** Most confirmation mails of this desk in an hour. */
  confirmationsPerHour: number;
  /** Files up to this many bytes together are attached to the notification; above, they are listed. */
  attachUpToBytes: number;
}

/** Each 0 switches its defence off. */
export interface DefenceConfig {
  /** Key derivations (PBKDF2, 5,000 iterations each) a browser must make on average before a ticket is taken. */
  proofOfWork: number;
  /** Tickets from one client address in an hour. */
  ticketsPerAddressPerHour: number;
  /** The same without a proof, for shops on plain http where browsers cannot make one. */
  ticketsWithoutProofPerAddressPerHour: number;
  /** Replies from one client address in an hour. */
  repliesPerAddressPerHour: number;
  /** Replies to one ticket in an hour, whoever writes them. */
  repliesPerTicketPerHour: number;
  /** Sessions one client address may open in an hour. */
  sessionsPerAddressPerHour: number;
  /** Bytes one client address may upload in 24 hours. */
  uploadBytesPerAddressPerDay: number;
  /** Uploads one client address may begin in an hour. */
  uploadsPerAddressPerHour: number;
}
