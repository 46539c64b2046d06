import type { DeleteQueryBuilder, DeleteResult, Transaction } from 'kysely';
import type { Database } from '../store/schema.js';
import type { Leftovers } from './erase-tickets.js';

type Held = DeleteQueryBuilder<Database, 'heldTicket', DeleteResult>;

/** Takes messages that wait for a confirmation, or have had it, out of a desk, with their uploads that no ticket has and their mails. */
export async function eraseHeld(trx: Transaction<Database>, deskId: string, which: (held: Held) => Held): Promise<Leftovers> {
  const rows = await which(trx.deleteFrom('heldTicket').where('deskId', '=', deskId))
    .returning(['id', 'secretHash'])
    .execute();
  const uploadIds: string[] = [];
  const messageIds: string[] = [];
  for (const { id, secretHash } of rows) {
    const mails = await trx.deleteFrom('outbox').where('deskId', '=', deskId).where('linkId', '=', id).returning('messageId').execute();
    messageIds.push(...mails.map(({ messageId }) => messageId));
    const uploads = await trx
      .deleteFrom('upload')
      .where('deskId', '=', deskId)
      .where('secretHash', '=', secretHash)
      .where('ticketId', 'is', null)
      .returning('id')
      .execute();
    uploadIds.push(...uploads.map((upload) => upload.id));
  }
  return { uploadIds, headers: [], messageIds };
}
