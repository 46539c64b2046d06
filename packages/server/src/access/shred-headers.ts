import type { Ports } from '../ports.js';

type ShredPorts = Pick<Ports, 'store' | 'headers'>;

/**
 * Shreds what opened records that have ended, once that is committed; what is interrupted here the next sweep does.
 *
 * @param filed names by desk, as their rows had them.
 */
export async function shredHeaders(
  { store, headers }: ShredPorts,
  filed: readonly { deskId: string; id: string; header: string | null }[],
): Promise<void> {
  for (const { deskId, id, header } of filed) {
    if (header === null) continue;
    await headers.shred(deskId, header);
    await store.write.run((trx) =>
      trx
        .updateTable('accessRecord')
        .set({ header: null })
        .where('deskId', '=', deskId)
        .where('id', '=', id)
        .where('header', '=', header)
        .where('state', '<>', 'active')
        .execute(),
    );
  }
}
