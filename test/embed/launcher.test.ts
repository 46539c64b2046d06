import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('the launcher', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    const add = (path: string, attributes = '') => {
      const launcher = room.tag({ name: 'support-launcher', attributes, content: '<a href="/contact">Ask us</a>' });
      const above = '<h1>Lamp</h1><p><a href="#top">Top</a></p><div style="height: 3000px">A long page</div>';
      room.addPage(path, { body: `${room.script}${above}<footer>${launcher}</footer>` });
    };
    add('/');
    add('/corner', 'position="corner"');
    add('/filled', 'kind="pre-sale" contact="webmaster" name="Ada" email="ada@example.com" subject="Lune" heading="Ask Ada"');
  });
  after(() => room?.close());

  async function open(path = '/'): Promise<Page> {
    const page = await room.open(path, { viewport: { width: 1280, height: 800 } });
    await page.getByRole('button', { name: 'Ask us' }).waitFor();
    return page;
  }

  const focused = (page: Page) =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.part.value || element?.id || element?.localName;
    });

  for (const path of ['/', '/corner']) {
    it(`looks the same before and after its code arrives (${path})`, async () => {
      const page = await open(path);
      const look = () =>
        page.evaluate(() => {
          const button = document.querySelector('support-launcher')!.shadowRoot!.querySelector('button')!;
          const { x, y, width, height } = button.getBoundingClientRect();
          const style = getComputedStyle(button);
          return [x, y, width, height, style.font, style.color, style.backgroundColor, style.border, style.borderRadius, style.cursor];
        });
      await page.getByRole('button', { name: 'Ask us' }).scrollIntoViewIfNeeded();
      const before = await look();
      await page.getByRole('button', { name: 'Ask us' }).focus();
      await page.waitForFunction(() => customElements.get('support-launcher'));
      await page.waitForFunction(() => document.querySelector('support-launcher')!.shadowRoot!.querySelector('dialog'));
      assert.deepEqual(await look(), before);
      assert.equal(await focused(page), 'base', 'focus stays on the button');
      await page.close();
    });
  }

  it('opens by keyboard, keeps focus inside, and gives it back on Escape', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask us' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Write to us' });
    await dialog.getByRole('textbox').first().waitFor();
    assert.equal(await focused(page), 'title');
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press('Tab');
      assert.notEqual(await focused(page), 'a', 'the page behind is out of reach');
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'base');
    await page.close();
  });

  it('gives the focus back once, and takes it from nothing that has it by then', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.getByRole('dialog', { name: 'Write to us' }).getByRole('textbox').first().waitFor();
    const has = await page.evaluate(async () => {
      const launcher = document.querySelector('support-launcher') as HTMLElement & { hide(): void; updateComplete: Promise<unknown> };
      const told = new Promise((resolve) => launcher.shadowRoot!.querySelector('dialog')!.addEventListener('close', resolve));
      launcher.hide();
      await launcher.updateComplete;
      const before = document.activeElement?.localName;
      document.querySelector('a')!.focus();
      await told;
      return [before, document.activeElement?.localName];
    });
    assert.deepEqual(has, ['support-launcher', 'a']);
    await page.close();
  });

  it('opens by a press that began before its code was there', async () => {
    const page = await room.browser.newPage({ viewport: { width: 1280, height: 800 } });
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/c/support-launcher-*', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${room.shop.url}/corner`);
    await page.getByRole('button', { name: 'Ask us' }).hover();
    await page.mouse.down();
    release();
    await page.waitForFunction(() => document.querySelector('support-launcher')!.shadowRoot!.querySelector('dialog'));
    await page.mouse.up();
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await page.close();
  });

  it('loads what the form needs when it is opened, and what sends and follows when somebody writes', async () => {
    const page = await open();
    const parts = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .flatMap(({ name }) => /\/c\/([\w-]+)-[\w-]{7}\.js/.exec(name)?.[1] ?? [])
          .sort(),
      );
    await page.getByRole('button', { name: 'Ask us' }).click();
    const first = page.getByRole('dialog').getByRole('textbox').first();
    await first.waitFor();
    assert.deepEqual(await parts(), ['en-form', 'form', 'support-launcher']);
    await Promise.all([page.waitForResponse(/\/c\/en-messages-/), first.focus()]);
    assert.ok((await parts()).includes('submit'));
    await page.close();
  });

  it('names its button in the language of the page where the theme does not', async () => {
    const bare = room.tag({ name: 'support-launcher' });
    for (const [lang, name] of [
      ['en', 'Contact us'],
      ['fr', 'Nous contacter'],
    ] as const) {
      const page = await room.browser.newPage();
      await page.goto(room.addPage(`/unnamed-${lang}`, { lang, body: room.script + bare }));
      await page.getByRole('button', { name, exact: true }).waitFor();
      await page.close();
    }
  });

  it('keeps what was typed when it is closed and opened again, and sends it', async () => {
    const page = await open();
    const noise = listenForNoise(page);
    await page.getByRole('button', { name: 'Ask us' }).click();
    const form = new FormPage(page, page.getByRole('dialog'));
    await form.fill({ subject: 'From the dialog' });
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Ask us' }).click();
    assert.equal(await form.field(/^Subject/).inputValue(), 'From the dialog');
    await form.send();
    await form.number();
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('hands the form what is to be filled in, and lets it be changed', async () => {
    const page = await open('/filled');
    await page.getByRole('button', { name: 'Ask us' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask Ada' });
    const form = new FormPage(page, dialog);
    assert.equal(await form.field(/name/i).inputValue(), 'Ada');
    assert.equal(await form.field(/e-?mail/i).inputValue(), 'ada@example.com');
    assert.ok(await dialog.getByRole('radio', { name: /Webmaster/ }).isChecked());
    assert.ok(await dialog.getByRole('checkbox').isChecked());
    await form.field(/^Subject/).fill('Lune, in pine');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Ask us' }).click();
    assert.equal(await form.field(/^Subject/).inputValue(), 'Lune, in pine');
    await page.close();
  });

  it('closes when it is moved, and opens again with what was typed', async () => {
    const page = await open();
    const noise = listenForNoise(page);
    await page.getByRole('button', { name: 'Ask us' }).click();
    const form = new FormPage(page, page.getByRole('dialog'));
    await form.field(/^Subject/).fill('Moved');
    await page.evaluate(() => document.querySelector('h1')!.after(document.querySelector('support-launcher')!));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Ask us' }).click();
    assert.equal(await form.field(/^Subject/).inputValue(), 'Moved');
    const modal = () =>
      page.evaluate(() => document.querySelector('support-launcher')!.shadowRoot!.querySelector('dialog')!.matches(':modal'));
    assert.equal(await modal(), true);
    await page.evaluate(() => {
      const brief = document.createElement('support-launcher');
      document.body.append(brief);
      brief.remove();
    });
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('ends above a keyboard on the screen', async () => {
    const page = await open();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    const end = async (covered: number, bottom: number) => {
      await page.evaluate((pixels) => {
        Object.defineProperty(visualViewport, 'height', { configurable: true, get: () => innerHeight - pixels });
        visualViewport!.dispatchEvent(new Event('resize'));
      }, covered);
      const sheet = page.locator('support-launcher .sheet');
      // it rises first
      await page.waitForFunction(([element, at]) => element!.getBoundingClientRect().bottom === at, [
        await sheet.elementHandle(),
        bottom,
      ] as const);
    };
    await end(330, 514);
    await end(0, 844);
    await page.close();
  });

  it('closes by a press beside it, not by a selection that ends there', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Ask us' }).click();
    const dialog = page.getByRole('dialog');
    const title = await dialog.getByRole('heading', { name: 'Write to us' }).first().boundingBox();
    assert.ok(title);
    await page.mouse.move(title.x + 5, title.y + 5);
    await page.mouse.down();
    await page.mouse.move(20, 400);
    await page.mouse.up();
    assert.ok(await dialog.isVisible());
    await page.mouse.click(20, 400);
    await dialog.waitFor({ state: 'hidden' });
    await page.close();
  });

  it('holds the page still behind it without touching its styles', async () => {
    const page = await open();
    await page.evaluate(() => scrollTo(0, 500));
    const width = await page.evaluate(() => document.documentElement.clientWidth);
    await page.evaluate(() =>
      document.querySelector<HTMLElement & { open: boolean }>('support-launcher')!.shadowRoot!.querySelector('button')!.click(),
    );
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    for (const [x, y] of [
      [20, 400],
      [640, 400],
    ] as const) {
      await page.mouse.move(x, y);
      for (let n = 0; n < 10; n++) await page.mouse.wheel(0, 400);
    }
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.evaluate(() => scrollY), 500);
    assert.equal(await page.evaluate(() => document.documentElement.clientWidth), width);
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute('style') ?? document.body.getAttribute('style')), null);
    await page.close();
  });

  it('shows the link it was given when its code never arrives', async () => {
    const page = await room.browser.newPage();
    await page.route('**/c/support-launcher-*', (route) => route.abort());
    await page.goto(room.shop.url);
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.getByRole('link', { name: 'Ask us' }).waitFor();
    await page.close();
  });
});
