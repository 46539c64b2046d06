import { drop } from '../outbox/database.js';
import { TICKETS } from '../outbox/kept.js';
import { alone, run, tell, type KeptTicket, type Store } from './kept-tickets.js';

/** What a browser keeps of a stay: `link` came by mail, `device` opens what is kept here, `asked` waits for a mailed link. */
export type KeptSessionKind = 'link' | 'device' | 'asked';

/** A stay in one scope. */
export interface KeptSession {
  /** Bearer token; with `asked` the secret that the link is bound to. */
  token: string;
  /** ISO 8601 instant in UTC; empty: unknown. */
  expiresAt: string;
  /** Numbers of the kept tickets it was opened with. */
  numbers: string[];
}

/** Sessions that this browser has no place for: they last as long as the page. */
const unkept = new Map<string, KeptSession>();

/** The tickets of one scope, the newest first. Never rejects. */
export async function keptTickets(scope: string): Promise<KeptTicket[]> {
  const all = await run('readonly', (store) => store('tickets').getAll() as IDBRequest<KeptTicket[]>).catch(() => []);
  return all.filter((ticket) => ticket.scope === scope).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** A session of this scope; undefined where there is none, or its time is up. */
export async function readSession(scope: string, kind: KeptSessionKind): Promise<KeptSession | undefined> {
  const read = (store: Store) => store('sessions').get(`${scope} ${kind}`) as IDBRequest<KeptSession | undefined>;
  const session = (await run('readonly', read).catch(() => undefined)) ?? unkept.get(`${scope} ${kind}`);
  return session?.expiresAt && Date.parse(session.expiresAt) < Date.now() ? undefined : session;
}

/** Keeps a session. Never rejects: without a place for it, it lasts as long as the page. */
export async function saveSession(scope: string, kind: KeptSessionKind, session: KeptSession): Promise<void> {
  const key = `${scope} ${kind}`;
  await alone(() => run('readwrite', (store) => void store('sessions').put(session, key))).catch(() => unkept.set(key, session));
  if (kind === 'link') tell();
}

/** Removes a session. Never rejects. */
export async function removeSession(scope: string, kind: KeptSessionKind): Promise<void> {
  const key = `${scope} ${kind}`;
  unkept.delete(key);
  await alone(async () => {
    await run('readwrite', (store) => void store('sessions').delete(key));
    await removeIfEmpty();
  }).catch(() => undefined);
  if (kind === 'link') tell();
}

/** Removes what keeps tickets and sessions once there are none. Only where nobody else writes. */
export async function removeIfEmpty(): Promise<void> {
  for (const name of ['tickets', 'sessions'] as const) if (await run('readonly', (store) => store(name).count())) return;
  await drop(TICKETS);
}
