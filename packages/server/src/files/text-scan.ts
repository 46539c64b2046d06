import { TextDecoder } from 'node:util';

/** NUL and the control characters no text file has; escape stays, terminal logs are full of it. */
const CONTROL = new Set([...Array(0x20).keys(), 0x7f].filter((code) => ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(code)));
/** Bytes that stand for nothing in Windows-1252. */
const UNASSIGNED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Tells text from anything else while the bytes go by: UTF-8, or a one-byte encoding without control characters. */
export class TextScan {
  #utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
  #control = false;
  #unassigned = false;

  push(bytes: Uint8Array): void {
    if (this.#control) return;
    for (const byte of bytes) {
      if (CONTROL_BYTE[byte] === 1) this.#control = true;
      else if (CONTROL_BYTE[byte] === 2) this.#unassigned = true;
    }
    this.#decode(bytes, true);
  }

  /** Whether what has gone by so far can be text; a character may still be cut in two. */
  get canBeText(): boolean {
    return !this.#control && (this.#utf8 !== null || !this.#unassigned);
  }

  /** Nothing more comes. */
  end(): boolean {
    this.#decode(new Uint8Array(), false);
    return this.canBeText;
  }

  #decode(bytes: Uint8Array, stream: boolean): void {
    try {
      this.#utf8?.decode(bytes, { stream });
    } catch {
      this.#utf8 = null;
    }
  }
}

const CONTROL_BYTE = Uint8Array.from({ length: 256 }, (_, code) => (CONTROL.has(code) ? 1 : UNASSIGNED.has(code) ? 2 : 0));
