import { latin1, type Found } from './picture.js';

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const SHORT = 3;

/**
 * Reads a TIFF structure, as Exif data is, and notes what it tells.
 *
 * @returns the orientation, 1 to 8; 0 where there is none.
 */
export function readTiff(bytes: Uint8Array, from: number, to: number, found: Found): number {
  let orientation = 0;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, to - from);
    const little = view.getUint16(0) === 0x4949;
    const start = view.getUint32(4, little);
    for (let left = view.getUint16(start, little), at = start + 2; left > 0; left--, at += 12) {
      const tag = view.getUint16(at, little);
      const value = view.getUint16(at + 8, little);
      const valid = view.getUint16(at + 2, little) === SHORT && view.getUint32(at + 4, little) === 1 && value > 0 && value < 9;
      if (tag !== ORIENTATION) found.camera = true;
      else if (valid) orientation ||= value;
      if (tag === GPS) found.location = true;
    }
  } catch {
    // cut short or garbled: what could be read counts
    found.camera = true;
  }
  return orientation;
}

/** Notes what text in a picture tells: XMP, comments. */
export function readText(bytes: Uint8Array, from: number, to: number, found: Found): void {
  if (/GPS|[Ll]ocation/.test(latin1(bytes, from, Math.min(to, from + 65_536)))) found.location = true;
  else found.other = true;
}

/** The smallest TIFF structure that says how a picture stands. */
export function tiffOf(orientation: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
}
