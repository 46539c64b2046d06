import { isSupportError } from '@storefront-support/contract';
import type { Access } from '../agents/access.js';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { lockTicket, type RecordRow } from '../store/access-rows.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { insist, stepRecordRow } from './access-steps.js';
import type { AuditSource } from './audit-chain.js';
import { newHeaderName } from './header-store.js';
import { leased, recordAgain } from './release-record.js';
import type { SealedBody } from './sealed-body.js';
import { shredHeaders } from './shred-headers.js';

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
  const { deskId, id } = seen.row;
  const header = newHeaderName(id);
  await ports.headers.write(deskId, header, sealed.headers);
  const { row, ticket, refused, before } = await ports.store.write
    .run(async (trx) => {
      const ticket = await lockTicket(trx, deskId, seen.row.ticketId);
      const current = await recordAgain(trx, deskId, id);
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
      return { ...stepped, ticket, before: current.header };
    })
    .catch(async (error: unknown) => {
      if (isSupportError(error)) await ports.headers.shred(deskId, header);
      throw error;
    });
  const useless = refused === null ? before : header;
  if (useless !== null) await ports.headers.shred(deskId, useless);
  if (row.state !== 'active') await shredHeaders(ports, [row]);
  return { row: insist({ row, refused }), ticket };
}
