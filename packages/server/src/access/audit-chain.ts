import { isIP } from 'node:net';
import type { AuditEntry, AuditEvent, AuditExport } from '@storefront-support/contract';
import { AUDIT_START, auditText } from '@storefront-support/contract/access-audit';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { addressBucket } from '../middleware/client-address.js';
import { sha256 } from '../sha256.js';
import type { AccessAuditTable } from '../store/access-schema.js';
import type { Database } from '../store/schema.js';
import { instant } from '../store/tickets.js';

/** Who does something, and from where. */
export interface AuditSource {
  actor: { kind: 'requester' | 'agent' | 'desk'; id: string | null; name: string };
  client: AuditEntry['client'];
  network: string;
}

/** Which chain. With an empty `ticketId`: that of the desk's keys. */
export interface AuditChain {
  deskId: string;
  ticketId: string;
  /** Part of every hash: the ticket's number, or `keys`. */
  name: string;
}

/** Something to be written down. */
export interface AuditDraft extends AuditSource {
  event: AuditEvent;
  /** Milliseconds since 1970. */
  at: number;
  reason?: string | undefined;
  requestId?: string | null | undefined;
  recordId?: string | null | undefined;
  epoch?: number | null | undefined;
}

/** Time itself. */
export const BY_ITSELF: AuditSource = { actor: { kind: 'desk', id: null, name: '' }, client: 'job', network: '' };

/** The chain of a ticket. */
export function chainOf({ deskId, id, number }: { deskId: string; id: string; number: string }): AuditChain {
  return { deskId, ticketId: id, name: number };
}

/** Adds links, in this order, in the transaction of what they tell of. @returns the number of the last; 0 where there are none. */
export async function appendAudit(trx: Transaction<Database>, chain: AuditChain, drafts: readonly AuditDraft[]): Promise<number> {
  if (drafts.length === 0) return 0;
  const { deskId, ticketId } = chain;
  const last = await auditHead(trx, deskId, ticketId);
  let { seq, hash } = last ?? { seq: 0, hash: AUDIT_START };
  for (const { event, at, actor, client, network, reason = '', requestId = null, recordId = null, epoch = null } of drafts) {
    seq += 1;
    const prev = hash;
    const entry = { seq, at: instant(at), event, actor, reason, requestId, recordId, epoch, client, network, prev };
    hash = sha256(auditText(`${deskId}/${chain.name}`, entry));
    await trx
      .insertInto('accessAudit')
      .values({
        deskId,
        ticketId,
        seq,
        at,
        event,
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        reason,
        requestId,
        recordId,
        epoch,
        client,
        network,
        prev,
        hash,
      })
      .execute();
  }
  return seq;
}

/** The last link; undefined before there is any. */
export async function auditHead(
  db: Kysely<Database>,
  deskId: string,
  ticketId: string,
): Promise<{ seq: number; hash: string } | undefined> {
  return db
    .selectFrom('accessAudit')
    .select(['seq', 'hash'])
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Every link, as its hashes were made of it. */
export async function readAudit(db: Kysely<Database>, { deskId, ticketId, name }: AuditChain): Promise<AuditExport> {
  const rows = await db
    .selectFrom('accessAudit')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('ticketId', '=', ticketId)
    .orderBy('seq')
    .execute();
  return { chain: `${deskId}/${name}`, entries: rows.map(entryOf) };
}

function entryOf(row: Selectable<AccessAuditTable>): AuditEntry {
  const { seq, at, event, actorKind, actorId, actorName, reason, requestId, recordId, epoch, client, network, prev, hash } = row;
  const actor = { kind: actorKind, id: actorId, name: actorName };
  return { seq, at: instant(at), event, actor, reason, requestId, recordId, epoch, client, network, prev, hash };
}

/** As much of an address as an audit needs: 24 bits of IPv4, 48 of IPv6; empty where it is none. */
export function networkOf(address: string): string {
  const family = isIP(address);
  if (family === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return family === 6 ? `${addressBucket(address).split(':').slice(0, 3).join(':')}::/48` : '';
}
