import { REMOVED } from '../files/upload-rows.js';
import type { Ports } from '../ports.js';

const BATCH = 200;

/**
 * Deletes bytes that no upload owns any more: a crash between a commit and the deletion that follows it leaves some. A row is
 * committed before its first byte is written, so bytes without a row are never bytes on their way in.
 */
export async function sweepBlobs({ store, desks, blobs }: Ports): Promise<number> {
  let swept = 0;
  for (const deskId of desks.keys()) {
    let batch: string[] = [];
    const sweep = async () => {
      const owned = await store.read
        .selectFrom('upload')
        .select('id')
        .where('deskId', '=', deskId)
        .where('id', 'in', batch)
        .where((eb) =>
          eb.or([
            eb.and([eb('ticketId', 'is', null), eb('expiresAt', '>', REMOVED)]),
            eb.and([eb('ticketId', 'is not', null), eb('sha256', 'is not', null)]),
          ]),
        )
        .execute();
      const keep = new Set(owned.map(({ id }) => id));
      for (const id of batch) {
        if (keep.has(id)) continue;
        await blobs.delete(deskId, id);
        swept += 1;
      }
      batch = [];
    };
    for await (const id of blobs.ids(deskId)) {
      batch.push(id);
      if (batch.length === BATCH) await sweep();
    }
    if (batch.length > 0) await sweep();
  }
  return swept;
}
