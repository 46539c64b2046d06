import type { Desk, FieldProblemCode } from '@storefront-support/contract';
import { withDeskTexts } from '@storefront-support/contract/desk-texts';
import { LOCALES, languageOf } from '../locales/index.js';
import type { ServerTexts } from '../locales/server-texts.js';

/**
 * Every sentence of the pages that a form without a script leads to. Numbers, sizes and times arrive as text already written in this
 * language; a count comes along where grammar needs it.
 */
export interface PageTexts {
  /** The form itself. Labels are those of the form with a script. */
  form: {
    heading: string;
    /** Before the fields: what happens after sending. */
    intro: string;
    contact: string;
    choose: string;
    preSale: string;
    preSaleHint: string;
    name: string;
    email: string;
    order: string;
    optional: string;
    subject: string;
    message: string;
    files: string;
    fileLimits(count: number, shown: string, perFile: string, all: string): string;
    /** Label of the field that people do not see. */
    leaveEmpty: string;
    send: string;
    otherWays: string;
  };
  /** What is wrong with a field; `label` is one of the labels above. */
  problems: { [code in Exclude<FieldProblemCode, 'refused-text'>]: (label: string, limit: string) => string };
  problemContact: string;
  problemEmail: string;
  /** What is wrong with a file. */
  files: {
    wrongType(name: string): string;
    tooLarge(name: string, limit: string): string;
    /** Beside the form that comes back, where files were sent along. */
    chooseAgain(names: string): string;
  };
  summary(count: number, shown: string): string;
  /** Title of what has not worked; one of `errors` follows. */
  notSent: string;
  /** After one of `errors`, where the form comes back below with what was written. */
  kept: string;
  /** The same where it does not. */
  notKept: string;
  errors: {
    /** The shop's page does not say who it is: the form below is to be sent from here. */
    sendFromHere: string;
    /** The form stands on a page that may not use it. */
    notAllowed: string;
    /** A field that people do not see was filled in. */
    looksAutomated: string;
    noDesk: string;
    /** More bytes than are taken at once. */
    tooLarge: string;
    /** The form did not arrive whole, or not as a form. */
    broken: string;
    tooMany(wait: string): string;
    /** The address has a link already that nobody has followed. */
    linkWaits: string;
    busy: string;
    internal: string;
  };
  /** After sending: a mail is under way. */
  held: {
    title: string;
    sent(email: string): string;
    what: string;
    until(time: string): string;
    notArrived: string;
  };
  /** Behind the link of that mail. */
  confirm: {
    title: string;
    ask(desk: string, time: string): string;
    hint: string;
    confirm: string;
    discard: string;
  };
  /** After confirming. */
  filed: {
    title: string;
    number: string;
    keep: string;
    contact(name: string): string;
    due(time: string): string;
    mailQueued: string;
    mailWithheld: string;
  };
  discarded: { title: string; text: string };
  /** The link opens nothing, or not any more. */
  gone: { title: string; text: string };
  /** The message cannot be delivered any more as it is. */
  refused: { title: string; text: string };
  /** Leads back to the form. */
  writeAgain: string;
}

/** Texts in the first of the wanted languages that there are any in, in the desk's own words where it has some. @param wanted BCP 47 tags */
export function pageTexts(
  desk: Pick<Desk, 'texts'> | undefined,
  ...wanted: string[]
): { language: string; dir: 'ltr' | 'rtl'; texts: PageTexts } {
  const language = languageOf(...wanted);
  const { dir, pages } = LOCALES[language] as ServerTexts;
  const tag = wanted[0]?.startsWith(language) ? wanted[0] : language;
  return { language, dir, texts: desk?.texts ? { ...pages, form: withDeskTexts(pages.form, desk.texts, tag) } : pages };
}
