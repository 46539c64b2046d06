import { randomUUID } from 'node:crypto';
import { SupportError, type TicketDraft } from '@storefront-support/contract';
import type { Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { addMail } from '../mail/add-mail.js';
import type { LinkKeys } from '../sign-in/link-keys.js';
import type { Database } from '../store/schema.js';
import { addHeld, countHeld, findHeld, letRequestGo, type HeldTicketRow } from '../store/held-tickets.js';
import { hashSecret } from '../ticket-secret.js';
import type { HeldKeys } from './held-keys.js';

/** So long a message waits for its sender. */
const HELD_MS = 24 * 3_600_000;
/** Its files outlive it, so that it never lacks them. */
const FILES_MS = HELD_MS + 3_600_000;
/** The same post again within this time is the same message. */
const SAME_MS = 15 * 60_000;

/** What is to wait. */
export interface Posted {
  desk: DeskConfig;
  draft: TicketDraft;
  /** Of its uploads. */
  secretHash: string;
  fileBytes: number;
  /** See `HeldKeys.request`. */
  requestHash: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Which cap keeps a message from being held. */
export type HoldRefusal = 'link-waits' | 'mailbox' | 'desk' | 'files';

/** What the same post has led to before; undefined: it is a new one, or its sender has thrown that away. */
export async function heldBefore(
  db: Pick<Transaction<Database>, 'selectFrom'>,
  { desk, requestHash, now }: Pick<Posted, 'desk' | 'requestHash' | 'now'>,
): Promise<HeldTicketRow | undefined> {
  const row = await findHeld(db as Transaction<Database>, desk.desk.id, { requestHash });
  return row && row.state !== 'discarded' && row.createdAt > now - SAME_MS ? row : undefined;
}

/**
 * Keeps a message until its sender confirms it, and leaves the mail that asks them to in the outbox. Whoever types an address causes
 * that mail, so a mailbox has one link at a time that nobody has used, whatever the desk allows beyond.
 */
export async function holdTicket(
  trx: Transaction<Database>,
  { held: heldKeys, addresses }: { held: HeldKeys; addresses: LinkKeys },
  posted: Posted,
): Promise<HeldTicketRow | HoldRefusal> {
  const { desk, draft, secretHash, fileBytes, requestHash, now } = posted;
  const deskId = desk.desk.id;
  const before = await heldBefore(trx, posted);
  if (before) return before;
  const older = await findHeld(trx, deskId, { requestHash });
  if (older) await letRequestGo(trx, older);
  const { addressHash, mailboxHash } = addresses.address(deskId, draft.requester.email);
  const counts = await countHeld(trx, { deskId, mailboxHash, now });
  if (counts.waiting > 0) return 'link-waits';
  if (counts.discarded > 0 || counts.ofMailbox >= desk.mail.perUnverifiedAddressPerDay) return 'mailbox';
  if (counts.ofDesk >= desk.mail.heldLinksPerHour) return 'desk';
  const { heldFileBytes } = desk.defences;
  if (heldFileBytes > 0 && fileBytes > 0 && counts.fileBytes + fileBytes > heldFileBytes) return 'files';
  const id = randomUUID();
  await addHeld(trx, {
    deskId,
    id,
    tokenHash: hashSecret(heldKeys.token(deskId, id)),
    requestHash,
    addressHash,
    mailboxHash,
    waitingFor: mailboxHash,
    secretHash,
    state: 'held',
    draft: JSON.stringify(draft),
    locale: draft.locale,
    fileBytes,
    createdAt: now,
    expiresAt: now + HELD_MS,
  });
  await trx
    .updateTable('upload')
    .set({ expiresAt: now + FILES_MS })
    .where('deskId', '=', deskId)
    .where('secretHash', '=', secretHash)
    .where('expiresAt', '>', 0)
    .execute();
  await addMail(trx, { desk, kind: 'held', ticketId: '', seq: 0, recipientKey: '', linkId: id, now });
  const row = await findHeld(trx, deskId, { id });
  if (!row) throw new SupportError('internal', 'What was written could not be read.');
  return row;
}
