import { fromBase64, toBase64 } from '../../ssh/wire.js';

/*
 * Stands in for `@scure/base` where age-encryption imports it and a bundler is told so: the two encodings that age files and keys are
 * written in, with nothing for other alphabets. They hide nothing: what is secret is enciphered before, or written down as it is.
 */

const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** BIP 173. */
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM = 6;
/** Longest text that its checksum is made for. */
const LIMIT = 90;

/** Base64 as C2SP's age has it: canonical, and without padding. */
export const base64nopad = {
  encode: (bytes: Uint8Array): string => toBase64(bytes).replace(/=+$/, ''),
  decode(text: string): Uint8Array {
    const bytes = text.endsWith('=') ? undefined : fromBase64(text);
    if (!bytes) throw new Error('This is no base64.');
    return bytes;
  },
};

/** Of armour, which the vault neither writes nor reads. */
export const base64 = undefined;

/** Bech32 of BIP 173. @throws where a text is none, or its checksum is wrong */
export const bech32 = {
  encode(prefix: string, words: readonly number[], limit: number | false = LIMIT): string {
    const length = prefix.length + 1 + words.length + CHECKSUM;
    if (limit !== false && length > limit) throw new Error('This is too long.');
    const lower = prefix.toLowerCase();
    return `${lower}1${[...words, ...checksumOf(lower, words)].map((word) => CHARACTERS[word]).join('')}`;
  },

  decode(text: string, limit: number | false = LIMIT): { prefix: string; words: number[] } {
    const lower = text.toLowerCase();
    const [, prefix = '', rest = ''] = /^([!-~]+)1([02-9ac-hj-np-z]{6,})$/.exec(lower) ?? [];
    const fits = rest && (limit === false || text.length <= limit) && (text === lower || text === text.toUpperCase());
    const all = Array.from(rest, (character) => CHARACTERS.indexOf(character));
    const words = all.slice(0, -CHECKSUM);
    if (!fits || checksumOf(prefix, words).join() !== all.slice(-CHECKSUM).join()) throw new Error('This is no bech32.');
    return { prefix, words };
  },

  toWords: (bytes: Uint8Array): number[] => regrouped(bytes, 8, 5),

  fromWords(words: readonly number[]): Uint8Array {
    const bytes = Uint8Array.from(regrouped(words, 5, 8).slice(0, Math.floor((words.length * 5) / 8)));
    // what is left over is less than a word, and nothing
    if (regrouped(bytes, 8, 5).join() !== words.join()) throw new Error('This is no whole number of bytes.');
    return bytes;
  },

  encodeFromBytes(prefix: string, bytes: Uint8Array): string {
    return this.encode(prefix, this.toWords(bytes));
  },

  decodeToBytes(text: string): { prefix: string; words: number[]; bytes: Uint8Array } {
    const { prefix, words } = this.decode(text);
    return { prefix, words, bytes: this.fromWords(words) };
  },
};

function checksumOf(prefix: string, words: readonly number[]): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...words, 0, 0, 0, 0, 0, 0];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [i, part] of GENERATOR.entries()) if ((top >> i) & 1) sum ^= part;
  }
  return Array.from({ length: CHECKSUM }, (_, i) => ((sum ^ 1) >>> (5 * (CHECKSUM - 1 - i))) & 31);
}

/** Numbers of so many bits as numbers of others; zeros behind the last where it is not full. */
function regrouped(values: Iterable<number>, from: number, to: number): number[] {
  const groups: number[] = [];
  let rest = 0;
  let bits = 0;
  for (const value of values) {
    rest = ((rest << from) | value) & 0xfff;
    for (bits += from; bits >= to;) groups.push((rest >> (bits -= to)) & (2 ** to - 1));
  }
  if (bits) groups.push((rest << (to - bits)) & (2 ** to - 1));
  return groups;
}
