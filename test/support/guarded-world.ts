import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { AttachmentLink, Requester, TicketKeys, NumberedReceipt } from '@storefront-support/contract';
import type { Ports } from '../../packages/server/dist/ports.js';
import { defencesOff } from './desks.ts';
import { identityClaims, newSharedKey, signToken } from './identity-tokens.ts';
import type { GuardedAccess } from './guarded-access.ts';
import type { ServerBuild } from './server-build.ts';
import { newDraft, newKeys } from './ticket-request.ts';

export const HOSTS = {
  public: 'localhost:8480',
  inbox: 'localhost:8481',
  attachments: '127.0.0.1:8481',
  vault: '127.0.0.1:8480',
  'agent-vault': 'localhost:8482',
} as const;
export type HostName = keyof typeof HOSTS;

/** What somebody shows to be let in. */
export interface Pass {
  token?: string;
  cookie?: string;
  /** Of the agents' vault page. */
  vault?: string;
}

export interface WorldRequest {
  method: string;
  path: string;
  host?: HostName | undefined;
  body?: unknown;
  headers?: Record<string, string> | undefined;
}

/** Something that only some may see; `canary` stands in every text of it. */
export interface GuardedTicket {
  desk: string;
  id: string;
  number: string;
  keys: TicketKeys;
  canary: string;
  messageId: string;
  /** Of its first message. */
  fileId: string;
  /** Of a note that is for agents alone. */
  noteFileId: string;
  /** An upload that no message has yet, and what it was made under. */
  uploadId: string;
  /** Signed path and query of `fileId`. */
  link: string;
  /** What was asked for, offered and lent on it, once `lend` has run. */
  access?: GuardedAccess;
}

/** One row of every table, as text. */
type Dump = Map<string, Record<string, SQLInputValue>[]>;

const SHOP_KEY = newSharedKey();
const TUS = { 'Tus-Resumable': '1.0.0' };
/** Nothing here is about disks, and thousands of commits need not wait for one. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const NOW = Date.parse('2026-06-01T08:00:00Z');

function desks(): unknown {
  const files = { count: 5, bytesPerFile: 100_000, bytesPerTicket: 100_000, types: ['text/plain'] };
  const desk = (id: string) => ({
    desk: {
      id,
      name: `Desk ${id}`,
      contacts: ['service', 'billing'].map((contact) => ({ id: contact, name: contact })),
      limits: { files },
    },
    identity: [SHOP_KEY],
    notify: { service: 'service@shop.example', billing: 'billing@shop.example' },
    mail: { from: 'Lamp Shop <support@shop.example>' },
    defences: defencesOff,
    accessOffers: true,
  });
  return [desk('one'), desk('two')];
}

/** Two desks, customers A and B, agents of both, and a database that can be put back to where it was. SQLite. */
export class GuardedWorld {
  readonly server: ServerBuild;
  readonly folder: string;
  readonly ports: Ports;
  readonly #app: ReturnType<ServerBuild['createApp']>;
  readonly #raw: DatabaseSync;
  readonly #statements: string[] = [];
  #start: Dump = new Map();
  #headers = new Map<string, Buffer>();
  #requests = 0;
  published = 0;

  private constructor(server: ServerBuild, folder: string, ports: Ports) {
    this.server = server;
    this.folder = folder;
    this.ports = ports;
    const own = new server.OwnOrigins();
    own.listen({ port: 8480 });
    this.#app = server.createApp(ports, { own, proxies: new server.TrustedProxies([]), isStopping: () => false, embedDir: folder });
    ports.events.subscribe(() => (this.published += 1));
    this.#raw = new DatabaseSync(path.join(folder, 'support.sqlite'), { timeout: 5_000, enableForeignKeyConstraints: false });
    this.#raw.exec('pragma synchronous = off');
    this.#listen();
  }

  static async open(server: ServerBuild): Promise<GuardedWorld> {
    const folder = await mkdtemp(path.join(MEMORY, 'storefront-guarded-'));
    const store = await server.openSqlStore(folder);
    const none = () => undefined;
    return new GuardedWorld(server, folder, {
      store,
      desks: new Map(server.parseDeskFile(JSON.stringify(desks()), 'desks.yaml').map((config) => [config.desk.id, config])),
      blobs: server.diskBlobStore(path.join(folder, 'uploads')),
      headers: server.diskHeaderStore(path.join(folder, 'headers')),
      manifests: server.manifestFiles(path.join(folder, 'vault')),
      events: new server.LocalEventHub(),
      log: { info: none, warn: none, error: none },
      now: () => NOW,
      installSecret: Buffer.alloc(32, 7),
      mailWaiting: none,
    });
  }

  async close(): Promise<void> {
    this.#raw.close();
    await this.ports.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  request(
    { method, path: where, host = 'public', body, headers = {} }: WorldRequest,
    { token, cookie: inboxCookie, vault }: Pass = {},
  ): Promise<Response> {
    const json = body !== undefined && typeof body !== 'string';
    const [cookie, name] = host === 'agent-vault' ? [vault, 'vault'] : [inboxCookie, 'agent'];
    const page = cookie !== undefined && (host === 'inbox' || host === 'agent-vault') && !['GET', 'HEAD'].includes(method);
    return Promise.resolve(
      this.#app.fetch(
        new Request(`http://${HOSTS[host]}${where}`, {
          method,
          headers: {
            ...(token !== undefined && { Authorization: `Bearer ${token}` }),
            ...(cookie !== undefined && { Cookie: `__Host-support-${name}=${cookie}` }),
            ...(page && { Origin: `http://${HOSTS[host]}`, 'Sec-Fetch-Site': 'same-origin' }),
            ...(json && { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
        }),
        this.#newClient(),
      ),
    );
  }

  /** Every request comes from an address of its own, so that no limit of addresses answers in the place of what is tested. */
  #newClient() {
    const n = (this.#requests += 1);
    return { incoming: { socket: { remoteAddress: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` } } } as never;
  }

  /** A ticket with a public answer, a note, files on both, a finished upload beside it and a signed link. */
  async guard(desk: string, canary: string, email: string, contactId = 'service'): Promise<GuardedTicket> {
    const keys = newKeys();
    const fileId = await this.upload(desk, `${canary} file`, keys.secret);
    const draft = newDraft({
      contactId,
      requester: { name: canary, email },
      subject: `${canary} subject`,
      message: `${canary} message`,
      attachmentIds: [fileId],
    });
    const { ticket } = await this.#json<NumberedReceipt>(`/v1/desks/${desk}/tickets`, keys, { draft });
    const { number, id } = ticket;
    const noteFileId = await this.#note(desk, id, `${canary} note`);
    const { id: messageId } = await this.ports.store.read
      .selectFrom('message')
      .select('id')
      .where('ticketId', '=', id)
      .where('seq', '=', 1)
      .executeTakeFirstOrThrow();
    const { url } = await this.#json<AttachmentLink>(`/v1/desks/${desk}/tickets/${number}/attachments/${fileId}/links`, keys, undefined);
    const { pathname, search } = new URL(url);
    const uploadId = await this.upload(desk, `${canary} upload`, keys.secret);
    return { desk, id, number, keys, canary, messageId, fileId, noteFileId, uploadId, link: pathname + search };
  }

  /** A finished upload. */
  async upload(desk: string, text: string, secret: string): Promise<string> {
    const bytes = Buffer.from(text);
    const made = await this.request(
      { method: 'POST', path: `/v1/desks/${desk}/uploads`, headers: { ...TUS, 'Upload-Length': String(bytes.length) } },
      { token: secret },
    );
    const id = made.headers.get('Location')?.split('/')[1] ?? '';
    const row = await this.server.findUpload(this.ports.store.read, desk, id);
    const config = this.ports.desks.get(desk);
    if (!row || !config) throw new Error(`${made.status} ${await made.text()}`);
    await this.server.receivePiece(this.ports, config, row, bytes);
    return id;
  }

  /** A session of a device. */
  async device(desk: string, { number, keys }: GuardedTicket): Promise<string> {
    const { token } = await this.#json<{ token: string }>(`/v1/desks/${desk}/sessions`, newKeys(), {
      tickets: [{ number, secret: keys.secret }],
    });
    return token;
  }

  /** A session of a customer whom the shop names in a token. */
  async namedByShop(desk: string, requester: Requester): Promise<string> {
    const { kid, alg, secret } = SHOP_KEY;
    const identityToken = signToken({ alg, kid }, identityClaims(desk, requester, NOW), secret);
    return (await this.#json<{ token: string }>(`/v1/desks/${desk}/sessions`, newKeys(), { identityToken })).token;
  }

  /** A session of the requester of a ticket, as a mailed link opens it. */
  person({ desk, id }: GuardedTicket) {
    return this.ports.store.write.run(async (trx) => {
      const { requesterId } = await trx.selectFrom('ticket').select('requesterId').where('id', '=', id).executeTakeFirstOrThrow();
      return this.server.openPersonSession(trx, { deskId: desk, via: 'link', requesterId, now: NOW });
    });
  }

  /** An agent with a cookie and a key. */
  async agent(name: string, contacts: { deskId: string; contactId: string }[] | 'admin') {
    const { server } = this;
    return this.ports.store.write.run(async (trx) => {
      const role = contacts === 'admin' ? 'admin' : 'agent';
      const agent = await server.addAgent(trx, { name, email: `${name}@shop.example`, role }, NOW);
      if (!agent) throw new Error(`there is an agent ${name} already`);
      if (contacts !== 'admin') await server.setContacts(trx, agent.id, contacts);
      const cookie = await server.openAgentSession(trx, agent.id, NOW, { secondFactor: true });
      const vault = await server.openAgentSession(trx, agent.id, NOW, { place: 'vault', secondFactor: true });
      const { key, token } = await server.addAgentKey(trx, agent.id, { name: `${name}'s`, expiresAt: null }, NOW);
      await trx.updateTable('agentKey').set({ lastUsedAt: NOW }).where('id', '=', key.id).execute();
      return { id: agent.id, cookie, vault, token, keyId: key.id };
    });
  }

  /** Everything as it is now is what `restore` puts back. */
  remember(): void {
    this.#start = this.dump();
    this.#headers = new Map(this.#headerFiles().map((file) => [file, readFileSync(file)]));
  }

  dump(): Dump {
    const tables = this.#raw
      .prepare(
        // triggers keep the index of the search in step with its texts
        `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'
          and name not like 'search_index%' order by name`,
      )
      .all() as { name: string }[];
    return new Map(tables.map(({ name }) => [name, this.#raw.prepare(`select * from ${name}`).all() as Record<string, SQLInputValue>[]]));
  }

  restore(): void {
    for (const file of this.#headerFiles()) if (!this.#headers.has(file)) rmSync(file);
    for (const [file, bytes] of this.#headers) if (!existsSync(file)) writeFileSync(file, bytes);
    this.#raw.exec('begin immediate');
    try {
      for (const table of this.#start.keys()) this.#raw.exec(`delete from ${table}`);
      for (const [table, rows] of this.#start) {
        for (const row of rows) {
          const columns = Object.keys(row);
          const marks = columns.map(() => '?').join();
          this.#raw
            .prepare(`insert into ${table} (${columns.map((column) => `"${column}"`).join()}) values (${marks})`)
            .run(...Object.values(row));
        }
      }
      this.#raw.exec('commit');
    } catch (error) {
      this.#raw.exec('rollback');
      throw error;
    }
  }

  /** Tables that differ from what was remembered, and files that came or went. */
  changedSince(before: Dump): string[] {
    const now = this.dump();
    return [...new Set([...before.keys(), ...now.keys()])].filter(
      (table) => JSON.stringify(before.get(table)) !== JSON.stringify(now.get(table)),
    );
  }

  get start(): Dump {
    return this.#start;
  }

  /** Changes whenever a transaction of the server has written. */
  get version(): unknown {
    return this.#raw.prepare('pragma data_version').get()?.['data_version'];
  }

  async blobs(): Promise<string[]> {
    return (await readdir(path.join(this.folder, 'uploads'), { recursive: true })).sort();
  }

  /** What the database is asked while `work` runs, statement by statement. */
  async asked(work: () => Promise<unknown>): Promise<string[]> {
    this.#statements.length = 0;
    await work();
    return [...this.#statements];
  }

  #headerFiles(): string[] {
    const folder = path.join(this.folder, 'headers');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  }

  #listen(): void {
    const { prototype } = this.server.SqliteConnection;
    const kept = this.#statements;
    const prepare = Object.getOwnPropertyDescriptor(prototype, 'prepare')?.value as (sql: string) => never;
    prototype.prepare = function (this: never, sql: string) {
      kept.push(sql);
      return prepare.call(this, sql);
    };
  }

  /** Writes a note with a file. @returns id of the file. */
  async #note(deskId: string, ticketId: string, text: string): Promise<string> {
    const { secret } = newKeys();
    const fileId = await this.upload(deskId, text, secret);
    const desk = this.ports.desks.get(deskId);
    if (!desk) throw new Error(`no desk ${deskId}`);
    await this.ports.store.write.run((trx) =>
      this.server.appendMessage(trx, {
        desk,
        ticketId,
        author: { kind: 'agent', id: 'somebody' },
        visibility: 'internal',
        text,
        uploads: { secretHash: this.server.hashSecret(secret), ids: [fileId] },
        now: NOW,
      }),
    );
    return fileId;
  }

  async #json<T>(where: string, { secret, idempotencyKey }: TicketKeys, body: unknown): Promise<T> {
    const answer = await this.request(
      { method: 'POST', path: where, body, headers: { 'Idempotency-Key': idempotencyKey } },
      { token: secret },
    );
    const text = await answer.text();
    if (answer.status !== 201) throw new Error(`${where}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
