import { LOCALES } from '../locales/index.js';
import type { AccessMailKind } from '../store/schema.js';

/** Sentences of one mail. */
interface AccessMailText {
  subject(number: string, desk: string): string;
  happened(number: string, desk: string, time: string): string;
  /** Empty: none. */
  hint: string;
  /** What the link below it is for. */
  follow: string;
}

/** Sentences of the mails about lent access, in one language. */
export type AccessMailTexts = { [kind in AccessMailKind]: AccessMailText } & {
  /** Where in the audit this stands: what the list is held against later. */
  line(seq: number, check: string): string;
};

/** By base language. */
export const ACCESS_MAIL_TEXTS: { [language: string]: AccessMailTexts } = Object.fromEntries(
  Object.entries(LOCALES).map(([language, { accessMail }]) => [language, accessMail]),
);
