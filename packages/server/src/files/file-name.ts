/** UTF-8 bytes; what common file systems take, with room for a counter in front. */
const LONGEST = 240;

/**
 * A sender's file name made safe to show and to save: the last part of a path, without control, format (bidi, zero-width) and
 * line-breaking characters, not hidden, not over-long. Never empty.
 */
export function safeFileName(raw: string): string {
  const last =
    raw
      .toWellFormed()
      .normalize('NFC')
      .split(/[/\\]/)
      .findLast((part) => part.trim() !== '') ?? '';
  const shown = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u{E0100}-\u{E01EF}]/gu, '')
    .replace(/[\p{Z}]+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return shorten(shown) || 'file';
}

/** The name, with `.extension` appended unless it ends in one of those that suit its content. */
export function withExtension(name: string, suitable: readonly string[]): string {
  if (suitable.length === 0 || suitable.includes(extensionOf(name))) return name;
  return `${shorten(name)}.${suitable[0]}`;
}

/** Lower case, without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  const extension = extensionOf(name);
  const tail = extension !== '' && extension.length <= 12 ? `.${extension}` : '';
  let kept = '';
  let bytes = Buffer.byteLength(tail);
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > LONGEST) break;
    kept += character;
  }
  return kept.trimEnd() + tail;
}
