/** Width and height of a picture once it is decoded. */
export interface ImageSize {
  /** Media type that the content has, whatever it is called. */
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

/** Markers of JPEG frames: all of C0 to CF but three that are something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Reads the size of a PNG, JPEG, GIF or WebP from its header, without decoding it. Undefined for anything else, and where the
 * size does not stand in these bytes: such a picture is not decoded at all.
 */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  try {
    if (text(0, 8) === '\x89PNG\r\n\x1a\n' && text(12, 16) === 'IHDR')
      return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    if (/^GIF8[79]a/.test(text(0, 6))) return gifSize(view);
    if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return webpSize(view, text(12, 16));
    if (text(0, 3) === '\xff\xd8\xff') return jpegSize(view);
  } catch {
    // it ends before its size
  }
  return undefined;
}

/** The screen, or a first frame that is larger than it. */
function gifSize(view: DataView): ImageSize | undefined {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  for (let at = 13 + tableBytes(view.getUint8(10)); ;) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      return { type: 'image/gif', width, height };
    }
    if (block !== 0x21) return undefined;
    for (at += 2; view.getUint8(at); at += view.getUint8(at) + 1);
    at++;
  }
}

function webpSize(view: DataView, chunk: string): ImageSize | undefined {
  const type = 'image/webp';
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { type, width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8 ') return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The largest frame before the first scan. */
function jpegSize(view: DataView): ImageSize | undefined {
  let found: ImageSize | undefined;
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker === 0xda) return found;
    else {
      if (isFrame(marker)) {
        const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
        if (width * height >= (found ? found.width * found.height : 0)) found = { type: 'image/jpeg', width, height };
      }
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}
