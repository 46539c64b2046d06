import { createHash, randomBytes } from 'node:crypto';
import type { FileLimits } from '@storefront-support/contract';
import type { Ports } from '../ports.js';
import { safeFileName } from './file-name.js';
import { removeUpload } from './receive-upload.js';
import { HEAD_BYTES, sniffHead, sniffWhole, type Sniffed } from './sniff.js';
import { TextScan } from './text-scan.js';
import { quotaWait, type QuotaLimits, type UploadRow } from './upload-rows.js';

/** Bytes that are written, and waited for, at once. */
const PIECE_BYTES = 512 * 1024;
/** A form that has not ended by then never does. */
const UNFINISHED_MS = 3_600_000;

/** A file of a posted form: kept, or why not. */
export type PostedFile = { name: string } & (
  | { id: string; size: number; type: string; sha256: string }
  | { problem: 'wrong-type' | 'too-large' | 'too-much'; limit: number }
  | { problem: 'rate-limited'; retryAfter: number }
  | { problem: 'unfinished' | 'one-too-many' }
);

/** What the files of one form have in common. */
export interface FormFiles {
  deskId: string;
  /** Hash of the secret that they are kept with. */
  secretHash: string;
  quotaKey: string;
  quota: QuotaLimits;
  limits: FileLimits;
  /** Bytes that the files of the form may still have; counted down. */
  left: number;
  /** How many have come; counted up. */
  count: number;
}

/**
 * Keeps a file while it arrives, as an upload that no ticket has yet. All of it is read, kept or not: what follows it in the form is
 * wanted, too.
 *
 * @param form null: files are not taken.
 */
export async function receiveFormFile(
  ports: Ports,
  form: FormFiles | null,
  written: string,
  bytes: AsyncIterable<Buffer>,
): Promise<PostedFile> {
  const name = safeFileName(written);
  if (!form || ++form.count > form.limits.count) {
    await eachOf(bytes, () => Promise.resolve());
    return { name, problem: 'one-too-many' };
  }
  const { deskId, limits } = form;
  const most = Math.min(limits.bytesPerFile, form.left);
  const row = rowOf(ports, form, name, most);
  const wait = await ports.store.write.run(async (trx) => {
    const wait = await quotaWait(trx, { ...row, now: row.createdAt }, form.quota);
    if (wait === 0) await trx.insertInto('upload').values(row).execute();
    return wait;
  });
  if (wait > 0) {
    await eachOf(bytes, () => Promise.resolve());
    return { name, problem: 'rate-limited', retryAfter: wait };
  }
  const writer = new FileWriter(ports, row, limits.types);
  const discard = async (refused: PostedFile) => {
    await removeUpload(ports, deskId, row.id);
    return refused;
  };
  const whole = await eachOf(bytes, async (chunk) => {
    if (writer.refused) return;
    if (writer.size + chunk.length > most) writer.refused = 'too-large';
    else await writer.push(chunk);
  }).catch(async (error: unknown) => {
    await removeUpload(ports, deskId, row.id);
    throw error;
  });
  if (!whole) return discard({ name, problem: 'unfinished' });
  const found = writer.refused ? null : await writer.end();
  if (!found) {
    const together = writer.refused === 'too-large' && most < limits.bytesPerFile;
    const problem = together ? 'too-much' : (writer.refused ?? 'wrong-type');
    return discard({ name, problem, limit: together ? limits.bytesPerTicket : limits.bytesPerFile });
  }
  form.left -= writer.size;
  const kept = { size: writer.size, offset: writer.size, sha256: writer.sha256(), type: found.type, name: found.name };
  await ports.store.write.run((trx) => trx.updateTable('upload').set(kept).where('deskId', '=', deskId).where('id', '=', row.id).execute());
  return { id: row.id, ...kept };
}

function rowOf({ now }: Ports, { deskId, secretHash, quotaKey }: FormFiles, name: string, size: number): UploadRow {
  return {
    deskId,
    id: randomBytes(32).toString('base64url'),
    secretHash,
    contactId: null,
    name,
    metadata: null,
    size,
    offset: 0,
    type: null,
    expectedSha256: null,
    sha256: null,
    ticketId: null,
    messageId: null,
    position: null,
    quotaKey,
    createdAt: now(),
    expiresAt: now() + UNFINISHED_MS,
  };
}

/** @returns false: they ended early. @throws what `take` throws, once all of them are read. */
async function eachOf(bytes: AsyncIterable<Buffer>, take: (chunk: Buffer) => Promise<void>): Promise<boolean> {
  const failures: unknown[] = [];
  try {
    for await (const chunk of bytes) if (failures.length === 0) await take(chunk).catch((error: unknown) => failures.push(error));
  } catch {
    if (failures.length === 0) return false;
  }
  if (failures.length > 0) throw failures[0];
  return true;
}

/** Writes one file in pieces and finds out what it is. */
class FileWriter {
  readonly #ports: Ports;
  readonly #row: UploadRow;
  readonly #accepted: readonly string[];
  readonly #hash = createHash('sha256');
  readonly #scan = new TextScan();
  readonly #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #filled = 0;
  #written = 0;
  #found: Sniffed | null = null;
  refused: 'wrong-type' | 'too-large' | undefined;

  constructor(ports: Ports, row: UploadRow, accepted: readonly string[]) {
    this.#ports = ports;
    this.#row = row;
    this.#accepted = accepted;
  }

  get size(): number {
    return this.#written + this.#filled;
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }

  async push(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0 && !this.refused;) {
      const taken = rest.copy(this.#piece, this.#filled);
      this.#filled += taken;
      rest = rest.subarray(taken);
      if (this.#filled === PIECE_BYTES) await this.#write();
    }
  }

  /** @returns what it is; null: nothing that is accepted. */
  async end(): Promise<Sniffed | null> {
    if (this.#filled > 0 || this.#written === 0) await this.#write();
    if (this.refused) return null;
    const { deskId, id, name } = this.#row;
    const whole = () => this.#ports.blobs.read(deskId, id);
    this.#found ??= await sniffWhole(whole(), name, this.#scan.end(), this.#accepted);
    return this.#accepted.includes(this.#found.type) ? this.#found : null;
  }

  async #write(): Promise<void> {
    const { deskId, id, name } = this.#row;
    const bytes = this.#piece.subarray(0, this.#filled);
    if (this.#written === 0) this.#found = await sniffHead(bytes.subarray(0, HEAD_BYTES), name);
    if (this.#found && !this.#accepted.includes(this.#found.type)) {
      this.refused = 'wrong-type';
      return;
    }
    this.#hash.update(bytes);
    this.#scan.push(bytes);
    await this.#ports.blobs.write(deskId, id, this.#written, bytes);
    this.#written += this.#filled;
    this.#filled = 0;
  }
}
