import type { Store } from '../store/unit-of-work.js';
import { addInvite, findInvite, spendInvite } from '../store/agent-invites.js';
import { acceptStep, changeAgent, findAgent, type AgentRow } from '../store/agents.js';
import { hashPassword } from './passwords.js';
import type { Seal } from './seal.js';
import { openFor, type SignedIn } from './sign-in.js';
import { newTimeCodeSecret, stepOf } from './time-code.js';

interface SetUpPorts {
  store: Store;
  now: () => number;
  seal: Seal;
}

/** Makes the token of a set-up link; an older link of this agent ends. */
export async function invite({ store, now, seal }: SetUpPorts, agentId: string): Promise<string> {
  return store.write.run((trx) => addInvite(trx, agentId, seal.close(newTimeCodeSecret(), agentId), now()));
}

/** Whom a link is for, and the secret of their codes, without spending it; null for a link that opens nothing. */
export async function lookAtInvite(
  { store, now, seal }: SetUpPorts,
  token: string,
): Promise<{ agent: AgentRow; secret: Uint8Array } | null> {
  const found = await findInvite(store.read, token, now());
  const agent = found && (await findAgent(store.read, { id: found.agentId }));
  return agent?.disabledAt === null && found ? { agent, secret: seal.open(found.totpSecret, agent.id) } : null;
}

/**
 * Spends a link: sets the password and the time-based code, ends what was open, signs in.
 *
 * @returns `gone`: the link opens nothing; `wrong-code`: the link is as good as before.
 */
export async function finishSetUp(
  ports: SetUpPorts,
  { token, password, code }: { token: string; password: string; code: string },
): Promise<SignedIn | 'gone' | 'wrong-code'> {
  const { store, now, seal } = ports;
  const found = await lookAtInvite(ports, token);
  if (!found) return 'gone';
  const { agent, secret } = found;
  const at = now();
  const step = stepOf(code, secret, at);
  if (step === null) return 'wrong-code';
  const passwordHash = await hashPassword(password);
  return store.write.run(async (trx) => {
    if (!(await spendInvite(trx, token, at))) return 'gone';
    await changeAgent(trx, agent.id, { passwordHash, totpSecret: seal.close(secret, agent.id) });
    await acceptStep(trx, agent.id, step);
    return (await openFor(trx, agent.id, at, { secondFactor: true })) ?? 'gone';
  });
}
