import type {
  OpenedSession,
  ReplyReceipt,
  ThreadPage,
  TicketKeys,
  TicketPage,
  NumberedReceipt,
  TicketSummary,
} from '@storefront-support/contract';
import { createApp, type App, type AppSettings } from '../../packages/server/dist/app.js';
import { receivePiece } from '../../packages/server/dist/files/receive-upload.js';
import { findUpload } from '../../packages/server/dist/files/upload-rows.js';
import { TrustedProxies } from '../../packages/server/dist/middleware/client-address.js';
import { OwnOrigins } from '../../packages/server/dist/middleware/origins.js';
import { appendMessage, changeStatus, type NewMessage, type NewStatus } from '../../packages/server/dist/store/threads.js';
import { openCounterRoom, type CounterRoom } from './counter-room.ts';
import { newDraft, newKeys } from './ticket-request.ts';

export interface Call {
  method?: string;
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  /** The public origin otherwise. */
  host?: string;
}

/** A ticket of a test, and what opens it. */
export interface FiledTicket {
  id: string;
  number: string;
  keys: TicketKeys;
}

/** The whole server in this process, nothing listening, under the clock of `room`. */
export interface CounterApp {
  room: CounterRoom;
  app: App;
  own: OwnOrigins;
  /** One request below the desk `open`, or to any path from `/` on. */
  call(path: string, call?: Call): Promise<Response>;
  /** The same, its JSON, with a check of the status. */
  json<T>(path: string, status: number, call?: Call): Promise<T>;
  file(changes?: Parameters<typeof newDraft>[0]): Promise<FiledTicket>;
  reply(ticket: FiledTicket, text: string, more?: { keys?: TicketKeys; token?: string; attachmentIds?: string[] }): Promise<Response>;
  replied(ticket: FiledTicket, text: string): Promise<ReplyReceipt>;
  thread(ticket: FiledTicket, query?: string, token?: string): Promise<ThreadPage>;
  summary(ticket: FiledTicket): Promise<TicketSummary>;
  list(token: string, query?: string): Promise<TicketPage>;
  device(tickets: FiledTicket[]): Promise<OpenedSession>;
  /** An agent writes. */
  answer(ticket: FiledTicket, text: string, more?: Partial<NewMessage>): Promise<number>;
  /** Somebody else than the requester sets the status. */
  status(ticket: FiledTicket, status: NewStatus['status'], actor?: NewStatus['actor']): Promise<void>;
  upload(text: string, name: string, secret: string): Promise<string>;
  close(): Promise<void>;
}

export const PUBLIC_HOST = 'localhost:8480';
export const FILES_HOST = '127.0.0.1:8481';

export async function openCounterApp(config: unknown, settings: Partial<AppSettings> = {}): Promise<CounterApp> {
  const room = await openCounterRoom(config);
  const { ports } = room;
  const own = new OwnOrigins();
  own.listen({ port: 8480 });
  const app = createApp(ports, { own, proxies: new TrustedProxies([]), isStopping: () => false, embedDir: room.folder, ...settings });
  const desk = [...ports.desks.values()][0];
  if (!desk) throw new Error('no desk');
  const deskId = desk.desk.id;

  const call = async (path: string, { method = 'GET', token, body, headers = {}, host = PUBLIC_HOST }: Call = {}) =>
    app.fetch(
      new Request(`http://${host}${path.startsWith('/') ? path : `/v1/desks/${deskId}/${path}`}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const json = async <T>(path: string, status: number, options?: Call): Promise<T> => {
    const answer = await call(path, options);
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${options?.method ?? 'GET'} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const reply: CounterApp['reply'] = (ticket, text, { keys = newKeys(), token = ticket.keys.secret, attachmentIds = [] } = {}) =>
    call(`tickets/${ticket.number}/messages`, {
      method: 'POST',
      token,
      headers: { 'Idempotency-Key': keys.idempotencyKey },
      body: { text, attachmentIds, secret: keys.secret },
    });
  return {
    room,
    app,
    own,
    call,
    json,
    async file(changes) {
      const keys = newKeys();
      const { ticket } = await json<NumberedReceipt>('tickets', 201, {
        method: 'POST',
        token: keys.secret,
        headers: { 'Idempotency-Key': keys.idempotencyKey },
        body: { draft: newDraft(changes) },
      });
      return { id: ticket.id, number: ticket.number, keys };
    },
    reply,
    async replied(ticket, text) {
      const answer = await reply(ticket, text);
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as ReplyReceipt;
    },
    thread: (ticket, query = '', token = ticket.keys.secret) => json(`tickets/${ticket.number}/messages${query}`, 200, { token }),
    async summary(ticket) {
      return (await json<ThreadPage>(`tickets/${ticket.number}/messages`, 200, { token: ticket.keys.secret })).ticket;
    },
    list: (token, query = '') => json(`tickets${query}`, 200, { token }),
    device: (tickets) =>
      json('sessions', 201, {
        method: 'POST',
        body: { tickets: tickets.map(({ number, keys }) => ({ number, secret: keys.secret })) },
      }),
    async answer({ id, number }, text, more = {}) {
      const { seq, ticket } = await ports.store.write.run((trx) =>
        appendMessage(trx, {
          desk,
          ticketId: id,
          author: { kind: 'agent', id: 'agent-1' },
          visibility: 'public',
          text,
          now: ports.now(),
          ...more,
        }),
      );
      ports.events.publish({
        deskId,
        ticketId: id,
        number,
        requesterId: ticket.requesterId,
        seq,
        internal: more.visibility === 'internal',
      });
      return seq;
    },
    async status({ id }, status, actor = { kind: 'agent', id: 'agent-1' }) {
      await ports.store.write.run((trx) => changeStatus(trx, { desk, ticketId: id, actor, status, reason: '', now: ports.now() }));
    },
    async upload(text, name, secret) {
      const tus = { 'Tus-Resumable': '1.0.0' };
      const bytes = Buffer.from(text);
      const made = await call('uploads', {
        method: 'POST',
        token: secret,
        headers: { ...tus, 'Upload-Length': String(bytes.length), 'Upload-Metadata': `filename ${Buffer.from(name).toString('base64')}` },
      });
      const id = made.headers.get('Location')?.split('/')[1] ?? '';
      const row = await findUpload(ports.store.read, deskId, id);
      if (!row) throw new Error(`${made.status} ${await made.text()}`);
      await receivePiece(ports, desk, row, bytes);
      return id;
    },
    close: () => room.close(),
  };
}
