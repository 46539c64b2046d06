import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { languages } from '@storefront-support/elements/locales';
import { BUDGET, measureVisits, stagesOf, STAGE_BUDGET, sum, until, type Moment, type Stage, type Visit } from '../support/page-bytes.ts';
import { root } from './workspace.ts';

const EMBED = path.join(root, 'packages/embed/dist/embed');

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

  it('loads the sentences shown at once and the rest of one language, each a file', () => {
    for (const lang of ['en', 'fr'] as const) {
      const names = until(visitNamed(lang), 'receipt').flatMap(({ name }) => /\/c\/(\w\w-[a-zA-Z]+)-/.exec(name)?.[1] ?? []);
      assert.deepEqual(names, [`${lang}-form`, `${lang}-messages`]);
    }
  });

  for (const lang of languages) {
    it(`stay in budget for the locale ${lang}`, () => {
      const shown = until(visitNamed('en'), 'focusable');
      const [, hash] = /\/c\/en-form-([\w-]+)\.js/.exec(shown.map(({ name }) => name).join(' ')) ?? [];
      const bytes = (language: string, part: string) => statSync(path.join(EMBED, `c/${language}-${part}-${hash}.js.br`)).size;
      const focusable = sum(shown) - bytes('en', 'form') + bytes(lang, 'form');
      const whole = bytes(lang, 'form') + bytes(lang, 'messages');
      console.log(`${String(focusable).padStart(8)}  = ${lang}: focusable; ${whole} bytes of form and messages`);
      assert.ok(focusable <= BUDGET.focusable, `${focusable} bytes until the first field can take focus, budget ${BUDGET.focusable}`);
      assert.ok(whole <= BUDGET.locale, `${whole} bytes of sentences, budget ${BUDGET.locale}`);
    });
  }
});
