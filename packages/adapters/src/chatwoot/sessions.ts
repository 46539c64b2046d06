import { SupportError, type OpenedSession, type TicketAccess } from '@storefront-support/contract';
import { randomToken } from '../random-token.js';

/** Longer than a page is looked at; whoever comes back opens another. */
const LIFE_MS = 12 * 3_600_000;

interface PageSession {
  scope: string;
  tickets: TicketAccess[];
  until: number;
}

/** Of this page, for all adapters on it: the backend knows no sessions, and a secret must not stand for all others. */
const sessions = new Map<string, PageSession>();

/** Opens a session for tickets that are known to be the device's. The same tickets have the same token in every tab. */
export async function openSession(scope: string, tickets: TicketAccess[]): Promise<OpenedSession> {
  const token = await tokenOf(scope, tickets);
  const now = Date.now();
  sessions.set(token, { scope, tickets, until: now + LIFE_MS });
  const at = new Date(now).toISOString();
  const expiresAt = new Date(now + LIFE_MS).toISOString();
  const session = {
    id: token.slice(0, 12),
    via: 'device',
    createdAt: at,
    lastUsedAt: at,
    expiresAt,
    requester: null,
    current: true,
  } as const;
  return { session, token, numbers: tickets.map(({ number }) => number) };
}

/** The tickets of a session; undefined: this page knows none of this token. */
export function ticketsOf(scope: string, token: string): TicketAccess[] | undefined {
  const session = sessions.get(token);
  return session?.scope === scope && session.until > Date.now() ? session.tickets : undefined;
}

/** Rejects with `not-signed-in`, after which another is opened. */
export function requireTickets(scope: string, token: string): TicketAccess[] {
  const tickets = ticketsOf(scope, token);
  if (!tickets) throw new SupportError('not-signed-in', 'This page has no such session: open one with the secrets of the tickets.');
  return tickets;
}

async function tokenOf(scope: string, tickets: readonly TicketAccess[]): Promise<string> {
  // absent on plain http pages, where every tab has a token of its own
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return randomToken();
  const text = [scope, ...tickets.map(({ number, secret }) => `${number} ${secret}`).sort()].join('\n');
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...digest))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}
