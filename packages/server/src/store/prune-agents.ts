import type { Transaction } from 'kysely';
import { AGENT_IDLE_MS } from './agent-sessions.js';
import type { Database } from './schema.js';
import type { Store } from './unit-of-work.js';

const BATCH = 1_000;

/**
 * Drops questions to passkeys that nobody has answered, sessions of agents that have ended, and set-up links that are too old. Keys
 * stay, with their end: their agent sees why a script stopped.
 *
 * @param now milliseconds since 1970.
 */
export async function pruneAgents({ write }: Store, now: number): Promise<void> {
  // anybody may have a question made
  while ((await write.run((trx) => dropChallenges(trx, now))) >= BATCH);
  await write.run(async (trx) => {
    await trx
      .deleteFrom('agentSession')
      .where((eb) => eb.or([eb('expiresAt', '<=', now), eb('lastUsedAt', '<=', now - AGENT_IDLE_MS)]))
      .execute();
    await trx.deleteFrom('agentInvite').where('expiresAt', '<=', now).execute();
  });
}

async function dropChallenges(trx: Transaction<Database>, now: number): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkeyChallenge')
    .where('hash', 'in', (eb) => eb.selectFrom('passkeyChallenge').select('hash').where('expiresAt', '<=', now).limit(BATCH))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
