import {
  SupportError,
  type AgentReplyReceipt,
  type AgentTicketSummary,
  type ThreadEntry,
  type ThreadMessage,
} from '@storefront-support/contract';
import type { Kysely, Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { TicketEvent } from '../events/event-hub.js';
import { agentSummaries, findServedTicket } from '../store/agent-tickets.js';
import type { ActiveAgent } from '../store/agents.js';
import type { Database } from '../store/schema.js';
import { readThread } from '../store/thread-page.js';
import type { TicketRow } from '../store/ticket-summary.js';

/** Most entries that a refusal shows. */
const NEWER_MAX = 100;

/** The ticket of a number as it is now. @throws {SupportError} `not-found`: there is none, or the agent does not serve its contact. */
export async function servedTicket(
  db: Kysely<Database> | Transaction<Database>,
  desk: DeskConfig,
  number: string,
  agent: Pick<ActiveAgent, 'contacts'>,
): Promise<TicketRow> {
  const ticket = await findServedTicket(db, desk.desk.id, number.toUpperCase(), agent);
  if (!ticket) throw new SupportError('not-found', 'There is no ticket of this number for this agent.');
  return ticket;
}

/** One ticket as agents see it. */
export async function agentSummary(db: Kysely<Database>, desk: DeskConfig, row: TicketRow, now: number): Promise<AgentTicketSummary> {
  const [summary] = await agentSummaries(db, desk, [row], now);
  if (!summary) throw new Error('A ticket had no summary.');
  return summary;
}

/** What stands in a thread after `seq`, internal entries included. */
export async function newerEntries(db: Kysely<Database>, desk: DeskConfig, ticket: TicketRow, seq: number): Promise<ThreadEntry[]> {
  return (await readThread(db, { desk, ticket, after: seq, limit: NEWER_MAX, internal: true })).entries;
}

/** The receipt of a message, as it stands now: a redaction since is in it. */
export async function replyReceipt(
  db: Kysely<Database>,
  desk: DeskConfig,
  ticket: TicketRow,
  seq: number,
  now: number,
): Promise<AgentReplyReceipt> {
  const { entries } = await readThread(db, { desk, ticket, after: seq - 1, limit: 1, internal: true });
  const message = entries.find((entry): entry is ThreadMessage => entry.type === 'message' && entry.seq === seq);
  if (!message) throw new Error('A message that was written could not be read.');
  return { message, ticket: await agentSummary(db, desk, ticket, now) };
}

/** A hint that a ticket has changed. Where its requester may hear of it, it tells of no entry that they may not see. */
export function eventOf({ deskId, id: ticketId, number, requesterId, lastSeq, publicSeq }: TicketRow, internal: boolean): TicketEvent {
  return { deskId, ticketId, number, requesterId, seq: internal ? lastSeq : publicSeq, internal };
}
