import { readText, readTiff, tiffOf } from './orientation.js';
import { append, latin1, nothingFound, type Cleaned, type Part } from './picture.js';

const SOS = 0xda;
const EOI = 0xd9;

/** ISO/IEC 10918-1, annex B. Undefined: not as it should be, so nobody knows what it hides. */
export function cleanJpeg(bytes: Uint8Array): Cleaned | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = nothingFound();
  const head: Part[] = [[0, 2]];
  const parts: Part[] = [];
  let orientation = 0;
  let longest = 0;
  let at = 2;
  let scanned = false;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === EOI) {
      append(parts, at, (at += 2));
      break;
    }
    if (at + 4 > bytes.length) return undefined;
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const name = latin1(bytes, at + 4, Math.min(end, at + 33));
    if (marker === SOS) {
      const next = endOfScan(bytes, end);
      append(parts, at, next);
      at = next;
      scanned = true;
      continue;
    }
    if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) {
      if (marker === 0xe0 && name.startsWith('JFIF\0') && length >= 16) head[1] ??= shortened(bytes, at, 16);
      else if (marker === 0xee && name.startsWith('Adobe') && length >= 14) parts.push(shortened(bytes, at, 14));
      else if (marker === 0xe2 && name.startsWith('ICC_PROFILE\0')) append(parts, at, end);
      else if (marker === 0xe1 && name.startsWith('Exif\0')) orientation ||= readTiff(bytes, Math.min(at + 10, end), end, found);
      else readText(bytes, at + 4, end, found);
    } else if (marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8 && (marker < 0xd0 || marker > 0xd8)) {
      // a start of frame; tables have numbers in this range too
      if (marker < 0xd0 && (marker === 0xc0 || marker % 4) && length > 7)
        longest = Math.max(view.getUint16(at + 5), view.getUint16(at + 7));
      append(parts, at, end);
    } else return undefined;
    at = end;
  }
  if (!scanned) return undefined;
  const film = at < bytes.length ? filmIn(bytes, at) : 0;
  if (film) found.moving = true;
  else if (at < bytes.length) found.other = true;
  if (orientation > 1) head.push(Uint8Array.of(0xff, 0xe1, 0, 34, 69, 120, 105, 102, 0, 0, ...tiffOf(orientation)));
  return { type: 'image/jpeg', parts: [...head, ...parts], found, film, longest, animated: false };
}

/** Entropy-coded data ends at the first marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else if (next === 0xff) at++;
    else return at;
  }
}

/** The segment at `from` with as much as its standard names: a thumbnail may follow. */
function shortened(bytes: Uint8Array, from: number, length: number): Uint8Array<ArrayBuffer> {
  const segment = new Uint8Array(bytes.subarray(from, from + 2 + length));
  segment[2] = 0;
  segment[3] = length;
  // a JFIF thumbnail's width and height
  if (length === 16) segment[16] = segment[17] = 0;
  return segment;
}

/** Where an MP4 begins behind the picture. */
function filmIn(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x66, from + 4); at > 0; at = bytes.indexOf(0x66, at + 1))
    if (latin1(bytes, at, at + 4) === 'ftyp') return at - 4;
  return 0;
}
