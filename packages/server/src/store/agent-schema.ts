import type { ColumnType, Generated } from 'kysely';

/** Milliseconds since 1970, UTC. */
type Millis = number;
/** Set once, never updated. */
type Fixed<T> = ColumnType<T, T, never>;

export interface AgentTable {
  id: Fixed<string>;
  /** Lower case. */
  email: string;
  name: string;
  role: 'agent' | 'admin';
  /** PHC string; null: no password opens this account. */
  passwordHash: string | null;
  /** Sealed; null: no time-based code has been set up. */
  totpSecret: string | null;
  /** Step of the last code that was accepted: no earlier one and not the same is accepted again. */
  totpLastStep: number | null;
  /** Null while the account is open. */
  disabledAt: Millis | null;
  createdAt: Fixed<Millis>;
}

/** Whom an agent serves; admins have no rows and serve everybody. */
export interface AgentContactTable {
  agentId: Fixed<string>;
  deskId: Fixed<string>;
  contactId: Fixed<string>;
}

export interface PasskeyTable {
  /** As the authenticator names it, base64url. */
  id: Fixed<string>;
  agentId: Fixed<string>;
  /** COSE key, base64url. */
  publicKey: Fixed<string>;
  counter: number;
  /** JSON array of the ways to reach the authenticator. */
  transports: Fixed<string>;
  name: string;
  createdAt: Fixed<Millis>;
  lastUsedAt: Millis | null;
}

/** A question that waits for an authenticator's answer. Its row goes with the first answer, right or wrong. */
export interface PasskeyChallengeTable {
  /** SHA-256 of the challenge's base64url, hex. */
  hash: Fixed<string>;
  /** Who registers a passkey; null: somebody signs in. */
  agentId: Fixed<string | null>;
  expiresAt: Fixed<Millis>;
}

export interface AgentSessionTable {
  /** SHA-256 of the cookie's value, hex. */
  tokenHash: Fixed<string>;
  id: Fixed<string>;
  agentId: Fixed<string>;
  createdAt: Fixed<Millis>;
  lastUsedAt: Millis;
  /** Whatever is done, it ends then. */
  expiresAt: Fixed<Millis>;
  authenticatedAt: Millis;
  /** Which page it is of: neither opens the other. */
  place: Generated<'inbox' | 'vault'>;
  /** When a passkey, or a password with a code, was shown; null where it was neither. */
  secondFactorAt: Generated<Millis | null>;
}

export interface AgentKeyTable {
  /** SHA-256 of the key, hex. */
  hash: Fixed<string>;
  id: Fixed<string>;
  agentId: Fixed<string>;
  name: string;
  createdAt: Fixed<Millis>;
  lastUsedAt: Millis | null;
  expiresAt: Millis | null;
}

/** A set-up link. Its row goes when it is spent. */
export interface AgentInviteTable {
  /** SHA-256 of the token, hex. */
  hash: Fixed<string>;
  agentId: Fixed<string>;
  /** Sealed: what the account will have once the link is spent. */
  totpSecret: Fixed<string>;
  createdAt: Fixed<Millis>;
  expiresAt: Fixed<Millis>;
}

/** Tables about agents and what lets them in. */
export interface AgentTables {
  agent: AgentTable;
  agentContact: AgentContactTable;
  passkey: PasskeyTable;
  passkeyChallenge: PasskeyChallengeTable;
  agentSession: AgentSessionTable;
  agentKey: AgentKeyTable;
  agentInvite: AgentInviteTable;
}
