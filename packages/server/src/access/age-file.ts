import { SupportError } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';

/** An age file, cut where its header ends. */
export interface AgeParts {
  /** Up to the line break after its last line. */
  header: Uint8Array;
  payload: Uint8Array;
}

const VERSION = 'age-encryption.org/v1';
/** Stanzas of keys that a team may have. A passphrase is nobody's key. */
const KNOWN = new Set(['X25519', 'mlkem768x25519']);
const BASE64_LINE = /^[A-Za-z0-9+/]{0,64}$/;
const MAC_LINE = /^--- [A-Za-z0-9+/]{43}$/;
/** A nonce, and one chunk of nothing. */
const PAYLOAD_MIN = 32;

/**
 * Reads the lines of a header and nothing else: whether anybody could open the rest, only they can tell.
 *
 * @throws {SupportError} `not-age`: no age file of version 1 for at least one key of a known kind; so text, JSON and whatever a
 *   wrongly wired page may send are never kept.
 */
export function splitAge(bytes: Uint8Array): AgeParts {
  const lines = headerLines(bytes);
  let stanzas = 0;
  let body = false;
  for (const line of lines.text.slice(1, -1)) {
    if (line.startsWith('-> ')) {
      const [type = '', ...rest] = line.slice(3).split(' ');
      if (body || rest.some((argument) => !/^[!-~]+$/.test(argument))) throw notAge();
      // what is unknown is there to keep parsers honest; a passphrase could be guessed
      if (type === 'scrypt') throw notAge();
      if (KNOWN.has(type)) stanzas += 1;
      body = true;
    } else {
      if (!body || !BASE64_LINE.test(line)) throw notAge();
      // a short line ends the body of a stanza
      if (line.length < 64) body = false;
    }
  }
  if (body || stanzas === 0 || lines.text[0] !== VERSION || !MAC_LINE.test(lines.text.at(-1) ?? '')) throw notAge();
  const payload = bytes.subarray(lines.end);
  if (payload.byteLength < PAYLOAD_MIN) throw notAge();
  return { header: bytes.subarray(0, lines.end), payload };
}

/** The lines up to the one that ends the header, and where what follows begins. */
function headerLines(bytes: Uint8Array): { text: string[]; end: number } {
  const text: string[] = [];
  const most = Math.min(bytes.byteLength, ACCESS.headerBytes);
  for (let from = 0; from < most;) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0 || end >= most) break;
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1');
    text.push(line);
    from = end + 1;
    if (line.startsWith('---')) return { text, end: from };
    if (text.length === 1 && line !== VERSION) break;
  }
  throw notAge();
}

function notAge(): SupportError {
  return new SupportError(
    'not-age',
    `Send what age has sealed to the team: version 1, X25519 or mlkem768x25519, a header of at most ${ACCESS.headerBytes} bytes.`,
  );
}
