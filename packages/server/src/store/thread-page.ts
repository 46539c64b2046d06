import { textIn, type Actor, type ThreadEntry, type ThreadPage } from '@storefront-support/contract';
import type { Kysely, Selectable } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { agentNames } from './agent-names.js';
import { compileOnce } from './compiled-query.js';
import type { Database, MessageTable, StatusChangeTable } from './schema.js';
import type { TicketRow } from './ticket-summary.js';
import { attachmentOf, instant } from './tickets.js';

/** Which part of a thread; without `after` and `before` its end. */
export interface ReadThread {
  desk: DeskConfig;
  ticket: TicketRow;
  /** Entries with a greater sequence number, from there on. */
  after?: number | undefined;
  /** Entries with a smaller sequence number, up to there. */
  before?: number | undefined;
  limit: number;
  /** True: for agents, internal notes included. */
  internal: boolean;
}

type Range = { deskId: string; ticketId: string; above: number; below: number; limit: number };
type MessageRow = Selectable<MessageTable>;
type StatusChangeRow = Selectable<StatusChangeTable>;

/** The largest number that every engine keeps in an integer column. */
const NO_END = 2_147_483_647;

/** Part of a thread, oldest first, as the wire has it. */
export async function readThread(
  db: Kysely<Database>,
  { desk, ticket, after, before, limit, internal }: ReadThread,
): Promise<Omit<ThreadPage, 'ticket'>> {
  const forward = after !== undefined;
  const range = { deskId: ticket.deskId, ticketId: ticket.id, above: after ?? 0, below: before ?? NO_END, limit };
  const direction = forward ? 'asc' : 'desc';
  const [messages, changes] = await Promise.all([
    (internal ? messagesOf : publicMessagesOf)[direction](db, range),
    changesOf[direction](db, range),
  ]);
  const newestFirst = forward ? 1 : -1;
  const rows = [...messages.rows, ...changes.rows]
    .sort((a, b) => newestFirst * (a.seq - b.seq))
    .slice(0, limit)
    .sort((a, b) => a.seq - b.seq);
  const files = await filesOf(db, ticket, rows);
  const name = await namesFor(db, desk, ticket, rows);
  const entries = rows.map((row): ThreadEntry => {
    const base = { seq: row.seq, at: instant(row.createdAt) };
    if (!isMessage(row)) return { ...base, type: 'status', by: name(row.actorKind, row.actorId), status: row.status, reason: row.reason };
    const { id, visibility, text } = row;
    return { ...base, type: 'message', by: name(row.authorKind, row.authorId), id, visibility, text, attachments: files.get(id) ?? [] };
  });
  const last = entries.at(-1)?.seq ?? (before === undefined ? (after ?? 0) : before - 1);
  const first = entries[0]?.seq ?? last + 1;
  return { entries, hasEarlier: first > 1, hasLater: last < (internal ? ticket.lastSeq : ticket.publicSeq) };
}

function messagesIn(direction: 'asc' | 'desc', internal: boolean) {
  return compileOnce<Range>()((db, { deskId, ticketId, above, below, limit }) => {
    const query = db
      .selectFrom('message')
      .selectAll()
      .where('deskId', '=', deskId)
      .where('ticketId', '=', ticketId)
      .where('seq', '>', above)
      .where('seq', '<', below)
      .orderBy('seq', direction)
      .limit(limit);
    return internal ? query : query.where('visibility', '=', 'public');
  });
}
const messagesOf = { asc: messagesIn('asc', true), desc: messagesIn('desc', true) };
const publicMessagesOf = { asc: messagesIn('asc', false), desc: messagesIn('desc', false) };

function changesIn(direction: 'asc' | 'desc') {
  return compileOnce<Range>()((db, { deskId, ticketId, above, below, limit }) =>
    db
      .selectFrom('statusChange')
      .selectAll()
      .where('deskId', '=', deskId)
      .where('ticketId', '=', ticketId)
      .where('seq', '>', above)
      .where('seq', '<', below)
      .orderBy('seq', direction)
      .limit(limit),
  );
}
const changesOf = { asc: changesIn('asc'), desc: changesIn('desc') };

const filesBetween = compileOnce<{ deskId: string; ticketId: string; first: number; last: number }>()(
  (db, { deskId, ticketId, first, last }) =>
    db
      .selectFrom('upload')
      .select(['messageId', 'id', 'name', 'size', 'type', 'sha256'])
      .where('deskId', '=', deskId)
      .where('messageId', 'in', (eb) =>
        eb
          .selectFrom('message')
          .select('id')
          .where('deskId', '=', deskId)
          .where('ticketId', '=', ticketId)
          .where('seq', '>=', first)
          .where('seq', '<=', last),
      )
      .orderBy('position'),
);

async function filesOf(db: Kysely<Database>, { deskId, id: ticketId }: TicketRow, rows: readonly { seq: number }[]) {
  const files = new Map<string, ReturnType<typeof attachmentOf>[]>();
  const [first, last] = [rows[0]?.seq, rows.at(-1)?.seq];
  if (first === undefined || last === undefined) return files;
  for (const { messageId, ...file } of (await filesBetween(db, { deskId, ticketId, first, last })).rows) {
    if (messageId === null) continue;
    const list = files.get(messageId);
    if (list) list.push(attachmentOf(file));
    else files.set(messageId, [attachmentOf(file)]);
  }
  return files;
}

async function namesFor(
  db: Kysely<Database>,
  { desk }: DeskConfig,
  { deskId, requesterId, contactId }: TicketRow,
  rows: readonly (MessageRow | StatusChangeRow)[],
): Promise<(kind: Actor['kind'], id: string | null) => Actor> {
  const locale = desk.locales[0] ?? 'en';
  const deskName = textIn(desk.name, locale);
  const contact = desk.contacts.find(({ id }) => id === contactId);
  const contactName = contact ? textIn(contact.name, locale) : deskName;
  const agentIds = new Set<string>();
  for (const row of rows) {
    const [kind, id] = isMessage(row) ? [row.authorKind, row.authorId] : [row.actorKind, row.actorId];
    if (kind === 'agent' && id !== null) agentIds.add(id);
  }
  const agents = agentIds.size === 0 ? undefined : await agentNames(db, [...agentIds]);
  const requester = (await requesterOf(db, { deskId, id: requesterId })).rows[0];
  return (kind, id) => {
    if (kind === 'requester') return { kind, name: requester?.name ?? '' };
    return { kind, name: kind === 'desk' ? deskName : (agents?.get(id ?? '') ?? contactName) };
  };
}

const requesterOf = compileOnce<{ deskId: string; id: string }>()((db, { deskId, id }) =>
  db.selectFrom('requester').select('name').where('deskId', '=', deskId).where('id', '=', id),
);

function isMessage(row: MessageRow | StatusChangeRow): row is MessageRow {
  return 'visibility' in row;
}
