import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals small secrets that the server has to read again, under a key made from the install secret: a copy of the database alone opens none. */
export class Seal {
  readonly #key: Uint8Array;

  /** @param purpose keeps the keys of two uses apart. */
  constructor(installSecret: Uint8Array, purpose: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', installSecret, new Uint8Array(), purpose, 32));
  }

  /** For what apps for time-based codes and the server share. */
  static ofTimeCodes(installSecret: Uint8Array): Seal {
    return new Seal(installSecret, 'secrets of time-based codes of agents');
  }

  /** @param owner what the secret belongs to: sealed for one, it does not open for another. */
  close(secret: Uint8Array, owner: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce);
    cipher.setAAD(Buffer.from(owner));
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** @throws {Error} it was sealed for somebody else, by another installation, or changed. */
  open(sealed: string, owner: string): Uint8Array {
    const bytes = Buffer.from(sealed, 'base64url');
    const opener = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    opener.setAAD(Buffer.from(owner));
    opener.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]);
  }
}
