import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A word that stands nowhere else, with characters in it that encodings treat apart. @param name what it is found as */
export function newCanary(name: string): string {
  return `${name}-${randomBytes(9).toString('hex')}-"é/?&`;
}

/** A word that stands nowhere else, and that nobody takes for a secret. */
export function newWord(): string {
  return Array.from(randomBytes(10), (byte) => `${'bdfgklmnprstvz'[byte % 14]}${'aeiou'[byte % 5]}`).join('');
}

/** Of a text, each as bytes that may be searched for. Where an encoding packs characters, all the places are there where it may begin. */
export const ENCODINGS: { readonly [name: string]: (text: string) => Buffer[] } = {
  'utf-8': (text) => [Buffer.from(text)],
  'utf-16le': (text) => [Buffer.from(text, 'utf16le')],
  'utf-16be': (text) => [Buffer.from(text, 'utf16le').swap16()],
  base64: (text) => packed(text, 'base64'),
  base64url: (text) => packed(text, 'base64url'),
  'hex, small': (text) => [Buffer.from(Buffer.from(text).toString('hex'))],
  'hex, capitals': (text) => [Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
  percent: (text) => [Buffer.from(encodeURIComponent(text)), Buffer.from(encodeURIComponent(text).replaceAll(/%../g, small))],
  json: (text) => [Buffer.from(JSON.stringify(text).slice(1, -1)), Buffer.from(escaped(JSON.stringify(text).slice(1, -1)))],
};

/** The part of a canary that every encoding leaves together, so that one which was cut or joined is found, too. */
function core(canary: string): string {
  return canary.replace(/-"é[^]*$/, '');
}

/** `<encoding>` for each in which a canary, or what makes it one, is somewhere in the bytes. */
export function encodingsIn(bytes: Buffer, canary: string): string[] {
  return Object.entries(ENCODINGS).flatMap(([name, encode]) =>
    [...encode(canary), ...encode(core(canary))].some((form) => bytes.includes(form)) ? [name] : [],
  );
}

/** `<file>: <canary> as <encoding>` for every hit in the files below a folder and in their names. */
export function canariesBelow(folder: string, canaries: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return hits(path.relative(folder, file), Buffer.concat([Buffer.from(`${file}\n`), readFileSync(file)]), canaries);
  });
}

/** `<place>: <canary> as <encoding>` for every hit. */
export function hits(place: string, bytes: Buffer, canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) => encodingsIn(bytes, canary).map((encoding) => `${place}: ${core(canary)} as ${encoding}`));
}

/** At each of the three places where it may begin, without the characters that its neighbours share. */
function packed(text: string, encoding: 'base64' | 'base64url'): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.from(`${'\0'.repeat(shift)}${text}`)
      .toString(encoding)
      .replace(/=+$/, '');
    return Buffer.from(whole.slice(shift === 0 ? 0 : 4, -2));
  });
}

/** What is not ASCII, as `\uXXXX`. */
function escaped(text: string): string {
  return text.replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function small(octet: string): string {
  return octet.toLowerCase();
}
