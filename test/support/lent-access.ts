import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  AccessKind,
  AccessMeta,
  AccessRecord,
  AccessRequest,
  AccessReveal,
  AuditExport,
  RevealOutcome,
  TicketAccessState,
  VaultPass,
  VaultRequest,
} from '@storefront-support/contract';
import { sweepAccess, sweepHeaders } from '../../packages/server/dist/jobs/sweep-access.js';
import { openAgentSession } from '../../packages/server/dist/store/agent-sessions.js';
import { addAgent, setContacts } from '../../packages/server/dist/store/agents.js';
import { ageBytes } from './age-bytes.ts';
import type { Call, CounterApp, FiledTicket } from './counter-app.ts';

const HOUR = 3_600_000;
const HOSTS = { inbox: 'localhost:8481', 'agent-vault': 'localhost:8482', vault: '127.0.0.1:8480' } as const;

/** An agent with a browser at the inbox and one at the vault page. */
export interface LendingAgent {
  id: string;
  name: string;
  inbox: string;
  vault: string;
}

/** A record that has been sent. */
export interface SealedRecord {
  record: AccessRecord;
  sealed: Buffer;
  request: AccessRequest;
}

/** Everybody's part in lending, against the whole server in this process. */
export class LentAccess {
  readonly counter: CounterApp;
  readonly deskId: string;

  constructor(counter: CounterApp) {
    this.counter = counter;
    this.deskId = [...counter.room.ports.desks.keys()][0] ?? '';
  }

  get now(): number {
    return this.counter.room.ports.now();
  }

  /** As an operator publishes keys; the server checks no signature. */
  async publish(...epochs: number[]): Promise<void> {
    const folder = path.join(this.counter.room.folder, 'vault', this.deskId);
    await mkdir(folder, { recursive: true });
    const recipients = epochs.map((epoch) => ({ epoch, recipient: `age1of${epoch}` }));
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ v: 1, recipients }));
    await writeFile(path.join(folder, 'manifest.json.sig'), '-----BEGIN SSH SIGNATURE-----\n');
  }

  /** Somebody new, who has just shown a second factor at the vault page. */
  async agent(role: 'agent' | 'admin' = 'agent'): Promise<LendingAgent> {
    const { store } = this.counter.room.ports;
    const name = `Agent ${randomBytes(4).toString('hex')}`;
    return store.write.run(async (trx) => {
      const agent = await addAgent(trx, { name, email: `${name.replace(' ', '.').toLowerCase()}@shop.example`, role }, this.now);
      if (!agent) throw new Error('no agent');
      if (role === 'agent') await setContacts(trx, agent.id, [{ deskId: this.deskId, contactId: 'service' }]);
      const inbox = await openAgentSession(trx, agent.id, this.now);
      const vault = await openAgentSession(trx, agent.id, this.now, { place: 'vault', secondFactor: true });
      return { id: agent.id, name, inbox, vault };
    });
  }

  /** New sessions, now. */
  async proveAgain(agent: LendingAgent): Promise<LendingAgent> {
    const { store } = this.counter.room.ports;
    return store.write.run(async (trx) => ({
      ...agent,
      inbox: await openAgentSession(trx, agent.id, this.now),
      vault: await openAgentSession(trx, agent.id, this.now, { place: 'vault', secondFactor: true }),
    }));
  }

  atInbox(agent: LendingAgent, below: string, call: Call = {}): Promise<Response> {
    return this.#asAgent('inbox', `__Host-support-agent=${agent.inbox}`, below, call);
  }

  atVault(agent: LendingAgent, below: string, call: Call & { bytes?: Uint8Array } = {}): Promise<Response> {
    return this.#asAgent('agent-vault', `__Host-support-vault=${agent.vault}`, below, call);
  }

  async ask(ticket: FiledTicket, agent: LendingAgent, kinds: AccessKind[] = ['admin-panel']): Promise<AccessRequest> {
    const body = { kinds, reason: 'To see the checkout error', neededUntil: new Date(this.now + 48 * HOUR).toISOString() };
    const answer = await this.atInbox(agent, `tickets/${ticket.number}/access/requests`, { method: 'POST', body, headers: newKey() });
    return (await read<{ request: AccessRequest }>(answer, 201)).request;
  }

  async pass(ticket: FiledTicket, requestId: string): Promise<VaultPass> {
    const headers = { Origin: 'https://shop.example' };
    return read(await this.asCustomer(ticket, `requests/${requestId}/passes`, { method: 'POST', headers }), 201);
  }

  asCustomer(ticket: FiledTicket, below: string, call: Call = {}): Promise<Response> {
    return this.counter.call(`tickets/${ticket.number}/access${below === '' ? '' : `/${below}`}`, { token: ticket.keys.secret, ...call });
  }

  async request(pass: VaultPass): Promise<VaultRequest> {
    return read(await this.#vault('request', { headers: { Authorization: `Bearer ${pass.token}` } }), 200);
  }

  put(
    pass: VaultPass,
    id: string,
    meta: object,
    sealed: Uint8Array | ReadableStream<Uint8Array>,
    type = 'application/octet-stream',
  ): Promise<Response> {
    const headers = { Authorization: `Bearer ${pass.token}`, 'Content-Type': type, 'Vault-Meta': JSON.stringify(meta) };
    const body = ArrayBuffer.isView(sealed) ? new Uint8Array(sealed) : sealed;
    return this.#vault(`records/${id}`, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit);
  }

  meta(requestId: string, changes: Partial<AccessMeta> = {}): AccessMeta {
    const at = (ms: number) => new Date(this.now + ms).toISOString();
    return {
      requestId,
      kind: 'admin-panel',
      epoch: 1,
      createdAt: at(0),
      expiresAt: at(24 * HOUR),
      maxReveals: 50,
      fileBytes: 0,
      ...changes,
    };
  }

  /** Asked for and sealed. */
  async lend(ticket: FiledTicket, agent: LendingAgent, changes: Partial<AccessMeta> = {}): Promise<SealedRecord> {
    const request = await this.ask(ticket, agent, ['admin-panel', 'ssh']);
    const sealed = ageBytes();
    const answer = await this.put(await this.pass(ticket, request.id), newRecordId(), this.meta(request.id, changes), sealed);
    const { record } = await read<{ record: AccessRecord }>(answer, 201);
    return { record, sealed, request };
  }

  reveal(
    agent: LendingAgent,
    recordId: string,
    { key = newKey(), reason = 'To see the checkout error', what = 'reveals' } = {},
  ): Promise<Response> {
    const body = what === 'reveals' ? { reason } : undefined;
    return this.atVault(agent, `vault/records/${recordId}/${what}`, { method: 'POST', headers: key, ...(body && { body }) });
  }

  async revealed(agent: LendingAgent, recordId: string, more: { key?: Record<string, string>; what?: string } = {}): Promise<AccessReveal> {
    return read(await this.reveal(agent, recordId, more), 201);
  }

  sealedOf(agent: LendingAgent, revealId: string): Promise<Response> {
    return this.atVault(agent, `vault/reveals/${revealId}/sealed`);
  }

  async acknowledge(agent: LendingAgent, revealId: string, outcome: RevealOutcome): Promise<AccessRecord> {
    const answer = await this.atVault(agent, `vault/reveals/${revealId}/ack`, { method: 'POST', body: { outcome } });
    return (await read<{ record: AccessRecord }>(answer, 200)).record;
  }

  async state(ticket: FiledTicket): Promise<TicketAccessState> {
    return read(await this.asCustomer(ticket, ''), 200);
  }

  async record(ticket: FiledTicket, id: string): Promise<AccessRecord> {
    const found = (await this.state(ticket)).records.find((record) => record.id === id);
    if (!found) throw new Error(`no record ${id}`);
    return found;
  }

  async audit(ticket: FiledTicket): Promise<AuditExport> {
    return read(await this.asCustomer(ticket, 'audit'), 200);
  }

  async events(ticket: FiledTicket): Promise<string[]> {
    return (await this.audit(ticket)).entries.map(({ event }) => event);
  }

  /** Kinds of the mails that have been left about a ticket, in their order. */
  async mails(ticket: FiledTicket): Promise<string[]> {
    const rows = await this.counter.room.ports.store.read
      .selectFrom('outbox')
      .select('kind')
      .where('ticketId', '=', ticket.id)
      .where('kind', 'in', ['access-asked', 'access-opened', 'access-ended', 'access-reminder', 'access-offered'])
      .orderBy('seq')
      .execute();
    return rows.map(({ kind }) => kind);
  }

  sweep() {
    return sweepAccess(this.counter.room.ports);
  }

  sweepHeaders() {
    return sweepHeaders(this.counter.room.ports);
  }

  #vault(below: string, init: RequestInit): Promise<Response> {
    return Promise.resolve(this.counter.app.fetch(new Request(`http://${HOSTS.vault}/v1/desks/${this.deskId}/vault/${below}`, init)));
  }

  #asAgent(host: 'inbox' | 'agent-vault', cookie: string, below: string, call: Call & { bytes?: Uint8Array }): Promise<Response> {
    const { method = 'GET', body, headers = {}, bytes } = call;
    const page = method === 'GET' ? {} : { Origin: `http://${HOSTS[host]}`, 'Sec-Fetch-Site': 'same-origin' };
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    return Promise.resolve(
      this.counter.app.fetch(
        new Request(`http://${HOSTS[host]}/v1/desks/${this.deskId}/agent/${below}`, {
          method,
          headers: { Cookie: cookie, ...page, ...type, ...headers },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          ...(bytes && { body: new Uint8Array(bytes) }),
        }),
      ),
    );
  }
}

/** What goes along with a record that is sealed now, for a day. */
export function metaFor(requestId: string): AccessMeta {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  return { requestId, kind: 'admin-panel', epoch: 1, createdAt: at(0), expiresAt: at(24 * HOUR), maxReveals: 50, fileBytes: 0 };
}

export function newRecordId(): string {
  return randomBytes(16).toString('base64url');
}

export function newKey(): Record<string, string> {
  return { 'Idempotency-Key': randomBytes(16).toString('hex') };
}

/** The JSON of an answer of this status. */
export async function read<T>(answer: Response, status: number): Promise<T> {
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Status and code of a refusal. */
export async function refusal(answer: Response): Promise<[number, string]> {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}
