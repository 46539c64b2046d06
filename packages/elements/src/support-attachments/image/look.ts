import { bare } from '../../base/bare.js';
import { cleanJpeg } from './clean-jpeg.js';
import { cleanPng } from './clean-png.js';
import { cleanWebp } from './clean-webp.js';
import { latin1, type Cleaned, type Found, type Picture } from './picture.js';

/** More than this is not read into memory. */
const MOST_BYTES = 64 * 1_048_576;
/** What is larger than this on its longer side, or in bytes, may be made smaller. */
export const LARGE_PIXELS = 2_048;
export const LARGE_BYTES = 2_000_000;

const CLEANERS = [
  [/^\xff\xd8\xff/, cleanJpeg],
  [/^\x89PNG\r\n/, cleanPng],
  [/^RIFF[^]{4}WEBP/, cleanWebp],
  [/^GIF8[79]a/, (bytes: Uint8Array) => import('./clean-gif.js').then(({ cleanGif }) => cleanGif(bytes))],
] as const;
const HEIC = /^[^]{4}ftyp(?![^]*avif)(hei[cxms]|hev[cxms]|mif1|msf1)/;
/** Formats that can tell more than they show, beside those that are claimed to be pictures or films. */
const TALKATIVE = /^(%PDF|II\*\0|MM\0\*|[^]{4}ftyp)/;

/** What is hidden in a file: undefined where it is no picture, and of no kind that tells more than it shows. */
export async function look(file: File): Promise<Picture | undefined> {
  const head = latin1(new Uint8Array(await file.slice(0, 40).arrayBuffer()), 0, 40);
  const cleaner = CLEANERS.find(([signature]) => signature.test(head))?.[1];
  const heic = HEIC.test(head);
  if (!cleaner && !heic && !TALKATIVE.test(head) && !/^(image|video)\//.test(file.type)) return undefined;
  const bytes = cleaner && file.size <= MOST_BYTES ? new Uint8Array(await file.arrayBuffer()) : undefined;
  const cleaned = bytes && (await cleaner?.(bytes));
  return {
    original: file,
    cleaned,
    clean: cleaned && bytes && assemble(cleaned, bytes, file),
    wish: 'clean',
    problem: cleaned ? '' : cleaner ? 'unclean' : heic ? 'undecodable' : 'unsupported',
    converted: false,
    shrunk: false,
    smallest: false,
    large: !!cleaned && !cleaned.animated && (cleaned.longest > LARGE_PIXELS || file.size > LARGE_BYTES),
    settled: false,
    preview: undefined,
  };
}

/** In one piece: Firefox decodes no picture that is made of several. */
function assemble({ parts, found, type }: Cleaned, bytes: Uint8Array, file: File): File {
  const pieces = parts.map((part) => (part instanceof Uint8Array ? part : bytes.subarray(part[0], part[1])));
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return anythingIn(found) || whole.length !== file.size ? fileOf([whole], file, type) : file;
}

export function anythingIn({ location, camera, moving, other }: Found): boolean {
  return location || camera || moving || other;
}

/** A file of the same name; its ending follows the type where the type is another one. */
export function fileOf(pieces: BlobPart[], { name, type: before, lastModified }: File, type: string): File {
  const ending = type.slice(6).replace('jpeg', 'jpg');
  const named = type === before || !before ? name : `${name.replace(/\.\w+$/, '')}.${ending}`;
  return new File(pieces, named, bare({ type, lastModified, endings: 'transparent' }));
}
