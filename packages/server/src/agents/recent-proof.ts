import { SupportError } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';
import type { Kysely } from 'kysely';
import { findAgent } from '../store/agents.js';
import { passkeysOf } from '../store/passkeys.js';
import type { Database } from '../store/schema.js';
import type { Access } from './access.js';

/**
 * For what a cookie that somebody has taken must not do. Whoever owns the data folder proves more than a second factor.
 *
 * @param now milliseconds since 1970.
 * @throws {SupportError} `second-factor-needed`: none was shown in this session for five minutes.
 */
export function insistOnSecondFactor({ via, provedAt }: Access, now: number): void {
  if (via !== 'operator' && !isRecent(provedAt, now)) throw needed();
}

/**
 * The same for what opens an account from then on, or no longer. An account that has no second factor yet, as in a demo, gets its
 * first by a sign-in that is as recent.
 *
 * @throws {SupportError} `second-factor-needed`
 */
export async function insistOnProof(db: Kysely<Database>, { agent, provedAt, signedInAt }: Access, now: number): Promise<void> {
  if (isRecent(provedAt, now)) return;
  const hasCode = (await findAgent(db, { id: agent.id }))?.totpSecret != null;
  if (hasCode || (await passkeysOf(db, agent.id)).length > 0 || !isRecent(signedInAt, now)) throw needed();
}

function isRecent(at: number | null, now: number): boolean {
  return at !== null && now - at <= ACCESS.secondFactorMs;
}

function needed(): SupportError {
  return new SupportError('second-factor-needed', 'Sign in again at this page, with a passkey or with password and code.');
}
