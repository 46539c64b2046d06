import { timingSafeEqual } from 'node:crypto';
import { SupportError, type SessionRequest } from '@storefront-support/contract';
import type { DeskConfig } from '../desk-config.js';
import type { Ports } from '../ports.js';
import { findOrAddRequester } from '../store/requesters.js';
import { openPersonSession, type SessionRow } from '../store/sessions.js';
import { liveLink, spendLink } from '../store/sign-in-links.js';
import { spendIdentityToken } from '../store/spent-identity-tokens.js';
import { hashSecret } from '../ticket-secret.js';
import { readIdentityToken, tokenRefused } from './identity-token.js';

/** A session, and the token that opens it. */
export interface SignedIn {
  session: SessionRow;
  token: string;
}

/**
 * Opens a session by the token of a mailed link, and spends it. Only this spends it: mail programs and scanners look at links, but
 * they do not post what stands behind the `#`.
 *
 * @throws {SupportError} `gone`: spent, too old, replaced by a later one or never made, all alike. `confirmation-needed`: another
 *   browser asked for it; it is not spent.
 */
export async function openByLink(
  { store, now }: Pick<Ports, 'store' | 'now'>,
  { desk }: DeskConfig,
  { linkToken, browserSecret, confirmed }: Extract<SessionRequest, { linkToken: string }>,
): Promise<SignedIn> {
  const at = now();
  return store.write.run(async (trx) => {
    const link = await liveLink(trx, { deskId: desk.id, tokenHash: hashSecret(linkToken), now: at });
    if (!link) throw gone();
    const asked = browserSecret !== undefined && timingSafeEqual(Buffer.from(link.browserHash), Buffer.from(hashSecret(browserSecret)));
    if (!asked && confirmed !== true)
      throw new SupportError('confirmation-needed', 'Another browser asked for this link: send it again with confirmed: true.');
    if (!(await spendLink(trx, link, at))) throw gone();
    return openPersonSession(trx, { deskId: desk.id, via: 'link', requesterId: link.requesterId, now: at });
  });
}

/**
 * Opens a session by a JWT that the shop has signed, once.
 *
 * @throws {SupportError} `invalid-fields` on `identityToken`, for whatever is wrong with it.
 */
export async function openByIdentityToken(
  { store, now }: Pick<Ports, 'store' | 'now'>,
  config: DeskConfig,
  identityToken: string,
): Promise<SignedIn> {
  const at = now();
  const deskId = config.desk.id;
  const { requester, jtiHash, expiresAt } = await readIdentityToken(config, identityToken, at);
  return store.write.run(async (trx) => {
    if (!(await spendIdentityToken(trx, { deskId, jtiHash, expiresAt })))
      throw tokenRefused('A token with this jti was used before: sign a new one, with a new jti, for each sign-in.');
    const { id } = await findOrAddRequester(trx, deskId, requester, at);
    // whoever typed the address first may have typed any name
    await trx.updateTable('requester').set({ name: requester.name }).where('deskId', '=', deskId).where('id', '=', id).execute();
    return openPersonSession(trx, { deskId, via: 'identity-token', requesterId: id, now: at });
  });
}

function gone(): SupportError {
  return new SupportError('gone', 'This link opens nothing any more: ask for another one.');
}
