import type { AccessRecord, AccessRequest, AuditEntry, AuditExport, TicketAccessState } from '@storefront-support/contract';
import { ACCESS_KINDS } from '@storefront-support/contract/access-record';
import { needed } from './needed.js';
import { newKey, ticketPath } from './paths.js';
import { plain } from './show.js';
import { UsageError } from './usage-error.js';
import type { Option, Typed, Verb, Workplace } from './verb.js';

const DESK: Option = { value: 'ID', help: 'which desk; needed where there are several' };
const REASON: Option = { value: 'TEXT', help: 'why; the customer reads it' };
const DAY = 86_400_000;

/** What agents do about lent access at the terminal: all but opening it, which needs a person at the vault page. */
export const ACCESS_VERBS: Verb[] = [
  {
    name: 'access list',
    words: ['NUMBER'],
    summary: 'show what was asked for, offered and lent on a ticket',
    options: { desk: DESK },
    async run({ counter }, typed) {
      const value = await counter.ask<TicketAccessState>(await accessPath(counter, typed));
      const lines = [...value.requests.map(requestLine), ...value.records.map(recordLine)];
      return { value, lines: lines.length === 0 ? ['Nothing has been asked for or lent.'] : lines };
    },
  },
  {
    name: 'access ask',
    words: ['NUMBER'],
    summary: 'ask the customer for temporary access',
    help: [`Needs --as: the customer is told who asks. KIND is ${ACCESS_KINDS.join(', ')}.`],
    options: {
      desk: DESK,
      kind: { value: 'KIND', many: true, help: 'what is needed; may be given more than once' },
      reason: REASON,
      days: { value: 'N', help: 'how long it is needed, 1 to 30; 7 otherwise. The customer decides' },
    },
    async run({ counter }, typed) {
      const days = Number(typed.text('days') ?? 7);
      if (!(days >= 1 && days <= 30)) throw new UsageError('--days takes a number from 1 to 30.');
      const kinds = typed.all('kind');
      if (kinds.length === 0) throw new UsageError('--kind is needed, for example --kind ssh.');
      const body = { kinds, reason: needed(typed, 'reason'), neededUntil: new Date(Date.now() + days * DAY).toISOString() };
      const path = `${await accessPath(counter, typed)}/requests`;
      return said(await counter.ask<{ request: AccessRequest }>(path, { method: 'POST', headers: newKey(), body }));
    },
  },
  ...(
    [
      ['withdraw', 'take a request back'],
      ['accept', 'accept what the customer offers; needs --as'],
      ['decline', 'say no to what the customer offers'],
    ] as const
  ).map(([verb, summary]): Verb => ({
    name: `access ${verb}`,
    words: ['NUMBER', 'REQUEST'],
    summary,
    options: { desk: DESK, reason: REASON },
    run: (place, typed) => answerRequest(place, typed, verb),
  })),
  {
    name: 'access end',
    words: ['NUMBER', 'RECORD'],
    summary: 'end a record now: what opens it is overwritten and removed',
    options: { desk: DESK },
    async run({ counter }, typed) {
      const path = `${await accessPath(counter, typed)}/records/${encodeURIComponent(typed.words[1] ?? '')}`;
      const value = await counter.ask<{ record: AccessRecord }>(path, { method: 'DELETE' });
      return { value, lines: [recordLine(value.record)] };
    },
  },
  {
    name: 'access audit',
    words: ['NUMBER'],
    summary: 'show who did what about access on a ticket',
    help: ['With --json it is what a customer takes away, and examples/lent-access/verify-audit.mjs checks.'],
    options: { desk: DESK },
    async run({ counter }, typed) {
      const value = await counter.ask<AuditExport>(`${await accessPath(counter, typed)}/audit`);
      return { value, lines: value.entries.map(auditLine) };
    },
  },
];

async function answerRequest({ counter }: Workplace, typed: Typed, verb: 'withdraw' | 'accept' | 'decline') {
  const path = `${await accessPath(counter, typed)}/requests/${encodeURIComponent(typed.words[1] ?? '')}/${verb}`;
  const reason = typed.text('reason');
  return said(await counter.ask<{ request: AccessRequest }>(path, { method: 'POST', body: reason === undefined ? {} : { reason } }));
}

function said(value: { request: AccessRequest }) {
  return { value, lines: [requestLine(value.request)] };
}

async function accessPath(counter: Workplace['counter'], typed: Typed): Promise<string> {
  return `${await ticketPath(counter, typed)}/access`;
}

function requestLine({ id, state, kinds, agent, by, answerUntil, reason }: AccessRequest): string {
  const open = state === 'asked' || state === 'offered' ? `until ${answerUntil}` : '';
  return ['request', id, state, kinds.join(','), plain(agent?.name ?? by.kind), open, plain(reason)].filter(Boolean).join('  ');
}

function recordLine({ id, state, kind, expiresAt, reveals, lease }: AccessRecord): string {
  const now = lease === null ? '' : `open: ${plain(lease.agent.name)}`;
  return ['record', id, state, kind, state === 'active' ? `until ${expiresAt}` : '', `opened ${reveals}`, now].filter(Boolean).join('  ');
}

function auditLine({ seq, at, event, actor, reason }: AuditEntry): string {
  return [`#${seq}`, at, event, `${actor.kind} ${plain(actor.name)}`.trimEnd(), plain(reason)].filter(Boolean).join('  ');
}
