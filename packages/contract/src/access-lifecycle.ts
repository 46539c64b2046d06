import { ACCESS, type AccessRecordState, type AccessRequestState, type RevealOutcome } from './access-record.js';
import type { AuditEvent } from './access-audit.js';
import type { SupportErrorCode } from './errors.js';

/** When it is, and what of the ticket matters. Milliseconds since 1970 throughout this file. */
export interface AccessMoment {
  now: number;
  /** Null while the ticket is open. */
  ticketClosedAt: number | null;
}

/** A request as far as its life goes. */
export interface RequestFacts {
  state: AccessRequestState;
  answerUntil: number;
  endedAt: number | null;
}

/** What happens to a request. `tick`: nothing but time. `by` is who does it. */
export type RequestCommand =
  { type: 'tick' } | { type: 'accept' } | { type: 'answer' } | { type: 'decline' | 'withdraw'; by: 'requester' | 'agent' };

/** A record that somebody has open. `rewrap`: to seal it to another key, which shows nobody anything. */
export interface LeaseFacts {
  reveal: string;
  agentId: string;
  purpose: 'reveal' | 'rewrap';
  until: number;
}

/** A record as far as its life goes. */
export interface RecordFacts {
  state: AccessRecordState;
  createdAt: number;
  expiresAt: number;
  epoch: number;
  maxReveals: number;
  reveals: number;
  failures: number;
  lease: LeaseFacts | null;
  endedAt: number | null;
}

/** What happens to a record. `tick`: nothing but time. */
export type RecordCommand =
  | { type: 'tick' }
  | {
      type: 'open';
      reveal: string;
      agentId: string;
      purpose: 'reveal' | 'rewrap';
      /** The ticket is theirs, or the request was. */
      assigned: boolean;
      /** When this person last showed a second factor; null: never, or it is no person. */
      provedAt: number | null;
      reason: string;
    }
  | { type: 'acknowledge'; reveal: string; agentId: string; outcome: RevealOutcome }
  | { type: 'rewrap'; reveal: string; agentId: string; epoch: number }
  | { type: 'change-expiry'; expiresAt: number; by: 'requester' | 'agent' }
  | { type: 'revoke' }
  | { type: 'supersede' }
  /** What opens it is no longer there. */
  | { type: 'lose' };

/** What came of it: the facts afterwards, what is to be written down, and why the command was refused. */
export interface LifeStep<Facts> {
  facts: Facts;
  /** In the order they happened. With a refusal: what time alone had brought about before. */
  events: LifeEvent[];
  refused: SupportErrorCode | null;
}

/** Something to be written down. */
export interface LifeEvent {
  event: AuditEvent;
  at: number;
  /** Time did it, not who gave the command. */
  byItself: boolean;
  /** With what a lease brought about: its holder. */
  agentId?: string | undefined;
}

/** A request that begins. */
export function newRequest(state: 'offered' | 'asked', now: number): RequestFacts {
  return { state, answerUntil: now + ACCESS.answerMs, endedAt: null };
}

/** A record that begins: sealed, and opened by nobody yet. */
export function newRecord(given: Pick<RecordFacts, 'createdAt' | 'expiresAt' | 'epoch' | 'maxReveals'>): RecordFacts {
  const { createdAt, expiresAt, epoch, maxReveals } = given;
  return { state: 'active', createdAt, expiresAt, epoch, maxReveals, reveals: 0, failures: 0, lease: null, endedAt: null };
}

/** Why a record may not begin with this expiry; null: it may. A browser's clock may be a little wrong. */
export function expiryProblem(expiresAt: number, now: number): 'expiry-too-short' | 'expiry-too-long' | null {
  const life = expiresAt - now;
  if (life < ACCESS.expiryMinMs - ACCESS.clockToleranceMs) return 'expiry-too-short';
  return life > ACCESS.expiryMaxMs + ACCESS.clockToleranceMs ? 'expiry-too-long' : null;
}

/** When the closed ticket ends what hangs on it; null while it is open. */
export function closingTime({ ticketClosedAt }: Pick<AccessMoment, 'ticketClosedAt'>): number | null {
  return ticketClosedAt === null ? null : ticketClosedAt + ACCESS.afterCloseMs;
}

/** The life of a request: `offered → asked → answered | declined | withdrawn | expired`. Time is looked at before the command. */
export function stepRequest(before: RequestFacts, command: RequestCommand, moment: AccessMoment): LifeStep<RequestFacts> {
  const events: LifeEvent[] = [];
  const facts = requestAtTime(before, moment, events);
  const refuse = (): LifeStep<RequestFacts> => ({ facts, events, refused: 'request-closed' });
  const become = (state: AccessRequestState, event: AuditEvent, ended: boolean): LifeStep<RequestFacts> => ({
    facts: { ...facts, state, endedAt: ended ? moment.now : null },
    events: [...events, { event, at: moment.now, byItself: false }],
    refused: null,
  });
  switch (command.type) {
    case 'tick':
      return { facts, events, refused: null };
    case 'accept': {
      if (facts.state !== 'offered') return refuse();
      const accepted = become('asked', 'request.accepted', false);
      return { ...accepted, facts: { ...accepted.facts, answerUntil: moment.now + ACCESS.answerMs } };
    }
    case 'answer':
      if (moment.now >= facts.answerUntil || moment.ticketClosedAt !== null) return refuse();
      if (facts.state === 'answered') return { facts, events, refused: null };
      return facts.state === 'asked' ? { facts: { ...facts, state: 'answered' }, events, refused: null } : refuse();
    case 'decline':
      // whoever is asked says no; whoever asked takes it back
      return facts.state === (command.by === 'requester' ? 'asked' : 'offered') ? become('declined', 'request.declined', true) : refuse();
    case 'withdraw':
      return facts.state === (command.by === 'agent' ? 'asked' : 'offered') ? become('withdrawn', 'request.withdrawn', true) : refuse();
  }
}

function requestAtTime(facts: RequestFacts, moment: AccessMoment, events: LifeEvent[]): RequestFacts {
  if (facts.state !== 'offered' && facts.state !== 'asked') return facts;
  const closes = closingTime(moment) ?? Infinity;
  const at = Math.min(facts.answerUntil, closes);
  if (moment.now < at) return facts;
  const expired = at === facts.answerUntil;
  events.push({ event: expired ? 'request.expired' : 'request.withdrawn', at, byItself: true });
  return { ...facts, state: expired ? 'expired' : 'withdrawn', endedAt: at };
}

/**
 * The life of a record: `active → consumed | expired | revoked | closed | superseded`. Time is looked at before the command, the
 * earliest deadline first; an end has no way out, and no lease.
 */
export function stepRecord(before: RecordFacts, command: RecordCommand, moment: AccessMoment): LifeStep<RecordFacts> {
  const events: LifeEvent[] = [];
  const facts = recordAtTime(before, moment, events);
  const { now } = moment;
  const refuse = (refused: SupportErrorCode): LifeStep<RecordFacts> => ({ facts, events, refused });
  const become = (next: RecordFacts): LifeStep<RecordFacts> => ({ facts: next, events, refused: null });
  const write = (event: AuditEvent) => events.push({ event, at: now, byItself: false });
  if (command.type === 'tick') return become(facts);
  if (facts.state !== 'active') return refuse('gone');
  switch (command.type) {
    case 'open': {
      if (!command.assigned) return refuse('not-assigned');
      if (command.provedAt === null || now - command.provedAt > ACCESS.secondFactorMs) return refuse('second-factor-needed');
      if (command.purpose === 'reveal' && command.reason.trim() === '') return refuse('invalid-fields');
      if (facts.lease) return refuse('busy');
      const { reveal, agentId, purpose } = command;
      write(purpose === 'reveal' ? 'reveal.opened' : 'rewrap.opened');
      return become({ ...facts, lease: { reveal, agentId, purpose, until: now + ACCESS.leaseMs } });
    }
    case 'acknowledge': {
      if (!holds(facts.lease, command, 'reveal')) return refuse('gone');
      const free = { ...facts, lease: null };
      write(command.outcome === 'opened' ? 'reveal.done' : 'reveal.failed');
      if (command.outcome === 'opened') return become(used(free, { at: now, byItself: false, events }));
      if (facts.failures >= ACCESS.failuresMax) return become(ended(free, 'consumed', { at: now, byItself: false, events }));
      return become({ ...free, failures: facts.failures + 1 });
    }
    case 'rewrap':
      if (!holds(facts.lease, command, 'rewrap')) return refuse('gone');
      if (command.epoch <= facts.epoch) return refuse('epoch-old');
      write('record.rewrapped');
      return become({ ...facts, lease: null, epoch: command.epoch });
    case 'change-expiry':
      if (command.by !== 'requester' && command.expiresAt > facts.expiresAt) return refuse('expiry-too-long');
      if (command.expiresAt > facts.createdAt + ACCESS.expiryMaxMs) return refuse('expiry-too-long');
      if (command.expiresAt <= now) return refuse('expiry-too-short');
      write('record.expiry-changed');
      return become({ ...facts, expiresAt: command.expiresAt });
    case 'revoke':
      return become(ended(facts, 'revoked', { at: now, byItself: false, events }));
    case 'supersede':
      return become(ended(facts, 'superseded', { at: now, byItself: false, events }));
    case 'lose':
      return become(ended(facts, 'expired', { at: now, byItself: true, events }));
  }
}

/** When something happens, whether by itself, and where it is written down. */
interface Happening {
  at: number;
  byItself: boolean;
  events: LifeEvent[];
}

function recordAtTime(before: RecordFacts, moment: AccessMoment, events: LifeEvent[]): RecordFacts {
  let facts = before;
  while (facts.state === 'active') {
    const { lease, expiresAt } = facts;
    const closes = closingTime(moment) ?? Infinity;
    const at = Math.min(lease?.until ?? Infinity, expiresAt, closes);
    if (moment.now < at) return facts;
    const happening = { at, byItself: true, events };
    if (at === expiresAt) facts = ended(facts, 'expired', happening);
    else if (at === closes) facts = ended(facts, 'closed', happening);
    else facts = lapsed(facts, happening);
  }
  return facts;
}

/** Nobody said what came of it: what was released counts as seen. */
function lapsed(facts: RecordFacts, happening: Happening): RecordFacts {
  const free = { ...facts, lease: null };
  happening.events.push({ event: 'reveal.lapsed', at: happening.at, byItself: true, agentId: facts.lease?.agentId });
  return facts.lease?.purpose === 'rewrap' ? free : used(free, happening);
}

function used(facts: RecordFacts, happening: Happening): RecordFacts {
  const counted = { ...facts, reveals: facts.reveals + 1 };
  return counted.reveals >= counted.maxReveals ? ended(counted, 'consumed', happening) : counted;
}

function ended(facts: RecordFacts, state: Exclude<AccessRecordState, 'active'>, { at, byItself, events }: Happening): RecordFacts {
  events.push({ event: `record.${state}`, at, byItself });
  return { ...facts, state, lease: null, endedAt: at };
}

function holds(
  lease: LeaseFacts | null,
  { reveal, agentId }: { reveal: string; agentId: string },
  purpose: LeaseFacts['purpose'],
): boolean {
  return lease !== null && lease.reveal === reveal && lease.agentId === agentId && lease.purpose === purpose;
}
