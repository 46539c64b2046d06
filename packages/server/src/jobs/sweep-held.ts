import type { Ports } from '../ports.js';
import { removeFiles } from '../held/confirm-held.js';

const BATCH = 200;

/**
 * Removes messages that nobody has confirmed in time, with their files, and what is left of those that have ended otherwise.
 *
 * @returns how many were never confirmed.
 */
export async function sweepHeld(ports: Ports): Promise<number> {
  const { store, desks, now } = ports;
  let unconfirmed = 0;
  const rows = await store.read.selectFrom('heldTicket').select('deskId').distinct().execute();
  // what was promised to its sender holds for a desk that is configured no longer, too
  for (const deskId of new Set([...desks.keys(), ...rows.map((row) => row.deskId)])) {
    for (;;) {
      const due = await store.write.run(async (trx) => {
        const due = await trx
          .selectFrom('heldTicket')
          .select(['id', 'deskId', 'secretHash', 'state'])
          .where('deskId', '=', deskId)
          .where('expiresAt', '<=', now())
          .limit(BATCH)
          .execute();
        const ids = due.map(({ id }) => id);
        if (ids.length > 0) await trx.deleteFrom('heldTicket').where('deskId', '=', deskId).where('id', 'in', ids).execute();
        return due;
      });
      for (const held of due) {
        if (held.state !== 'held') continue;
        await removeFiles(ports, held);
        unconfirmed += 1;
      }
      if (due.length < BATCH) break;
    }
  }
  return unconfirmed;
}
