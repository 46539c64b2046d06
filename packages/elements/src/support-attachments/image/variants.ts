import { fileOf, LARGE_PIXELS } from './look.js';
import type { Picture } from './picture.js';

/** Some phones draw nothing on a larger canvas. */
const MOST_PIXELS = 16_700_000;
const QUALITY = 0.9;

/**
 * Draws a picture anew, upright and without anything hidden.
 *
 * @param types tried in this order: not every browser writes each.
 * @param longest pixels of the longer side at most.
 * @returns undefined where the browser cannot.
 */
export async function redraw(file: File, types: string[], longest = Infinity): Promise<File | undefined> {
  const canvas = document.createElement('canvas');
  try {
    if (!isFaithful()) return undefined;
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const scale = Math.min(1, longest / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    for (const type of types) {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
      if (blob?.type === type) return fileOf([blob], file, type);
    }
  } catch {
    // not a picture this browser can decode
  } finally {
    // a phone counts the memory of canvases until they are collected
    canvas.width = canvas.height = 0;
  }
  return undefined;
}

/** False where a browser that hides its user gives back other pixels than were drawn. */
function isFaithful(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return false;
  context.fillStyle = '#5af08c';
  context.fillRect(0, 0, 1, 1);
  const { data } = context.getImageData(0, 0, 1, 1);
  return [0x5a, 0xf0, 0x8c].every((value, at) => Math.abs(value - (data[at] ?? 0)) < 9);
}

/** The picture with fewer pixels; itself where that would not help. */
export async function smaller(picture: Picture, accepted: readonly string[] | undefined): Promise<File> {
  const clean = picture.clean ?? picture.original;
  // a photo saved as PNG is large for its format's sake
  const others = ['image/webp', 'image/jpeg'].filter((type) => !accepted || accepted.includes(type));
  for (const types of clean.type === 'image/png' ? [['image/png'], others] : [[clean.type, 'image/jpeg']]) {
    const file = await redraw(clean, types, LARGE_PIXELS);
    if (file && file.size < clean.size * 0.8) {
      picture.shrunk = true;
      return file;
    }
  }
  picture.smallest = true;
  picture.wish = 'clean';
  return clean;
}

/** The picture with the film behind it, and a note that tells programs where the film is, but nothing else. */
export function withFilm({ original, cleaned }: Picture): File {
  const { parts = [], film = 0, type = '' } = cleaned ?? {};
  const note = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MicroVideo="1" GCamera:MicroVideoVersion="1" GCamera:MicroVideoOffset="${original.size - film}"/></rdf:RDF></x:xmpmeta>`;
  const length = note.length + 2;
  const [start, ...rest] = parts.map((part) => (part instanceof Uint8Array ? part : original.slice(part[0], part[1])));
  const segment = new Uint8Array([0xff, 0xe1, length >> 8, length & 255, ...new TextEncoder().encode(note)]);
  return fileOf([...(start ? [start] : []), segment, ...rest, original.slice(film)], original, type);
}
