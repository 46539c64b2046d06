import type { KeyObject } from 'node:crypto';
import type { Desk } from '@storefront-support/contract';

/** A desk as the operator writes it: what customers see, and what only the server knows. */
export interface DeskConfig {
  desk: Desk;
  /** Origins whose pages may use this desk, for example `https://shop.example`. The server's own origin always may. */
  allowedOrigins: string[];
  /** Where each contact's notifications go, by contact id. */
  notify: { [contactId: string]: string };
  /** Page of the shop that carries the tracker, where mails lead; absent: the server's own page of this desk. */
  trackerUrl?: string | undefined;
  /** Keys with which the shop signs who its customers are. */
  identity: IdentityKey[];
  mail: MailConfig;
  /** Days in which a customer may reopen a closed ticket; 0: never. */
  reopenDays: number;
  /** True: customers may offer access without having been asked. */
  accessOffers: boolean;
  defences: DefenceConfig;
}

/** A key that the shop signs identity tokens with; `kid` of their header names it. */
export interface IdentityKey {
  kid: string;
  /** The only algorithm that it is used with. */
  alg: 'HS256' | 'EdDSA';
  /** The shared secret, or the public half. */
  key: KeyObject;
}

/** What mails a desk sends, and how many. */
export interface MailConfig {
  /** `From` of every mail of this desk: an address, or `Name <address>`. */
  from: string;
  /** Most confirmation mails to one address in 24 hours: whoever types it into the form causes them, so verified ones count too. */
  perUnverifiedAddressPerDay: number;
  /** Most confirmation mails of this desk in an hour. */
  confirmationsPerHour: number;
  /** Most mails about answers and closed tickets to one address in 24 hours, until its owner has signed in; none are counted then. */
  answersPerAddressPerDay: number;
  /** Most sign-in links for one address in 24 hours. */
  signInLinksPerAddressPerDay: number;
  /** Most sign-in links of this desk in an hour to addresses whose owner has never signed in. */
  signInLinksPerHour: number;
  /** Most links of this desk in an hour that confirm messages posted without a script. An address has one that is not used at a time. */
  heldLinksPerHour: number;
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
  /** Messages that one client address posts without a script in an hour; each waits until its sender confirms it. */
  formPostsPerAddressPerHour: number;
  /** Bytes of files that may wait with such messages at a time. */
  heldFileBytes: number;
  /** Replies and changes of status from one client address in an hour. */
  repliesPerAddressPerHour: number;
  /** The same to one ticket in an hour, whoever they come from. */
  repliesPerTicketPerHour: number;
  /** Sessions one client address may open in an hour. */
  sessionsPerAddressPerHour: number;
  /** Sign-in links one client address may ask for in an hour. */
  signInLinksPerAddressPerHour: number;
  /** Bytes one client address may upload in 24 hours. */
  uploadBytesPerAddressPerDay: number;
  /** Uploads one client address may begin in an hour. */
  uploadsPerAddressPerHour: number;
}
