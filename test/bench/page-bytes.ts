import {
  BUDGET,
  measureVisits,
  stagesOf,
  STAGE_BUDGET,
  sum,
  until,
  type Moment,
  type Stage,
  type Transfer,
} from '../support/page-bytes.ts';
import { table } from './table.ts';

const MOMENTS: Record<Exclude<keyof typeof BUDGET, 'locale'>, string> = {
  loaded: 'page loaded, nothing touched',
  focusable: 'first field can take focus',
  receipt: 'receipt shown',
  withFile: 'receipt shown, one file sent',
};

const STAGES: Record<Stage, string> = {
  tracker: 'list and thread, on top',
  news: 'what keeps them up to date',
  answer: 'what answers a ticket',
  tools: 'what finds, signs in and forgets',
  badge: 'page with a launcher and kept tickets, all of it',
};

const nameOf = (moment: Moment): string => MOMENTS[moment as keyof typeof MOMENTS] ?? moment;

/** Bytes that a tag causes on the wire until each moment of a visit, then each transfer of the longest one. */
export async function benchPageBytes(): Promise<void> {
  const visits = await measureVisits();
  const moments = visits
    .flatMap((visit) => visit.moments.map(({ moment }) => ({ moment, bytes: sum(until(visit, moment)), name: visit.name })))
    .filter(({ name, moment }) => name === 'en' || moment === 'withFile')
    .map(({ moment, bytes }) => [nameOf(moment), String(bytes), String(BUDGET[moment as keyof typeof MOMENTS])]);
  const followed = visits.find(({ name }) => name === 'followed');
  const stages = Object.entries(followed ? stagesOf(followed) : {}) as [Stage, Transfer[]][];
  const rows = [...moments, ...stages.map(([stage, files]) => [STAGES[stage], String(sum(files)), String(STAGE_BUDGET[stage])])];
  table('Bytes on the wire in Chromium, cold cache, brotli, headers included', ['moment', 'bytes', 'budget'], rows);
  const longest = visits.find(({ name }) => name === 'file');
  table(
    'Its parts',
    ['moment', 'transfer', 'bytes'],
    longest?.moments.flatMap(({ moment, transfers }) => transfers.map(({ name, bytes }) => [nameOf(moment), name, String(bytes)])) ?? [],
  );
}
