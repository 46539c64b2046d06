import type { FileLimits } from '../attachment.js';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const ELF = [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00];

/** A file of exactly `size` bytes that is what it says, of a type that the limits allow. */
export function sampleFile(limits: FileLimits, name: string, size: number): File {
  for (const [type, extension, make] of SAMPLES) {
    if (limits.types.includes(type)) return new File([make(size)], `${name}.${extension}`, { type });
  }
  throw new Error(`these cases need a desk that takes one of ${SAMPLES.map(([type]) => type).join(', ')}`);
}

/** A program that calls itself a picture. */
export function disguisedProgram(): File {
  const bytes = new Uint8Array(8_192);
  bytes.set(ELF);
  return new File([bytes], 'holiday.png', { type: 'image/png' });
}

const SAMPLES: [type: string, extension: string, make: (size: number) => Uint8Array<ArrayBuffer>][] = [
  ['image/png', 'png', pngOf],
  ['text/plain', 'txt', textOf],
  ['application/pdf', 'pdf', (size) => joined([latin1('%PDF-1.7\n'), textOf(Math.max(0, size - 9))])],
];

function pngOf(size: number): Uint8Array<ArrayBuffer> {
  const header = [...PNG, 0, 0, 0, 13, ...latin1('IHDR'), 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55];
  const filler = size - header.length - 12 - 12;
  if (filler < 0) return textOf(size);
  const data = new Uint8Array(filler);
  for (let n = 0; n < filler; n++) data[n] = (n * 31 + (n >> 8)) & 255;
  const length = [filler >>> 24, filler >>> 16, filler >>> 8, filler].map((byte) => byte & 255);
  return joined([
    Uint8Array.from([...header, ...length, ...latin1('IDAT')]),
    data,
    new Uint8Array(4),
    Uint8Array.from([0, 0, 0, 0, ...latin1('IEND'), 0xae, 0x42, 0x60, 0x82]),
  ]);
}

function textOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, n) => (n % 64 === 63 ? 10 : 97 + (n % 26)));
}

function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
