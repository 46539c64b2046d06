import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { BUDGET, measureVisits, sum, until, type Moment, type Visit } from '../support/page-bytes.ts';

describe('bytes on the wire of a page that carries the counter', () => {
  let visits: Visit[];

  before(async () => {
    visits = await measureVisits();
    for (const { name, moments } of visits) {
      let total = 0;
      for (const { moment, transfers } of moments) {
        for (const transfer of transfers) console.log(`${String(transfer.bytes).padStart(8)}  ${transfer.name}`);
        total += sum(transfers);
        console.log(`${String(total).padStart(8)}  = ${name}: ${moment}, budget ${BUDGET[moment]}`);
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
  ] as [Moment, Visit['name'], string][]) {
    it(`stay in budget ${what}`, () => {
      const bytes = sum(until(visitNamed(name), moment));
      assert.ok(bytes > 0 && bytes <= BUDGET[moment], `${bytes} bytes, budget ${BUDGET[moment]}`);
    });
  }

  it('stay in budget from the receipt until its ticket is shown, answers of the server apart', () => {
    const files = until(visitNamed('followed'), 'followed').filter(({ name }) => name.startsWith('GET /c/') || name === 'GET /embed.js');
    const before = until(visitNamed('followed'), 'receipt').filter(({ name }) => name.startsWith('GET /c/') || name === 'GET /embed.js');
    const bytes = sum(files) - sum(before);
    assert.ok(bytes > 0 && bytes <= BUDGET.followed - BUDGET.receipt, `${bytes} bytes, budget ${BUDGET.followed - BUDGET.receipt}`);
  });

  for (const lang of ['en', 'fr'] as const) {
    it(`stay in budget for the locale ${lang}`, () => {
      const files = until(visitNamed(lang), 'receipt').filter(({ name }) => name.includes(`/c/${lang}-`));
      assert.equal(files.length, 2, 'the sentences shown at once and the rest');
      assert.ok(sum(files) <= BUDGET.locale, `${sum(files)} bytes, budget ${BUDGET.locale}`);
    });
  }
});
