import type { Access } from '../agents/access.js';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { findRecord, lockTicket, type RecordRow } from '../store/access-rows.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { insist, stepRecordRow } from './access-steps.js';
import type { AuditSource } from './audit-chain.js';
import { headerName } from './header-store.js';
import { leased } from './release-record.js';
import type { SealedBody } from './sealed-body.js';

/** A record sealed to another key of the team, by whom it was released to for that. */
export interface Rewrap {
  desk: DeskConfig;
  access: Access;
  revealId: string;
  epoch: number;
  sealed: SealedBody;
  fileBytes: number;
  source: AuditSource;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Puts what was sealed anew in the place of what was there, and shreds the header that the old key opens.
 *
 * @throws {SupportError} `not-found`, `gone`, `epoch-old`
 */
export async function rewrapRecord(
  ports: Pick<Ports, 'store' | 'headers'>,
  { desk, access, revealId, epoch, sealed, fileBytes, source, now }: Rewrap,
): Promise<{ row: RecordRow; ticket: TicketRow }> {
  const seen = await leased(ports.store.read, desk, access, revealId);
  const { deskId, id, header: before } = seen.row;
  const header = headerName(id, sealed.receipt);
  await ports.headers.write(deskId, header, sealed.headers);
  const { row, ticket, refused } = await ports.store.write.run(async (trx) => {
    const ticket = await lockTicket(trx, deskId, seen.row.ticketId);
    const current = (await findRecord(trx, deskId, id)) ?? seen.row;
    const command = { type: 'rewrap', reveal: revealId, agentId: access.agent.id, epoch } as const;
    const more = { header, bytes: sealed.bytes, fileBytes };
    const stepped = await stepRecordRow(trx, { desk, ticket, source, now }, current, command, { more });
    if (stepped.refused === null)
      await trx
        .updateTable('accessPayload')
        .set({ bytes: sealed.payload })
        .where('deskId', '=', deskId)
        .where('recordId', '=', id)
        .execute();
    return { ...stepped, ticket };
  });
  const useless = refused === null ? before : header;
  if (useless !== null && useless !== row.header) await ports.headers.shred(deskId, useless);
  return { row: insist({ row, refused }), ticket };
}
