import { isDeepStrictEqual } from 'node:util';
import type { DeskConfig } from '../../../packages/server/dist/desk-config.js';
import type { Ports } from '../../../packages/server/dist/ports.js';
import type { Store } from '../../../packages/server/dist/store/unit-of-work.js';
import { defencesOff } from '../../support/desks.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import type { ServerBuild } from '../../support/server-build.ts';
import { newDraft, newKeys } from '../../support/ticket-request.ts';
import {
  DeskModel,
  REOPEN_DAYS,
  type Entry,
  type ModelAgent,
  type ModelSession,
  type ModelTicket,
  type Person,
  type Status,
} from './desk-model.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-06-01T08:00:00Z');
const DESK = '/v1/desks/model';
const PEOPLE: Person[] = ['Ann', 'Bob', 'Cem', 'Dot'].map((name) => ({ name, email: `${name.toLowerCase()}@customer.example` }));
const STATUSES: Status[] = ['open', 'pending1', 'pending2', 'closed'];

/** What is done, and the numbers that decide on the rest of it. */
export interface Step {
  kind: keyof typeof WEIGHTS;
  dice: number[];
}

/** How often each kind is drawn. */
const WEIGHTS = {
  file: 5,
  reply: 14,
  answer: 12,
  note: 6,
  agentOpens: 1,
  close: 5,
  agentStatus: 7,
  assign: 3,
  see: 9,
  rate: 3,
  redact: 2,
  repeat: 5,
  device: 3,
  person: 2,
  endSession: 2,
  sessions: 2,
  stranger: 3,
  list: 4,
  agentList: 2,
  thread: 8,
  agentThread: 4,
  pass: 14,
  prune: 1,
};
const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<Step['kind']>(weight).fill(kind as Step['kind']));

export function stepsOf(seed: number, count: number): Step[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    kind: KINDS[Math.floor(random() * KINDS.length)] as Step['kind'],
    dice: Array.from({ length: 6 }, () => Math.floor(random() * 1_000_000)),
  }));
}

/** Where the server and the model part. */
export class Difference extends Error {
  readonly step: number;

  constructor(step: number, message: string) {
    super(message);
    this.step = step;
  }
}

interface Asked {
  method?: string;
  path: string;
  token?: string | undefined;
  inbox?: boolean;
  body?: unknown;
  key?: string;
}

/** Takes every step with the server and with the model. Rejects with a `Difference` at the first answer that is not the model's. */
export async function runModel(server: ServerBuild, store: Store, steps: readonly Step[]): Promise<void> {
  const run = await ModelRun.begin(server, store);
  for (const [n, step] of steps.entries()) {
    const wrong = await run.take(step, n);
    if (wrong) throw new Difference(n, wrong);
  }
}

function deskConfig(server: ServerBuild): DeskConfig {
  const [config] = server.parseDeskFile(
    JSON.stringify([
      {
        desk: { id: 'model', name: 'Lamp Shop', contacts: [{ id: 'service', name: 'Service' }] },
        notify: { service: 'service@shop.example' },
        mail: { from: 'support@shop.example' },
        reopenDays: REOPEN_DAYS,
        defences: defencesOff,
      },
    ]),
    'desks.yaml',
  );
  return config as DeskConfig;
}

class ModelRun {
  readonly #server: ServerBuild;
  readonly #ports: Ports;
  readonly #app: ReturnType<ServerBuild['createApp']>;
  readonly #model = new DeskModel(START);
  readonly #agents: (ModelAgent & { key: string })[] = [];
  #wrong: string | null = null;
  /** Requests that may be sent again, as they were. */
  #sent: { asked: Asked; scope: string; agents: boolean; created: string | null }[] = [];

  private constructor(server: ServerBuild, store: Store) {
    this.#server = server;
    const none = () => undefined;
    this.#ports = {
      store,
      desks: new Map([['model', deskConfig(server)]]),
      blobs: server.diskBlobStore('/nowhere'),
      headers: server.diskHeaderStore('/nowhere'),
      manifests: server.manifestFiles('/nowhere'),
      events: new server.LocalEventHub(),
      log: { info: none, warn: none, error: none },
      now: () => this.#model.now,
      installSecret: Buffer.alloc(32, 7),
      mailWaiting: none,
    };
    const own = new server.OwnOrigins();
    own.listen({ port: 8480 });
    this.#app = server.createApp(this.#ports, {
      own,
      proxies: new server.TrustedProxies([]),
      isStopping: () => false,
      embedDir: '/nowhere',
    });
  }

  static async begin(server: ServerBuild, store: Store): Promise<ModelRun> {
    const run = new ModelRun(server, store);
    for (const name of ['Gil', 'Hal']) {
      const { id, token } = await store.write.run(async (trx) => {
        const agent = await server.addAgent(trx, { name, email: `${name}@shop.example`, role: 'admin' }, START);
        const { token } = await server.addAgentKey(trx, agent?.id ?? '', { name: 'script', expiresAt: null }, START);
        return { id: agent?.id ?? '', token };
      });
      run.#agents.push({ id, name, key: token });
    }
    return run;
  }

  /** @returns what was wrong. */
  async take(step: Step, n: number): Promise<string | null> {
    this.#wrong = null;
    await this.#do(step);
    if (this.#wrong === null && n % 100 === 99) await this.#lookAtAll();
    return this.#wrong;
  }

  async #do({ kind, dice }: Step): Promise<void> {
    const model = this.#model;
    const [a = 0, b = 0, c = 0, d = 0] = dice;
    const agent = this.#agents[b % 2] as ModelAgent & { key: string };
    const who = { id: agent.id, name: agent.name };
    const ticket = model.tickets[recent(a, model.tickets.length)];
    const session = model.sessions[recent(a, model.sessions.length)];
    const person = PEOPLE[c % PEOPLE.length] as Person;
    switch (kind) {
      case 'file':
        return this.#file(person, d);
      case 'agentOpens':
        return this.#agentOpens(person, agent, d);
      case 'pass':
        model.now += c % 40 === 0 ? (d % 16) * DAY : c % 3 === 0 ? d % 3 : (d % 25) * MINUTE;
        return;
      case 'prune':
        await this.#server.pruneExpired(this.#ports.store, ['model'], model.now);
        return model.prune();
      case 'repeat':
        return this.#repeat(a, b);
      case 'device':
        return this.#device(dice);
      case 'agentList':
        return this.#agentList(agent, c, d);
      case 'person':
        return this.#person(person);
      default:
    }
    if (kind === 'list') return session && this.#list(session, dice);
    if (kind === 'sessions') return session && this.#sessions(session);
    if (kind === 'endSession') return session && this.#end(session, dice);
    if (!ticket) return;
    const range = rangeOf(dice, ticket.entries.length);
    switch (kind) {
      case 'answer':
      case 'note':
        return this.#answer(ticket, agent, who, kind === 'note', c, d);
      case 'agentStatus':
        return this.#agentStatus(ticket, agent, who, c, d);
      case 'assign': {
        const to = [who, this.#agents[(b + 1) % 2] as ModelAgent, null][c % 3] ?? null;
        await this.#expect(
          { method: 'PATCH', ...this.#atInbox(agent, ticket), body: { assigneeId: to === who ? 'me' : (to?.id ?? null) } },
          200,
          () => {
            ticket.assignee = to && { id: to.id, name: to.name };
            return { ticket: model.summary(ticket, true) };
          },
        );
        return;
      }
      case 'redact':
        return this.#redact(ticket, agent, c, d);
      case 'agentThread':
        await this.#expect({ ...this.#atInbox(agent, ticket, queryOf(range)) }, 200, () => model.thread(ticket, range, true));
        return;
      case 'stranger': {
        const token = [
          newKeys().secret,
          model.tickets[b % model.tickets.length]?.secret,
          model.sessions[b % (model.sessions.length || 1)]?.token,
        ][c % 3];
        if (typeof token !== 'string' || this.#opens(token, ticket)) return;
        await this.#refused({ path: `${DESK}/tickets/${ticket.number}/messages`, token }, 404, 'not-found');
        return;
      }
      default:
    }
    // the rest is the requester's, by whatever opens the ticket
    const token = this.#tokenFor(ticket, b);
    if (token === null) return;
    const at = { path: `${DESK}/tickets/${ticket.number}`, token };
    if (kind === 'thread') {
      await this.#expect({ ...at, path: `${at.path}/messages${queryOf(range)}` }, 200, () => model.thread(ticket, range));
    } else if (kind === 'reply') {
      await this.#reply(ticket, token, d);
    } else {
      await this.#change(ticket, at, kind, dice);
    }
    this.#used(token);
  }

  async #file(person: Person, d: number): Promise<void> {
    const keys = newKeys();
    const draft = newDraft({ requester: person, subject: `Subject ${d}`, message: `Message ${d}` });
    const asked = { method: 'POST', path: `${DESK}/tickets`, token: keys.secret, key: keys.idempotencyKey, body: { draft } };
    const answer = (await this.#ask(asked, 201)) as { ticket: { id: string; number: string } } | null;
    if (!answer) return;
    const { id, number } = answer.ticket;
    const ticket = this.#model.add({ id, number, person, subject: `Subject ${d}`, secret: keys.secret }, `Message ${d}`, null);
    await this.#learn(ticket, ticket.entries[0] as Entry);
    const scope = `ticket ${keys.idempotencyKey}`;
    this.#model.keys.set(scope, { at: this.#model.now, body: JSON.stringify(asked.body), ticket, seq: 0 });
    this.#sent.push({ asked, scope, agents: false, created: JSON.stringify(answer) });
  }

  async #agentOpens(person: Person, agent: ModelAgent & { key: string }, d: number): Promise<void> {
    const subject = `Subject ${d}`;
    const body = { contactId: 'service', requester: person, subject, message: `Message ${d}` };
    const asked = { method: 'POST', inbox: true, path: `${DESK}/agent/tickets`, token: agent.key, key: newKeys().idempotencyKey, body };
    const answer = (await this.#ask(asked, 201)) as { ticket: { id: string; number: string } } | null;
    if (!answer) return;
    const { id, number } = answer.ticket;
    const ticket = this.#model.add({ id, number, person, subject, secret: null }, `Message ${d}`, { id: agent.id, name: agent.name });
    await this.#learn(ticket, ticket.entries[0] as Entry);
    this.#same(asked, answer, { ticket: this.#model.summary(ticket, true) });
  }

  async #reply(ticket: ModelTicket, token: string, d: number): Promise<void> {
    const keys = newKeys();
    const body = { text: `Reply ${d}`, attachmentIds: [], secret: keys.secret };
    const asked = { method: 'POST', path: `${DESK}/tickets/${ticket.number}/messages`, token, key: keys.idempotencyKey, body };
    const made = this.#model.reply(ticket, body.text);
    if (made === 'ticket-closed') return this.#refused(asked, 409, made);
    await this.#written(asked, ticket, made, false, `reply ${keys.idempotencyKey}`);
  }

  async #answer(
    ticket: ModelTicket,
    agent: ModelAgent & { key: string },
    who: ModelAgent,
    internal: boolean,
    c: number,
    d: number,
  ): Promise<void> {
    const last = ticket.entries.length;
    // mostly somebody who has read it all
    const seq = c % 4 === 0 ? Math.max(0, last - (c % 5)) : last;
    const text = `Answer ${d}`;
    const body = { text, visibility: internal ? 'internal' : 'public', seq };
    const asked = { method: 'POST', ...this.#atInbox(agent, ticket, '/messages'), key: newKeys().idempotencyKey, body };
    const made = this.#model.answer(ticket, who, text, internal, seq);
    if (made === 'conflict') return this.#refused(asked, 409, made);
    await this.#written(asked, ticket, made, true, `${agent.id} ${asked.key}`);
  }

  async #written(asked: Asked, ticket: ModelTicket, made: Entry, agents: boolean, scope: string): Promise<void> {
    const answer = (await this.#ask(asked, 201)) as { message: { id: string } } | null;
    if (!answer) return;
    made.id = answer.message.id;
    this.#same(asked, answer, { message: this.#model.entry(made), ticket: this.#model.summary(ticket, agents) });
    this.#model.keys.set(scope, { at: this.#model.now, body: JSON.stringify(asked.body), ticket, seq: made.seq });
    this.#sent.push({ asked, scope, agents, created: null });
  }

  /** An earlier request again, as it was or with another text: it adds nothing. */
  async #repeat(a: number, b: number): Promise<void> {
    const sent = this.#sent[recent(a, this.#sent.length)];
    const known = sent && this.#model.keys.get(sent.scope);
    if (!sent || !known) return;
    const { asked, agents, created } = sent;
    const { ticket, seq } = known;
    if (!agents && created === null && !this.#opens(asked.token ?? '', ticket)) return this.#refused(asked, 404, 'not-found');
    if (b % 4 === 0) {
      const text = 'something else';
      const body = created === null ? { ...(asked.body as object), text } : { draft: newDraft({ message: text }) };
      await this.#refused({ ...asked, body }, 422, 'idempotency-mismatch');
    } else if (created !== null) {
      await this.#expect(asked, 201, () => JSON.parse(created) as object);
    } else {
      const entry = ticket.entries[seq - 1] as Entry;
      await this.#expect(asked, 201, () => ({ message: this.#model.entry(entry), ticket: this.#model.summary(ticket, agents) }));
    }
    if (!agents && created === null) this.#used(asked.token ?? '');
  }

  async #agentStatus(ticket: ModelTicket, agent: ModelAgent & { key: string }, who: ModelAgent, c: number, d: number): Promise<void> {
    const status = STATUSES[c % STATUSES.length] as Status;
    const reason = d % 2 ? `Reason ${d}` : '';
    await this.#expect({ method: 'PATCH', ...this.#atInbox(agent, ticket), body: { status, reason } }, 200, () => {
      this.#model.setStatus(ticket, { kind: 'agent', ...who }, status, reason);
      return { ticket: this.#model.summary(ticket, true) };
    });
  }

  async #redact(ticket: ModelTicket, agent: ModelAgent & { key: string }, c: number, d: number): Promise<void> {
    const entry = ticket.entries[c % ticket.entries.length];
    if (entry?.text === undefined) return;
    const { text } = entry;
    const start = d % text.length;
    await this.#expect(
      { method: 'POST', ...this.#atInbox(agent, ticket, '/redactions'), body: { messageId: entry.id, start, end: start + 1 } },
      200,
      () => {
        entry.text = `${text.slice(0, start)}█${text.slice(start + 1)}`;
        return { ticket: this.#model.summary(ticket, true) };
      },
    );
  }

  async #change(ticket: ModelTicket, at: Asked, kind: Step['kind'], [, , c = 0, d = 0, e = 0]: number[]): Promise<void> {
    const model = this.#model;
    const status = c % 3 ? 'closed' : 'open';
    const rating = { score: d % 2 ? 'good' : 'bad', comment: d % 3 ? `Comment ${d}` : '' };
    const seen = e % (ticket.entries.length + 2);
    const both = e % 5 === 0;
    const body = {
      ...(kind === 'close' && { status, reason: d % 2 ? `Reason ${d}` : '' }),
      ...((kind === 'see' || both) && { seen }),
      ...(kind === 'rate' && { rating }),
    };
    const asked = { ...at, method: 'PATCH', body };
    if (kind === 'close' && model.setStatus(ticket, 'requester', status, body.reason ?? '') === 'ticket-closed')
      return this.#refused(asked, 409, 'ticket-closed');
    if (kind === 'see' || both) model.see(ticket, seen);
    if (kind === 'rate') ticket.rating = rating;
    await this.#expect(asked, 200, () => ({ ticket: model.summary(ticket) }));
  }

  async #device(dice: number[]): Promise<void> {
    const { tickets } = this.#model;
    const picked = tickets.length === 0 ? [] : [...new Set(dice.slice(0, 4).map((die) => tickets[die % tickets.length] as ModelTicket))];
    const right = picked.filter(({ secret }, index) => secret !== null && (dice[index] ?? 0) % 5 > 0);
    const body = {
      tickets: picked.map((one) => ({ number: one.number, secret: right.includes(one) ? one.secret : newKeys().secret })),
    };
    const asked = { method: 'POST', path: `${DESK}/sessions`, body };
    const answer = (await this.#ask(asked, 201)) as { session: { id: string }; token: string; numbers: string[] } | null;
    if (!answer) return;
    const session = this.#model.open({ id: answer.session.id, token: answer.token, person: null, tickets: right });
    this.#same(
      asked,
      { ...answer, numbers: answer.numbers.sort() },
      {
        session: this.#model.session(session, true),
        token: answer.token,
        numbers: right.map(({ number }) => number).sort(),
      },
    );
  }

  async #person(person: Person): Promise<void> {
    if (!this.#model.tickets.some((ticket) => ticket.person === person)) return;
    const { session, token } = await this.#ports.store.write.run(async (trx) => {
      const { id } = await trx.selectFrom('requester').select('id').where('email', '=', person.email).executeTakeFirstOrThrow();
      return this.#server.openSession(trx, { deskId: 'model', via: 'link', requesterId: id, now: this.#model.now });
    });
    this.#model.open({ id: session.id, token, person, tickets: [] });
  }

  async #sessions(session: ModelSession): Promise<void> {
    const asked = { path: `${DESK}/sessions`, token: session.token };
    if (!this.#model.stands(session)) return this.#refused(asked, 401, 'not-signed-in');
    this.#model.use(session);
    const answer = (await this.#ask(asked, 200)) as { sessions: { id: string }[] } | null;
    if (!answer) return;
    const byId = (x: { id: string }, y: { id: string }) => (x.id < y.id ? -1 : 1);
    const expected = this.#model.sessionsBeside(session).sort(byId);
    this.#same(
      asked,
      answer.sessions.sort(byId),
      expected.map((one) => this.#model.session(one, one === session)),
    );
  }

  async #end(session: ModelSession, [, b = 0, c = 0]: number[]): Promise<void> {
    const { sessions } = this.#model;
    const other = c % 2 ? session : (sessions[b % sessions.length] as ModelSession);
    const asked = { method: 'DELETE', path: `${DESK}/sessions/${other === session && b % 2 ? 'current' : other.id}`, token: session.token };
    if (!this.#model.stands(session)) return this.#refused(asked, 401, 'not-signed-in');
    this.#model.use(session);
    if (other === session || (session.person !== null && other.person === session.person)) other.ended = true;
    await this.#ask(asked, 204);
  }

  async #list(session: ModelSession, [, , c = 0, d = 0]: number[]): Promise<void> {
    const model = this.#model;
    const status = [undefined, 'active', 'closed'][c % 3];
    const first = { path: `${DESK}/tickets`, token: session.token };
    if (!model.stands(session)) return this.#refused(first, 401, 'not-signed-in');
    model.use(session);
    const all = model.ticketsOf(session);
    const wanted = model.sorted(all).filter((one) => status === undefined || (model.statusOf(one) === 'closed') === (status === 'closed'));
    const unread = all.reduce((sum, one) => sum + model.unread(one), 0);
    await this.#walk(
      first,
      status === undefined ? {} : { status },
      1 + (d % 30),
      wanted.map((one) => model.summary(one)),
      { unread },
    );
  }

  async #agentList(agent: { id: string; key: string }, c: number, d: number): Promise<void> {
    const model = this.#model;
    const filters: [Record<string, string>, (ticket: ModelTicket) => boolean][] = [
      [{}, () => true],
      [{ status: 'pending1' }, (one) => model.statusOf(one) === 'pending1'],
      [{ status: 'active', assignee: 'me' }, (one) => model.statusOf(one) !== 'closed' && one.assignee?.id === agent.id],
      [{ assignee: 'none' }, (one) => one.assignee === null],
      [{ waitingFor: 'desk' }, (one) => model.waitingFor(one) === 'desk'],
      [{ waitingFor: 'requester', status: 'open' }, (one) => model.waitingFor(one) === 'requester' && model.statusOf(one) === 'open'],
    ];
    const [query, matches] = filters[c % filters.length] as (typeof filters)[number];
    const wanted = model.sorted(model.tickets).filter(matches);
    const first = { path: `${DESK}/agent/tickets`, token: agent.key, inbox: true };
    await this.#walk(
      first,
      query,
      20 + (d % 80),
      wanted.map((one) => model.summary(one, true)),
      {},
    );
  }

  /** All pages of a list. */
  async #walk(first: Asked, query: Record<string, string>, limit: number, wanted: object[], more: object): Promise<void> {
    const found: object[] = [];
    // four pages or so, however long the list has become
    const some = Math.min(100, Math.max(limit, Math.ceil(wanted.length / 4)));
    for (let cursor: string | null = ''; cursor !== null;) {
      const params: string = new URLSearchParams({ ...query, limit: String(some), ...(cursor && { cursor }) }).toString();
      const asked = { ...first, path: `${first.path}?${params}` };
      const page = (await this.#ask(asked, 200)) as { tickets: object[]; cursor: string | null } | null;
      if (!page) return;
      const { tickets, cursor: next, ...rest } = page;
      this.#same(asked, rest, more);
      if (next !== null && tickets.length !== some) this.#wrong ??= `${asked.path}: a short page that is not the last`;
      found.push(...tickets);
      cursor = next;
      if (found.length > wanted.length) break;
    }
    this.#same(first, found, wanted);
  }

  /** Everything that can be read, compared. */
  async #lookAtAll(): Promise<void> {
    const [agent] = this.#agents as [ModelAgent & { key: string }];
    await this.#agentList(agent, 0, 79);
    for (const ticket of this.#model.tickets.slice(-8)) {
      const range = { after: 0, limit: 100 };
      await this.#expect(this.#atInbox(agent, ticket, queryOf(range)), 200, () => this.#model.thread(ticket, range, true));
    }
  }

  /** The id of a message, which the receipt of a ticket does not tell. */
  async #learn(ticket: ModelTicket, entry: Entry): Promise<void> {
    const [agent] = this.#agents as [ModelAgent & { key: string }];
    const page = (await this.#ask(this.#atInbox(agent, ticket), 200)) as { entries: { id: string }[] } | null;
    const id = page?.entries[0]?.id;
    if (id !== undefined) entry.id = id;
  }

  #atInbox({ key }: { key: string }, { number }: ModelTicket, below = ''): Asked {
    return { path: `${DESK}/agent/tickets/${number}${below}`, token: key, inbox: true };
  }

  #opens(token: string, ticket: ModelTicket): boolean {
    if (token === ticket.secret) return true;
    const session = this.#model.sessions.find((one) => one.token === token);
    return session !== undefined && this.#model.stands(session) && this.#model.ticketsOf(session).includes(ticket);
  }

  #tokenFor(ticket: ModelTicket, die: number): string | null {
    const sessions = this.#model.sessions.filter((one) => this.#opens(one.token, ticket));
    const tokens = [...(ticket.secret === null ? [] : [ticket.secret]), ...sessions.map(({ token }) => token)];
    return tokens[die % (tokens.length || 1)] ?? null;
  }

  #used(token: string): void {
    const session = this.#model.sessions.find((one) => one.token === token);
    if (session) this.#model.use(session);
  }

  async #expect(asked: Asked, status: number, expected: () => object): Promise<void> {
    const answer = await this.#ask(asked, status);
    if (answer) this.#same(asked, answer, expected());
  }

  async #refused(asked: Asked, status: number, code: string): Promise<void> {
    const answer = (await this.#ask(asked, status)) as { code?: string } | null;
    if (answer && answer.code !== code) this.#wrong ??= `${asked.path}: ${answer.code ?? 'no code'}, expected ${code}`;
  }

  #same(asked: Asked, found: object, expected: object): void {
    if (isDeepStrictEqual(found, expected)) return;
    this.#wrong ??= `${asked.method ?? 'GET'} ${asked.path}\nfound    ${JSON.stringify(found)}\nexpected ${JSON.stringify(expected)}`;
  }

  async #ask({ method = 'GET', path, token, inbox = false, body, key }: Asked, status: number): Promise<object | null> {
    const answer = await this.#app.fetch(
      new Request(`http://localhost:${inbox ? 8481 : 8480}${path}`, {
        method,
        headers: {
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...(key !== undefined && { 'Idempotency-Key': key }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    const text = await answer.text();
    if (answer.status !== status) {
      this.#wrong ??= `${method} ${path} ${JSON.stringify(body ?? '')}: ${answer.status} ${text}, expected ${status}`;
      return null;
    }
    return text === '' ? {} : (JSON.parse(text) as object);
  }
}

/** Mostly one of the last dozen, so that tickets and sessions get a life of some length. */
function recent(die: number, length: number): number {
  if (length === 0) return -1;
  return die % 3 === 0 ? die % length : length - 1 - (die % Math.min(12, length));
}

function rangeOf([, , c = 0, d = 0, e = 0]: number[], length: number) {
  const limit = 1 + (d % 12);
  if (c % 3 === 0) return { limit };
  return c % 3 === 1 ? { after: e % (length + 2), limit } : { before: 1 + (e % (length + 2)), limit };
}

function queryOf(range: Record<string, number>): string {
  return `?${new URLSearchParams(Object.entries(range).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

/** Fewer steps that fail as well: leaves out ever smaller parts, as long as the time lasts. */
export async function shrink(steps: readonly Step[], fails: (steps: readonly Step[]) => Promise<boolean>, ms: number): Promise<Step[]> {
  const until = performance.now() + ms;
  let kept = [...steps];
  for (let part = Math.ceil(kept.length / 2); part >= 1 && performance.now() < until; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let start = 0; start < kept.length && performance.now() < until;) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + part)];
      if (fewer.length > 0 && (await fails(fewer))) kept = fewer;
      else start += part;
    }
  }
  return kept;
}
