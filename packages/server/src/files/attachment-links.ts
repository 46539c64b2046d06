import { createHmac, timingSafeEqual } from 'node:crypto';

/** A link opens a file for so long. */
const LIFE_MS = 3 * 60_000;

/** A file as a link names it: another one of the same id, or the same under another name, needs a link of its own. */
export interface LinkedFile {
  deskId: string;
  id: string;
  name: string;
}

/** Signs addresses of files, so that a browser may fetch them without any token. */
export class AttachmentLinks {
  readonly #key: Buffer;

  constructor(installSecret: Uint8Array) {
    this.#key = createHmac('sha256', installSecret).update('attachment-link').digest();
  }

  /** @returns path and query, and until when they hold, in milliseconds since 1970. */
  sign(file: LinkedFile, now: number): { path: string; expiresAt: number } {
    const expiresAt = now + LIFE_MS;
    const query = new URLSearchParams({ expires: String(expiresAt), signature: this.#signature(file, expiresAt).toString('base64url') });
    return { path: `/v1/desks/${file.deskId}/attachments/${file.id}?${query.toString()}`, expiresAt };
  }

  /** @returns `gone`: it was a link of ours once. */
  verify(file: LinkedFile, expires: string | undefined, signature: string | undefined, now: number): 'valid' | 'gone' | 'forged' {
    if (expires === undefined || !/^\d{1,15}$/.test(expires)) return 'forged';
    const given = Buffer.from(signature ?? '', 'base64url');
    const expected = this.#signature(file, Number(expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
    return Number(expires) > now ? 'valid' : 'gone';
  }

  #signature({ deskId, id, name }: LinkedFile, expiresAt: number): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([deskId, id, name, expiresAt]))
      .digest();
  }
}
