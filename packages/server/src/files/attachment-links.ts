import { createHmac, timingSafeEqual } from 'node:crypto';

/** A link opens a file for so long. */
const LIFE_MS = 3 * 60_000;

/** A file as a link names it: another one of the same id, or the same under another name, needs a link of its own. */
export interface LinkedFile {
  deskId: string;
  id: string;
  name: string;
}

/** What the address of a link carries. */
export interface LinkQuery {
  expires?: string | undefined;
  session?: string | undefined;
  signature?: string | undefined;
}

/** Signs addresses of files, so that a browser may fetch them without any token. */
export class AttachmentLinks {
  readonly #key: Buffer;

  constructor(installSecret: Uint8Array) {
    this.#key = createHmac('sha256', installSecret).update('attachment-link').digest();
  }

  /**
   * @param sessionId of the session that asked, with whose end the link ends; empty: the ticket's own secret asked.
   * @returns path and query, and until when they hold, in milliseconds since 1970.
   */
  sign(file: LinkedFile, sessionId: string, now: number): { path: string; expiresAt: number } {
    const expiresAt = now + LIFE_MS;
    const signature = this.#signature(file, sessionId, expiresAt).toString('base64url');
    const query = new URLSearchParams({ expires: String(expiresAt), ...(sessionId && { session: sessionId }), signature });
    return { path: `/v1/desks/${file.deskId}/attachments/${file.id}?${query.toString()}`, expiresAt };
  }

  /** @returns `gone`: it was a link of ours once. Whether its session still stands is not looked at. */
  verify(file: LinkedFile, { expires, session = '', signature = '' }: LinkQuery, now: number): 'valid' | 'gone' | 'forged' {
    if (expires === undefined || !/^\d{1,15}$/.test(expires)) return 'forged';
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(file, session, Number(expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
    return Number(expires) > now ? 'valid' : 'gone';
  }

  #signature({ deskId, id, name }: LinkedFile, sessionId: string, expiresAt: number): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([deskId, id, name, sessionId, expiresAt]))
      .digest();
  }
}
