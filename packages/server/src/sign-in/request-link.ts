import { randomUUID } from 'node:crypto';
import type { SignInLinkRequest } from '@storefront-support/contract';
import type { Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { addMail } from '../mail/add-mail.js';
import { requesterOf } from '../store/requesters.js';
import type { Database } from '../store/schema.js';
import { addLink, countLinks, endOlderLinks } from '../store/sign-in-links.js';
import { hashSecret } from '../ticket-secret.js';
import type { LinkKeys } from './link-keys.js';

const MINUTE = 60_000;
/** A link opens a session for so long. */
const LINK_LIFE_MS = 10 * MINUTE;
/** Within it, an address is sent at most `MOST_LINKS`. */
const SPAN_MS = 15 * MINUTE;
const MOST_LINKS = 3;
const HOUR_MS = 60 * MINUTE;
const DAY_MS = 24 * HOUR_MS;

/**
 * Makes a link and leaves its mail in the outbox; one asked for before opens nothing any more. Addresses that nobody has cost the
 * same queries and the same rows, one of which is a mail that is never sent: the answer's time tells nothing.
 *
 * Whoever types an address causes these mails, so no address is free of caps, a verified one neither. Over a cap nothing happens:
 * the newest link stays good, and the answer is the same.
 *
 * @param now milliseconds since 1970.
 */
export async function requestLink(
  trx: Transaction<Database>,
  keys: LinkKeys,
  desk: DeskConfig,
  { email, browserSecret, locale }: SignInLinkRequest,
  now: number,
): Promise<void> {
  const deskId = desk.desk.id;
  const { signInLinksPerAddressPerDay, signInLinksPerHour } = desk.mail;
  const { addressHash, mailboxHash } = keys.address(deskId, email);
  const requester = await requesterOf(trx, deskId, email);
  const made = await countLinks(trx, {
    deskId,
    mailboxHash,
    spanAgo: now - SPAN_MS,
    dayAgo: now - DAY_MS,
    hourAgo: now - HOUR_MS,
    mostInSpan: MOST_LINKS,
    mostInDay: signInLinksPerAddressPerDay,
    mostOfDesk: signInLinksPerHour,
  });
  if (made.inSpan >= MOST_LINKS || made.inDay >= signInLinksPerAddressPerDay) return;
  // addresses become known by being typed into the form: the brake is for those, and must not keep out who has been in before
  const mailed = requester !== undefined && (requester.verified || made.ofDesk < signInLinksPerHour);
  await endOlderLinks(trx, { deskId, addressHash, now });
  const id = randomUUID();
  await addLink(trx, {
    deskId,
    id,
    tokenHash: hashSecret(keys.token(deskId, id)),
    browserHash: hashSecret(browserSecret),
    addressHash,
    mailboxHash,
    requesterId: requester?.id ?? null,
    locale,
    mailed: mailed ? 1 : 0,
    createdAt: now,
    expiresAt: now + LINK_LIFE_MS,
  });
  await addMail(trx, { desk, kind: 'sign-in', ticketId: '', seq: 0, recipientKey: '', linkId: id, sent: mailed, now });
}
