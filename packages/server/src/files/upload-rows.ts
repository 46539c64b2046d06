import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Database, UploadTable } from '../store/schema.js';

export type UploadRow = Selectable<UploadTable>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An upload that belongs to no ticket is kept so long after its last byte. */
export const UPLOAD_LIFE_MS = DAY;
/** `expiresAt` of an upload taken back or refused: the row stays for a day so that the quota still counts it. */
export const REMOVED = 0;

export interface QuotaLimits {
  /** 0: no limit. */
  bytesPerDay: number;
  /** 0: no limit. */
  perHour: number;
}

export async function findUpload(db: Kysely<Database>, deskId: string, id: string): Promise<UploadRow | undefined> {
  return db.selectFrom('upload').selectAll().where('deskId', '=', deskId).where('id', '=', id).executeTakeFirst();
}

/** Milliseconds until an upload of `size` bytes fits the quota again; 0: it fits now. */
export async function quotaWait(
  trx: Transaction<Database>,
  { deskId, quotaKey, size, now }: { deskId: string; quotaKey: string; size: number; now: number },
  { bytesPerDay, perHour }: QuotaLimits,
): Promise<number> {
  const recent = trx.selectFrom('upload').where('deskId', '=', deskId).where('quotaKey', '=', quotaKey);
  if (perHour > 0) {
    const { count, first } = await recent
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('createdAt').as('first')])
      .where('createdAt', '>', now - HOUR)
      .executeTakeFirstOrThrow();
    if (Number(count) >= perHour) return Math.max(1, Number(first) + HOUR - now);
  }
  if (bytesPerDay > 0) {
    const { bytes, first } = await recent
      .select(({ fn, eb }) => [
        fn.sum<number | null>(eb.case().when('expiresAt', '=', REMOVED).then(eb.ref('offset')).else(eb.ref('size')).end()).as('bytes'),
        fn.min('createdAt').as('first'),
      ])
      .where('createdAt', '>', now - DAY)
      .executeTakeFirstOrThrow();
    if (Number(bytes ?? 0) + size > bytesPerDay) return Math.max(1, Number(first ?? now) + DAY - now);
  }
  return 0;
}

/** Moves the offset from where it was. @returns false: the upload is gone, or a ticket has it. */
export async function moveOffset(
  trx: Transaction<Database>,
  upload: Pick<UploadRow, 'deskId' | 'id' | 'offset'>,
  changes: { offset: number; name: string; type: string | null; sha256: string | null; expiresAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('upload')
    .set(changes)
    .where('deskId', '=', upload.deskId)
    .where('id', '=', upload.id)
    .where('offset', '=', upload.offset)
    .where('ticketId', 'is', null)
    .where('expiresAt', '>', REMOVED)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Marks an upload as taken back. @returns false: it is gone already, or a ticket has it. */
export async function markRemoved(trx: Transaction<Database>, deskId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('upload')
    .set({ expiresAt: REMOVED, name: '', metadata: null, expectedSha256: null, sha256: null })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .where('ticketId', 'is', null)
    .where('expiresAt', '>', REMOVED)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
