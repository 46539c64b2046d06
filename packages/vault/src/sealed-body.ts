import { hex, sha256 } from './digest.js';

/** A record ready to be sent. */
export interface SealedAccess {
  /** An age file; behind it, for a lent file, a second one. */
  body: Uint8Array<ArrayBuffer>;
  /** How many bytes at the end of the body are the second age file; 0: there is none. */
  fileBytes: number;
  /** Number of the team's key that opens it. */
  epoch: number;
  /** SHA-256 of the body, hexadecimal: what the server must say it has received. */
  receipt: string;
}

/** Puts the age files of a record together. */
export async function joinBody(record: Uint8Array, file: Uint8Array | undefined, epoch: number): Promise<SealedAccess> {
  const body = new Uint8Array(record.length + (file?.length ?? 0));
  body.set(record);
  if (file) body.set(file, record.length);
  return { body, fileBytes: file?.length ?? 0, epoch, receipt: hex(await sha256(body)) };
}

/** The two age files of a record's body. */
export function splitBody(body: Uint8Array, fileBytes: number): { record: Uint8Array; file: Uint8Array | undefined } {
  if (!fileBytes) return { record: body, file: undefined };
  return { record: body.subarray(0, -fileBytes), file: body.subarray(-fileBytes) };
}
