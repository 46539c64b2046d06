import type {
  AccessMoment,
  LifeEvent,
  LifeStep,
  RecordCommand,
  RecordFacts,
  RequestCommand,
  RequestFacts,
} from '@storefront-support/contract/access-lifecycle';
import { ACCESS } from '@storefront-support/contract/access-record';
import { seededRandom } from './seeded-random.ts';

export type Lifecycle = typeof import('@storefront-support/contract/access-lifecycle');

/** A promise about lives that was broken, and by what. */
export class BrokenPromise extends Error {}

/** What many lives have come through. */
export interface Lives {
  runs: number;
  steps: number;
  recordStates: Set<string>;
  requestStates: Set<string>;
  refusals: Set<string>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-06-01T08:00:00Z');
const STEPS = 24;
const ENDS = /^record\.(consumed|expired|revoked|closed|superseded)$/;

/** Leads lives by dice, and holds each step against what was promised; it knows no way how a step is taken. @throws {BrokenPromise} */
export function leadLives(lifecycle: Lifecycle, seed: number, runs: number): Lives {
  const lives: Lives = { runs, steps: 0, recordStates: new Set(), requestStates: new Set(), refusals: new Set() };
  for (let run = 0; run < runs; run++) {
    const dice = new Dice(seed * 1_000_003 + run);
    try {
      if (run % 3 === 0) leadRequest(lifecycle, dice, lives);
      else leadRecord(lifecycle, dice, lives);
    } catch (error) {
      if (error instanceof BrokenPromise) error.message = `run ${run}: ${error.message}`;
      throw error;
    }
  }
  return lives;
}

function leadRecord({ newRecord, stepRecord }: Lifecycle, dice: Dice, lives: Lives): void {
  // half of them are mostly opened and acknowledged: by dice alone few would live long enough
  const busy = dice.chance(0.5);
  let now = START;
  let ticketClosedAt: number | null = null;
  const life = dice.pick([HOUR, DAY, 7 * DAY, 30 * DAY]);
  let facts = newRecord({ createdAt: now, expiresAt: now + life, epoch: 1, maxReveals: dice.pick([1, 2, 50]) });
  const all: LifeEvent[] = [];
  let givenBack = 0;
  for (let n = 0; n < STEPS; n++) {
    now += dice.pick(busy ? [0, 1, MINUTE] : [0, 1, MINUTE, ACCESS.leaseMs - 1, ACCESS.leaseMs, 5 * MINUTE, HOUR, DAY, 8 * DAY]);
    if (dice.chance(busy ? 0.02 : 0.1)) ticketClosedAt = ticketClosedAt === null ? now : null;
    const moment: AccessMoment = { now, ticketClosedAt };
    const command = busy && dice.chance(0.9) ? opening(dice, facts, now) : recordCommand(dice, facts, now);
    const waited = stepRecord(facts, { type: 'tick' }, moment);
    const step = stepRecord(facts, command, moment);
    const say = (what: string): never => {
      throw new BrokenPromise(`${what}: ${JSON.stringify({ before: facts, command, moment, step })}`);
    };
    checkTimes(step, all, now, say);
    if (facts.state !== 'active' && JSON.stringify(step.facts) !== JSON.stringify(facts)) say('an end has a way out');
    if (facts.state !== 'active' && command.type !== 'tick' && step.refused === null) say('something is done to what has ended');
    if (step.refused !== null && JSON.stringify(step.facts) !== JSON.stringify(waited.facts)) say('a refusal changes something');
    if (step.refused === null && facts.state === 'active') checkCommand(command, facts, waited.facts, step, now, say);
    checkRecord(step.facts, facts, moment, say);
    if (command.type === 'acknowledge' && step.refused === null && command.outcome !== 'opened' && step.facts.state === 'active')
      givenBack += 1;
    if (givenBack > ACCESS.failuresMax) say('a failure is given back a fourth time');
    all.push(...step.events);
    checkCounts(step.facts, all, say);
    facts = step.facts;
    lives.steps += 1;
    lives.recordStates.add(facts.state);
    if (step.refused) lives.refusals.add(step.refused);
  }
}

/** What may not be so, whatever has happened. */
function checkRecord(facts: RecordFacts, before: RecordFacts, { now, ticketClosedAt }: AccessMoment, say: (what: string) => never): void {
  const closes = ticketClosedAt === null ? Infinity : ticketClosedAt + DAY;
  if (facts.state !== 'active') {
    if (facts.lease) say('what has ended is open');
    if (facts.endedAt === null || facts.endedAt > now) say('it has ended in the future');
    if (before.state === 'active' && facts.state === 'closed' && facts.endedAt !== closes)
      say('it closed at another time than a day after its ticket');
    return;
  }
  if (now >= facts.expiresAt) say('it outlives its expiry');
  if (now >= closes) say('it outlives its ticket by more than a day');
  if (facts.reveals >= facts.maxReveals) say('it outlives its last opening');
  if (facts.expiresAt > facts.createdAt + 30 * DAY) say('it may live longer than 30 days');
  if (facts.lease && facts.lease.until <= now) say('a lease outlives its two minutes');
  if (facts.epoch < before.epoch) say('an older key takes over');
}

/** What has to be so before something is done. */
function checkCommand(
  command: RecordCommand,
  before: RecordFacts,
  waited: RecordFacts,
  { facts, events }: LifeStep<RecordFacts>,
  now: number,
  say: (what: string) => never,
): void {
  switch (command.type) {
    case 'open':
      if (waited.lease) say('two have it open');
      if (!command.assigned) say('it is opened by somebody it does not concern');
      if (command.provedAt === null || now - command.provedAt > 5 * MINUTE) say('an old second factor opens it');
      if (command.purpose === 'reveal' && !command.reason.trim()) say('it is opened for no reason');
      if (facts.lease?.reveal !== command.reveal || facts.lease.until !== now + 120_000) say('a release is no lease of two minutes');
      if (!events.some(({ event, at }) => /opened$/.test(event) && at === now)) say('a release is told to nobody');
      break;
    case 'acknowledge':
    case 'rewrap':
      if (waited.lease?.reveal !== command.reveal || waited.lease.agentId !== command.agentId)
        say('somebody else says what came of a release');
      if (command.type === 'acknowledge' && waited.lease?.purpose !== 'reveal') say('a release for another key is taken for an opening');
      if (facts.lease) say('a release outlives its acknowledgement');
      break;
    case 'change-expiry':
      if (command.by === 'agent' && facts.expiresAt > before.expiresAt) say('an agent has it last longer');
      if (facts.expiresAt <= now) say('it ends in the past');
      break;
    case 'tick':
      break;
    default:
      if (facts.state === 'active') say(`${command.type} ends nothing`);
  }
}

/** What has been told has to add up. */
function checkCounts(facts: RecordFacts, all: readonly LifeEvent[], say: (what: string) => never): void {
  const count = (...names: string[]) => all.filter(({ event }) => names.includes(event)).length;
  const ends = all.filter(({ event }) => ENDS.test(event)).length;
  if (ends !== (facts.state === 'active' ? 0 : 1)) say('its end is not told once');
  if (facts.reveals > count('reveal.done', 'reveal.lapsed')) say('an opening is counted that was none');
  // each release ends by being told of, by its time, or with the record
  const released = count('reveal.opened', 'rewrap.opened');
  const settled = count('reveal.done', 'reveal.failed', 'reveal.lapsed', 'record.rewrapped');
  const open = released - settled;
  if (open < 0 || open > 1 || (facts.state === 'active' && open !== (facts.lease ? 1 : 0)))
    say('releases and what came of them do not add up');
  const told = reveals(all);
  if (facts.reveals !== told) say(`${facts.reveals} openings are counted, ${told} were told`);
}

/** Openings that count: acknowledged ones, and those of a purpose to see that nobody acknowledged. */
function reveals(all: readonly LifeEvent[]): number {
  let purpose = '';
  let count = 0;
  for (const { event } of all) {
    if (event === 'reveal.opened' || event === 'rewrap.opened') purpose = event;
    if (event === 'reveal.done' || (event === 'reveal.lapsed' && purpose === 'reveal.opened')) count += 1;
  }
  return count;
}

function checkTimes(step: LifeStep<unknown>, before: readonly LifeEvent[], now: number, say: (what: string) => never): void {
  let at = before.at(-1)?.at ?? 0;
  for (const event of step.events) {
    if (event.at < at || event.at > now) say('what happened is told in another order, or before it happens');
    ({ at } = event);
  }
}

function opening(dice: Dice, { lease }: RecordFacts, now: number): RecordCommand {
  if (lease?.purpose === 'reveal') {
    const outcome = dice.pick(['wrong-key', 'tampered', 'bind-mismatch', 'opened'] as const);
    return { type: 'acknowledge', reveal: lease.reveal, agentId: lease.agentId, outcome };
  }
  const reveal = `r${dice.below(1_000_000)}`;
  return { type: 'open', reveal, agentId: dice.pick(['dana', 'eve']), purpose: 'reveal', assigned: true, provedAt: now, reason: 'to look' };
}

function recordCommand(dice: Dice, { lease, epoch }: RecordFacts, now: number): RecordCommand {
  const agentId = dice.pick(['dana', 'eve']);
  const reveal = lease && dice.chance(0.8) ? lease.reveal : `r${dice.below(1_000)}`;
  const holder = lease && dice.chance(0.8) ? lease.agentId : agentId;
  const provedAt = dice.pick([null, now, now - 5 * MINUTE, now - 5 * MINUTE - 1, now - HOUR]);
  const open: RecordCommand = {
    type: 'open',
    reveal: `r${dice.below(1_000_000)}`,
    agentId,
    purpose: dice.pick(['reveal', 'reveal', 'reveal', 'rewrap']),
    assigned: dice.chance(0.9),
    provedAt: dice.chance(0.6) ? now : provedAt,
    reason: dice.pick(['to look', 'to look', 'to look', ' ']),
  };
  const outcome = dice.pick(['opened', 'wrong-key', 'tampered', 'bind-mismatch'] as const);
  const expiresAt = now + dice.pick([-HOUR, 0, 1, HOUR, DAY, 29 * DAY, 31 * DAY]);
  return dice.pick<RecordCommand>([
    { type: 'tick' },
    open,
    open,
    open,
    open,
    { type: 'acknowledge', reveal, agentId: holder, outcome },
    { type: 'acknowledge', reveal, agentId: holder, outcome },
    { type: 'acknowledge', reveal, agentId: holder, outcome },
    { type: 'rewrap', reveal, agentId: holder, epoch: epoch + dice.below(2) },
    { type: 'change-expiry', expiresAt, by: dice.pick(['requester', 'agent']) },
    dice.chance(0.15) ? { type: dice.pick(['revoke', 'supersede', 'lose']) } : open,
  ]);
}

function leadRequest({ newRequest, stepRequest }: Lifecycle, dice: Dice, lives: Lives): void {
  let now = START;
  let ticketClosedAt: number | null = null;
  let facts = newRequest(dice.pick(['offered', 'asked']), now);
  let accepted = facts.state === 'asked';
  for (let n = 0; n < STEPS; n++) {
    now += dice.pick([0, 1, HOUR, DAY, 72 * HOUR]);
    if (dice.chance(0.15)) ticketClosedAt = ticketClosedAt === null ? now : null;
    const command = dice.pick<RequestCommand>([
      { type: 'tick' },
      { type: 'accept' },
      { type: 'answer' },
      { type: 'answer' },
      { type: 'decline', by: dice.pick(['requester', 'agent']) },
      { type: 'withdraw', by: dice.pick(['requester', 'agent']) },
    ]);
    const moment = { now, ticketClosedAt };
    const waited = stepRequest(facts, { type: 'tick' }, moment).facts;
    const step = stepRequest(facts, command, moment);
    const say = (what: string): never => {
      throw new BrokenPromise(`${what}: ${JSON.stringify({ before: facts, command, moment, step })}`);
    };
    checkRequest(facts, waited, command, step, moment, accepted, say);
    checkTimes(step, [], now, say);
    accepted ||= step.facts.state === 'asked';
    facts = step.facts;
    lives.steps += 1;
    lives.requestStates.add(facts.state);
    if (step.refused) lives.refusals.add(step.refused);
  }
}

function checkRequest(
  before: RequestFacts,
  waited: RequestFacts,
  command: RequestCommand,
  { facts, refused, events }: LifeStep<RequestFacts>,
  { now, ticketClosedAt }: AccessMoment,
  accepted: boolean,
  say: (what: string) => never,
): void {
  const ended = (state: string) => state === 'declined' || state === 'withdrawn' || state === 'expired';
  if (ended(before.state) && JSON.stringify(facts) !== JSON.stringify(before)) say('an end has a way out');
  if (refused !== null && JSON.stringify(facts) !== JSON.stringify(waited)) say('a refusal changes something');
  if ((facts.state === 'asked' || facts.state === 'offered') && now >= facts.answerUntil) say('it outlives its 72 hours');
  if ((facts.state === 'asked' || facts.state === 'offered') && ticketClosedAt !== null && now >= ticketClosedAt + DAY)
    say('it outlives its ticket');
  if (ended(facts.state) !== (facts.endedAt !== null)) say('only what has ended has an end');
  if (!ended(before.state) && ended(facts.state) && events.length === 0) say('its end is told to nobody');
  if (refused !== null) return;
  if (command.type === 'answer') {
    if (!accepted) say('an offer takes a record before it is accepted');
    if (ended(facts.state) || now >= waited.answerUntil || ticketClosedAt !== null) say('what is over takes a record');
  }
  if (command.type === 'accept' && (waited.state !== 'offered' || facts.answerUntil !== now + 72 * HOUR))
    say('what is no offer is accepted');
  if (command.type === 'decline' && waited.state !== (command.by === 'requester' ? 'asked' : 'offered')) say('the wrong side declines');
  if (command.type === 'withdraw' && waited.state !== (command.by === 'agent' ? 'asked' : 'offered')) say('the wrong side withdraws');
}

class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  chance(part: number): boolean {
    return this.#random() < part;
  }
}
