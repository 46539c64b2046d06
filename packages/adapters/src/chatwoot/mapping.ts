import type {
  Attachment,
  ThreadMessage,
  Ticket,
  TicketDetail,
  TicketDraft,
  TicketStatus,
  TicketSummary,
} from '@storefront-support/contract';
import { notOurs } from '../exchange.js';
import { membersOf, ONLY_CONTACT } from '../help-desk.js';
import { own } from '../own.js';
import { toJson } from '../to-json.js';

/** A message of theirs, without those that a customer is not shown. */
export interface TheirMessage {
  id: number;
  content: string;
  fromRequester: boolean;
  fromAgent: boolean;
  /** ISO 8601 instant in UTC; they count whole seconds. */
  at: string;
  by: string;
  files: TheirFile[];
}

export interface TheirFile {
  attachment: Attachment;
  url: string;
}

/** A ticket as they tell of it. */
export interface TheirThread {
  number: string;
  status: TicketStatus;
  /** Milliseconds since 1970 up to which the customer has been shown everything. */
  seenAt: number;
  /** Oldest first. */
  messages: TheirMessage[];
}

const STATUSES: Readonly<Record<string, TicketStatus>> = own({
  open: 'open',
  pending: 'pending1',
  snoozed: 'pending2',
  resolved: 'closed',
});
/** Their numbers of what a customer is shown. */
const [INCOMING, OUTGOING, ACTIVITY] = [0, 1, 2];
const TYPES: Readonly<Record<string, string>> = own({
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  pdf: 'application/pdf',
  zip: 'application/zip',
});
/** A closed ticket is reopened by a reply, at any time. */
const ALWAYS = '9999-12-31T23:59:59.000Z';

/** Address of an inbox of the type API, below that of the installation. */
export function inboxPath(identifier: string): string {
  return `/public/api/v1/inboxes/${encodeURIComponent(identifier)}`;
}

/** Where the holder of a secret enters, asks for threads and writes. @param rest what follows the address of all threads. */
export function threadsPath(secret: string, rest = ''): string {
  return `/contacts/${encodeURIComponent(secret)}/conversations${rest}`;
}

/** A contact of one ticket. The address is no member of its own: by it they would let all who give the same one meet. */
export function contactOf({ requester: { name, email } }: TicketDraft, secret: string): object {
  return { name, source_id: secret, custom_attributes: { email } };
}

/** What agents and their rules can tell a ticket by. */
export function attributesOf({ orderReference, locale }: TicketDraft): object {
  return { custom_attributes: { order_reference: orderReference || undefined, locale } };
}

/** The first message: there is no other place for subject, address and order that agents see. `partsOf` takes it apart. */
export function openingOf({ subject, requester, orderReference, message }: TicketDraft): string {
  const order = orderReference ? ` · № ${orderReference}` : '';
  return `${subject.replace(/[\r\n]+/g, ' ')}\n${requester.email}${order}\n\n${message}`;
}

/** Subject, order and message of a first message; the message alone where this was not written by `openingOf`. */
export function partsOf(opening: string): { subject: string | null; orderReference: string | null; message: string } {
  const [, subject, orderReference, message] = /^(.*)\n\S+@\S+(?: · № (.*))?\n\n([^]*)$/.exec(opening) ?? [];
  return { subject: subject ?? null, orderReference: orderReference ?? null, message: message ?? opening };
}

/** The body of a message. */
export function messageBody(content: string, echoId: string, files: readonly File[]): { body: BodyInit; type?: string } {
  if (files.length === 0) return { body: toJson({ content, echo_id: echoId }), type: 'application/json' };
  const form = new FormData();
  form.append('content', content);
  form.append('echo_id', echoId);
  for (const file of files) form.append('attachments[]', file, file.name);
  return { body: form };
}

/** The threads of an answer. */
export function threadsIn(answer: unknown): TheirThread[] {
  if (!Array.isArray(answer)) throw notOurs();
  return answer.map(threadIn);
}

export function threadIn(answer: unknown): TheirThread {
  const { id, status, contact_last_seen_at: seen, messages } = membersOf(answer);
  const known = STATUSES[String(status)];
  if (!Number.isSafeInteger(id) || !known || !Array.isArray(messages)) throw notOurs();
  const shown = messages.flatMap((message) => messageIn(message) ?? []).sort((a, b) => a.id - b.id);
  return { number: String(id), status: known, seenAt: Number(seen ?? 0) * 1_000, messages: shown };
}

/** Undefined for what a customer is not shown. */
export function messageIn(answer: unknown): TheirMessage | undefined {
  const { id, content, message_type: type, private: internal, created_at: created, sender, attachments } = membersOf(answer);
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(created)) throw notOurs();
  if (internal === true || type === ACTIVITY) return undefined;
  const { name, available_name: shown } = membersOf(sender);
  return {
    id: id as number,
    // a form, which files travel in, has line breaks of its own
    content: typeof content === 'string' ? content.replace(/\r\n/g, '\n') : '',
    fromRequester: type === INCOMING,
    fromAgent: type === OUTGOING,
    at: new Date((created as number) * 1_000).toISOString(),
    by: [shown, name].find((text) => typeof text === 'string') ?? '',
    files: Array.isArray(attachments) ? attachments.flatMap((file) => fileIn(file) ?? []) : [],
  };
}

function fileIn(answer: unknown): TheirFile | undefined {
  const { id, data_url: url, file_size: size } = membersOf(answer);
  // a place on a map, for example, is none
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  const name = decoded(last);
  const type = TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  return { attachment: { id: String(id), name, size: Number(size ?? 0), type, sha256: '' }, url };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What a list shows. @param seenHere sequence number that this page has shown, which they are not told before the last one is. */
export function summaryOf({ number, status, seenAt, messages }: TheirThread, seenHere: number): TicketSummary {
  const last = messages.at(-1);
  const answers = messages.flatMap((message, n) => (message.fromAgent ? [{ at: message.at, seq: n + 1 }] : []));
  const lastAuthor = messages.findLast(({ fromRequester, fromAgent }) => fromRequester || fromAgent);
  return {
    ...ticketOf(number, status, messages[0]?.at ?? ''),
    contactId: ONLY_CONTACT,
    subject: partsOf(firstOf(messages)).subject,
    updatedAt: last?.at ?? '',
    waitingFor: status === 'closed' ? null : lastAuthor?.fromAgent ? 'requester' : 'desk',
    lastSeq: messages.length,
    unread: answers.filter(({ at, seq }) => Date.parse(at) > seenAt && seq > seenHere).length,
    firstRespondedAt: answers[0]?.at ?? null,
    reopenUntil: status === 'closed' ? ALWAYS : null,
    rating: null,
  };
}

/** A ticket as its owner reads it back. */
export function detailOf({ number, status, messages }: TheirThread): TicketDetail {
  const parts = partsOf(firstOf(messages));
  const opening = messages.find(({ fromRequester }) => fromRequester);
  const attachments = opening?.files.map(({ attachment }) => attachment) ?? [];
  return { ...ticketOf(number, status, messages[0]?.at ?? ''), contactId: ONLY_CONTACT, ...parts, attachments };
}

/** The entries of a thread. What an agent or a customer has deleted since keeps its place. */
export function entriesOf({ messages }: TheirThread): ThreadMessage[] {
  const opening = messages.find(({ fromRequester }) => fromRequester);
  return messages.map((message, n) => ({
    type: 'message',
    id: String(message.id),
    seq: n + 1,
    at: message.at,
    by: { kind: message.fromRequester ? 'requester' : message.fromAgent ? 'agent' : 'desk', name: message.by },
    visibility: 'public',
    text: message === opening ? partsOf(message.content).message : message.content,
    attachments: message.files.map(({ attachment }) => attachment),
  }));
}

export function ticketOf(number: string, status: TicketStatus, createdAt: string): Ticket {
  return { id: number, number, status, kind: 'support', createdAt, firstResponseDueAt: null };
}

/** The first message of a customer. */
export function firstOf(messages: readonly TheirMessage[]): string {
  return messages.find(({ fromRequester }) => fromRequester)?.content ?? '';
}

/** What a live connection is asked for. */
export function subscriptionOf(pubsubToken: string): { identifier: string; command: string } {
  const identifier = toJson({ channel: 'RoomChannel', pubsub_token: pubsubToken });
  return { identifier, command: toJson({ command: 'subscribe', identifier }) };
}

/** True where an event says that there may be something to read. */
export function tellsOfChange(message: unknown): boolean {
  return /^(message|conversation)\.(?!typing)/.test(String(membersOf(message)['event']));
}
