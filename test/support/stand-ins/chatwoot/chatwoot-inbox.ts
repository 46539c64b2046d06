// Written line by line from the documented contract of Chatwoot's client API; not compared with a running Chatwoot.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { Undocumented, refuseOthers, startShopHost } from '../shop-host.ts';
import type { HostAnswer, HostRequest, ShopHost } from '../shop-host.ts';

/** How the inbox is set up; tests may change it while it runs. */
export interface ChatwootSettings {
  /** The inbox takes no contact without a hash of its identifier. */
  hmacMandatory: boolean;
  hmacToken: string;
  /** Requests of one address in a minute. */
  perMinute: number;
}

export interface ChatwootFile {
  id: number;
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface ChatwootMessage {
  id: number;
  content: string | null;
  /** 0: incoming, 1: outgoing, 2: activity. */
  message_type: 0 | 1 | 2;
  private: boolean;
  /** Seconds since 1970. */
  created_at: number;
  files: ChatwootFile[];
  by: { id: number; name: string; type: 'contact' | 'user' };
}

interface Contact {
  id: number;
  name: string;
  email: string | null;
  identifier: string | null;
  attributes: unknown;
}

/** A way of a contact into the inbox. */
interface ContactInbox {
  contact: Contact;
  sourceId: string;
  pubsubToken: string;
  /** A hash of its identifier was right: it stands for all that the contact has ever written. */
  verified: boolean;
}

export interface ChatwootConversation {
  id: number;
  uuid: string;
  status: 'open' | 'resolved' | 'pending' | 'snoozed';
  lastSeen: number;
  attributes: unknown;
  messages: ChatwootMessage[];
  by: ContactInbox;
}

export interface ChatwootInbox {
  readonly host: ShopHost;
  readonly url: string;
  readonly identifier: string;
  readonly settings: ChatwootSettings;
  readonly conversations: ChatwootConversation[];
  readonly contacts: ReadonlyMap<string, ContactInbox>;
  /** An agent writes. */
  answer(id: number, text: string, options?: { internal?: boolean; files?: Omit<ChatwootFile, 'id'>[] }): void;
  /** An agent changes the status. */
  setStatus(id: number, status: ChatwootConversation['status']): void;
  /** Ends every live connection. */
  cutStreams(): void;
}

const CORS = { 'access-control-allow-origin': '*' };
const NAMED_CONTACT = ['identifier', 'identifier_hash', 'email', 'name', 'avatar_url', 'custom_attributes', 'source_id'];

/** Starts an inbox of the type API, with one agent, on a free port of the loopback. */
export async function startChatwoot(): Promise<ChatwootInbox> {
  const settings: ChatwootSettings = { hmacMandatory: false, hmacToken: randomBytes(12).toString('hex'), perMinute: 3_000 };
  const identifier = randomBytes(12).toString('base64url');
  const conversations: ChatwootConversation[] = [];
  const contacts = new Map<string, ContactInbox>();
  const cable = new WebSocket.Server({ noServer: true, handleProtocols: () => 'actioncable-v1-json' });
  const listeners = new Map<WebSocket, Set<string>>();
  let lastId = 100;
  let asked: number[] = [];

  const json = (value: unknown, status = 200): HostAnswer => ({
    status,
    headers: { ...CORS, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  });
  const nowhere = () => json({ error: 'Resource could not be found' }, 404);

  const host = await startShopHost(
    async (request) => {
      const { method, headers, url } = request;
      const file = /^\/rails\/active_storage\/blobs\/redirect\/(\d+)\//.exec(url.pathname);
      if (file) return fileOf(Number(file[1]));
      const base = `/public/api/v1/inboxes/${identifier}/`;
      if (!url.pathname.startsWith('/public/api/v1/')) return undefined;
      if (method === 'OPTIONS') {
        const wanted = headers['access-control-request-headers'];
        const allowed = { 'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD' };
        return { headers: { ...CORS, ...allowed, ...(wanted && { 'access-control-allow-headers': wanted }) } };
      }
      asked = asked.filter((at) => at > Date.now() - 60_000);
      if (asked.push(Date.now()) > settings.perMinute) return { status: 429, headers: CORS, body: 'Retry later\n' };
      if (!url.pathname.startsWith(base)) return nowhere();
      return (await route(request, url.pathname.slice(base.length).split('/'))) ?? nowhere();
    },
    '127.0.0.1',
    (incoming, socket, head) => {
      if (incoming.url !== '/cable') return void socket.destroy();
      cable.handleUpgrade(incoming, socket as never, head, welcome);
    },
  );

  async function route(request: HostRequest, [contactsPart, sourceId, threads, id, verb, more]: string[]): Promise<HostAnswer | undefined> {
    const { method } = request;
    if (contactsPart !== 'contacts' || more !== undefined) return undefined;
    if (sourceId === undefined) return method === 'POST' ? enter(request) : undefined;
    const by = contacts.get(sourceId);
    if (!by || threads !== 'conversations') return undefined;
    if (id === undefined) {
      if (method === 'GET') return json(conversations.filter((each) => isOf(each, by)).map(shown));
      refuseOthers(Object.keys(bodyOf(request)), ['custom_attributes'], 'conversations');
      const made = { id: conversations.length + 1, uuid: randomUUID(), status: 'open', lastSeen: 0, messages: [], by } as const;
      const conversation: ChatwootConversation = { ...made, messages: [], attributes: bodyOf(request)['custom_attributes'] };
      conversations.push(conversation);
      return json(shown(conversation));
    }
    // messages are found by the contact, whichever way it came in: two who give the same address meet here
    const conversation = conversations.find(
      (each) => String(each.id) === id && (isOf(each, by) || (verb === 'messages' && each.by.contact === by.contact)),
    );
    if (!conversation) return undefined;
    switch (`${method} ${verb}`) {
      case 'GET messages':
        return json(visible(conversation).slice(-20).map(message));
      case 'POST messages':
        return write(request, conversation, by);
      case 'POST toggle_status':
        if (conversation.status !== 'resolved') changeStatus(conversation, 'resolved');
        return json(shown(conversation));
      case 'POST update_last_seen':
        conversation.lastSeen = seconds();
        return { headers: CORS };
      default:
        throw new Undocumented(`${method} ${verb} is not documented`);
    }
  }

  function enter(request: HostRequest): HostAnswer {
    const sent = bodyOf(request) as Record<string, string | undefined>;
    refuseOthers(Object.keys(sent), NAMED_CONTACT, 'contacts');
    const hash = createHmac('sha256', settings.hmacToken)
      .update(sent['identifier'] ?? '')
      .digest('hex');
    if ((settings.hmacMandatory || sent['identifier_hash']) && sent['identifier_hash'] !== hash)
      return { status: 500, headers: CORS, body: '<!doctype html><title>We are sorry, but something went wrong (500)</title>' };
    const sourceId = sent['source_id'] ?? randomUUID();
    const known = contacts.get(sourceId);
    const email = sent['email'] ?? null;
    const named = sent['identifier'] ?? null;
    const all = [...contacts.values()].map(({ contact }) => contact);
    const same = all.find((contact) => (named !== null && contact.identifier === named) || (email !== null && contact.email === email));
    const attributes = sent['custom_attributes'];
    const contact = same ?? { id: ++lastId, name: sent['name'] ?? 'quiet-lake-12', email, identifier: named, attributes };
    const verified = sent['identifier_hash'] !== undefined;
    const entered = known ?? { contact, sourceId, pubsubToken: randomBytes(18).toString('base64url'), verified };
    contacts.set(sourceId, entered);
    const { id, name } = entered.contact;
    return json({ id, source_id: sourceId, name, email: entered.contact.email, pubsub_token: entered.pubsubToken });
  }

  async function write(request: HostRequest, conversation: ChatwootConversation, by: ContactInbox): Promise<HostAnswer> {
    const files: ChatwootFile[] = [];
    let content: string | null;
    if (request.headers['content-type']?.startsWith('multipart/')) {
      const form = await request.form();
      refuseOthers(form.keys(), ['content', 'echo_id', 'attachments[]'], 'messages');
      content = form.get('content') as string | null;
      for (const file of form.getAll('attachments[]') as unknown as File[])
        files.push({ id: ++lastId, name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
    } else {
      const sent = bodyOf(request);
      refuseOthers(Object.keys(sent), ['content', 'echo_id'], 'messages');
      content = sent['content'] as string | null;
    }
    if (conversation.status === 'resolved') changeStatus(conversation, 'open');
    const { id, name } = by.contact;
    return json(message(add(conversation, { content, message_type: 0, private: false, files, by: { id, name, type: 'contact' } })));
  }

  function add(conversation: ChatwootConversation, given: Omit<ChatwootMessage, 'id' | 'created_at'>): ChatwootMessage {
    const added: ChatwootMessage = { ...given, id: ++lastId, created_at: seconds() };
    conversation.messages.push(added);
    if (!added.private && added.message_type !== 2)
      tell(conversation.by, 'message.created', { ...message(added), conversation_id: conversation.id });
    return added;
  }

  function changeStatus(conversation: ChatwootConversation, status: ChatwootConversation['status']): void {
    conversation.status = status;
    const by = { id: 0, name: 'System', type: 'user' } as const;
    add(conversation, { content: `Conversation was marked ${status}`, message_type: 2, private: false, files: [], by });
    tell(conversation.by, 'conversation.status_changed', { id: conversation.id, status });
  }

  function welcome(socket: WebSocket): void {
    const tokens = new Set<string>();
    listeners.set(socket, tokens);
    socket.once('close', () => listeners.delete(socket));
    socket.send(JSON.stringify({ type: 'welcome' }));
    socket.on('message', (data) => {
      const { command, identifier: channel } = JSON.parse(String(data)) as { command: string; identifier: string };
      const { channel: name, pubsub_token: token } = JSON.parse(channel) as { channel: string; pubsub_token: string };
      const known = [...contacts.values()].some(({ pubsubToken }) => pubsubToken === token);
      if (command !== 'subscribe' || name !== 'RoomChannel' || !known) return;
      tokens.add(channel);
      socket.send(JSON.stringify({ identifier: channel, type: 'confirm_subscription' }));
      socket.send(JSON.stringify({ type: 'ping', message: seconds() }));
      socket.send(JSON.stringify({ identifier: channel, message: { event: 'presence.update', data: { users: {} } } }));
    });
  }

  function tell({ pubsubToken }: ContactInbox, event: string, data: object): void {
    for (const [socket, channels] of listeners)
      for (const channel of channels)
        if ((JSON.parse(channel) as { pubsub_token: string }).pubsub_token === pubsubToken)
          socket.send(JSON.stringify({ identifier: channel, message: { event, data } }));
  }

  const fileAddress = ({ id, name }: ChatwootFile) => `${host.url}/rails/active_storage/blobs/redirect/${id}/${encodeURIComponent(name)}`;
  const message = ({ id, content, message_type, created_at, files, by }: ChatwootMessage) => ({
    id,
    content,
    message_type,
    content_type: 'text',
    content_attributes: {},
    created_at,
    ...(files.length > 0 && {
      attachments: files.map((file) => ({
        id: file.id,
        message_id: id,
        file_type: /^(image|audio|video)\//.exec(file.type)?.[1] ?? 'file',
        extension: null,
        data_url: fileAddress(file),
        thumb_url: '',
        file_size: file.bytes.length,
      })),
    }),
    sender: by,
  });
  const shown = (conversation: ChatwootConversation) => ({
    id: conversation.id,
    uuid: conversation.uuid,
    inbox_id: 1,
    contact_last_seen_at: conversation.lastSeen,
    status: conversation.status,
    agent_last_seen_at: 0,
    messages: visible(conversation).map(message),
  });
  function fileOf(id: number): HostAnswer | undefined {
    const found = conversations.flatMap(({ messages }) => messages.flatMap(({ files }) => files)).find((file) => file.id === id);
    // only the API is open to other origins
    return found && { headers: { 'content-type': found.type, 'content-disposition': 'attachment' }, body: found.bytes };
  }
  const conversationOf = (id: number) => {
    const found = conversations.find((each) => each.id === id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  };

  return {
    host,
    url: host.url,
    identifier,
    settings,
    conversations,
    contacts,
    answer(id, text, { internal = false, files = [] } = {}) {
      const given = files.map((file) => ({ ...file, id: ++lastId }));
      add(conversationOf(id), {
        content: text,
        message_type: 1,
        private: internal,
        files: given,
        by: { id: 7, name: 'Ann', type: 'user' },
      });
    },
    setStatus: (id, status) => changeStatus(conversationOf(id), status),
    cutStreams() {
      for (const socket of listeners.keys()) socket.terminate();
    },
  };
}

function isOf({ by }: ChatwootConversation, asking: ContactInbox): boolean {
  return asking.verified ? by.contact === asking.contact : by === asking;
}

function visible({ messages }: ChatwootConversation): ChatwootMessage[] {
  return messages.filter(({ message_type, private: internal }) => message_type !== 2 && !internal);
}

function bodyOf({ body, headers }: HostRequest): Record<string, unknown> {
  if (!headers['content-type']?.startsWith('application/json') && body.length > 0) throw new Undocumented('neither JSON nor multipart');
  return body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
