import { LOCALES } from '../locales/index.js';

/** Every sentence of a mail that is not about lent access. */
export interface MailTexts {
  /** To whoever asked. Nothing a sender has typed may enter these. */
  confirmation: {
    subject(number: string, desk: string): string;
    greeting: string;
    received(contact: string, desk: string): string;
    number(number: string): string;
    due(time: string): string;
    follow: string;
    notYou: string;
    otherWays: string;
    automatic: string;
  };
  /** To the requester, who may be somebody whose address was typed by mistake. */
  answer: {
    subject(number: string, desk: string): string;
    answered(number: string, contact: string, desk: string): string;
    read: string;
    readAndReply: string;
  };
  closed: {
    subject(number: string, desk: string): string;
    closed(number: string, desk: string): string;
    reopen(time: string): string;
    read: string;
  };
  signIn: {
    subject(desk: string): string;
    open(desk: string): string;
    short: string;
    notYou: string;
  };
  /** To an address that somebody has typed into a form without a script. Nothing they have typed may enter these. */
  held: {
    subject(desk: string): string;
    confirm(desk: string): string;
    until(time: string): string;
    notYou: string;
  };
  /** To the contact. */
  notification: {
    /** What stands before a value. */
    labelled(label: string): string;
    preSale: string;
    labels: {
      number: string;
      contact: string;
      from: string;
      orderReference: string;
      received: string;
      due: string;
      language: string;
      subject: string;
      files: string;
    };
    filesNotAttached: string;
    reply: string;
    notKept: string;
  };
  /** To whom a ticket is given. Nothing a requester has typed may enter these. */
  assignment: {
    subject(number: string, desk: string): string;
    assigned(number: string, contact: string, desk: string): string;
    comment: string;
    where: string;
  };
  bytes(count: number): string;
}

/** By base language. */
export const MAIL_TEXTS: { [language: string]: MailTexts } = Object.fromEntries(
  Object.entries(LOCALES).map(([language, { mail }]) => [language, mail]),
);

/** An instant for people, with the zone it is told in. */
export function timeIn(language: string, millis: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return `${format.format(millis)} (${timeZone})`;
}
