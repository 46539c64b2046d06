/** SHA-256 of bytes. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// without I, L, O and U: nobody has to ask which one was meant
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `groups` × 5 characters of `bytes` in Crockford's base32, in groups of five: to be read out and compared. */
export function spokenCode(bytes: Uint8Array, groups: number): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31];
    value &= 0xff;
  }
  return Array.from({ length: groups }, (_, i) => text.slice(i * 5, i * 5 + 5)).join('-');
}

/** A code as somebody typed it, as `spokenCode` writes it. */
export function typedCode(text: string): string {
  const letters = text
    .toUpperCase()
    .replace(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return letters.match(/.{1,5}/g)?.join('-') ?? '';
}
