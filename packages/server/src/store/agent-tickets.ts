import type { AgentTicketSummary, Assignee, TicketKind, TicketStatus } from '@storefront-support/contract';
import type { Kysely, Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import { agentNames } from './agent-names.js';
import { serves, type ActiveAgent } from './agents.js';
import type { Database } from './schema.js';
import { moveSearchText } from './search-text.js';
import { summaryOf, type TicketRow } from './ticket-summary.js';

/** Contacts of a desk that an agent serves; null: all. */
export function contactsServed({ contacts }: Pick<ActiveAgent, 'contacts'>, deskId: string): string[] | null {
  return contacts && contacts.filter((served) => served.deskId === deskId).map(({ contactId }) => contactId);
}

/** The ticket of a number, where the agent serves its contact; undefined otherwise, whether it exists or not. */
export async function findServedTicket(
  db: Kysely<Database>,
  deskId: string,
  number: string,
  agent: Pick<ActiveAgent, 'contacts'>,
): Promise<TicketRow | undefined> {
  const row = await db.selectFrom('ticket').selectAll().where('deskId', '=', deskId).where('number', '=', number).executeTakeFirst();
  return row && serves(agent, deskId, row.contactId) ? row : undefined;
}

/** Which tickets of a desk. */
export interface ListServedTickets {
  deskId: string;
  /** Null: all. */
  contactIds: readonly string[] | null;
  status?: TicketStatus | 'active' | undefined;
  /** Id of an agent, or null for nobody. */
  assigneeId?: string | null | undefined;
  kind?: TicketKind | undefined;
  waitingFor?: 'requester' | 'desk' | undefined;
  /** Only these. */
  ids?: readonly string[] | undefined;
  /** `due`: those that wait for a first answer which was promised, the most urgent first; otherwise the last changed first. */
  order?: 'due' | undefined;
  cursor?: ServedCursor | undefined;
  limit: number;
}

/** Where a list goes on: what it is ordered by, in milliseconds since 1970, and the ticket. */
export interface ServedCursor {
  at: number;
  id: string;
}

/** Part of the list. `next` null: this was the last one. */
export async function listServedTickets(
  db: Kysely<Database>,
  { deskId, contactIds, status, assigneeId, kind, waitingFor, ids, order, cursor, limit }: ListServedTickets,
): Promise<{ rows: TicketRow[]; next: ServedCursor | null }> {
  if (contactIds?.length === 0 || ids?.length === 0) return { rows: [], next: null };
  // by their ids alone: beside the filters an engine would read the whole desk in the order that is wanted
  if (ids) {
    const chosen = await db.selectFrom('ticket').selectAll().where('deskId', '=', deskId).where('id', 'in', ids).execute();
    return pageOf(chosen, { contactIds, status, assigneeId, kind, waitingFor, order, cursor, limit });
  }
  const [by, direction] = order === 'due' ? (['firstResponseDueAt', 'asc'] as const) : (['updatedAt', 'desc'] as const);
  let query = db.selectFrom('ticket').selectAll().where('deskId', '=', deskId).orderBy(by, direction).orderBy('id', direction);
  // as the partial index has it
  if (order === 'due')
    query = query.where('firstResponseDueAt', 'is not', null).where('firstRespondedAt', 'is', null).where('closedAt', 'is', null);
  if (contactIds) query = query.where('contactId', 'in', contactIds);
  if (status === 'active') query = query.where('status', '<>', 'closed');
  else if (status !== undefined) query = query.where('status', '=', status);
  if (assigneeId === null) query = query.where('assigneeId', 'is', null).where('assigneeEmail', 'is', null);
  else if (assigneeId !== undefined) query = query.where('assigneeId', '=', assigneeId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (waitingFor !== undefined) query = query.where('waitingFor', '=', waitingFor);
  if (cursor)
    query = query.where((eb) => eb(eb.refTuple(by, 'id'), order === 'due' ? '>' : '<', eb.tuple(eb.val(cursor.at), eb.val(cursor.id))));
  const found = await query.limit(limit + 1).execute();
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? { at: last[by] ?? 0, id: last.id } : null };
}

type Wanted = Omit<ListServedTickets, 'deskId' | 'ids'>;

/** The same choice and order among a few tickets. */
function pageOf(
  chosen: readonly TicketRow[],
  { contactIds, status, assigneeId, kind, waitingFor, order, cursor, limit }: Wanted,
): { rows: TicketRow[]; next: ServedCursor | null } {
  const isDue = order === 'due';
  const at = (row: TicketRow) => (isDue ? (row.firstResponseDueAt ?? 0) : row.updatedAt);
  const compare = (a: { at: number; id: string }, b: { at: number; id: string }) =>
    (isDue ? 1 : -1) * (a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const placed = chosen
    .filter((row) => contactIds?.includes(row.contactId) ?? true)
    .filter((row) => status === undefined || (status === 'active' ? row.status !== 'closed' : row.status === status))
    .filter((row) => assigneeId === undefined || (row.assigneeId === assigneeId && (assigneeId !== null || row.assigneeEmail === null)))
    .filter((row) => (kind === undefined || row.kind === kind) && (waitingFor === undefined || row.waitingFor === waitingFor))
    .filter((row) => !isDue || (row.firstResponseDueAt !== null && row.firstRespondedAt === null && row.closedAt === null))
    .map((row) => ({ row, at: at(row), id: row.id }))
    .filter((place) => cursor === undefined || compare(place, cursor) > 0)
    .sort(compare);
  const last = placed.length > limit ? placed[limit - 1] : undefined;
  return { rows: placed.slice(0, limit).map(({ row }) => row), next: last ? { at: last.at, id: last.id } : null };
}

/** Tickets as agents see them. @param now milliseconds since 1970. */
export async function agentSummaries(
  db: Kysely<Database>,
  desk: DeskConfig,
  rows: readonly TicketRow[],
  now: number,
): Promise<AgentTicketSummary[]> {
  if (rows.length === 0) return [];
  const deskId = desk.desk.id;
  const requesterIds = [...new Set(rows.map(({ requesterId }) => requesterId))];
  const assigneeIds = [...new Set(rows.flatMap(({ assigneeId }) => assigneeId ?? []))];
  const [requesters, names] = await Promise.all([
    db.selectFrom('requester').select(['id', 'name', 'email']).where('deskId', '=', deskId).where('id', 'in', requesterIds).execute(),
    agentNames(db, assigneeIds),
  ]);
  const byId = new Map(requesters.map(({ id, name, email }) => [id, { name, email }]));
  return rows.map((row) => ({
    ...summaryOf(row, desk, now, { internal: true }),
    requester: byId.get(row.requesterId) ?? { name: '', email: '' },
    orderReference: row.orderReference,
    assignee: assigneeOf(row, names),
  }));
}

function assigneeOf({ assigneeId, assigneeEmail, assigneeComment }: TicketRow, names: ReadonlyMap<string, string>): Assignee | null {
  if (assigneeId !== null) return { kind: 'agent', id: assigneeId, name: names.get(assigneeId) ?? '' };
  return assigneeEmail === null ? null : { kind: 'other', email: assigneeEmail, comment: assigneeComment ?? '' };
}

/** Gives a ticket to an agent, to someone else, or to nobody. */
export async function setAssignee(
  trx: Transaction<Database>,
  { deskId, id }: Pick<TicketRow, 'deskId' | 'id'>,
  assignee: { id: string } | { email: string; comment: string } | null,
): Promise<void> {
  const agentId = assignee && 'id' in assignee ? assignee.id : null;
  const other = assignee && 'email' in assignee ? assignee : null;
  await trx
    .updateTable('ticket')
    .set({ assigneeId: agentId, assigneeEmail: other?.email ?? null, assigneeComment: other?.comment ?? null })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .execute();
}

/** Has another contact of the desk look after a ticket. */
export async function setContact(
  trx: Transaction<Database>,
  { deskId, id }: Pick<TicketRow, 'deskId' | 'id'>,
  contactId: string,
): Promise<void> {
  await trx.updateTable('ticket').set({ contactId }).where('deskId', '=', deskId).where('id', '=', id).execute();
  await moveSearchText(trx, deskId, id, contactId);
}
