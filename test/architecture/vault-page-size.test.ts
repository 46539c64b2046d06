import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from './workspace.ts';

/** Bytes of brotli: everything that a customer's page loads for a classical key, one locale included. */
const BUDGET = { page: 31_500, locale: 2_000, postQuantum: 28_000 };
const PAGE = path.join(root, 'packages/vault-page/dist/page');

describe('what the customer’s vault page loads', () => {
  const text = (name: string) => readFileSync(path.join(PAGE, name), 'utf8');
  const bytes = (name: string) => statSync(path.join(PAGE, 'c', `${name}.br`)).size;
  let files: Set<string>;
  let later: string[];

  before(() => {
    const html = text('customer.html');
    const names = new Set(readdirSync(path.join(PAGE, 'c')));
    files = new Set(Array.from(html.matchAll(/\/c\/([\w.-]+)/g), ([, name = '']) => name));
    later = [];
    for (const name of files) {
      if (!name.endsWith('.js')) continue;
      for (const [whole, found = ''] of text(`c/${name}`).matchAll(/(?:import\(|from|import)["'`]\.\/([\w.-]+\.js)["'`]/g)) {
        if (!names.has(found)) continue;
        if (!whole.startsWith('import(') || found.startsWith('seal-')) files.add(found);
        else later.push(found);
      }
    }
    for (const name of [...files, ...later]) console.log(`${String(bytes(name)).padStart(8)}  ${name}`);
  });

  it('stays in budget, with the larger of its locales', () => {
    const [, hash] = /-(\w+)\.js`/.exec(text(`c/${[...files].find((name) => name.startsWith('lend-'))}`)) ?? [];
    const locales = readdirSync(path.join(PAGE, 'c'))
      .filter((name) => name.endsWith(`-lend-${hash}.js`))
      .map(bytes);
    const sum = [...files].reduce((total, name) => total + bytes(name), Buffer.byteLength(text('customer.html')) + Math.max(...locales));
    console.log(`${String(sum).padStart(8)}  = the page, budget ${BUDGET.page}`);
    assert.ok(locales.length > 1, 'every locale is a file of its own');
    assert.ok(sum <= BUDGET.page, `${sum} bytes, budget ${BUDGET.page}`);
    assert.ok(Math.max(...locales) <= BUDGET.locale, `${Math.max(...locales)} bytes of a locale`);
  });

  it('loads the post-quantum part for a team that asks for it, and nobody else', () => {
    const hybrid = later.filter((name) => name.startsWith('hybrid-'));
    assert.equal(hybrid.length, 1);
    assert.ok(bytes(hybrid[0] ?? '') <= BUDGET.postQuantum);
  });

  it('has no markup from strings, no console and no address of anybody else', () => {
    for (const name of files) {
      if (!name.endsWith('.js')) continue;
      const code = text(`c/${name}`);
      assert.doesNotMatch(code, /\bconsole\.|\beval\(|new Function|document\.write/, name);
      for (const [address] of code.matchAll(/https?:\/\/[\w.-]+/g)) assert.match(address, /^https?:\/\/(www\.w3\.org|lit\.dev)$/, name);
    }
  });
});
