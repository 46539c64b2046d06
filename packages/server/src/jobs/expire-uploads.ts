import { REMOVED } from '../files/upload-rows.js';
import type { Ports } from '../ports.js';

const BATCH = 200;
const DAY = 24 * 3_600_000;

/** Removes uploads whose time is up and that no ticket has taken: the row first, so that no row ever lacks its bytes. */
export async function expireUploads({ store, desks, blobs, now }: Ports): Promise<number> {
  let removed = 0;
  for (const deskId of desks.keys()) {
    for (;;) {
      const at = now();
      const ids = await store.write.run(async (trx) => {
        const due = await trx
          .selectFrom('upload')
          .select('id')
          .where('deskId', '=', deskId)
          .where('ticketId', 'is', null)
          .where((eb) =>
            eb.or([
              eb.and([eb('expiresAt', '>', REMOVED), eb('expiresAt', '<=', at)]),
              // taken back: the quota counts it for a day
              eb.and([eb('expiresAt', '=', REMOVED), eb('createdAt', '<=', at - DAY)]),
            ]),
          )
          .limit(BATCH)
          .execute();
        const ids = due.map(({ id }) => id);
        if (ids.length > 0) await trx.deleteFrom('upload').where('deskId', '=', deskId).where('id', 'in', ids).execute();
        return ids;
      });
      for (const id of ids) await blobs.delete(deskId, id);
      removed += ids.length;
      if (ids.length < BATCH) break;
    }
  }
  return removed;
}
