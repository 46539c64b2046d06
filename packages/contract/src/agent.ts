import type { Desk } from './desk.js';
import type { Contact } from './contact.js';
import type { Requester } from './people.js';
import type { ThreadEntry, ThreadMessage, TicketSummary } from './thread.js';

/** `admin`: serves every contact of every desk. */
export type AgentRole = 'agent' | 'admin';

/** Somebody who answers. */
export interface Agent {
  id: string;
  name: string;
  email: string;
  role: AgentRole;
}

/** A contact of one desk. */
export interface ServedContact {
  deskId: string;
  contactId: string;
}

/** A passkey, without what opens anything. Times are ISO 8601 instants in UTC. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

/** A stay of an agent in one browser. */
export interface AgentSession {
  /** Names it in lists; opens nothing. */
  id: string;
  createdAt: string;
  lastUsedAt: string;
  /** When it ends whatever is done; unused for twelve hours it ends earlier. */
  expiresAt: string;
  /** When a password, a passkey or a set-up link was shown last. */
  authenticatedAt: string;
  /** True for the one that asks. */
  current: boolean;
}

/** A key for scripts, without what opens anything. */
export interface AgentKey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** Null: it has no end. */
  expiresAt: string | null;
}

/** A desk as far as an agent serves it. */
export interface ServedDesk {
  id: string;
  name: Desk['name'];
  contacts: Pick<Contact, 'id' | 'name' | 'files'>[];
  /** What a message and its files may be; a contact's own `files` tighten it. */
  limits: Desk['limits'];
  /** Whom a ticket of these contacts can be given to, by name, the agent that asks included. */
  agents: Pick<Agent, 'id' | 'name'>[];
}

/** The agent that asks, and what is theirs. */
export interface AgentSelf {
  agent: Agent;
  desks: ServedDesk[];
  passkeys: Passkey[];
  /** Address of the agents' vault page; its fragment may name `desk` and `ticket`, as a query does. */
  vaultUrl: string;
}

/** Whose ticket it is: an agent, or someone else, who is no agent and is told by mail. */
export type Assignee = { kind: 'agent'; id: string; name: string } | { kind: 'other'; email: string; comment: string };

/** A ticket as agents see it: `lastSeq` counts internal entries too. */
export interface AgentTicketSummary extends TicketSummary {
  requester: Requester;
  orderReference: string | null;
  assignee: Assignee | null;
}

/** Part of an agent's list of tickets, the last changed first. */
export interface AgentTicketPage {
  tickets: AgentTicketSummary[];
  /** For the next page; null: this was the last. */
  cursor: string | null;
}

/** A ticket and part of its thread, internal entries included, oldest first. */
export interface AgentTicketDetail {
  ticket: AgentTicketSummary;
  entries: ThreadEntry[];
  hasEarlier: boolean;
  hasLater: boolean;
}

/** Proof that the server has the message. */
export interface AgentReplyReceipt {
  message: ThreadMessage;
  ticket: AgentTicketSummary;
}
