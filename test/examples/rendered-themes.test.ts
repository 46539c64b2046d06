import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { phpAbsent, phpCommands } from '../../.config/php.mjs';
import { renderPages, THEMES, themePages, type Customer, type Theme } from '../support/theme-pages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const ada: Customer = { id: 17, firstname: 'Ada', lastname: 'Martin', email: 'ada@customer.example', orders: ['QWERTYUIO'] };
const ben: Customer = { id: 23, firstname: 'Ben', lastname: 'Okri', email: 'ben@customer.example', orders: [] };

/** What a platform itself prints for one visitor into pages that it caches for nobody: its page data, its form tokens, and in PrestaShop's contact form the orders. */
const OF_THE_PLATFORM: { [theme in Theme]: RegExp[] } = {
  prestashop: [
    /<script nonce[^>]*>.*?<\/script>/gs,
    /<div class="form-group row">\s*<label class="form-control-label" for="id-order">.*?<\/div>\s*/gs,
  ],
  magento: [],
  'cs-cart': [/<script data-no-defer[^>]*>.*?<\/script>/gs, /<input type="hidden" name="security_hash"[^>]*>/g],
};

describe('templates of the example themes', { skip: phpAbsent() ?? false }, () => {
  let guest: string[];

  before(() => {
    guest = renderPages(themePages);
  });

  it('make the pages that are kept beside them (npm run themes)', () => {
    for (const [i, { file }] of themePages.entries()) assert.equal(readFileSync(path.join(root, file), 'utf8'), guest[i], file);
    const kept = THEMES.flatMap((theme) =>
      readdirSync(path.join(root, `examples/${theme}-theme/pages`), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
    );
    assert.deepEqual(kept.sort(), themePages.map(({ file }) => file).sort(), 'no page is left over');
  });

  it('print nothing of a customer, whoever is signed in', () => {
    // what was left out leaves its indentation behind
    const shared = (html: string, theme: Theme) =>
      OF_THE_PLATFORM[theme].reduce((text, part) => text.replace(part, ''), html).replace(/^[ \t]+/gm, '');
    for (const customer of [ada, ben]) {
      for (const [i, html] of renderPages(themePages, customer).entries()) {
        const { theme, file } = themePages[i]!;
        assert.equal(shared(html, theme), shared(guest[i]!, theme), file);
        for (const personal of [customer.email, customer.firstname, customer.lastname, ...customer.orders])
          assert.ok(!shared(html, theme).includes(personal), `${file}: ${personal}`);
      }
    }
  });

  it('leave language and customer to the page data of PrestaShop, which names them', () => {
    const pages = themePages.filter(({ theme }) => theme === 'prestashop');
    for (const html of renderPages(pages, ada)) {
      const data = JSON.parse(/var prestashop = (\{.*\});/.exec(html)![1]!) as { customer: object; language: { iso_code: string } };
      assert.equal((data.customer as { email: string }).email, ada.email);
      assert.match(html, new RegExp(`<html lang="${data.language.iso_code}`));
    }
  });
});

const php = phpCommands();
describe('PHP of the example themes', { skip: php.length ? false : 'there is no php here' }, () => {
  const files = ['examples', 'test/support/php']
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true }).map((file) => `${folder}/${String(file)}`))
    .filter((file) => /\.(php|phtml)$/.test(file));

  for (const command of php) {
    it(`is understood by ${path.basename(command)}`, () => {
      assert.ok(files.length > 20);
      for (const file of files) execFileSync(command, ['-l', file], { cwd: root, stdio: 'pipe' });
    });
  }
});
