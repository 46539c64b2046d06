import { readText, readTiff, tiffOf } from './orientation.js';
import { append, latin1, nothingFound, type Cleaned, type Part } from './picture.js';

const SHOWN = /^(VP8 |VP8L|ALPH|ANIM|ANMF|ICCP)$/;
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
const ANIMATION_FLAG = 0x02;

/** RFC 9649, section 2. Undefined: not as it should be, so nobody knows what it hides. */
export function cleanWebp(bytes: Uint8Array): Cleaned | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = nothingFound();
  const parts: Part[] = [];
  const last = view.getUint32(4, true) + 8;
  if (last > bytes.length) return undefined;
  let header: Uint8Array<ArrayBuffer> | undefined;
  let orientation = 0;
  let longest = 0;
  let at = 12;
  while (at + 8 <= last) {
    const name = latin1(bytes, at, at + 4);
    const data = at + 8;
    const length = view.getUint32(at + 4, true);
    const end = Math.min(data + length + (length % 2), bytes.length);
    if (data + length > last) return undefined;
    if (name === 'VP8X') {
      if (length !== 10 || header) return undefined;
      header = bytes.slice(at, end);
      longest = Math.max((view.getUint32(data + 4, true) & 0xffffff) + 1, (view.getUint32(data + 6, true) >>> 8) + 1);
    } else if (SHOWN.test(name)) {
      append(parts, at, end);
      const side = (from: number) => view.getUint16(from, true) & 0x3fff;
      if (name === 'VP8 ' && length > 9) longest ||= Math.max(side(data + 6), side(data + 8));
    } else if (name === 'EXIF') {
      const prefix = latin1(bytes, data, Math.min(data + 6, end)) === 'Exif\0\0' ? 6 : 0;
      orientation ||= readTiff(bytes, data + prefix, data + length, found);
    } else if (/^[\w ]{4}$/.test(name)) readText(bytes, at, end, found);
    else return undefined;
    at = end;
  }
  if (!parts.length || at < last) return undefined;
  if (last < bytes.length) found.other = true;
  if (header) {
    const upright = orientation < 2;
    header[8] = ((header[8] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (upright ? 0 : EXIF_FLAG);
    parts.unshift(header);
    if (!upright) parts.push(Uint8Array.of(69, 88, 73, 70, 26, 0, 0, 0, ...tiffOf(orientation)));
  }
  const animated = !!((header?.[8] ?? 0) & ANIMATION_FLAG);
  return { type: 'image/webp', parts: [riff(parts), ...parts], found, film: 0, longest, animated };
}

function riff(parts: Part[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : part[1] - part[0]), 4);
  const head = Uint8Array.of(82, 73, 70, 70, 0, 0, 0, 0, 87, 69, 66, 80);
  new DataView(head.buffer).setUint32(4, size, true);
  return head;
}
