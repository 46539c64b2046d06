import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226, 4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an app for time-based codes (RFC 6238) and the server share. */
export function newTimeCodeSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/**
 * The step that a code belongs to: this one, the one before or the one after (RFC 6238, 5.2); null: none. A step that was accepted
 * once must not be accepted again.
 *
 * @param now milliseconds since 1970.
 */
export function stepOf(code: string, secret: Uint8Array, now: number): number | null {
  const current = Math.floor(now / STEP_MS);
  const typed = Buffer.from(code.replace(/\s/g, ''), 'utf8');
  let found: number | null = null;
  for (const step of [current - 1, current, current + 1]) {
    const right = Buffer.from(timeCode(secret, step), 'utf8');
    if (typed.length === right.length && timingSafeEqual(typed, right)) found = step;
  }
  return found;
}

/** The code of one step: HOTP (RFC 4226, 5.3) over the number of the step. */
export function timeCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** As apps take it by hand (RFC 4648, 6, unpadded). */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31];
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

/** As apps take it from a picture. https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function timeCodeUri(secret: Uint8Array, email: string): string {
  const issuer = 'Storefront Support';
  const query = new URLSearchParams({ secret: base32(secret), issuer });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${query.toString().replaceAll('+', '%20')}`;
}
