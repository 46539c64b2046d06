import {
  SupportError,
  type AccessAgent,
  type AccessKind,
  type AccessMeta,
  type AccessRecord,
  type AccessRequest,
  type AfterCareItem,
  type AuditEvent,
  type AuditExport,
  type RevealOutcome,
  type TicketAccessState,
  type VaultPass,
  type VaultRequest,
} from '@storefront-support/contract';
import {
  expiryProblem,
  newRecord,
  newRequest,
  stepRecord,
  stepRequest,
  type LifeEvent,
  type RecordCommand,
  type RequestCommand,
} from '@storefront-support/contract/access-lifecycle';
import { ACCESS, afterCareOf } from '@storefront-support/contract/access-record';
import { MemoryAudits, type AuditSubject } from './memory-audit.js';
import { MemoryPasses } from './memory-passes.js';
import { hex, randomToken } from '../random-token.js';
import { invalidFields, notFound } from '../refusals.js';
import { recordView, requestView, signOf, type StoredRecord, type StoredRequest } from './stored-access.js';
import type { TicketThread } from './ticket-thread.js';

/** Who does something. */
interface Doer {
  kind: 'requester' | 'agent' | 'desk';
  id: string | null;
  name: string;
}

const doerOf = ({ id, name }: AccessAgent): Doer => ({ kind: 'agent', id, name });
const REQUESTER: Doer = { kind: 'requester', id: null, name: '' };

/** What an agent asks for. */
export interface MemoryAsk {
  agent: AccessAgent;
  kinds: AccessKind[];
  reason: string;
  neededUntil?: string | undefined;
}

/** What has been asked for and lent on the tickets of a desk, by the rules of the contract. */
export class MemoryAccess {
  /** True: customers may offer access. */
  offers = false;
  /** Address of the vault page that a pass names. */
  vaultUrl = 'about:blank';
  readonly #desk: { id: string; name: string };
  readonly #now: () => number;
  readonly #thread: (number: string) => TicketThread | undefined;
  readonly #told: (thread: TicketThread) => void;
  readonly #requests: StoredRequest[] = [];
  readonly #records: StoredRecord[] = [];
  readonly #offered = new Map<string, { body: string; id: string }>();
  readonly #passes: MemoryPasses;
  readonly #audits: MemoryAudits;
  /** Names by id, of those who opened something. */
  readonly #agents = new Map<string, string>();

  /** @param told is called after every change of a ticket's access. */
  constructor(
    desk: { id: string; name: string },
    now: () => number,
    thread: (number: string) => TicketThread | undefined,
    told: (thread: TicketThread) => void,
  ) {
    this.#desk = desk;
    this.#audits = new MemoryAudits(desk.id);
    this.#passes = new MemoryPasses(now);
    this.#now = now;
    this.#thread = thread;
    this.#told = told;
  }

  /** An agent asks. @returns id of the request */
  ask(
    number: string,
    { agent, kinds, reason, neededUntil = new Date(this.#now() + ACCESS.expiryDefaultMs).toISOString() }: MemoryAsk,
  ): string {
    return this.#begin(number, 'asked', { kinds, reason, agent, neededUntil, by: { kind: 'agent', name: agent.name } }, doerOf(agent));
  }

  /** An agent accepts what is offered. */
  accept(requestId: string, agent: AccessAgent): void {
    const request = this.#request(requestId);
    this.#stepRequest(request, { type: 'accept' }, doerOf(agent));
    request.agent = agent;
  }

  /** An agent opens a record and says what came of it, at once; without an outcome the lease stands. */
  open(recordId: string, agent: AccessAgent, reason: string, outcome?: RevealOutcome): void {
    const record = this.#record(recordId);
    const reveal = randomToken();
    const facts = { reveal, agentId: agent.id, purpose: 'reveal', assigned: true, provedAt: this.#now(), reason } as const;
    this.#agents.set(agent.id, agent.name);
    this.#stepRecord(record, { type: 'open', ...facts }, doerOf(agent), reason);
    if (outcome) this.#stepRecord(record, { type: 'acknowledge', reveal, agentId: agent.id, outcome }, doerOf(agent));
  }

  /** A record as it was sent; undefined once it has ended. */
  sealed(recordId: string): Uint8Array | undefined {
    return this.#record(recordId).body;
  }

  /** What the vault page is told for a pass. */
  vaultRequest(token: string): VaultRequest {
    const { request, origin } = this.#pass(token);
    const thread = this.#thread(request.number);
    return {
      request: requestView(request, this.#moment(request.number)),
      records: this.#records.filter(({ requestId }) => requestId === request.id).map((record) => this.#view(record)),
      ticket: { number: request.number, subject: thread?.detail.subject ?? null },
      desk: this.#desk,
      origin,
      now: new Date(this.#now()).toISOString(),
    };
  }

  /** Takes what the vault page has sealed. Sent again it is the same record. */
  async receive(token: string, id: string, meta: AccessMeta, body: Uint8Array<ArrayBuffer>): Promise<AccessRecord> {
    const { request } = this.#pass(token);
    const receipt = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', body)));
    const known = this.#records.find((record) => record.id === id);
    if (known?.receipt === receipt) return this.#view(known);
    if (known) throw new SupportError('conflict', 'Another record has this id.');
    const problem = expiryProblem(Date.parse(meta.expiresAt), this.#now());
    if (problem) throw new SupportError(problem, 'Between one hour and 30 days from now.');
    this.#stepRequest(request, { type: 'answer' }, REQUESTER);
    const { requestId, kind, epoch, expiresAt, maxReveals } = meta;
    const facts = newRecord({ createdAt: this.#now(), expiresAt: Date.parse(expiresAt), epoch, maxReveals });
    const more = { id, number: request.number, requestId, kind, receipt, body: body.slice(), bytes: body.length, facts };
    const record: StoredRecord = { ...more, supersededBy: null, done: new Map(), revision: 1 };
    this.#records.unshift(record);
    this.#write(request.number, [{ event: 'record.granted', at: this.#now(), byItself: false }], REQUESTER, {
      requestId,
      recordId: id,
      epoch,
    });
    this.#changed(request.number);
    return this.#view(record);
  }

  state(number: string): TicketAccessState {
    const audit = this.#audits.of(number).head;
    return { offers: this.offers && this.#thread(number)?.detail.status !== 'closed', ...this.#views(number), audit };
  }

  pass(number: string, requestId: string, origin: string): VaultPass {
    const request = this.#request(requestId, number);
    const { refused } = stepRequest(request.facts, { type: 'answer' }, this.#moment(number));
    if (refused) throw new SupportError(refused, 'This request takes no record.');
    return { ...this.#passes.make(requestId, origin), url: this.vaultUrl };
  }

  refuse(number: string, requestId: string, type: 'decline' | 'withdraw', reason: string): AccessRequest {
    const request = this.#request(requestId, number);
    this.#stepRequest(request, { type, by: 'requester' }, REQUESTER, reason);
    return requestView(request, this.#moment(request.number));
  }

  offer(number: string, kinds: AccessKind[], reason: string, key: string): AccessRequest {
    if (!this.offers) throw notFound();
    const body = JSON.stringify([kinds, reason]);
    const before = this.#offered.get(`${number} ${key}`);
    if (before && before.body !== body) throw new SupportError('idempotency-mismatch', 'This key has made another offer.');
    if (before) return requestView(this.#request(before.id), this.#moment(number));
    if (!kinds.length || !reason.trim())
      throw invalidFields({ [kinds.length ? 'reason' : 'kinds']: { code: 'required', detail: 'Needed.' } });
    const id = this.#begin(
      number,
      'offered',
      { kinds, reason: reason.trim(), agent: null, neededUntil: null, by: { kind: 'requester', name: '' } },
      REQUESTER,
    );
    this.#offered.set(`${number} ${key}`, { body, id });
    return requestView(this.#request(id), this.#moment(number));
  }

  /** The requester ends a record, now or at another time. */
  change(number: string, recordId: string, command: RecordCommand): AccessRecord {
    const record = this.#record(recordId, number);
    this.#stepRecord(record, command, REQUESTER);
    return this.#view(record);
  }

  tick(number: string, recordId: string, done: readonly AfterCareItem[]): AccessRecord {
    const record = this.#record(recordId, number);
    const { state } = this.#view(record);
    if (state === 'active' || state === 'superseded') throw new SupportError('conflict', 'There is something to do once it has ended.');
    if (done.some((item) => !afterCareOf(record.kind).includes(item)))
      throw invalidFields({ done: { code: 'invalid', detail: 'Not of this kind.' } });
    const before = new Map(record.done);
    record.done = new Map(done.map((item) => [item, before.get(item) ?? new Date(this.#now()).toISOString()]));
    record.revision += 1;
    const all = afterCareOf(record.kind).length;
    if (record.done.size === all && before.size < all) {
      const told = { event: 'aftercare.done' as const, at: this.#now(), byItself: false };
      this.#write(number, [told], REQUESTER, { requestId: record.requestId, recordId });
    }
    this.#changed(number);
    return this.#view(record);
  }

  audit(number: string): Promise<AuditExport> {
    return this.#audits.of(number).export();
  }

  #begin(
    number: string,
    state: 'asked' | 'offered',
    draft: Omit<StoredRequest, 'id' | 'number' | 'createdAt' | 'facts'>,
    doer: Doer,
  ): string {
    const thread = this.#thread(number);
    if (!thread) throw notFound();
    if (thread.detail.status === 'closed') throw new SupportError('ticket-closed', 'This ticket is closed.');
    const id = randomToken().slice(0, 22);
    this.#requests.unshift({ ...draft, id, number, createdAt: this.#now(), facts: newRequest(state, this.#now()) });
    const event: AuditEvent = state === 'asked' ? 'request.asked' : 'request.offered';
    this.#write(number, [{ event, at: this.#now(), byItself: false }], doer, { requestId: id }, draft.reason);
    this.#changed(number);
    return id;
  }

  #stepRequest(request: StoredRequest, command: RequestCommand, doer: Doer, reason = ''): void {
    const { facts, events, refused } = stepRequest(request.facts, command, this.#moment(request.number));
    request.facts = facts;
    this.#write(request.number, events, doer, { requestId: request.id }, reason);
    this.#changed(request.number);
    if (refused) throw new SupportError(refused, 'The request takes this no more.');
  }

  #stepRecord(record: StoredRecord, command: RecordCommand, doer: Doer, reason = ''): void {
    const { facts, events, refused } = stepRecord(record.facts, command, this.#moment(record.number));
    record.facts = facts;
    record.revision += 1;
    if (facts.state !== 'active') record.body = undefined;
    this.#write(record.number, events, doer, { requestId: record.requestId, recordId: record.id, epoch: facts.epoch }, reason);
    this.#changed(record.number);
    if (refused) throw new SupportError(refused, 'The record takes this no more.');
  }

  #write(number: string, events: readonly LifeEvent[], doer: Doer, about: AuditSubject, reason = ''): void {
    this.#audits.write(number, events, doer, { ...about, reason });
  }

  #changed(number: string): void {
    const thread = this.#thread(number);
    if (!thread) return;
    thread.access = signOf(this.#views(number));
    this.#told(thread);
  }

  #moment(number: string): { now: number; ticketClosedAt: number | null } {
    return { now: this.#now(), ticketClosedAt: this.#thread(number)?.closedAt ?? null };
  }

  #request(id: string, number?: string): StoredRequest {
    return found(this.#requests, id, number);
  }

  #record(id: string, number?: string): StoredRecord {
    return found(this.#records, id, number);
  }

  #pass(token: string): { request: StoredRequest; origin: string } {
    const { requestId, origin } = this.#passes.find(token);
    return { request: this.#request(requestId), origin };
  }

  #view(record: StoredRecord): AccessRecord {
    return recordView(record, this.#moment(record.number), this.#agents);
  }

  #views(number: string): { requests: AccessRequest[]; records: AccessRecord[] } {
    return {
      requests: this.#requests
        .filter((request) => request.number === number)
        .map((request) => requestView(request, this.#moment(request.number))),
      records: this.#records.filter((record) => record.number === number).map((record) => this.#view(record)),
    };
  }
}

function found<T extends { id: string; number: string }>(list: readonly T[], id: string, number: string | undefined): T {
  const one = list.find((candidate) => candidate.id === id && (number === undefined || candidate.number === number));
  if (!one) throw notFound();
  return one;
}
