/** Reads pictures by rules of its own, independent of the code under test. Runs in browsers, too. */

const text = (bytes: Uint8Array, from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length));

/** The parts of a picture by name, in their order; Exif data with all its tags, and whatever follows the end. */
export function partsOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text(bytes, 1, 3) === 'PNG') return pngParts(bytes, view);
  if (text(bytes, 0, 4) === 'RIFF') return webpParts(bytes, view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegParts(bytes, view);
  throw new Error(`no picture: ${text(bytes, 0, 8)}`);
}

/** 1 to 8. */
export function orientationOf(bytes: Uint8Array): number {
  const exif = partsOf(bytes).find((part) => part.startsWith('Exif'));
  return Number(/274=(\d)/.exec(exif ?? '')?.[1] ?? 1);
}

/** True where the text stands anywhere in the bytes. */
export function contains(bytes: Uint8Array, wanted: string): boolean {
  let all = '';
  for (let at = 0; at < bytes.length; at += 8_192) all += text(bytes, at, 8_192);
  return all.includes(wanted);
}

function jpegParts(bytes: Uint8Array, view: DataView): string[] {
  const parts: string[] = [];
  let at = 2;
  while (at < bytes.length) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xd9) {
      if (at + 2 < bytes.length) parts.push(`trailer of ${bytes.length - at - 2}`);
      return parts;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && text(bytes, at + 4, 4) === 'Exif') parts.push(tags(bytes.subarray(at + 10, at + 2 + length)));
    else if (marker >= 0xe0 && marker <= 0xef) parts.push(`APP${marker - 0xe0} ${/^[\w:/.]*/.exec(text(bytes, at + 4, 28))?.[0]}`);
    else parts.push(marker.toString(16));
    at += 2 + length;
    if (marker === 0xda) while (view.getUint8(at) !== 0xff || /^(0|d[0-7])$/.test(view.getUint8(at + 1).toString(16))) at++;
  }
  return [...parts, 'no end'];
}

function pngParts(bytes: Uint8Array, view: DataView): string[] {
  const parts: string[] = [];
  let at = 8;
  for (let name = ''; name !== 'IEND'; at += 12 + view.getUint32(at)) {
    name = text(bytes, at + 4, 4);
    parts.push(name === 'eXIf' ? tags(bytes.subarray(at + 8, at + 8 + view.getUint32(at))) : name);
  }
  return at < bytes.length ? [...parts, `trailer of ${bytes.length - at}`] : parts;
}

function webpParts(bytes: Uint8Array, view: DataView): string[] {
  const parts: string[] = [];
  const end = view.getUint32(4, true) + 8;
  for (let at = 12; at < end;) {
    const name = text(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    if (name === 'VP8X') parts.push(`VP8X ${(view.getUint8(at + 8) & 0x0c).toString(16)}`);
    else parts.push(name === 'EXIF' ? tags(bytes.subarray(at + 8, at + 8 + length)) : name.trim());
    at += 8 + length + (length % 2);
  }
  return end === bytes.length ? parts : [...parts, `trailer of ${bytes.length - end}`];
}

/** `Exif` and the tags with the first half word of each value. */
function tags(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const little = text(data, 0, 2) === 'II';
  const start = view.getUint32(4, little);
  const found = Array.from({ length: view.getUint16(start, little) }, (_, n) => {
    const at = start + 2 + n * 12;
    return `${view.getUint16(at, little)}=${view.getUint16(at + 8, little)}`;
  });
  const more = data.length - (start + 2 + found.length * 12 + 4);
  return `Exif ${found.join(' ')}${more ? ` and ${more} bytes` : ''}`;
}
