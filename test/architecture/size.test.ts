import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { BUDGET, measureVisits, stagesOf, STAGE_BUDGET, sum, until, type Moment, type Stage, type Visit } from '../support/page-bytes.ts';

describe('bytes on the wire of a page that carries the counter', () => {
  let visits: Visit[];

  before(async () => {
    visits = await measureVisits();
    for (const { name, moments } of visits) {
      let total = 0;
      for (const { moment, transfers } of moments) {
        for (const transfer of transfers) console.log(`${String(transfer.bytes).padStart(8)}  ${transfer.name}`);
        total += sum(transfers);
        console.log(`${String(total).padStart(8)}  = ${name}: ${moment}`);
      }
    }
  });

  const visitNamed = (name: Visit['name']) => visits.find((visit) => visit.name === name) as Visit;

  for (const [moment, name, what] of [
    ['loaded', 'en', 'while nothing is touched'],
    ['focusable', 'en', 'until the first field can take focus'],
    ['focusable', 'fr', 'until the first field can take focus in French'],
    ['receipt', 'en', 'until the receipt is shown'],
    ['withFile', 'file', 'until the receipt of a ticket with a file is shown'],
  ] as [keyof typeof BUDGET & Moment, Visit['name'], string][]) {
    it(`stay in budget ${what}`, () => {
      const bytes = sum(until(visitNamed(name), moment));
      assert.ok(bytes > 0 && bytes <= BUDGET[moment], `${bytes} bytes, budget ${BUDGET[moment]}`);
    });
  }

  for (const [stage, what] of [
    ['tracker', 'from the receipt until its ticket and the list can be read'],
    ['news', 'for what keeps tickets up to date'],
    ['answer', 'for what answers a ticket'],
    ['tools', 'for what finds tickets, signs in and forgets'],
    ['badge', 'on a page that says how many answers are new'],
  ] as [Stage, string][]) {
    it(`stay in budget ${what}`, () => {
      const stages = stagesOf(visitNamed('followed'));
      const bytes = sum(stages[stage]);
      console.log(`${String(bytes).padStart(8)}  = ${stage}: ${stages[stage].map(({ name }) => name).join(', ')}`);
      assert.ok(bytes > 1_500 && bytes <= STAGE_BUDGET[stage], `${bytes} bytes, budget ${STAGE_BUDGET[stage]}`);
    });
  }

  it('count every file of a followed ticket in one stage', () => {
    const files = until(visitNamed('followed'), 'badge').filter(({ name }) => name.startsWith('GET /c/') || name === 'GET /embed.js');
    const before = until(visitNamed('followed'), 'receipt').filter(({ name }) => name.startsWith('GET /c/') || name === 'GET /embed.js');
    assert.equal(sum(Object.values(stagesOf(visitNamed('followed'))).flat()), sum(files) - sum(before));
  });

  for (const lang of ['en', 'fr'] as const) {
    it(`stay in budget for the locale ${lang}`, () => {
      const files = until(visitNamed(lang), 'receipt').filter(({ name }) => name.includes(`/c/${lang}-`));
      assert.equal(files.length, 2, 'the sentences shown at once and the rest');
      assert.ok(sum(files) <= BUDGET.locale, `${sum(files)} bytes, budget ${BUDGET.locale}`);
    });
  }
});
