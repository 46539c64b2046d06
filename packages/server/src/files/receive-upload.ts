import { createHash } from 'node:crypto';
import { fileLimitsFor, SupportError } from '@storefront-support/contract';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { BytesMissingError } from './blob-store.js';
import { HEAD_BYTES, refusal, sniffHead, sniffWhole } from './sniff.js';
import { TextScan } from './text-scan.js';
import { findUpload, markRemoved, moveOffset, UPLOAD_LIFE_MS, type UploadRow } from './upload-rows.js';

/** Media types a desk takes from whoever writes to this contact. */
function acceptedTypes({ desk }: DeskConfig, contactId: string | null): string[] {
  return (
    fileLimitsFor(
      desk,
      desk.contacts.find(({ id }) => id === contactId),
    )?.types ?? []
  );
}

/**
 * Takes the next bytes of an upload: on disk first, acknowledged after. The last ones decide its type and its hash.
 *
 * @returns the upload as it is now.
 * @throws {SupportError} `type-not-allowed` or `checksum-mismatch`, and the upload is removed; `conflict`; `gone`.
 */
export async function receivePiece(ports: Ports, desk: DeskConfig, upload: UploadRow, bytes: Uint8Array): Promise<UploadRow> {
  const { deskId, id } = upload;
  const offset = upload.offset + bytes.length;
  await ports.blobs.write(deskId, id, upload.offset, bytes).catch(async (error: unknown) => {
    if (!(error instanceof BytesMissingError)) throw error;
    await removeUpload(ports, deskId, id);
    throw new SupportError('gone', 'The server has lost the bytes it had. Start a new upload.');
  });
  const next = { ...upload, offset, expiresAt: ports.now() + UPLOAD_LIFE_MS };
  try {
    if (next.type === null && upload.offset < HEAD_BYTES && offset >= Math.min(HEAD_BYTES, upload.size))
      await sniff(ports, desk, next, bytes);
    if (offset === upload.size) await finish(ports, desk, next);
  } catch (error) {
    if (error instanceof SupportError) await removeUpload(ports, deskId, id);
    throw error;
  }
  const { name, type, sha256, expiresAt } = next;
  const moved = await ports.store.write.run((trx) => moveOffset(trx, upload, { offset, name, type, sha256, expiresAt }));
  if (moved) return next;
  const now = await findUpload(ports.store.read, deskId, id);
  if (now && now.offset !== upload.offset) throw new SupportError('conflict', 'Another request was faster: ask with HEAD where it stands.');
  throw new SupportError('gone', 'The upload has been removed.');
}

/** Removes an upload that belongs to no ticket, bytes included. @returns false: there was none. */
export async function removeUpload({ store, blobs }: Ports, deskId: string, id: string): Promise<boolean> {
  const removed = await store.write.run((trx) => markRemoved(trx, deskId, id));
  if (removed) await blobs.delete(deskId, id);
  return removed;
}

async function sniff({ blobs }: Ports, desk: DeskConfig, upload: UploadRow, bytes: Uint8Array): Promise<void> {
  const whole = bytes.length === upload.offset;
  const head = whole ? bytes.subarray(0, HEAD_BYTES) : await blobs.head(upload.deskId, upload.id, HEAD_BYTES);
  const found = await sniffHead(head, upload.name);
  if (found) accept(desk, upload, found);
}

async function finish({ blobs }: Ports, desk: DeskConfig, upload: UploadRow): Promise<void> {
  const { deskId, id, expectedSha256 } = upload;
  const hash = createHash('sha256');
  const scan = upload.type === null ? new TextScan() : null;
  for await (const bytes of blobs.read(deskId, id)) {
    hash.update(bytes);
    scan?.push(bytes);
  }
  upload.sha256 = hash.digest('hex');
  if (expectedSha256 !== null && expectedSha256 !== upload.sha256) {
    throw new SupportError(
      'checksum-mismatch',
      'The whole file has another SHA-256 than its Upload-Metadata says. Send it again from the start.',
    );
  }
  if (scan) accept(desk, upload, await sniffWhole(blobs.read(deskId, id), upload.name, scan.end(), acceptedTypes(desk, upload.contactId)));
}

function accept(desk: DeskConfig, upload: UploadRow, found: { type: string; name: string }): void {
  const accepted = acceptedTypes(desk, upload.contactId);
  if (!accepted.includes(found.type)) throw new SupportError('type-not-allowed', refusal(found.type, accepted));
  upload.type = found.type;
  upload.name = found.name;
}
