import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';
import { networkOf, type AuditSource } from './audit-chain.js';

/** The customer that asks, as the audit has them: who they are is known by the ticket. */
export function requesterSource(c: Context<AppEnv>): AuditSource {
  return { actor: { kind: 'requester', id: null, name: '' }, client: 'web', network: networkOf(c.var.clientAddress) };
}

/** The agent that asks, as the audit has them. */
export function agentSource(c: Context<AppEnv>): AuditSource {
  const { agent, via } = c.var.access;
  const network = networkOf(c.var.clientAddress);
  return { actor: { kind: 'agent', id: agent.id, name: agent.name }, client: via === 'session' ? 'web' : 'cli', network };
}
