/** Pictures with everything hidden in them that a camera, a phone or a program may have put there. Runs in browsers, too. */

/** Every hidden text has this in it. */
export const SECRET = 'Secret';

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const be16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value)];
const le32 = (value: number): number[] => be32(value).reverse();
export const joined = (...pieces: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};

/** Orientation, make, and a position in Paris. */
export function tiff(orientation: number): number[] {
  const make = ascii(`${SECRET}Camera\0`);
  const ifd = 8 + 2 + 3 * 12 + 4;
  const entry = (tag: number, type: number, count: number, value: number[]) => [...be16(tag), ...be16(type), ...be32(count), ...value];
  const gps = ifd + make.length + (make.length % 2);
  return [
    ...ascii('MM\0*'),
    ...be32(8),
    ...be16(3),
    ...entry(0x010f, 2, make.length, be32(ifd)),
    ...entry(0x0112, 3, 1, [...be16(orientation), 0, 0]),
    ...entry(0x8825, 4, 1, be32(gps)),
    ...be32(0),
    ...make,
    ...(make.length % 2 ? [0] : []),
    ...be16(2),
    ...entry(1, 2, 2, [...ascii('N'), 0, 0, 0]),
    ...entry(2, 5, 3, be32(gps + 30)),
    ...be32(0),
    ...be32(48),
    ...be32(1),
    ...be32(51),
    ...be32(1),
    ...be32(24),
    ...be32(1),
  ];
}

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="48,51N" dc:creator="${SECRET}Person"/></rdf:RDF></x:xmpmeta>`;
const ICC = [...be32(132), ...ascii('lcms'), ...Array.from({ length: 124 }, () => 0)];
const FILM = [...be32(24), ...ascii('ftypmp42'), ...be32(0), ...ascii('mp42isom'), ...ascii(`mdat${SECRET}Film`)];

const segment = (marker: number, data: number[]): number[] => [0xff, marker, ...be16(data.length + 2), ...data];

/** @param base a JPEG without anything hidden. */
export function hideInJpeg(base: Uint8Array, orientation = 1, behind: 'film' | 'pictures' | 'nothing' = 'film'): Uint8Array<ArrayBuffer> {
  const app0 = base[2] === 0xff && base[3] === 0xe0 ? 4 + (base[4] ?? 0) * 256 + (base[5] ?? 0) : 2;
  const trailers = { film: FILM, pictures: [...joined(base, ascii(`${SECRET}Trailer`))], nothing: [] };
  return joined(
    base.subarray(0, app0),
    segment(0xe1, [...ascii('Exif\0\0'), ...tiff(orientation)]),
    segment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0${XMP}`)),
    segment(0xe1, ascii(`http://ns.adobe.com/xmp/extension/\0${'A'.repeat(32)}\0\0\0\x20\0\0\0\0${SECRET}Extended`)),
    segment(0xed, [...ascii('Photoshop 3.0\x008BIM\x04\x04\0\0'), ...be32(16), ...ascii(`\x1c\x02\x5a\0\x0b${SECRET}City`)]),
    segment(0xe2, ascii(`MPF\0MM\0*${SECRET}`)),
    segment(0xe2, [...ascii('ICC_PROFILE\0\x01\x01'), ...ICC]),
    segment(0xe5, ascii(`${SECRET}Maker`)),
    segment(0xfe, ascii(`${SECRET}Comment`)),
    base.subarray(app0),
    trailers[behind],
  );
}

function crc(bytes: number[]): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const chunk = (name: string, data: number[]): number[] => [
  ...be32(data.length),
  ...ascii(name),
  ...data,
  ...be32(crc([...ascii(name), ...data])),
];

/** @param base a PNG without anything hidden. */
export function hideInPng(base: Uint8Array, orientation = 1): Uint8Array<ArrayBuffer> {
  const header = 8 + 25;
  return joined(
    base.subarray(0, header),
    chunk('gAMA', be32(45_455)),
    chunk('tEXt', ascii(`Comment\0${SECRET}Comment`)),
    chunk('iTXt', ascii(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`)),
    chunk('zTXt', ascii(`Raw profile type iptc\0\0${SECRET}Iptc`)),
    chunk('tIME', [7, 0xea, 5, 4, 3, 2, 1]),
    chunk('eXIf', tiff(orientation)),
    chunk('prVt', ascii(`${SECRET}Private`)),
    base.subarray(header),
    ascii(`${SECRET}Trailer`),
  );
}

/** @param base a WebP, extended or not, without anything hidden. */
export function hideInWebp(base: Uint8Array, size: number, orientation = 1): Uint8Array<ArrayBuffer> {
  const part = (name: string, data: number[]) => [...ascii(name), ...le32(data.length), ...data, ...(data.length % 2 ? [0] : [])];
  const extended = ascii('VP8X').every((byte, at) => base[12 + at] === byte);
  const flags = 0x08 | 0x04 | 0x20 | (extended ? (base[20] ?? 0) : 0);
  const side = le32(size - 1).slice(0, 3);
  const body = joined(
    ascii('WEBP'),
    part('VP8X', [flags, 0, 0, 0, ...side, ...side]),
    part('ICCP', ICC),
    base.subarray(extended ? 30 : 12),
    part('EXIF', tiff(orientation)),
    part('XMP ', ascii(XMP)),
    part('priv', ascii(`${SECRET}Private`)),
  );
  return joined(ascii('RIFF'), le32(body.length), body, ascii(`${SECRET}Trailer`));
}

/** @param base a GIF of one picture with a global colour table. */
export function hideInGif(base: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = 13 + ((base[10] ?? 0) & 0x80 ? 3 * 2 ** (((base[10] ?? 0) & 7) + 1) : 0);
  const comment = ascii(`${SECRET}Comment`);
  const xmp = ascii(`${SECRET}Xmp`);
  return joined(
    base.subarray(0, head),
    [0x21, 0xfe, comment.length, ...comment, 0],
    [0x21, 0xff, 11, ...ascii('XMP DataXMP'), xmp.length, ...xmp, 0],
    [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, 0, 0, 0],
    base.subarray(head),
    ascii(`${SECRET}Trailer`),
  );
}

/** One red pixel. */
export const GIF = joined(
  ascii('GIF89a'),
  [1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 0],
  [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b],
);
