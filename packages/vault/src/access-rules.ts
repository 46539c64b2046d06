import { isFingerprint } from './ssh/public-key.js';
import { fromBase64 } from './ssh/wire.js';

/** Largest lengths, UTF-16 code units; `file` in bytes. */
export const ACCESS_MAX = {
  label: 80,
  note: 4_000,
  text: 200,
  host: 253,
  url: 2_000,
  password: 1_000,
  key: 16_000,
  type: 127,
  fields: 20,
  fieldValue: 2_000,
  file: 5_000_000,
} as const;

/** A rule that a text must follow beside its length, and what would be right. */
export interface Rule {
  holds(value: string): boolean;
  detail: string;
}

const HOST = /^(\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}]([\p{L}\p{N}._-]*[\p{L}\p{N}])?|[0-9A-Fa-f:]+)$/u;
const PEM = /^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\r?\n([^]+?)\r?\n-----END ([A-Z0-9 ]*PRIVATE KEY)-----$/;
const PUTTY = /^PuTTY-User-Key-File-[23]: [^]+\nPrivate-Lines: \d/;

/** By what a field holds. */
export const RULES = {
  line: { holds: (value) => !/[\r\n]/.test(value), detail: 'One line.' },
  address: { holds: isPlainAddress, detail: 'An address that begins with https:// or http://, without a user name or password in it.' },
  host: { holds: (value) => HOST.test(value), detail: 'A host name or address alone: no ssh://, no user, no path.' },
  fingerprint: { holds: isFingerprint, detail: 'SHA256: and 43 characters, as ssh-keygen -lf prints it.' },
  privateKey: { holds: isPrivateKey, detail: 'The whole private key, from BEGIN to END; the public key opens nothing.' },
  codeSecret: {
    holds: (value) => /^[A-Za-z2-7 ]{16,200}=*$/.test(value),
    detail: 'The key of the code app: letters, and digits from 2 to 7.',
  },
  fileName: { holds: (value) => /^(?!\.{1,2}$)[^/\\\0\r\n]+$/.test(value), detail: 'A file name without a folder.' },
  fileType: { holds: (value) => /^[\w.+-]+\/[\w.+-]+$/.test(value), detail: 'A media type such as text/plain.' },
  digest: { holds: (value) => /^[0-9a-f]{64}$/.test(value), detail: 'SHA-256 in lower-case hexadecimal.' },
} as const satisfies { [name: string]: Rule };

/** Name of a rule. */
export type RuleName = keyof typeof RULES;

/** Whether this is the number of a port. */
export function isPort(value: unknown): value is number {
  return isWithin(value, 65_535);
}

/** Whether this is a size that can be lent, in bytes. */
export function isFileSize(value: unknown): value is number {
  return isWithin(value, ACCESS_MAX.file);
}

/** A draft without the members that nothing was written into. */
export function withoutBlanks(draft: object): { [name: string]: unknown } {
  const filled = Object.entries(draft).filter(([, value]) => value !== undefined && value !== '');
  return Object.assign(Object.create(null) as { [name: string]: unknown }, Object.fromEntries(filled));
}

function isWithin(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
}

function isPlainAddress(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password, hostname } = new URL(value);
  return !username && !password && hostname !== '';
}

function isPrivateKey(value: string): boolean {
  const text = value.trim();
  if (PUTTY.test(text)) return true;
  const [, type, body = '', end] = PEM.exec(text) ?? [];
  // older keys carry headers such as Proc-Type
  const base64 = body.replace(/^[\w-]+: .*$/gm, '').replace(/\s/g, '');
  return type !== undefined && type === end && base64 !== '' && fromBase64(base64) !== undefined;
}
