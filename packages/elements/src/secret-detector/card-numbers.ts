import type { Secret } from './find-secrets.js';

/** Digits in groups, as people write them; the groups are judged one by one. */
const RUN = /(?<![\p{L}\d])\d+(?:[ \u00a0\u202f.·–-]{1,3}\d+)*(?![\p{L}\d])/gu;
/** The beginning of an account number (IBAN), which is no secret. */
const ACCOUNT = /\b[A-Z]{2}\d\d ?$/;
/** What is numbered like a card by chance. */
const OTHER_NUMBER =
  /(?:order|tracking|parcel|shipment|invoice|commande|suivi|colis|facture|bestell\w*|sendung\w*|rechnung\w*|pedido|env[ií]o|ordine|spedizione|imei|serial|serie|ean|gtin|isbn|siret|upc)[^\d\n]{0,16}$/i;
/** Lengths and first digits that are issued. */
const ISSUED =
  /^(?:4\d{15}(?:\d{3})?|(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12,14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|64[4-9]\d|65\d\d|62\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12}|(?:5018|5020|5038|6304|6759|676[1-3])\d{8,15})$/;
/** How the groups of a card are set: all in one, in fours, and as the shorter ones are printed. */
const LAYOUTS = ['1', '4-4-4-4', '4-4-4-4-3', '4-6-5', '4-6-4', '4-4-4-2', '8-8', '6-13', '4-12', '4-4-8', '8-4-4', '6-10', '4-4-5'];
const MOST_GROUPS = 5;
const LONGEST = 19;

/** Card numbers by their length, first digits and check digit. */
export function cardNumbers(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length < 14) continue;
    const before = text.slice(Math.max(0, index - 40), index);
    if (ACCOUNT.test(before) || OTHER_NUMBER.test(before)) continue;
    const groups = [...run.matchAll(/\d+/g)];
    for (let at = 0; at < groups.length; at++) {
      const taken = longestCard(groups, at);
      if (!taken) continue;
      const last = groups[at + taken - 1] as RegExpExecArray;
      found.push({ start: index + (groups[at]?.index ?? 0), end: index + last.index + last[0].length, kind: 'card' });
      at += taken - 1;
    }
  }
  return found;
}

/** How many groups from one on are a card; 0: none. */
function longestCard(groups: RegExpExecArray[], at: number): number {
  let digits = '';
  let taken = 0;
  const layout: number[] = [];
  for (const [group] of groups.slice(at, at + MOST_GROUPS)) {
    digits += group;
    layout.push(group.length);
    if (digits.length > LONGEST) break;
    const known = layout.length === 1 || LAYOUTS.includes(layout.join('-'));
    if (known && ISSUED.test(digits) && checks(digits)) taken = layout.length;
  }
  return taken;
}

/** The check digit (Luhn, ISO/IEC 7812-1 annex B); the same digit throughout is an example. */
function checks(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.at(-1 - at)) << (at % 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
