import type {
  AccessKind,
  AccessRecord,
  AccessReveal,
  Agent,
  AgentSelf,
  RevealOutcome,
  TicketAccessState,
} from '@storefront-support/contract';
import { ask, jsonOf, type ApiRequest } from '../base/api-request.js';
import type { PublishedManifest } from '../base/trust.js';

/** A device in the roster of a desk. */
export interface RosterDevice {
  id: string;
  agent: { id: string; name: string };
  name: string;
  recipient: string;
  state: 'waiting' | 'enrolled' | 'removed';
}

/** A team's key, wrapped to its devices. */
export interface TeamIdentity {
  epoch: number;
  /** An age file, base64. */
  wrapped: string;
  devices: string[];
  revision: number;
}

/** What an agent asks a customer for. */
export interface AskDraft {
  kinds: AccessKind[];
  reason: string;
  neededUntil: string;
}

/** The routes of the agents' vault page, with the cookie of its own origin. Rejects with a `SupportError`. */
export class AgentApi {
  async me(): Promise<AgentSelf> {
    return jsonOf(await this.#ask('/v1/agent/me'));
  }

  async signIn(email: string, password: string, code: string): Promise<Agent> {
    return (await this.#post<{ agent: Agent }>('/v1/agent/sign-in', { email, password, code })).agent;
  }

  passkeyQuestion(): Promise<object> {
    return this.#post('/v1/agent/sign-in/passkey-options', {});
  }

  async signInWithPasskey(answer: unknown): Promise<Agent> {
    return (await this.#post<{ agent: Agent }>('/v1/agent/sign-in/passkey', { answer })).agent;
  }

  async signOut(): Promise<void> {
    await this.#ask('/v1/agent/sign-out', { method: 'POST', body: {} });
  }

  async manifest(desk: string): Promise<PublishedManifest> {
    const base = `/v1/desks/${desk}/vault/manifest.json`;
    const [file, signature] = await Promise.all([this.#ask(base), this.#ask(`${base}.sig`)]);
    return { file: new Uint8Array(await file.arrayBuffer()), signature: await signature.text() };
  }

  async records(desk: string): Promise<{ ticket: string; record: AccessRecord }[]> {
    return (await jsonOf<{ records: { ticket: string; record: AccessRecord }[] }>(await this.#ask(`${vaultOf(desk)}/records`))).records;
  }

  /** @param key the same for every attempt at one opening: it is the same one then. */
  async open(desk: string, recordId: string, reason: string, key: string): Promise<AccessReveal> {
    const headers = { 'Idempotency-Key': key };
    return jsonOf(await this.#ask(`${vaultOf(desk)}/records/${recordId}/reveals`, { method: 'POST', headers, body: { reason } }));
  }

  async sealed(desk: string, revealId: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await this.#ask(`${vaultOf(desk)}/reveals/${revealId}/sealed`)).arrayBuffer());
  }

  async acknowledge(desk: string, revealId: string, outcome: RevealOutcome): Promise<void> {
    await this.#ask(`${vaultOf(desk)}/reveals/${revealId}/ack`, { method: 'POST', body: { outcome } });
  }

  /** What was asked for, offered and lent on a ticket. */
  async access(desk: string, ticket: string): Promise<TicketAccessState> {
    return jsonOf(await this.#ask(accessOf(desk, ticket)));
  }

  /** @param key the same for every attempt at one question */
  async askFor(desk: string, ticket: string, draft: AskDraft, key: string): Promise<void> {
    await this.#ask(`${accessOf(desk, ticket)}/requests`, { method: 'POST', headers: { 'Idempotency-Key': key }, body: draft });
  }

  async answerRequest(desk: string, ticket: string, id: string, answer: 'accept' | 'decline' | 'withdraw'): Promise<void> {
    await this.#post(`${accessOf(desk, ticket)}/requests/${id}/${answer}`, {});
  }

  async roster(desk: string): Promise<{ devices: RosterDevice[]; epochs: number[] }> {
    return jsonOf(await this.#ask(`${vaultOf(desk)}/roster`));
  }

  async addDevice(desk: string, id: string, device: { name: string; recipient: string }): Promise<void> {
    await this.#ask(`${vaultOf(desk)}/devices/${id}`, { method: 'PUT', body: device });
  }

  async identity(desk: string, epoch: number): Promise<TeamIdentity> {
    return jsonOf(await this.#ask(`${vaultOf(desk)}/identities/${epoch}`));
  }

  /** Rejects with `conflict` where somebody has changed it since it was read. */
  async putIdentity(desk: string, { epoch, wrapped, devices, revision }: TeamIdentity): Promise<void> {
    const headers = { 'If-Match': `"${revision}"` };
    await this.#ask(`${vaultOf(desk)}/identities/${epoch}`, { method: 'PUT', headers, body: { wrapped, devices } });
  }

  /** The first of its epoch, as the operator made it. Rejects with `conflict` where there is one already. */
  async addIdentity(desk: string, epoch: number, wrapped: string): Promise<void> {
    const headers = { 'If-None-Match': '*' };
    await this.#ask(`${vaultOf(desk)}/identities/${epoch}`, { method: 'PUT', headers, body: { wrapped, devices: [] } });
  }

  async #post<T>(path: string, body: object): Promise<T> {
    return jsonOf(await this.#ask(path, { method: 'POST', body }));
  }

  #ask(path: string, request?: ApiRequest): Promise<Response> {
    return ask(path, request, 'same-origin');
  }
}

function accessOf(desk: string, ticket: string): string {
  return `/v1/desks/${encodeURIComponent(desk)}/agent/tickets/${encodeURIComponent(ticket)}/access`;
}

function vaultOf(desk: string): string {
  return `/v1/desks/${encodeURIComponent(desk)}/agent/vault`;
}
