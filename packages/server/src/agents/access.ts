import type { ActiveAgent } from '../store/agents.js';

/** Who asks, and what let them in. */
export interface Access {
  agent: ActiveAgent;
  /** `operator`: whoever owns the data folder, at the command line. */
  via: 'session' | 'key' | 'operator';
  /** Id of the session; null without one. */
  sessionId: string | null;
  /** When this person last showed a second factor in this session; null: never, or it is no person's. */
  provedAt: number | null;
  /** When this session began, by whatever was shown; null without one. */
  signedInAt: number | null;
}

/** Stands for the operator where no agent is named: an admin without an account. */
export const OPERATOR: Access = {
  agent: { id: 'operator', name: '', email: '', role: 'admin', contacts: null },
  via: 'operator',
  sessionId: null,
  provedAt: null,
  signedInAt: null,
};

/** True for an agent that has an account: only such can be an assignee. */
export function hasAccount({ agent }: Access): boolean {
  return agent.id !== OPERATOR.agent.id;
}
