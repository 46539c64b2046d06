/*
 * A desk in plain arrays: what tickets, threads and sessions are to be, worked out from scratch for every question. It shares no
 * code with the server or any adapter, keeps no counter that it can count, and knows nothing of databases.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const REOPEN_DAYS = 14;
const SESSION_DAYS = 30;
const TOUCH_MS = 10 * MINUTE;
const KEYS_KEPT_DAYS = 9;

export type Status = 'open' | 'pending1' | 'pending2' | 'closed';

export interface Person {
  name: string;
  email: string;
}

export interface ModelAgent {
  id: string;
  name: string;
}

export type Who = { kind: 'requester'; name: string } | { kind: 'agent'; name: string; id: string };

export interface Entry {
  seq: number;
  at: number;
  by: Who;
  /** Of a message; undefined: a change of status. */
  text?: string;
  id?: string;
  internal: boolean;
  status?: Status;
  reason?: string;
}

export interface ModelTicket {
  id: string;
  number: string;
  person: Person;
  subject: string;
  createdAt: number;
  entries: Entry[];
  /** The greatest number that its requester was shown. */
  seen: number;
  rating: { score: string; comment: string } | null;
  assignee: ModelAgent | null;
  secret: string | null;
}

export interface ModelSession {
  id: string;
  token: string;
  /** Null: a device's. */
  person: Person | null;
  tickets: ModelTicket[];
  createdAt: number;
  usedAt: number;
  expiresAt: number;
  ended: boolean;
}

export interface Range {
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
}

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1];

export class DeskModel {
  now: number;
  tickets: ModelTicket[] = [];
  sessions: ModelSession[] = [];
  /** Requests with a key: when they were taken, and what they did. */
  keys = new Map<string, { at: number; body: string; ticket: ModelTicket; seq: number }>();

  constructor(now: number) {
    this.now = now;
  }

  add(
    ticket: Omit<ModelTicket, 'createdAt' | 'entries' | 'rating' | 'seen' | 'assignee'>,
    text: string,
    agent: ModelAgent | null,
  ): ModelTicket {
    const by: Who = agent ? { kind: 'agent', ...agent } : { kind: 'requester', name: ticket.person.name };
    const entry = { seq: 1, at: this.now, by, text, internal: false };
    const made = { ...ticket, createdAt: this.now, entries: [entry], rating: null, seen: agent ? 0 : 1, assignee: agent };
    this.tickets.push(made);
    return made;
  }

  statusOf({ entries }: ModelTicket): Status {
    return last(entries.filter(({ status }) => status !== undefined))?.status ?? 'open';
  }

  /** Until when it may be opened again by its requester. */
  #reopenUntil(ticket: ModelTicket): number | undefined {
    if (this.statusOf(ticket) !== 'closed') return undefined;
    const closing = last(ticket.entries.filter(({ status }) => status !== undefined));
    return (closing?.at ?? 0) + REOPEN_DAYS * DAY;
  }

  reply(ticket: ModelTicket, text: string): 'ticket-closed' | Entry {
    if (this.statusOf(ticket) !== 'open' && this.setStatus(ticket, this.#requester(ticket), 'open', '') === 'ticket-closed')
      return 'ticket-closed';
    return this.#append(ticket, { by: this.#requester(ticket), text, internal: false });
  }

  answer(ticket: ModelTicket, agent: ModelAgent, text: string, internal: boolean, seq: number): 'conflict' | Entry {
    const newer = ticket.entries.filter((entry) => entry.seq > seq);
    const clash = newer.some(({ by, text, internal }) => (text !== undefined && !internal) || by.kind !== 'agent' || by.id !== agent.id);
    if (clash) return 'conflict';
    if (!internal) ticket.assignee ??= agent;
    return this.#append(ticket, { by: { kind: 'agent', ...agent }, text, internal });
  }

  setStatus(ticket: ModelTicket, by: Who | 'requester', status: Status, reason: string): 'ticket-closed' | 'same' | Entry {
    const who = by === 'requester' ? this.#requester(ticket) : by;
    if (this.statusOf(ticket) === status) return 'same';
    const until = this.#reopenUntil(ticket);
    if (who.kind === 'requester' && until !== undefined && until <= this.now) return 'ticket-closed';
    return this.#append(ticket, { by: who, status, reason, internal: false });
  }

  see(ticket: ModelTicket, seq: number): void {
    ticket.seen = Math.max(ticket.seen, Math.min(seq, this.#lastPublic(ticket).seq));
  }

  #requester({ person }: ModelTicket): Who {
    return { kind: 'requester', name: person.name };
  }

  #append(ticket: ModelTicket, entry: Omit<Entry, 'seq' | 'at'>): Entry {
    const made = { ...entry, seq: ticket.entries.length + 1, at: this.now };
    ticket.entries.push(made);
    return made;
  }

  #lastPublic({ entries }: ModelTicket): Entry {
    return last(entries.filter(({ internal }) => !internal)) as Entry;
  }

  updatedAt(ticket: ModelTicket): number {
    return this.#lastPublic(ticket).at;
  }

  /** Whoever wrote publicly last has made their move. */
  waitingFor(ticket: ModelTicket): 'desk' | 'requester' | null {
    if (this.statusOf(ticket) === 'closed') return null;
    let waiting: 'desk' | 'requester' | null = null;
    let status: Status = 'open';
    let lastWriter: Who['kind'] = 'requester';
    for (const { text, internal, by, status: set } of ticket.entries) {
      if (text !== undefined && !internal) {
        lastWriter = by.kind;
        if (status !== 'closed') waiting = by.kind === 'agent' ? 'requester' : 'desk';
      }
      if (set === undefined) continue;
      // opened again, it waits for the desk where its requester has done so, else for whom it was before
      if (set === 'closed') waiting = null;
      else waiting ??= by.kind === 'requester' || lastWriter === 'requester' ? 'desk' : 'requester';
      status = set;
    }
    return waiting;
  }

  unread({ entries, seen }: ModelTicket): number {
    return entries.filter(({ seq, by, text, internal }) => seq > seen && by.kind === 'agent' && text !== undefined && !internal).length;
  }

  /** As the wire has it. */
  summary(ticket: ModelTicket, forAgents = false): object {
    const answered = ticket.entries.find(({ by, text, internal }) => by.kind === 'agent' && text !== undefined && !internal);
    const until = this.#reopenUntil(ticket);
    return {
      id: ticket.id,
      number: ticket.number,
      status: this.statusOf(ticket),
      kind: 'support',
      createdAt: iso(ticket.createdAt),
      firstResponseDueAt: null,
      contactId: 'service',
      subject: ticket.subject,
      updatedAt: iso(this.updatedAt(ticket)),
      waitingFor: this.waitingFor(ticket),
      lastSeq: forAgents ? ticket.entries.length : this.#lastPublic(ticket).seq,
      unread: this.unread(ticket),
      firstRespondedAt: iso(answered?.at),
      reopenUntil: until !== undefined && until > this.now ? iso(until) : null,
      rating: ticket.rating,
      access: null,
      ...(forAgents && {
        requester: ticket.person,
        orderReference: null,
        assignee: ticket.assignee && { kind: 'agent', ...ticket.assignee },
      }),
    };
  }

  entry({ seq, at, by, text, id, internal, status, reason }: Entry): object {
    const base = { seq, at: iso(at), by: { kind: by.kind, name: by.name } };
    if (text === undefined) return { ...base, type: 'status', status, reason };
    return { ...base, type: 'message', id, visibility: internal ? 'internal' : 'public', text, attachments: [] };
  }

  thread(ticket: ModelTicket, { after, before, limit }: Range, forAgents = false): object {
    const visible = ticket.entries.filter(({ internal }) => forAgents || !internal);
    const wanted = visible.filter(({ seq }) => (after === undefined || seq > after) && (before === undefined || seq < before));
    const entries = after === undefined ? wanted.slice(-limit) : wanted.slice(0, limit);
    const from = entries[0]?.seq ?? (after === undefined ? (before ?? 1) : after + 1);
    const to = last(entries)?.seq ?? from - 1;
    return {
      ticket: this.summary(ticket, forAgents),
      entries: entries.map((entry) => this.entry(entry)),
      hasEarlier: visible.some(({ seq }) => seq < from),
      hasLater: visible.some(({ seq }) => seq > to),
    };
  }

  /** The last changed first. */
  sorted(tickets: readonly ModelTicket[]): ModelTicket[] {
    return tickets
      .map((ticket) => ({ ticket, at: this.updatedAt(ticket) }))
      .sort((a, b) => b.at - a.at || (a.ticket.id < b.ticket.id ? 1 : -1))
      .map(({ ticket }) => ticket);
  }

  open(session: Pick<ModelSession, 'id' | 'token' | 'person' | 'tickets'>): ModelSession {
    const made = { ...session, createdAt: this.now, usedAt: this.now, expiresAt: this.now + SESSION_DAYS * DAY, ended: false };
    this.sessions.push(made);
    return made;
  }

  stands({ ended, expiresAt }: ModelSession): boolean {
    return !ended && expiresAt > this.now;
  }

  ticketsOf({ person, tickets }: ModelSession): ModelTicket[] {
    return person ? this.tickets.filter((ticket) => ticket.person === person) : tickets;
  }

  use(session: ModelSession): void {
    if (this.now - session.usedAt < TOUCH_MS) return;
    session.usedAt = this.now;
    session.expiresAt = this.now + SESSION_DAYS * DAY;
  }

  sessionsBeside(session: ModelSession): ModelSession[] {
    if (!session.person) return [session];
    return this.sessions.filter((one) => one.person === session.person && this.stands(one));
  }

  session({ id, person, createdAt, usedAt, expiresAt }: ModelSession, current: boolean): object {
    const via = person ? 'link' : 'device';
    return { id, via, createdAt: iso(createdAt), lastUsedAt: iso(usedAt), expiresAt: iso(expiresAt), requester: person, current };
  }

  prune(): void {
    for (const [key, { at }] of this.keys) if (at < this.now - KEYS_KEPT_DAYS * DAY) this.keys.delete(key);
  }
}
