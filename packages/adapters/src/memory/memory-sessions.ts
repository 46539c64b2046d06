import {
  SupportError,
  type FollowOptions,
  type OpenedSession,
  type Requester,
  type Session,
  type SessionOrigin,
  type SignInLinkRequest,
  type TicketHint,
} from '@storefront-support/contract';
import { requesterSchema } from '@storefront-support/contract/schemas';
import { randomToken } from '../random-token.js';
import { invalidFields } from '../refusals.js';
import type { TicketThread } from './ticket-thread.js';

const SESSION_MS = 30 * 86_400_000;
const LINK_MS = 10 * 60_000;

/** A mail that a real desk would have sent. */
export interface MemoryMail {
  kind: 'sign-in-link';
  to: string;
  locale: string;
  /** What the link carries in its fragment. */
  linkToken: string;
}

interface Key {
  requester: Requester;
  browserSecret: string | undefined;
  staleAt: number;
}

interface Stream {
  onHint: (hint: TicketHint) => void;
  end: () => void;
}

/** A session as it is stored. Times are milliseconds since 1970. */
export interface StoredSession {
  id: string;
  token: string;
  via: SessionOrigin;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
  requester: Requester | null;
  /** Of the tickets that a device may read. */
  numbers: ReadonlySet<string>;
  streams: Set<Stream>;
}

/** Who is in, by what, and what they are told. */
export class MemorySessions {
  readonly mails: MemoryMail[] = [];
  readonly #now: () => number;
  readonly #sessions = new Map<string, StoredSession>();
  readonly #links = new Map<string, Key>();
  readonly #identities = new Map<string, Key>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param knownAs who has written from this address; undefined: nobody, and no mail is sent. */
  requestLink({ email, browserSecret, locale }: SignInLinkRequest, knownAs: Requester | undefined): void {
    if (!requesterSchema.shape.email.safeParse(email).success)
      throw invalidFields({ email: { code: 'invalid', detail: 'This is no e-mail address.' } });
    if (!knownAs) return;
    const linkToken = randomToken();
    this.#links.set(linkToken, { requester: knownAs, browserSecret, staleAt: this.#now() + LINK_MS });
    this.mails.push({ kind: 'sign-in-link', to: email, locale, linkToken });
  }

  /** A token as a shop signs it for somebody it knows: opens one session, within ten minutes. */
  signIdentity(requester: Requester): string {
    const token = randomToken();
    this.#identities.set(token, { requester: { ...requester }, browserSecret: undefined, staleAt: this.#now() + LINK_MS });
    return token;
  }

  openDevice(numbers: string[]): OpenedSession {
    return this.#open('device', null, numbers);
  }

  openByLink(token: string, browserSecret: string | undefined, confirmed: boolean): OpenedSession {
    const link = this.#links.get(token);
    if (!link || this.#now() > link.staleAt) throw gone();
    if (link.browserSecret !== browserSecret && !confirmed)
      throw new SupportError('confirmation-needed', 'This link was asked for in another browser: send "confirmed".');
    this.#links.delete(token);
    return this.#open('link', link.requester, []);
  }

  openByIdentity(token: string): OpenedSession {
    const identity = this.#identities.get(token);
    this.#identities.delete(token);
    if (!identity || this.#now() > identity.staleAt)
      throw invalidFields({
        identityToken: { code: 'invalid', detail: 'This token is not one of the shop, was used before or is too old.' },
      });
    return this.#open('identity-token', identity.requester, []);
  }

  /** The session that this token opens, used just now; undefined where there is none, or none any more. */
  find(token: string): StoredSession | undefined {
    const session = this.#sessions.get(token);
    const now = this.#now();
    if (!session || now > session.expiresAt) {
      if (session) this.#end(session);
      return undefined;
    }
    session.lastUsedAt = now;
    if (session.via === 'device') session.expiresAt = now + SESSION_MS;
    return session;
  }

  /** As `find`; throws `not-signed-in` instead. */
  require(token: string): StoredSession {
    const session = this.find(token);
    if (!session) throw new SupportError('not-signed-in', 'This token opens no session, or none any more.');
    return session;
  }

  list(token: string): Session[] {
    const current = this.require(token);
    return [...this.#sessions.values()]
      .filter((session) => isSamePerson(session, current))
      .toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
      .map((session) => shown(session, current));
  }

  /** @param id of a session of the same person, or `current`. */
  end(id: string, token: string): void {
    const current = this.require(token);
    for (const session of this.#sessions.values())
      if (isSamePerson(session, current) && (session.id === id || (id === 'current' && session === current))) this.#end(session);
  }

  endAll(): void {
    for (const session of this.#sessions.values()) this.#end(session);
  }

  /** Ends the streams, not the sessions. */
  cutStreams(): void {
    for (const { streams } of this.#sessions.values()) for (const stream of streams) stream.end();
  }

  follow({ token, signal, onHint, onOpen }: FollowOptions): Promise<void> {
    const { streams } = this.require(token);
    return new Promise((resolve, reject) => {
      const leave = () => {
        streams.delete(stream);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        resolve();
      };
      const end = () => {
        leave();
        reject(new SupportError('network', 'The stream has ended.'));
      };
      const stream = { onHint, end };
      streams.add(stream);
      signal?.addEventListener('abort', onAbort);
      onOpen?.();
    });
  }

  /** Tells everybody who may read the ticket, once whoever has changed it is done. */
  publish(ticket: TicketThread): void {
    const hint = { number: ticket.detail.number, seq: ticket.lastSeq };
    for (const session of this.#sessions.values()) {
      if (this.#now() > session.expiresAt) this.#end(session);
      if (!opens(session, ticket)) continue;
      for (const stream of session.streams) queueMicrotask(() => session.streams.has(stream) && stream.onHint({ ...hint }));
    }
  }

  #open(via: SessionOrigin, requester: Requester | null, numbers: string[]): OpenedSession {
    const now = this.#now();
    const session: StoredSession = {
      ...{ id: randomToken(), token: randomToken(), via, requester },
      ...{ createdAt: now, lastUsedAt: now, expiresAt: now + SESSION_MS },
      numbers: new Set(numbers),
      streams: new Set(),
    };
    this.#sessions.set(session.token, session);
    return { session: shown(session, session), token: session.token, numbers: [...session.numbers] };
  }

  #end(session: StoredSession): void {
    this.#sessions.delete(session.token);
    for (const stream of session.streams) stream.end();
  }
}

/** Whether this session may read the ticket. */
export function opens({ requester, numbers }: StoredSession, ticket: TicketThread): boolean {
  return requester ? isSameAddress(requester.email, ticket.requester.email) : numbers.has(ticket.detail.number);
}

/** Capitals make no difference. */
export function isSameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function isSamePerson(one: StoredSession, other: StoredSession): boolean {
  return one === other || Boolean(one.requester && other.requester && isSameAddress(one.requester.email, other.requester.email));
}

function shown({ id, via, createdAt, lastUsedAt, expiresAt, requester, token }: StoredSession, current: StoredSession): Session {
  return {
    id,
    via,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: new Date(lastUsedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    requester: requester && { ...requester },
    current: token === current.token,
  };
}

function gone(): SupportError {
  return new SupportError('gone', 'This is spent, too old or unknown.');
}
