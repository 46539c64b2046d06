import type { Cleaned, Part } from './picture.js';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const END = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** GIF89a specification, sections 17 to 27. Undefined: not as it should be, so nobody knows what it hides. */
export function cleanGif(bytes: Uint8Array): Cleaned | undefined {
  const at = (index: number) => bytes[index] ?? 0;
  const side = (index: number) => at(index) + 256 * at(index + 1);
  const afterTable = (flags: number, from: number) => (flags & 0x80 ? from + 3 * 2 ** ((flags & 7) + 1) : from);
  const afterBlocks = (from: number) => {
    while (from < bytes.length && at(from)) from += at(from) + 1;
    return from + 1;
  };
  let from = afterTable(at(10), 13);
  const parts: Part[] = [[0, from]];
  let pictures = 0;
  let other = false;
  while (from < bytes.length) {
    const kind = at(from);
    if (kind === END) {
      parts.push([from, ++from]);
      break;
    }
    if (kind !== IMAGE && kind !== EXTENSION) return undefined;
    if (kind === IMAGE) pictures++;
    const end = afterBlocks(kind === IMAGE ? afterTable(at(from + 9), from + 10) + 1 : from + 2);
    if (end > bytes.length) return undefined;
    const label = kind === EXTENSION ? at(from + 1) : 0;
    const shown = /^(NETSCAPE2\.0|ANIMEXTS1\.0|ICCRGBG1012)$/.test(String.fromCharCode(...bytes.subarray(from + 3, from + 14)));
    if (label === COMMENT || (label === APPLICATION && !shown)) other = true;
    else parts.push([from, end]);
    from = end;
  }
  if (!pictures) return undefined;
  other ||= from < bytes.length;
  const found = { location: false, camera: false, moving: false, other };
  return { type: 'image/gif', parts, found, film: 0, longest: Math.max(side(6), side(8)), animated: true };
}
