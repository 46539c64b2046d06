import type { Store } from '../store/unit-of-work.js';
import { openAgentSession, type AgentPlace } from '../store/agent-sessions.js';
import { acceptStep, findAgent, type AgentRow } from '../store/agents.js';
import { verifyPassword } from './passwords.js';
import type { Seal } from './seal.js';
import { newTimeCodeSecret, stepOf } from './time-code.js';

/** What an agent types. */
export interface TypedProof {
  email: string;
  password: string;
  /** Of an app for time-based codes. */
  code?: string | undefined;
}

/** Who came in, and the token of their new session. */
export interface SignedIn {
  agent: AgentRow;
  token: string;
}

export interface SignInOptions {
  store: Store;
  now: () => number;
  seal: Seal;
  /** False in a demo only: an account that has no time-based code is opened by its password alone. */
  codeNeeded: boolean;
  /** The inbox otherwise. */
  place?: AgentPlace | undefined;
  /** `verifyPassword` otherwise. */
  verify?: typeof verifyPassword;
}

/**
 * Opens a session for a password and a time-based code. Whatever is wrong (the address, the password, the code, a code used before,
 * a closed account), one password is computed, one code is compared and the answer is null.
 */
export async function signInWithPassword(
  { store, now, seal, codeNeeded, place, verify = verifyPassword }: SignInOptions,
  { email, password, code = '' }: TypedProof,
): Promise<SignedIn | null> {
  const agent = await findAgent(store.read, { email: email.trim().toLowerCase() });
  const right = await verify(agent?.passwordHash ?? null, password);
  const sealed = agent?.totpSecret ?? null;
  const secret = agent && sealed !== null ? seal.open(sealed, agent.id) : newTimeCodeSecret();
  const at = now();
  const step = stepOf(code, secret, at);
  if (!agent || agent.disabledAt !== null || !right) return null;
  if (sealed === null ? codeNeeded : step === null) return null;
  return store.write.run(async (trx) => {
    if (sealed !== null && step !== null && !(await acceptStep(trx, agent.id, step))) return null;
    return openFor(trx, agent.id, at, { place, secondFactor: sealed !== null });
  });
}

/** A session for an agent that has just proved who they are; null where the account was closed meanwhile. */
export async function openFor(
  trx: Parameters<typeof openAgentSession>[0],
  agentId: string,
  now: number,
  proof?: Parameters<typeof openAgentSession>[3],
): Promise<SignedIn | null> {
  const agent = await findAgent(trx, { id: agentId });
  if (agent?.disabledAt !== null) return null;
  return { agent, token: await openAgentSession(trx, agentId, now, proof) };
}
