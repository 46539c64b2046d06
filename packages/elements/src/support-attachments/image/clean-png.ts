import { readText, readTiff, tiffOf } from './orientation.js';
import { append, latin1, nothingFound, type Cleaned, type Part } from './picture.js';

const SHOWN = /^(IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDC[Vv]|cLL[Ii]|bKGD|pHYs|acTL|fcTL|fdAT)$/;

/** https://www.w3.org/TR/png-3/#5Chunk-layout. Undefined: not as it should be, so nobody knows what it hides. */
export function cleanPng(bytes: Uint8Array): Cleaned | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = nothingFound();
  const parts: Part[] = [[0, 8]];
  let longest = 0;
  let animated = false;
  let at = 8;
  for (let name = ''; at + 12 <= bytes.length && name !== 'IEND';) {
    const length = view.getUint32(at);
    name = latin1(bytes, at + 4, at + 8);
    const data = at + 8;
    let end = data + length + 4;
    if (end > bytes.length) {
      // pixels that were cut short are shown as far as they came
      if (name !== 'IDAT') return undefined;
      end = bytes.length;
    }
    if (longest === 0) {
      if (name !== 'IHDR' || length !== 13) return undefined;
      longest = Math.max(1, view.getUint32(data), view.getUint32(data + 4));
    }
    animated ||= name === 'acTL';
    // a length that was changed would take in what follows
    const valid = /^(IDAT|fdAT)$/.test(name) || checksum(bytes.subarray(at + 4, end - 4)) === view.getUint32(end - 4);
    if (SHOWN.test(name)) {
      if (!valid) return undefined;
      append(parts, at, end);
    } else if (/^[A-Z]/.test(name)) return undefined;
    else if (name === 'eXIf') {
      // what has a wrong checksum is not read by a browser either
      const orientation = readTiff(bytes, data, end - 4, found);
      if (valid && orientation > 1) parts.push(exifChunk(orientation));
    } else readText(bytes, at + 4, end, found);
    at = end;
  }
  if (longest === 0) return undefined;
  if (at < bytes.length) found.other = true;
  return { type: 'image/png', parts, found, film: 0, longest, animated };
}

function exifChunk(orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = tiffOf(orientation);
  const chunk = new Uint8Array(12 + tiff.length);
  chunk[3] = tiff.length;
  chunk.set([0x65, 0x58, 0x49, 0x66, ...tiff], 4);
  new DataView(chunk.buffer).setUint32(chunk.length - 4, checksum(chunk.subarray(4, -4)));
  return chunk;
}

/** CRC-32 of ISO 3309, bit by bit: it is only asked for a handful of bytes. */
function checksum(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
