import type { AgentKey } from '@storefront-support/contract';
import type { newAgentKeySchema } from '@storefront-support/contract/agent-schemas';
import type { output } from 'zod/v4/core';
import { invalidFields } from '../invalid-fields.js';
import type { Ports } from '../ports.js';
import { addAgentKey } from '../store/agent-keys.js';

/**
 * Makes a key for scripts of an agent.
 *
 * @returns it with its token, which is shown once and kept nowhere.
 * @throws {SupportError} `invalid-fields`: it would have ended already.
 */
export async function newKey(
  { store, now }: Pick<Ports, 'store' | 'now'>,
  agentId: string,
  { name, expiresAt }: output<typeof newAgentKeySchema>,
): Promise<{ key: AgentKey; token: string }> {
  const at = now();
  const ends = expiresAt === undefined ? null : Date.parse(expiresAt);
  if (ends !== null && ends <= at) throw invalidFields({ expiresAt: { code: 'invalid', detail: 'This time has passed.' } });
  return store.write.run((trx) => addAgentKey(trx, agentId, { name, expiresAt: ends }, at));
}
