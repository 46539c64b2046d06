import {
  SupportError,
  type FieldProblem,
  type ThreadPage,
  type TicketAccess,
  type TicketSummary,
  type TrackingPort,
} from '@storefront-support/contract';
import { aborted } from '../abort.js';
import type { HelpDesk } from '../help-desk.js';
import type { LaterFiles } from '../later-files.js';
import { own } from '../own.js';
import { randomToken } from '../random-token.js';
import { invalidFields, notFound } from '../refusals.js';
import { listenToCable } from './live.js';
import { entriesOf, summaryOf, type TheirThread } from './mapping.js';
import { openSession, requireTickets, ticketsOf } from './sessions.js';
import type { ChatwootThreads } from './threads.js';

const PAGE = 50;
const REASON_LENGTH = 1_000;
const LINK_MS = 5 * 60_000;
/** As browsers allow to one origin; a device may have 200 tickets. */
const AT_ONCE = 6;

/** What the port stands on. */
export interface TrackingContext {
  desk: HelpDesk;
  threads: ChatwootThreads;
  files: LaterFiles;
  scope: string;
  openSocket: (url: string, protocol: string) => WebSocket;
}

/** Follows tickets by their secrets. */
export function createTracking({ desk, threads, files, scope, openSocket }: TrackingContext): TrackingPort {
  /** What this page has shown of tickets whose last message it has not shown. */
  const shown = new Map<string, number>();
  const summarize = (thread: TheirThread): TicketSummary => summaryOf(thread, shown.get(thread.number) ?? 0);

  /** The ticket's own secret, whether the token is that or a session's. */
  const secretOf = (number: string, token: string): string => {
    const session = ticketsOf(scope, token);
    const secret = session ? session.find((ticket) => ticket.number === number)?.secret : token;
    if (secret === undefined) throw notFound();
    return secret;
  };
  const read = async (number: string, secret: string, signal: AbortSignal | undefined) => threads.read(number, secret, signal);

  return {
    bareStatus: true,

    async openDevice({ tickets }, options = {}) {
      const { signal } = own(options);
      const opened = await eachOf(
        tickets,
        signal,
        async (ticket) => (await unlessGone(read(ticket.number, ticket.secret, signal))) && ticket,
      );
      return openSession(scope, opened);
    },

    async listTickets(options) {
      const { token, status, signal } = own(options);
      unlessStopped(signal);
      const found = await eachOf(requireTickets(scope, token), signal, ({ number, secret }) => unlessGone(read(number, secret, signal)));
      // several may have changed within the same second
      found.sort((a, b) => (b.messages.at(-1)?.id ?? 0) - (a.messages.at(-1)?.id ?? 0));
      const tickets = found.map(summarize);
      const wanted = tickets.filter((ticket) => !status || (ticket.status === 'closed') === (status === 'closed'));
      return { tickets: wanted, cursor: null, unread: tickets.reduce((sum, { unread }) => sum + unread, 0) };
    },

    async getThread(number, options) {
      const { token, after, before, limit = PAGE, signal } = own(options);
      unlessStopped(signal);
      const thread = await read(number, secretOf(number, token), signal);
      return pageOf(thread, summarize(thread), { after, before, limit });
    },

    async reply(number, draft, options) {
      const { token, keys, signal } = own(options);
      unlessStopped(signal);
      const { text } = draft;
      checkLength('text', text, desk.describe().limits.messageLength, true);
      const secret = secretOf(number, token);
      const before = await read(number, secret, signal);
      const held = await files.take(draft.attachmentIds, keys.secret, signal);
      const message = await threads.write(number, secret, { text, echoId: keys.idempotencyKey, files: held }, signal);
      files.release(draft.attachmentIds);
      // it is there: that nobody tells what is around it takes nothing back
      const thread = await read(number, secret, signal).catch((): TheirThread => ({
        ...before,
        status: before.status === 'closed' ? 'open' : before.status,
        messages: [...before.messages, message],
      }));
      const entry = entriesOf(thread).find(({ id }) => id === String(message.id));
      if (!entry) throw new SupportError('not-a-receipt', 'What was sent is not in the thread.');
      return { message: entry, ticket: summarize(thread) };
    },

    async setStatus(number, change, options) {
      const { token, signal } = own(options);
      const { status, reason = '' } = own(change);
      unlessStopped(signal);
      checkLength('reason', reason, REASON_LENGTH, false);
      const secret = secretOf(number, token);
      const thread = await read(number, secret, signal);
      const isClosed = thread.status === 'closed';
      if (isClosed === (status === 'closed')) return summarize(thread);
      if (isClosed) throw new SupportError('ticket-closed', 'Only a reply reopens a ticket here.');
      if (reason.trim()) await threads.write(number, secret, { text: reason, echoId: randomToken(), files: [] }, signal);
      await threads.close(number, secret, signal);
      return summarize(await read(number, secret, signal));
    },

    async markSeen(number, seq, options) {
      const { token, signal } = own(options);
      unlessStopped(signal);
      const secret = secretOf(number, token);
      const thread = await read(number, secret, signal);
      shown.set(number, Math.max(seq, shown.get(number) ?? 0));
      // they are told a time, not a message
      if (seq < thread.messages.length || !summaryOf(thread, 0).unread) return summarize(thread);
      await threads.markSeen(number, secret, signal);
      return summarize(await read(number, secret, signal));
    },

    async linkAttachment(number, attachmentId, options) {
      const { token, signal } = own(options);
      unlessStopped(signal);
      const { messages } = await read(number, secretOf(number, token), signal);
      const file = messages.flatMap((message) => message.files).find(({ attachment }) => attachment.id === attachmentId);
      if (!file) throw notFound();
      return { url: file.url, expiresAt: new Date(Date.now() + LINK_MS).toISOString() };
    },

    async follow(options) {
      const { token, signal, onHint, onOpen } = own(options);
      if (signal?.aborted) return;
      const tickets = requireTickets(scope, token);
      const byToken = new Map<string, TicketAccess>();
      try {
        await eachOf(tickets, signal, async (ticket) => void byToken.set(await threads.enter(ticket.secret, signal), ticket));
      } catch (error) {
        if (signal?.aborted) return;
        throw error;
      }
      await listenToCable(desk, {
        url: desk.url,
        tokens: [...byToken.keys()],
        onOpen: () => onOpen?.(),
        async onNews(pubsub) {
          const ticket = byToken.get(pubsub);
          if (!ticket) return;
          const { number, messages } = await read(ticket.number, ticket.secret, signal);
          if (!signal?.aborted) onHint({ number, seq: messages.length });
        },
        signal,
        open: openSocket,
      });
    },
  };
}

function pageOf(
  thread: TheirThread,
  ticket: TicketSummary,
  part: { after: number | undefined; before: number | undefined; limit: number },
): ThreadPage {
  const { after, before, limit } = part;
  const all = entriesOf(thread);
  const within = all.filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Infinity));
  const entries = after === undefined ? within.slice(-limit) : within.slice(0, limit);
  const [first, last] = [entries[0]?.seq ?? after ?? 0, entries.at(-1)?.seq ?? after ?? 0];
  return { ticket, entries, hasEarlier: first > 1, hasLater: last < all.length };
}

function checkLength(field: string, text: string, limit: number, required: boolean): void {
  const problem: FieldProblem | undefined =
    required && !text.trim()
      ? { code: 'required', detail: 'It has to say something.' }
      : text.length > limit
        ? { code: 'too-long', detail: `At most ${limit} characters.`, limit }
        : undefined;
  if (problem) throw invalidFields({ [field]: problem });
}

function unlessStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal.reason);
}

/** Undefined for a ticket that is not there, or that its secret does not open. */
function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if ((error as SupportError).code === 'not-found') return undefined;
    throw error;
  });
}

/** What `work` finds, in order, some at a time. */
async function eachOf<T, Found>(items: readonly T[], signal: AbortSignal | undefined, work: (item: T) => Promise<Found | undefined>) {
  unlessStopped(signal);
  const found: (Found | undefined)[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) found.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return found.filter((each) => each !== undefined);
}
