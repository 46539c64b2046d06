import type { FileTypeResult } from 'file-type';
import { extensionOf, withExtension } from './file-name.js';
import { TextScan } from './text-scan.js';

/** So many bytes tell most types. */
export const HEAD_BYTES = 4_100;

/** Found in the content. The name ends in an extension that suits it. */
export interface Sniffed {
  type: string;
  name: string;
}

/** Types whose first bytes may belong to a closer one further in, or that are text. */
const OPEN = new Set(['application/zip', 'application/xml', 'text/calendar', 'text/vcard', 'text/vtt']);
const TEXTUAL = new Set([...OPEN].filter((type) => type !== 'application/zip'));

const TEXT_TYPES: { [extension: string]: string } = {
  csv: 'text/csv',
  ics: 'text/calendar',
  json: 'application/json',
  md: 'text/markdown',
  vcf: 'text/vcard',
  vtt: 'text/vtt',
  xml: 'application/xml',
};
/** Extensions a plain text may keep: no program opens them as anything but text. */
const PLAIN_EXTENSIONS = [
  'txt',
  'cfg',
  'conf',
  'css',
  'csv',
  'diff',
  'ini',
  'json',
  'log',
  'md',
  'patch',
  'po',
  'sql',
  'srt',
  'text',
  'toml',
  'tsv',
  'yaml',
  'yml',
];

/** Other spellings of file-type's extensions. */
const ALIASES: { [extension: string]: readonly string[] } = {
  jpg: ['jpeg', 'jpe', 'jfif'],
  tif: ['tiff'],
  heic: ['heif'],
  mp4: ['m4v'],
  mpg: ['mpeg'],
  mid: ['midi'],
  aif: ['aiff'],
  ogg: ['oga'],
};

const EXECUTABLE = new Set([
  'application/x-elf',
  'application/x-msdownload',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/x-deb',
  'application/x-rpm',
  'application/x-apple-diskimage',
  'application/x-ms-shortcut',
  'application/x-ms-regedit',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
  'application/wasm',
]);

/**
 * What the first bytes say.
 *
 * @returns null: only the whole file can tell. A type of `application/octet-stream` means: neither known nor text.
 */
export async function sniffHead(head: Uint8Array, name: string): Promise<Sniffed | null> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && !OPEN.has(found.mime)) return named(found, name);
  if (found) return null;
  const scan = new TextScan();
  scan.push(head);
  return scan.canBeText ? null : unknown(name);
}

/**
 * What the whole file says.
 *
 * @param isText what a `TextScan` of all bytes has found.
 * @param accepted picks between a text's own type and `text/plain`, which nothing in the content can tell apart.
 */
export async function sniffWhole(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  isText: boolean,
  accepted: readonly string[],
): Promise<Sniffed> {
  const { fileTypeFromStream } = await import('file-type');
  const found = await fileTypeFromStream(ReadableStream.from(bytes)).catch(() => undefined);
  if (found && !TEXTUAL.has(found.mime)) return named(found, name);
  if (!isText) return unknown(name);
  const extension = extensionOf(name);
  const own = Object.hasOwn(TEXT_TYPES, extension) ? TEXT_TYPES[extension] : undefined;
  if (own !== undefined && accepted.includes(own)) return { type: own, name };
  return { type: 'text/plain', name: withExtension(name, PLAIN_EXTENSIONS) };
}

/** For developers and logs: why a type is not taken, and what would be. */
export function refusal(type: string, accepted: readonly string[]): string {
  const what = EXECUTABLE.has(type)
    ? `The content is an executable program (${type}), whatever its name says`
    : type === 'application/octet-stream'
      ? 'The content is of no type known here'
      : `The content is ${type}, whatever its name says`;
  return `${what}. Accepted: ${accepted.join(', ')}.`;
}

function named({ ext, mime }: FileTypeResult, name: string): Sniffed {
  return { type: mime, name: withExtension(name, [ext, ...(Object.hasOwn(ALIASES, ext) ? (ALIASES[ext] ?? []) : [])]) };
}

function unknown(name: string): Sniffed {
  return { type: 'application/octet-stream', name };
}
