import {
  isSupportErrorCode,
  SupportError,
  type Agent,
  type AgentReplyReceipt,
  type AgentSelf,
  type AgentTicketDetail,
  type AgentTicketPage,
  type AgentTicketSummary,
  type Problem,
  type ThreadEntry,
  type TicketAccessState,
} from '@storefront-support/contract';

/** What a list of tickets is narrowed to; an empty string narrows nothing. */
export interface QueueFilter {
  status: string;
  contact: string;
  assignee: string;
  kind: string;
  q: string;
}

/** What is sent as a message or a note. */
export interface OutgoingMessage {
  text: string;
  visibility: 'public' | 'internal';
  attachmentIds: string[];
  secret: string;
  /** Of the last entry that the agent has seen. */
  seq: number;
}

/** What changes of a ticket; absent members stay. */
export interface TicketChange {
  status?: string;
  reason?: string;
  assigneeId?: string | null;
  assignee?: { email: string; comment: string };
  contactId?: string;
}

/** Whom a set-up link is for, and what an app for codes is given. */
export interface SetUpInvite {
  agent: { name: string; email: string };
  timeCode: { secret: string; uri: string };
}

/** Something newer stands in the thread. */
export class NewerEntriesError extends SupportError {
  readonly entries: ThreadEntry[];

  constructor(message: string, entries: ThreadEntry[]) {
    super('conflict', message);
    this.entries = entries;
  }
}

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

const LIMIT_MS = 30_000;

/** The routes for agents, with the cookie of this origin. Rejects with a `SupportError`. */
export class InboxApi {
  /** Called when the session turns out to have ended. */
  onSessionEnded: () => void = () => undefined;

  me(): Promise<AgentSelf> {
    return this.#ask('/v1/agent/me');
  }

  async signIn(email: string, password: string, code: string): Promise<Agent> {
    const body = { email, password, ...(code && { code }) };
    return (await this.#ask<{ agent: Agent }>('/v1/agent/sign-in', { method: 'POST', body }, false)).agent;
  }

  passkeyQuestion(): Promise<object> {
    return this.#ask('/v1/agent/sign-in/passkey-options', { method: 'POST' }, false);
  }

  async signInWithPasskey(answer: unknown): Promise<Agent> {
    return (await this.#ask<{ agent: Agent }>('/v1/agent/sign-in/passkey', { method: 'POST', body: { answer } }, false)).agent;
  }

  invite(token: string): Promise<SetUpInvite> {
    return this.#ask('/v1/agent/set-up', { method: 'POST', body: { token } }, false);
  }

  async finishSetUp(token: string, password: string, code: string): Promise<Agent> {
    const body = { token, password, code };
    return (await this.#ask<{ agent: Agent }>('/v1/agent/set-up/finish', { method: 'POST', body }, false)).agent;
  }

  async signOut(): Promise<void> {
    await this.#ask('/v1/agent/sign-out', { method: 'POST' }, false);
  }

  newPasskeyQuestion(): Promise<object> {
    return this.#ask('/v1/agent/passkey-options', { method: 'POST' });
  }

  async addPasskey(name: string, answer: unknown): Promise<void> {
    await this.#ask('/v1/agent/passkeys', { method: 'POST', body: { name, answer } });
  }

  async removePasskey(id: string): Promise<void> {
    await this.#ask(`/v1/agent/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** @param due true: those that wait for a first answer which was promised, the most urgent first. */
  list(desk: string, filter: QueueFilter, due: boolean, cursor: string | null, signal?: AbortSignal): Promise<AgentTicketPage> {
    const query = new URLSearchParams({ limit: '30' });
    for (const [name, value] of Object.entries(filter) as [string, string][]) if (value) query.set(name, value);
    if (due) query.set('order', 'due');
    if (cursor) query.set('cursor', cursor);
    return this.#ask(`${agentPath(desk)}/tickets?${query}`, { signal });
  }

  /** The end of a thread, or what stands before or after a sequence number. */
  thread(desk: string, number: string, part: { before?: number; after?: number } = {}, signal?: AbortSignal): Promise<AgentTicketDetail> {
    const query = new URLSearchParams(Object.entries(part).map(([name, value]) => [name, String(value)]));
    return this.#ask(`${ticketPath(desk, number)}?${query}`, { signal });
  }

  send(desk: string, number: string, key: string, message: OutgoingMessage): Promise<AgentReplyReceipt> {
    const { attachmentIds, secret, ...rest } = message;
    const body = attachmentIds.length ? { ...rest, attachmentIds, secret } : rest;
    return this.#ask(`${ticketPath(desk, number)}/messages`, { method: 'POST', body, headers: { 'Idempotency-Key': key } });
  }

  async change(desk: string, number: string, change: TicketChange): Promise<AgentTicketSummary> {
    return (await this.#ask<{ ticket: AgentTicketSummary }>(ticketPath(desk, number), { method: 'PATCH', body: change })).ticket;
  }

  async redact(desk: string, number: string, part: { messageId: string; start: number; end: number }): Promise<void> {
    await this.#ask(`${ticketPath(desk, number)}/redactions`, { method: 'POST', body: part });
  }

  /** What was asked for, offered and lent on a ticket. */
  access(desk: string, number: string, signal?: AbortSignal): Promise<TicketAccessState> {
    return this.#ask(`${ticketPath(desk, number)}/access`, { signal });
  }

  /** Takes up an offer of the customer's, says no to it, or takes a request back. */
  async answerAccess(desk: string, number: string, id: string, verb: 'accept' | 'decline' | 'withdraw'): Promise<void> {
    await this.#ask(`${ticketPath(desk, number)}/access/requests/${encodeURIComponent(id)}/${verb}`, { method: 'POST', body: {} });
  }

  /** Address of a file, which the browser saves and does not show. */
  fileAddress(desk: string, number: string, id: string): string {
    return `${ticketPath(desk, number)}/attachments/${encodeURIComponent(id)}`;
  }

  async #ask<T>(path: string, { method = 'GET', body, headers = {}, signal }: Ask = {}, signedIn = true): Promise<T> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      text = await answer.text();
    } catch (cause) {
      if (signal?.aborted) throw new SupportError('aborted', 'Not wanted any more.', { cause });
      throw new SupportError(limit.aborted ? 'timeout' : navigator.onLine ? 'network' : 'offline', 'No answer.', { cause });
    }
    if (answer.ok) return (text ? parsed(text) : undefined) as T;
    const problem = (parsed(text) ?? {}) as Partial<Problem> & { entries?: ThreadEntry[] };
    const { code, detail = '', fields, entries } = problem;
    if (code === 'not-signed-in' && signedIn) this.onSessionEnded();
    if (code === 'conflict' && entries) throw new NewerEntriesError(detail, entries);
    const retryAfter = Number(answer.headers.get('Retry-After')) * 1000 || undefined;
    throw new SupportError(isSupportErrorCode(code) ? code : 'internal', detail, { fields, retryAfter });
  }
}

function agentPath(desk: string): string {
  return `/v1/desks/${encodeURIComponent(desk)}/agent`;
}

function ticketPath(desk: string, number: string): string {
  return `${agentPath(desk)}/tickets/${encodeURIComponent(number)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
