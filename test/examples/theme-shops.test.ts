import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { phpCommands } from '../../.config/php.mjs';
import { launchChromium, listenForNoise } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage, png } from '../support/form-page.ts';
import { startIdentityEndpoints } from '../support/identity-endpoints.ts';
import { newSharedKey } from '../support/identity-tokens.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { shopBase, themePages, type Customer, type ThemePage } from '../support/theme-pages.ts';
import { startThemeShops, type ThemeShops } from '../support/theme-shops.ts';

const WIDTHS = [320, 360, 390, 1280];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ADDRESS = '14 rue du Tour, 75011 Paris';
const zoe: Customer = { id: 7, firstname: 'Zoë', lastname: 'Hara', email: 'zoe@customer.example', orders: ['000000041', '000000007'] };

describe('shops of the example themes', () => {
  const key = newSharedKey();
  let browser: Browser;
  let server: ServerProcess;
  let shops: ThemeShops;

  before(async () => {
    shops = await startThemeShops();
    const [entry] = shopDesks([]) as [{ desk: object }];
    const desk = { ...entry.desk, otherWays: [{ kind: 'address', label: ADDRESS }] };
    server = await startServer({ env: { THEMES_URL: shops.url }, config: [{ ...entry, desk, identity: [key] }] });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await shops?.close();
  });

  async function open({ theme, version, path }: ThemePage): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(server.url + shopBase(theme, version) + path);
    return page;
  }

  it('are linked from the demo shop, and every link of them leads somewhere', async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    const addresses = new Set<string>();
    for (const link of await page.locator('.elsewhere a').all())
      addresses.add(new URL((await link.getAttribute('href'))!, server.url).href);
    assert.equal(addresses.size, 6);
    for (const { theme, version, path } of themePages) addresses.add(server.url + shopBase(theme, version) + path);
    for (const address of addresses) {
      const answer = await fetch(address);
      assert.equal(answer.status, 200, address);
      for (const [, target] of (await answer.text()).matchAll(/(?:href|src)="([^"#]+)"/g)) {
        if (/^(mailto|tel):/.test(target!)) continue;
        addresses.add(new URL(target!, address).href);
      }
    }
    assert.ok(addresses.size > 60, `${addresses.size} addresses`);
    await page.close();
  });

  it('get at most 1.5 kB of HTML from us', async () => {
    for (const { theme, version, path, file } of themePages) {
      const html = await (await fetch(server.url + shopBase(theme, version) + path)).text();
      // what stands inside of the form's tag is the shop's own
      const tags = [...html.matchAll(/<support-(\w+)[^>]*>(.*?)<\/support-\1>/gs)].map(([all, name, content]) =>
        name === 'form' ? all.replace(content!, '') : all,
      );
      const script = /<script type="module"[^>]*><\/script>/.exec(html)![0];
      const bytes = Buffer.byteLength([...tags, script].join(''));
      assert.ok(tags.length >= 2 && bytes <= 1_500, `${file}: ${bytes} bytes in ${tags.length} tags`);
    }
  });

  it('stay within the window and within their policy, and have nothing to hide from axe', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    const noise = listenForNoise(page);
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // the version with a server shows all that the other shows, and the tracker
    for (const { theme, version, path, file } of themePages.filter((themePage) => themePage.version === 'our-server')) {
      await page.goto(server.url + shopBase(theme, version) + path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wider, 0, `${file} at ${width} px`);
      }
      await page.evaluate(axe);
      const found = await page.evaluate(async (rules) => {
        const { axe: engine } = globalThis as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        // it would import the style sheet of a printed form by an inline style of its own
        const { violations } = await engine.run({ runOnly: rules, preload: false });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      }, RULES);
      assert.deepEqual(found, [], file);
    }
    assert.deepEqual(noise, []);
    await page.close();
  });

  const contactPages = themePages.filter(({ page, language }) => page === 'contact' && language === 'en');

  async function unseenForms(page: Page): Promise<boolean[]> {
    return page.locator('support-form').evaluate((tag) => [...tag.querySelectorAll('form')].map((shopForm) => shopForm.checkVisibility()));
  }

  for (const themePage of contactPages.filter(({ version }) => version === 'our-server')) {
    it(`send to our server under a strict policy (${themePage.theme})`, async () => {
      const page = await open(themePage);
      const noise = listenForNoise(page);
      const form = new FormPage(page, page.locator('support-form'));
      await form.fill({ subject: `From ${themePage.theme}` });
      await form.addFiles([png('lamp.png', themePage.theme)]);
      assert.deepEqual(await unseenForms(page), [false], 'the shop’s own form waits unseen');
      await form.send();
      assert.match(await form.number(), /^\w{4}-\w{4}$/);
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  for (const themePage of contactPages.filter(({ version }) => version === 'own-form')) {
    it(`send through the shop’s own form under a strict policy (${themePage.theme})`, async () => {
      const page = await open(themePage);
      const noise = listenForNoise(page);
      const form = page.locator('support-form');
      const message = `Does ${themePage.theme} keep this?`;
      // until then the shop's own form is there, and stays once somebody has begun in it
      await form.locator('[part=submit]').waitFor();
      await form.getByRole('textbox', { name: 'Message' }).fill(message);
      await form.getByRole('textbox', { name: 'E-mail' }).fill('ada@customer.example');
      // each platform's form asks for what it has a place for
      for (const [label, text] of Object.entries({ 'Your name': 'Ada Martin', Subject: 'A question' })) {
        const field = form.getByRole('textbox', { name: label });
        if (await field.count()) await field.fill(text);
      }
      if (themePage.theme === 'prestashop') await form.getByRole('combobox').selectOption({ label: 'Orders and the shop' });
      assert.deepEqual(await unseenForms(page), [false], 'the shop’s own form waits unseen');
      assert.doesNotMatch(await form.innerText(), /false|undefined|null/);
      await form.getByRole('button', { name: /^Send/ }).click();
      await form.locator('[part~=receipt]').waitFor();
      assert.ok(
        shops.ownForms.messages().some((text) => text.includes(message)),
        shops.ownForms.messages().join(),
      );
      assert.deepEqual(noise, []);
      await page.close();
    });
  }

  it('have the contacts of the shop’s own form in the language of the page', async () => {
    const [arabic] = themePages.filter((each) => each.theme === 'prestashop' && each.version === 'own-form' && each.language === 'ar');
    const page = await open(arabic!);
    await page.locator('support-form [part=submit]').waitFor();
    await page.locator('support-form').getByRole('textbox').first().focus();
    await page.locator('support-form [part=base] option', { hasText: 'الطلبات والمتجر' }).waitFor({ state: 'attached' });
    await page.close();
  });

  const productPages = themePages.filter(({ page, language }) => page === 'product' && language === 'en');
  for (const themePage of productPages.filter(({ theme, version }) => version === 'our-server' || theme === 'prestashop')) {
    it(`begin with the question before buying on a product page (${themePage.theme}, ${themePage.version})`, async () => {
      const page = await open(themePage);
      await page.locator('support-launcher').first().getByRole('button').click();
      await page.getByRole('dialog').getByRole('textbox').first().waitFor();
      const before = page.getByRole('dialog').getByRole('checkbox', { name: /before buying/ });
      assert.ok(await before.isChecked());
      await page.close();
    });
  }

  /** How far from the left the first of each of these words stands. */
  function placesOf(place: Locator, words: string[]): Promise<number[]> {
    return place.first().evaluate((element, wanted) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      const lefts = new Map<string, number>();
      while (texts.nextNode())
        for (const word of wanted) {
          const at = texts.currentNode.textContent?.indexOf(word) ?? -1;
          if (at < 0 || lefts.has(word)) continue;
          range.setStart(texts.currentNode, at);
          range.setEnd(texts.currentNode, at + word.length);
          lefts.set(word, range.getBoundingClientRect().left);
        }
      return wanted.map((word) => lefts.get(word) ?? Number.NaN);
    }, words);
  }

  it('keep the order of foreign words and the edge of the page where it reads from right to left', async () => {
    const found = themePages.filter(({ theme, page, version }) => theme === 'magento' && page === 'contact' && version === 'our-server');
    const [english, hebrew] = found.map(({ version, path }) => `${server.url}${shopBase('magento', version)}${path}`) as [string, string];
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(english);
    const form = new FormPage(page, page.locator('support-form'));
    await form.fill({ subject: 'Torn' });
    await form.addFiles([png('seam.png', 'torn')]);
    await form.send();
    const number = await form.number();
    await page.goto(hebrew);
    await page.locator('support-form [part=other-ways] summary').click();
    const address = page.locator('support-form').getByText(ADDRESS);
    const [house = 0, town = 0] = await placesOf(address, ['14', 'Paris']);
    assert.ok(house < town, `the number of the house stands at ${house}, the town at ${town}`);
    const tracker = page.locator('support-tracker');
    await tracker.locator('[part=tools] summary').click();
    const edges = await tracker.locator('[part=kept] .name').evaluate((name, text) => {
      const inner = [...name.querySelectorAll('*')].filter((element) => !element.children.length);
      return inner.map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return [element.textContent === text, Math.round(range.getBoundingClientRect().right)] as const;
      });
    }, number);
    assert.deepEqual(
      edges.map(([isNumber]) => isNumber),
      [false, true],
    );
    assert.equal(edges[0]?.[1], edges[1]?.[1], 'the number stands below its subject');
    await tracker.locator('[part=ticket]').first().click();
    const file = page.locator('support-thread [part=attachment] .name');
    const [count = 0, unit = 0] = await placesOf(file, ['1', 'kB']);
    assert.ok(count < unit, `how many kB stands at ${count}, kB at ${unit}`);
    await page.close();
  });

  it('are shops that the doctor finds nothing wrong with', async () => {
    const page = await browser.newPage();
    // one native adapter stands for the three: what differs is the markup around the tag
    for (const { theme, version, path, file } of contactPages.filter(
      (each) => each.version === 'our-server' || each.theme === 'prestashop',
    )) {
      await page.goto(`${server.url}${shopBase(theme, version)}${path}?support-doctor`);
      if (version === 'our-server') await page.getByText('No tickets yet').waitFor({ state: 'attached' });
      const finding = page.locator('support-doctor').getByRole('heading').first();
      await finding.waitFor();
      assert.equal(await finding.innerText(), 'All is well', `${file}: ${await page.locator('support-doctor').innerText()}`);
    }
    await page.close();
  });

  it('show a form where there is no JavaScript: their own, or the one that is printed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    for (const { theme, version, path, file } of contactPages) {
      await page.goto(server.url + shopBase(theme, version) + path);
      const printed = theme === 'prestashop' && version === 'our-server';
      const [seen, ...more] = await page.locator('support-form textarea:visible').all();
      assert.ok(seen && !more.length, file);
      const action = await seen.evaluate((area: HTMLTextAreaElement) => area.form!.getAttribute('action'));
      assert.equal(action === '/v1/desks/demo/tickets/form', printed, file);
      if (!printed) continue;
      // the printed one is sent as it stands there
      await page.getByRole('radio').first().check();
      for (const [name, value] of Object.entries({
        'Your name': 'Zoë Hara',
        'E-mail': 'printed@customer.example',
        Subject: 'A chip',
        Message: 'On its rim.',
      }))
        await page.getByRole('textbox', { name }).fill(value);
      await page.getByRole('button', { name: 'Send message' }).click();
      await page.getByRole('heading', { name: 'Please look into your mailbox' }).waitFor();
    }
    await context.close();
  });

  const noPhp = phpCommands().length ? false : 'there is no php here';
  for (const themePage of contactPages.filter(({ version }) => version === 'our-server')) {
    it(`know a customer whom the shop has signed in, on any device (${themePage.theme})`, { skip: noPhp }, async () => {
      const endpoints = await startIdentityEndpoints(key, 'demo', true);
      const visit = async () => {
        const page = await (await browser.newContext()).newPage();
        await page.route('**/identity.json', async (route) => {
          const answer = await endpoints.ask(themePage.theme, zoe);
          await route.fulfill({ headers: Object.fromEntries(answer.headers), body: await answer.text() });
        });
        await page.goto(server.url + shopBase(themePage.theme, themePage.version) + themePage.path);
        return page;
      };
      const page = await visit();
      const form = page.locator('support-form');
      const order = form.getByRole('combobox', { name: /Order number/ });
      await order.selectOption('000000041');
      assert.equal(await form.getByRole('textbox', { name: 'Your name' }).inputValue(), 'Zoë Hara');
      assert.equal(await form.getByRole('textbox', { name: 'E-mail' }).inputValue(), zoe.email);
      await form.getByRole('textbox', { name: 'Subject' }).fill(`Chipped, ${themePage.theme}`);
      await form.getByRole('textbox', { name: 'Message' }).fill('The rim has a chip.');
      await form.getByRole('radio').first().check();
      await form.getByRole('button', { name: /^Send/ }).click();
      await form.locator('[part~=receipt]').waitFor();
      const elsewhere = await visit();
      await elsewhere.locator('support-tracker').scrollIntoViewIfNeeded();
      await elsewhere
        .locator('support-tracker')
        .getByRole('button', { name: new RegExp(`Chipped, ${themePage.theme}`) })
        .waitFor();
      await Promise.all([page.context().close(), elsewhere.context().close(), endpoints.close()]);
    });
  }

  it('do with the classic script what they do with the module', async () => {
    const page = await browser.newPage();
    const noise = listenForNoise(page);
    await page.route(
      '**/contact-us.html',
      async (route) => {
        const answer = await route.fetch();
        const html = await answer.text();
        const classic = html.replace(/<script type="module" src="([^"]*)embed\.js">/, '<script defer src="$1embed.classic.js">');
        assert.notEqual(classic, html);
        await route.fulfill({ response: answer, body: classic });
      },
      { times: 1 },
    );
    const [themePage] = contactPages.filter(({ theme, version }) => theme === 'prestashop' && version === 'own-form') as [ThemePage];
    await page.goto(server.url + shopBase('prestashop', 'own-form') + themePage.path);
    await page.locator('support-form').getByRole('textbox', { name: 'Message' }).waitFor();
    assert.deepEqual(noise, []);
    await page.close();
  });
});
