import { vaultError } from '../vault-error.js';

/** Bytes a header may have: 160 classical recipients, or 10 post-quantum ones. The library itself reads lines of any length. */
export const HEADER_LIMIT = 16 * 1024;

/** Stanza of a passkey, which only the file of a passkey's own key may have. */
export const PASSKEY_STANZA = 'age-encryption.org/fido2prf';

const VERSION_LINE = 'age-encryption.org/v1';
const MAC_LINE = /^--- [A-Za-z0-9+/]{43}$/;
const BODY_OF_32_BYTES = /^[A-Za-z0-9+/]{43}$/;
/** Length of the one argument, in base64 without padding, of each stanza that a record may have. */
const KNOWN = new Map([
  ['X25519', 43],
  ['mlkem768x25519', 1494],
]);
/** Made by rage and others so that readers stay used to stanzas they do not know; it opens nothing. */
const GREASE = /^([!-~]{1,40}-)?grease$/;
const BODY_LINE = 64;

/** An age file, taken apart at the end of its header. */
export interface AgeParts {
  /** From the version line to the line of the MAC, its line end included. */
  header: Uint8Array<ArrayBuffer>;
  /** Nonce and chunks. Without a header nothing in the world opens it. */
  payload: Uint8Array<ArrayBuffer>;
  /** First words of the stanzas, in order. */
  stanzas: string[];
}

/**
 * Takes an age file apart and refuses every header this vault would not write or did not expect.
 *
 * @param also Stanza types that are welcome beside X25519 and mlkem768x25519.
 * @throws {VaultError} `not-age`, `header-too-large`, `unknown-stanza`; `tampered` for a header that is cut or malformed
 */
export function splitAgeFile(file: Uint8Array, also: readonly string[] = []): AgeParts {
  const lines = new HeaderLines(file);
  if (lines.next() !== VERSION_LINE) throw vaultError('not-age', 'This is no age file of version 1.');
  const stanzas: string[] = [];
  for (;;) {
    const line = lines.next();
    if (line.startsWith('---')) {
      if (!MAC_LINE.test(line) || !stanzas.some((type) => !GREASE.test(type))) throw damaged();
      return { header: new Uint8Array(file.subarray(0, lines.end)), payload: new Uint8Array(file.subarray(lines.end)), stanzas };
    }
    stanzas.push(readStanza(line, lines, also));
  }
}

/** Puts header and payload of a record together again: a plain age file. */
export function joinAgeFile(header: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(header.length + payload.length);
  file.set(header);
  file.set(payload, header.length);
  return file;
}

function readStanza(line: string, lines: HeaderLines, also: readonly string[]): string {
  const [arrow, type = '', ...args] = line.split(' ');
  if (arrow !== '->' || !type) throw damaged();
  let body = '';
  let last: string;
  do {
    last = lines.next();
    if (last.length > BODY_LINE) throw damaged();
    body += last;
  } while (last.length === BODY_LINE);
  const argument = KNOWN.get(type);
  if (argument !== undefined) {
    if (args.length !== 1 || args[0]?.length !== argument || !BODY_OF_32_BYTES.test(body)) throw damaged();
  } else if (!also.includes(type) && !GREASE.test(type)) {
    throw vaultError('unknown-stanza', 'The header names a kind of recipient that this vault does not use.');
  }
  return type;
}

/** Lines of a header, never further than its limit. */
class HeaderLines {
  /** Position behind the last line that was read. */
  end = 0;
  readonly #file: Uint8Array;

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  next(): string {
    const from = this.end;
    const stop = this.#file.subarray(0, HEADER_LIMIT).indexOf(0x0a, from);
    if (stop < 0) {
      if (from === 0) return '';
      if (this.#file.length > HEADER_LIMIT) throw vaultError('header-too-large', `A header has at most ${HEADER_LIMIT} bytes.`);
      throw damaged();
    }
    this.end = stop + 1;
    return String.fromCharCode(...this.#file.subarray(from, stop));
  }
}

function damaged() {
  return vaultError('tampered', 'The header was changed or cut after it was sealed.');
}
