import { isSupportError, SupportError, type AccessBind, type AccessMeta } from '@storefront-support/contract';
import { newRecord } from '@storefront-support/contract/access-lifecycle';
import { ACCESS } from '@storefront-support/contract/access-record';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { findRecord, lockTicket, markTicket, recordOn, recordsOf, requestOn, type RecordRow } from '../store/access-rows.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { insist, stepRecordRow, stepRequestRow } from './access-steps.js';
import { appendAudit, chainOf, type AuditSource } from './audit-chain.js';
import { newHeaderName } from './header-store.js';
import type { PassHolder } from './passes.js';
import type { SealedBody } from './sealed-body.js';
import { shredHeaders } from './shred-headers.js';

/** A record that has been sealed. */
export interface NewRecord {
  desk: DeskConfig;
  id: string;
  holder: PassHolder;
  meta: AccessMeta & { expiresAt: string };
  sealed: SealedBody;
  source: AuditSource;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Keeps a sealed record: its header first, then its row, so that no row ever lacks what opens it. The same bytes under the same id
 * are the same record.
 *
 * @returns the record and its ticket; `fresh` false: it was there already.
 * @throws {SupportError} `idempotency-mismatch`, `request-closed`, `not-found`, `conflict`
 */
export async function grantRecord(
  ports: Pick<Ports, 'store' | 'headers'>,
  { desk, id, holder, meta, sealed, source, now }: NewRecord,
): Promise<{ row: RecordRow; ticket: TicketRow; fresh: boolean }> {
  const deskId = desk.desk.id;
  const header = newHeaderName(id);
  await ports.headers.write(deskId, header, sealed.headers);
  let ended: RecordRow[] = [];
  const kept = await ports.store.write
    .run(async (trx) => {
      ended = [];
      const ticket = await lockTicket(trx, deskId, holder.ticketId);
      const there = await findRecord(trx, deskId, id);
      if (there) return { row: sameOne(there, sealed, holder), ticket, fresh: false };
      const place = { desk, ticket, source, now };
      const stepped = await stepRequestRow(trx, place, await requestOn(trx, ticket, holder.requestId), { type: 'answer' });
      const request = insist(stepped);
      const others = (await recordsOf(trx, deskId, ticket.id)).filter(({ requestId }) => requestId === request.id);
      if (others.length >= ACCESS.recordsPerRequest)
        throw new SupportError('conflict', `At most ${ACCESS.recordsPerRequest} records answer one request.`);
      if (meta.supersedes !== undefined) {
        const older = await recordOn(trx, ticket, meta.supersedes);
        // a pass is for one request
        if (older.requestId !== request.id) throw new SupportError('not-found', 'This request has no record of this id.');
        ended.push(insist(await stepRecordRow(trx, place, older, { type: 'supersede' }, { more: { supersededBy: id } })));
      }
      const { kind, epoch, createdAt, expiresAt, maxReveals, fileBytes } = meta;
      const bind: AccessBind = {
        desk: deskId,
        ticket: ticket.number,
        request: request.id,
        record: id,
        epoch,
        createdAt,
        expiresAt,
        maxReveals,
        origin: holder.origin,
      };
      const { lease: _none, ...facts } = newRecord({ createdAt: now, expiresAt: Date.parse(expiresAt), epoch, maxReveals });
      const row: RecordRow = {
        deskId,
        id,
        ticketId: ticket.id,
        requestId: request.id,
        kind,
        ...facts,
        leaseReveal: null,
        leaseAgentId: null,
        leasePurpose: null,
        leaseUntil: null,
        receipt: sealed.receipt,
        bytes: sealed.bytes,
        fileBytes,
        header,
        bind: JSON.stringify(bind),
        supersededBy: null,
        afterCare: '{}',
        afterCareOpen: 0,
        reminders: 0,
        revision: 1,
      };
      await trx.insertInto('accessRecord').values(row).execute();
      await trx.insertInto('accessPayload').values({ deskId, recordId: id, bytes: sealed.payload }).execute();
      const told = { requestId: request.id, recordId: id, epoch };
      await appendAudit(trx, chainOf(ticket), [{ ...source, event: 'record.granted', at: now, ...told }]);
      return { row, ticket: await markTicket(trx, ticket), fresh: true };
    })
    .catch(async (error: unknown) => {
      // nothing was written; of any other failure that cannot be told, and it is left to the sweep
      if (isSupportError(error)) await ports.headers.shred(deskId, header);
      throw error;
    });
  if (!kept.fresh) await ports.headers.shred(deskId, header);
  await shredHeaders(ports, ended);
  return kept;
}

function sameOne(row: RecordRow, { receipt }: SealedBody, { requestId }: PassHolder): RecordRow {
  if (row.receipt === receipt && row.requestId === requestId) return row;
  throw new SupportError('idempotency-mismatch', 'There is a record of this id already; seal again under a new one.');
}
