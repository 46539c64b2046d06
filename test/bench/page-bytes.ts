import { BUDGET, measureVisits, sum, until, type Moment } from '../support/page-bytes.ts';
import { table } from './table.ts';

const MOMENTS: Record<Moment, string> = {
  loaded: 'page loaded, nothing touched',
  focusable: 'first field can take focus',
  receipt: 'receipt shown',
  withFile: 'receipt shown, one file sent',
  followed: 'ticket shown after its receipt',
};

/** Bytes that a tag causes on the wire until each moment of a visit, then each transfer of the longest one. */
export async function benchPageBytes(): Promise<void> {
  const visits = await measureVisits();
  const rows = visits
    .flatMap((visit) => visit.moments.map(({ moment }) => ({ moment, bytes: sum(until(visit, moment)), name: visit.name })))
    .filter(({ name, moment }) => name === 'en' || moment === 'withFile' || moment === 'followed')
    .map(({ moment, bytes }) => [MOMENTS[moment], String(bytes), String(BUDGET[moment])]);
  table('Bytes on the wire in Chromium, cold cache, brotli, headers included', ['moment', 'bytes', 'budget'], rows);
  const longest = visits.find(({ name }) => name === 'file');
  table(
    'Its parts',
    ['moment', 'transfer', 'bytes'],
    longest?.moments.flatMap(({ moment, transfers }) => transfers.map(({ name, bytes }) => [MOMENTS[moment], name, String(bytes)])) ?? [],
  );
}
