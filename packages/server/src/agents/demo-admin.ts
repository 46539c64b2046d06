import { randomBytes } from 'node:crypto';
import { addAgent, changeAgent, listAgents } from '../store/agents.js';
import type { Store } from '../store/unit-of-work.js';
import { hashPassword } from './passwords.js';

const EMAIL = 'admin@demo.example';

/** Adds an admin with a password and without a code, where there is no agent yet; null where there is one. Only for a demo. */
export async function addDemoAdmin({ read, write }: Store, now: number): Promise<{ email: string; password: string } | null> {
  if ((await listAgents(read)).length > 0) return null;
  const password = randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(password);
  const added = await write.run(async (trx) => {
    const agent = await addAgent(trx, { name: 'Demo Admin', email: EMAIL, role: 'admin' }, now);
    if (agent) await changeAgent(trx, agent.id, { passwordHash });
    return agent !== null;
  });
  return added ? { email: EMAIL, password } : null;
}
