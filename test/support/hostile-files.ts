import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { storedZip } from './stored-zip.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

const EXTENSIONS = ['html', 'svg', 'exe', 'js', 'php', 'lnk', 'url', 'scf', 'desktop', 'hta', 'jar', 'sh', 'bat', 'ps1', 'xhtml', 'mht'];
const RESERVED = ['CON', 'PRN', 'AUX', 'NUL', 'COM1', 'LPT9', 'CONIN$', 'desktop.ini', 'Thumbs.db', '.DS_Store', '.bashrc', '.ssh'];
const SEPARATORS = ['/', '\\', '//', '\\\\', '/./', '/../', '\u2215', '\u2044', '\uff0f', '\uff3c', ':', '%2f', '%5c', '%252f', '..%c0%af'];
const INVISIBLE = [
  '\u202e',
  '\u202d',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\u200b',
  '\u200d',
  '\u200e',
  '\u200f',
  '\ufeff',
  '\u00ad',
  '\u061c',
];
const BREAKS = ['\r\n', '\n', '\r', '\0', '\t', '\u0085', '\u2028', '\u2029', '\u001b', '\u0007', '\u007f'];

/** Two hundred and more names that have got out of folders, into headers or past people elsewhere. */
export const HOSTILE_NAMES: readonly string[] = [
  ...new Set([
    ...HOSTILE_TEXTS.map((text) => `${text}.txt`),
    ...EXTENSIONS.flatMap((extension) => [
      `invoice.pdf.${extension}`,
      `invoice\u202etxt.${extension}`,
      `invoice.${extension}.`,
      `a.txt;.${extension}`,
    ]),
    ...RESERVED.flatMap((name) => [name, `${name}.txt`]),
    ...SEPARATORS.map((separator) => `..${separator}..${separator}etc${separator}passwd`),
    ...INVISIBLE.map((character) => `in${character}voice.txt`),
    ...BREAKS.map((character) => `a${character}Set-Cookie: x=1${character}.txt`),
    'a'.repeat(4_000),
    '\u{1f600}'.repeat(900),
    `${'../'.repeat(400)}etc/passwd`,
    'file:///etc/passwd',
    '\\\\evil.example\\share\\a.txt',
    'a.txt:$DATA',
    'a.txt"; filename="b.exe',
    "a.txt'; filename*=UTF-8''b.exe",
    'a\\".txt',
    '~root',
    '-rf',
    '*',
    '?',
    '|',
    ' .txt',
    '.txt',
    '. .txt',
    'a.txt ',
    'a.txt....',
  ]),
];

/** A file, and whether it is small on the wire and large where it is unpacked. */
export interface HostileFile {
  name: string;
  bytes: Buffer;
  bomb?: true;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const GIF = ascii('GIF89a/*');
const BOMB_BYTES = 150_000_000;

/** Forty files. @param script what each of them tries to run, where it is told which of them it is. */
export function hostileFiles(script: (name: string) => string): HostileFile[] {
  const page = (name: string, before = '') =>
    Buffer.from(`${before}<!doctype html><html><body><script>${script(name)}</script></body></html>`);
  const svg = (inside: string, attributes = '') =>
    Buffer.from(
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
    );
  const code = (name: string) => script(name).replaceAll('"', "'").replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const runs: [string, Buffer][] = [
    ['script.svg', svg(`<script>${script('script.svg')}</script>`)],
    ['onload.svg', svg('', `onload="${code('onload.svg')}"`)],
    ['animated.svg', svg(`<animate attributeName="x" dur="1s" onbegin="${code('animated.svg')}"/>`)],
    [
      'foreign.svg',
      svg(`<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="${code('foreign.svg')}"/></foreignObject>`),
    ],
    ['use.svg', svg(`<use xlink:href="data:image/svg+xml,%3Csvg onload='${encodeURIComponent(script('use.svg'))}'/%3E#x"/>`)],
    ['cdata.svg', svg(`<script><![CDATA[${script('cdata.svg')}]]></script>`)],
    [
      'entity.svg',
      Buffer.from(
        `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY s "${code('entity.svg')}">]><svg xmlns="http://www.w3.org/2000/svg" onload="&s;"/>`,
      ),
    ],
    ['as-picture.jpg', svg(`<script>${script('as-picture.jpg')}</script>`)],
    ['page.html', page('page.html')],
    ['page.jpg', page('page.jpg')],
    ['page.png', page('page.png')],
    ['page.txt', page('page.txt')],
    ['page.csv', page('page.csv')],
    ['page.pdf', page('page.pdf')],
    ['frame.html', Buffer.from(`<iframe srcdoc="&lt;script&gt;${code('frame.html')}&lt;/script&gt;"></iframe>`)],
    ['refresh.html', Buffer.from(`<meta http-equiv="refresh" content="0;url=javascript:${code('refresh.html')}">`)],
    ['utf16.html', Buffer.from(`\ufeff<script>${script('utf16.html')}</script>`, 'utf16le')],
    ['utf7.html', ascii(`+ADw-script+AD4-${script('utf7.html')}+ADw-/script+AD4-`)],
    ['page.xhtml', Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><script>${script('page.xhtml')}</script></html>`)],
    ['style.xml', Buffer.from(`<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">${script('style.xml')}</x:script>`)],
    ['program.js', Buffer.from(script('program.js'))],
    ['program.txt', Buffer.from(script('program.txt'))],
    ['program.css', Buffer.from(`@import url("javascript:${code('program.css')}"); body{background:url("javascript:0")}`)],
    ['polyglot.jpg', Buffer.concat([JPEG, ascii('*/='), Buffer.from(`1;${script('polyglot.jpg')};/*`), Buffer.from([0xff, 0xd9])])],
    ['polyglot.gif', Buffer.concat([GIF, Buffer.alloc(40, ' '), Buffer.from(`*/=1;${script('polyglot.gif')}`)])],
    ['page-in.gif', Buffer.concat([ascii('GIF89a'), Buffer.from([1, 0, 1, 0, 0, 0, 0]), page('page-in.gif')])],
    ['page-in.jpg', Buffer.concat([JPEG, page('page-in.jpg'), Buffer.from([0xff, 0xd9])])],
    ['page-in.pdf', Buffer.concat([ascii('%PDF-1.7\n'), page('page-in.pdf')])],
    [
      'script.pdf',
      ascii(`%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`),
    ],
    ['jar.gif', Buffer.concat([ascii('GIF89a'), Buffer.from([1, 0, 1, 0, 0, 0, 0, 0x3b]), storedZip([['a.html', page('jar.gif')]])])],
    [
      'slip.zip',
      storedZip([
        ['../../../../tmp/slipped.txt', 'out'],
        ['/etc/slipped', 'out'],
      ]),
    ],
  ];
  const zeros = Buffer.alloc(BOMB_BYTES);
  const deflated = deflateRawSync(zeros, { level: 9 });
  const bombs: [string, Buffer][] = [
    ['bomb.gz', gzipSync(zeros, { level: 9 })],
    ['bomb.zip', deflatedZip('zeros.txt', deflated, crc32(zeros), BOMB_BYTES)],
    ['bomb.docx', deflatedZip('[Content_Types].xml', deflated, crc32(zeros), BOMB_BYTES)],
    ['bomb.epub', deflatedZip('mimetype', deflated, crc32(zeros), BOMB_BYTES)],
    ['bomb.png', png(60_000, 60_000, deflateSync(zeros, { level: 9 }))],
    ['bomb-comment.png', pngWithText(deflateSync(zeros, { level: 9 }))],
    [
      'bomb.gif',
      Buffer.concat([
        ascii('GIF89a'),
        Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0]),
        Buffer.from([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 1, 0, 0, 0x3b]),
      ]),
    ],
    ['laughs.svg', Buffer.from(`<?xml version="1.0"?>${laughs()}<svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>`)],
    [
      'bomb.pdf',
      Buffer.concat([
        ascii(`%PDF-1.7\n1 0 obj<</Filter/FlateDecode/Length ${deflated.length}>>stream\n`),
        deflateSync(zeros, { level: 9 }),
        ascii('\nendstream endobj\n%%EOF'),
      ]),
    ],
  ];
  return [...runs.map(([name, bytes]) => ({ name, bytes })), ...bombs.map(([name, bytes]) => ({ name, bytes, bomb: true as const }))];
}

function deflatedZip(name: string, deflated: Buffer, crc: number, size: number): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(crc, 10);
  facts.writeUInt32LE(deflated.length, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([ascii('PK\x03\x04'), facts, ascii(name), deflated]);
  const directory = Buffer.concat([ascii('PK\x01\x02'), Buffer.from([20, 0]), facts, Buffer.alloc(14), ascii(name)]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, ascii('PK\x05\x06'), end]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([ascii(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function png(width: number, height: number, data: Buffer, more: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), ...more, chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function pngWithText(compressed: Buffer): Buffer {
  return png(1, 1, deflateSync(Buffer.alloc(4)), [chunk('zTXt', Buffer.concat([ascii('Comment\0\0'), compressed]))]);
}

function laughs(): string {
  const lines = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
  return `<!DOCTYPE svg [<!ENTITY l0 "ha">${lines.join('')}]>`;
}
