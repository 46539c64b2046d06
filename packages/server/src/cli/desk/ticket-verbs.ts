import type { AgentReplyReceipt, AgentTicketDetail, AgentTicketPage, AgentTicketSummary, ThreadEntry } from '@storefront-support/contract';
import type { ListedAgent } from '../../routes/operator.js';
import type { Counter } from './counter.js';
import { needed } from './needed.js';
import { deskPath, newKey, ticketPath } from './paths.js';
import { entryLines, ticketLine, ticketLines } from './show.js';
import { UsageError } from './usage-error.js';
import type { Option, Typed, Verb, Workplace } from './verb.js';

const DESK: Option = { value: 'ID', help: 'which desk; needed where there are several' };
const TEXT = {
  text: { value: 'TEXT', help: 'what to say' },
  stdin: { help: 'take it from standard input' },
} satisfies { [name: string]: Option };

/** What agents do with tickets, at the terminal. */
export const TICKET_VERBS: Verb[] = [
  {
    name: 'tickets list',
    words: [],
    summary: 'list tickets, the last changed first',
    options: {
      desk: DESK,
      status: { value: 'STATUS', help: 'active, open, pending1, pending2 or closed' },
      contact: { value: 'ID', help: 'of this contact' },
      assignee: { value: 'WHO', help: 'me, none, or an address of an agent' },
      kind: { value: 'KIND', help: 'support or pre-sale' },
      'waiting-for': { value: 'WHO', help: 'requester or desk' },
      search: { value: 'WORDS', help: 'a number, an order, the beginning of an address, or of words that were written' },
      limit: { value: 'N', help: '1 to 100; 50 otherwise' },
      cursor: { value: 'CURSOR', help: 'goes on after the page that ended with it' },
    },
    async run({ counter }, typed) {
      const assignee = typed.text('assignee');
      const query = new URLSearchParams();
      const names = {
        status: 'status',
        contact: 'contact',
        kind: 'kind',
        'waiting-for': 'waitingFor',
        search: 'q',
        limit: 'limit',
        cursor: 'cursor',
      };
      for (const [option, member] of Object.entries(names)) {
        const value = typed.text(option);
        if (value !== undefined) query.set(member, value);
      }
      if (assignee !== undefined) query.set('assignee', assignee.includes('@') ? (await agentOf(counter, assignee)).id : assignee);
      const page = await counter.ask<AgentTicketPage>(`${await deskPath(counter, typed)}/tickets?${query.toString()}`);
      const more = page.cursor === null ? [] : [`There are more: --cursor ${page.cursor}`];
      return { value: page, lines: page.tickets.length === 0 ? ['No ticket.'] : [...page.tickets.map(ticketLine), ...more] };
    },
  },
  {
    name: 'tickets show',
    words: ['NUMBER'],
    summary: 'show a ticket and its thread, notes included',
    options: { desk: DESK, before: { value: 'SEQ', help: 'entries before this one' } },
    async run({ counter }, typed) {
      const before = typed.text('before');
      const query = before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
      const value = await counter.ask<AgentTicketDetail>(`${await ticketPath(counter, typed)}${query}`);
      const earlier = value.hasEarlier ? [`There are earlier entries: --before ${value.entries[0]?.seq}`] : [];
      return { value, lines: [...ticketLines(value.ticket), ...earlier, ...value.entries.flatMap(entryLines)] };
    },
  },
  {
    name: 'tickets reply',
    words: ['NUMBER'],
    summary: 'answer the customer',
    help: [
      'With --seq nothing is sent where somebody has written after that entry; the newer entries are shown instead.',
      'Without, the answer stands below whatever is there.',
    ],
    options: { desk: DESK, ...TEXT, seq: { value: 'SEQ', help: 'the last entry that you have read, as "tickets show" numbers them' } },
    run: (place, typed) => write(place, typed, 'public'),
  },
  {
    name: 'tickets note',
    words: ['NUMBER'],
    summary: 'add a note that only agents see',
    options: { desk: DESK, ...TEXT },
    run: (place, typed) => write(place, typed, 'internal'),
  },
  {
    name: 'tickets assign',
    words: ['NUMBER', 'ADDRESS'],
    summary: 'give a ticket to an agent, to someone else, or to nobody',
    help: ['ADDRESS is an agent’s, or the word nobody. Whoever is assigned is told by mail.'],
    options: {
      desk: DESK,
      other: { help: 'ADDRESS is someone else, who is no agent: the mail carries the number and the comment, nothing of the customer' },
      comment: { value: 'TEXT', help: 'with --other: what to do' },
    },
    async run({ counter }, typed) {
      const email = typed.words[1] ?? '';
      if (typed.given('comment') && !typed.given('other')) throw new UsageError('--comment goes with --other.');
      const body = typed.given('other')
        ? { assignee: { email, comment: typed.text('comment') ?? '' } }
        : { assigneeId: email === 'nobody' ? null : (await agentOf(counter, email)).id };
      return change(counter, typed, body);
    },
  },
  {
    name: 'tickets status',
    words: ['NUMBER', 'STATUS'],
    summary: 'set the status: open, pending1, pending2 or closed',
    options: { desk: DESK, reason: { value: 'TEXT', help: 'shown to the customer' } },
    run: ({ counter }, typed) => change(counter, typed, { status: typed.words[1], reason: typed.text('reason') }),
  },
  {
    name: 'tickets move',
    words: ['NUMBER', 'CONTACT'],
    summary: 'have another contact of the desk look after a ticket',
    options: { desk: DESK },
    run: ({ counter }, typed) => change(counter, typed, { contactId: typed.words[1] }),
  },
  {
    name: 'tickets open',
    words: [],
    summary: 'open a ticket for a customer',
    options: {
      desk: DESK,
      contact: { value: 'ID', help: 'who looks after it' },
      email: { value: 'ADDRESS', help: 'the customer’s' },
      name: { value: 'NAME', help: 'the customer’s' },
      subject: { value: 'TEXT', help: 'what it is about' },
      order: { value: 'REFERENCE', help: 'the order that it is about' },
      locale: { value: 'TAG', help: 'the customer’s language; the desk’s first otherwise' },
      ...TEXT,
    },
    async run(place, typed) {
      const body = {
        contactId: needed(typed, 'contact'),
        requester: { name: needed(typed, 'name'), email: needed(typed, 'email') },
        subject: needed(typed, 'subject'),
        message: await textOf(place, typed),
        orderReference: typed.text('order'),
        locale: typed.text('locale'),
      };
      const path = `${await deskPath(place.counter, typed)}/tickets`;
      const value = await place.counter.ask<{ ticket: AgentTicketSummary }>(path, { method: 'POST', headers: newKey(), body });
      return { value, lines: [ticketLine(value.ticket)] };
    },
  },
  {
    name: 'tickets redact',
    words: ['NUMBER'],
    summary: 'blacken part of a message, for good',
    help: ['Give --find, or --message with --start and --end: offsets in UTF-16 code units, the end not included.'],
    options: {
      desk: DESK,
      find: { value: 'TEXT', help: 'blacken this text wherever it stands in the thread' },
      message: { value: 'ID', help: 'the message, as "tickets show" names it' },
      start: { value: 'N', help: 'where the part begins' },
      end: { value: 'N', help: 'where it ends' },
    },
    async run({ counter }, typed) {
      const path = await ticketPath(counter, typed);
      const find = typed.text('find');
      const parts = find === undefined ? [partIn(typed)] : await occurrences(counter, path, find);
      for (const body of parts) await counter.ask(`${path}/redactions`, { method: 'POST', body });
      const value = { redactions: parts };
      return { value, lines: [parts.length === 0 ? 'Nothing was found, and nothing was changed.' : `${parts.length} redacted.`] };
    },
  },
];

interface Part {
  messageId: string;
  start: number;
  end: number;
}

function partIn(typed: Typed): Part {
  const [start, end] = [needed(typed, 'start'), needed(typed, 'end')];
  if (!/^\d+$/.test(start) || !/^\d+$/.test(end)) throw new UsageError('--start and --end take numbers of UTF-16 code units.');
  return { messageId: needed(typed, 'message'), start: Number(start), end: Number(end) };
}

async function occurrences(counter: Counter, path: string, find: string): Promise<Part[]> {
  if (find === '') throw new UsageError('--find takes the text to blacken.');
  const parts: Part[] = [];
  for (const entry of await wholeThread(counter, path)) {
    if (entry.type !== 'message' || entry.text === null) continue;
    for (let at = entry.text.indexOf(find); at >= 0; at = entry.text.indexOf(find, at + find.length))
      parts.push({ messageId: entry.id, start: at, end: at + find.length });
  }
  return parts;
}

async function wholeThread(counter: Counter, path: string): Promise<ThreadEntry[]> {
  const entries: ThreadEntry[] = [];
  for (;;) {
    const page = await counter.ask<AgentTicketDetail>(`${path}?after=${entries.at(-1)?.seq ?? 0}&limit=100`);
    entries.push(...page.entries);
    if (!page.hasLater || page.entries.length === 0) return entries;
  }
}

async function write(place: Workplace, typed: Typed, visibility: 'public' | 'internal') {
  const { counter } = place;
  const path = await ticketPath(counter, typed);
  const text = await textOf(place, typed);
  const seen = typed.text('seq');
  if (seen !== undefined && !/^\d+$/.test(seen)) throw new UsageError(`--seq takes the number of an entry, not "${seen}".`);
  const seq = seen === undefined ? (await counter.ask<AgentTicketDetail>(`${path}?limit=1`)).ticket.lastSeq : Number(seen);
  const body = { text, visibility, seq };
  const value = await counter.ask<AgentReplyReceipt>(`${path}/messages`, { method: 'POST', headers: newKey(), body });
  return { value, lines: [ticketLine(value.ticket), ...entryLines(value.message)] };
}

async function change(counter: Counter, typed: Typed, body: object) {
  const value = await counter.ask<{ ticket: AgentTicketSummary }>(await ticketPath(counter, typed), { method: 'PATCH', body });
  return { value, lines: [ticketLine(value.ticket)] };
}

async function textOf({ readInput }: Workplace, typed: Typed): Promise<string> {
  const text = typed.text('text');
  if ((text === undefined) !== typed.given('stdin')) throw new UsageError('Give --text or --stdin, one of them.');
  return text ?? readInput();
}

async function agentOf(counter: Counter, email: string): Promise<ListedAgent> {
  const { agents } = await counter.ask<{ agents: ListedAgent[] }>('/operator/agents');
  const agent = agents.find((one) => one.email === email.toLowerCase());
  if (!agent) throw new UsageError(`${email} is no agent; "agents list" names them.`);
  return agent;
}
