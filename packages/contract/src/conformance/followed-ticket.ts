import type { SupportAdapter, TrackingPort } from '../adapter.js';
import type { ReplyReceipt, ThreadEntry, ThreadMessage } from '../thread.js';
import type { TicketDraft, TicketKeys } from '../ticket.js';
import { newKeys, trackingOf, type Bench } from './bench.js';

/** A ticket that has just been filed, and what its owner follows it with. */
export interface FollowedTicket {
  adapter: SupportAdapter;
  port: TrackingPort;
  draft: TicketDraft;
  keys: TicketKeys;
  number: string;
  /** The ticket's secret, as options want it. */
  access: { token: string };
}

/** Files a ticket from a browser of its own. */
export async function fileTicket(bench: Bench, changes: Partial<TicketDraft> = {}): Promise<FollowedTicket> {
  const adapter = await bench.harness.adapter();
  const [draft, keys] = [bench.draft(changes), newKeys()];
  const { ticket } = await bench.file(adapter, draft, { keys });
  return { adapter, port: trackingOf(adapter), draft, keys, number: ticket.number, access: { token: keys.secret } };
}

/** Opens a session for these tickets, as their device. */
export async function deviceToken(tickets: FollowedTicket[]): Promise<string> {
  const access = tickets.map(({ number, keys }) => ({ number, secret: keys.secret }));
  return (await (tickets[0] as FollowedTicket).port.openDevice({ tickets: access })).token;
}

export function say({ port, number, access }: FollowedTicket, text: string, keys = newKeys()): Promise<ReplyReceipt> {
  return port.reply(number, { text, attachmentIds: [] }, { ...access, keys });
}

/** The messages of a thread that fits into one page. */
export async function messagesOf({ port, number, access }: FollowedTicket): Promise<ThreadMessage[]> {
  return (await port.getThread(number, { ...access, limit: 100 })).entries.filter(isMessage);
}

export function isMessage(entry: ThreadEntry): entry is ThreadMessage {
  return entry.type === 'message';
}
