/** Puts together what SSH calls strings and numbers (RFC 4251, 5). */
export function sshString(value: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return joined(sshNumber(bytes.length), bytes);
}

/** A `uint32`. */
export function sshNumber(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** All parts behind one another. */
export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Reads what the functions above write. Throws a `RangeError` where bytes are missing. */
export class SshReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.#bytes.length - this.#at) throw new RangeError('It ends too early.');
    return new Uint8Array(this.#bytes.subarray(this.#at, (this.#at += length)));
  }

  number(): number {
    return new DataView(this.bytes(4).buffer).getUint32(0);
  }

  string(): Uint8Array<ArrayBuffer> {
    return this.bytes(this.number());
  }

  /** A string of ASCII; other bytes become characters that no comparison expects. */
  text(): string {
    return String.fromCharCode(...this.string());
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}

/** Base64 as bytes; `undefined` for anything else. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    // several texts would stand for the same bytes
    return toBase64(bytes).replace(/=+$/, '') === text.replace(/=+$/, '') ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes as base64, padded. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
