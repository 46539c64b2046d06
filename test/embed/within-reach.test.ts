import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { FormPage } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';

const FORM = '<support-form adapter="memory"></support-form>';
const TRACKER = '<support-tracker adapter="memory"></support-tracker>';
const HEADER = 96;
const FOOTER = 64;
const BARS = `<style>
  header, footer { position: sticky; z-index: 10; background: #ccd }
  header { top: 0; height: ${HEADER}px }
  footer { bottom: 0; height: ${FOOTER}px }
</style>`;
const TEXT = '<p>A lamp of oak, with a shade of linen that is sewn by hand.</p>'.repeat(30);

/** Ways in which a value gets into a field. */
const WAYS: Record<string, (field: Locator, value: string) => Promise<unknown>> = {
  typed: (field, value) => field.pressSequentially(value),
  async pasted(field, value) {
    const page = field.page();
    await page.locator('#notes').fill(value);
    await page.locator('#notes').press('Control+a');
    await page.locator('#notes').press('Control+c');
    await field.press('Control+v');
  },
  'put in by the browser': (field, value) => field.evaluate(put, [value, 'insertReplacementText'] as const),
  'put in by an extension that tells of input': (field, value) => field.evaluate(put, [value, 'input'] as const),
  'put in by an extension that tells of a change': (field, value) => field.evaluate(put, [value, 'change'] as const),
};

/** Runs in the page: as what fills in forms does it, which does not know of shadow roots. */
function put(field: Element, [value, how]: readonly [string, string]): void {
  (field as HTMLInputElement).value = value;
  field.dispatchEvent(
    how === 'insertReplacementText'
      ? new InputEvent('input', { bubbles: true, composed: true, inputType: how, data: value })
      : new Event(how, { bubbles: true }),
  );
}

describe('what helps people to fill in a form', () => {
  let room: ShopRoom;
  let page: Page;

  before(async () => {
    room = await ShopRoom.open();
    page = await room.open(room.addPage('/fill', { body: `<textarea id="notes"></textarea>${room.script}${FORM}` }));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => {
      const sent: unknown[] = [];
      Object.assign(globalThis, { sent });
      document.addEventListener('support-before-send', (event) => {
        event.preventDefault();
        sent.push((event as Event & { draft: unknown }).draft);
      });
    });
  });
  after(() => room?.close());

  it('is told what each field is for', async () => {
    const form = new FormPage(page);
    const facts = async (name: RegExp) =>
      form.field(name).evaluate((field: HTMLInputElement) => [field.type, field.autocomplete, field.inputMode, field.name]);
    await form.field(/^Subject/).waitFor();
    assert.deepEqual(await facts(/name/), ['text', 'name', '', 'name']);
    assert.deepEqual(await facts(/e-?mail/i), ['email', 'email', 'email', 'email']);
    assert.deepEqual(await facts(/^Subject/), ['text', 'off', '', 'subject']);
    assert.deepEqual(await facts(/order/i), ['text', 'off', '', 'orderReference']);
  });

  for (const [way, enter] of Object.entries(WAYS))
    it(`is sent: ${way}`, async () => {
      const form = new FormPage(page);
      await form.form.getByRole('radio', { name: /Customer Service/ }).check();
      const said = { name: `Ada ${way.length}`, email: `ada${way.length}@example.com`, subject: `Lamp, ${way}`, message: `It was ${way}.` };
      for (const [label, value] of [
        [/name/, said.name],
        [/e-?mail/i, said.email],
        [/^Subject/, said.subject],
        [/^(Your )?message/i, said.message],
      ] as const) {
        const field = form.field(label);
        await field.fill('');
        await enter(field, value);
      }
      const before = await page.evaluate(() => (globalThis as unknown as { sent: unknown[] }).sent.length);
      await form.send();
      const draft = await page.waitForFunction((count) => (globalThis as unknown as { sent: unknown[] }).sent[count], before);
      const { requester, subject, message } = (await draft.jsonValue()) as typeof said & { requester: object };
      assert.deepEqual({ ...requester, subject, message }, said);
      await page.waitForFunction(() => document.querySelector('support-form')?.shadowRoot?.querySelector('[data-state=ready]'));
    });

  it('is no reason for a phone to zoom into a field, whatever the type of the shop', async () => {
    for (const [at, css] of ['html { font-size: 62.5% }', 'body { font-size: 12px }', 'html, body { font: 10px/1.2 serif }'].entries())
      for (const theme of ['', 'theme="auto"']) {
        const body = `${room.script}${FORM.replace('adapter', `${theme} adapter`)}${TRACKER.replace('adapter', `${theme} adapter`)}`;
        await page.goto(room.addPage(`/small-${at}${theme && '-auto'}`, { head: `<style>${css}</style>`, body }));
        await page.locator('support-form').getByRole('textbox').first().waitFor();
        await page.locator('support-tracker').scrollIntoViewIfNeeded();
        await page.getByLabel('Find a ticket by its number').waitFor();
        if (theme)
          await page.waitForFunction(() =>
            document
              .querySelector('support-form')
              ?.shadowRoot?.adoptedStyleSheets.some((sheet) => sheet.cssRules[0]?.cssText.includes('--support-color')),
          );
        const sizes = await page.evaluate(() => {
          const found: number[] = [];
          const visit = (root: ParentNode) => {
            for (const one of root.querySelectorAll('*')) {
              if (one.matches('input:not([type=radio], [type=checkbox], [type=file], .quiet), select, textarea'))
                found.push(parseFloat(getComputedStyle(one).fontSize));
              if (one.shadowRoot) visit(one.shadowRoot);
            }
          };
          visit(document);
          return found;
        });
        assert.ok(sizes.length > 5);
        assert.ok(Math.min(...sizes) >= 16, `${css} ${theme}: ${sizes.join()}`);
      }
  });
});

describe('between bars of the shop that stick', () => {
  let room: ShopRoom;
  let page: Page;
  let form: FormPage;

  before(async () => {
    room = await ShopRoom.open();
    const body = `${BARS}<header>Lamps</header><main>${TEXT}${FORM}${TEXT}${TRACKER}${TEXT}</main><footer>Basket</footer>${room.script}`;
    page = await room.open(room.addPage('/bars', { body }), { viewport: { width: 390, height: 700 } });
    form = new FormPage(page);
    await form.form.scrollIntoViewIfNeeded();
    await form.field(/^Subject/).waitFor();
  });
  after(() => room?.close());

  /** What has the focus, and how much of it lies under the bars, in pixels: all of it fits between them. */
  const seen = () =>
    page.evaluate(
      async ([top, bottom]) => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        let now = document.activeElement;
        while (now?.shadowRoot?.activeElement) now = now.shadowRoot.activeElement;
        if (!now || now === document.body) return { name: '', under: 0 };
        const label = now.matches('.quiet') ? ((now as HTMLInputElement).labels?.[0] ?? now) : now;
        const { top: y, bottom: end, height } = label.getBoundingClientRect();
        const free = innerHeight - top - bottom;
        const shown = Math.min(end, innerHeight - bottom) - Math.max(y, top);
        // of a text area a browser shows where one writes
        const least = Math.min(now.localName === 'textarea' ? 24 : height, free);
        return { name: `${now.localName} ${(now as HTMLElement).innerText || now.id}`.slice(0, 40), under: Math.round(least - shown) };
      },
      [HEADER, FOOTER] as const,
    );

  async function isFree(what: string): Promise<void> {
    // where it is moved to may still be drawn
    const free = await page
      .waitForFunction(
        ([top, bottom]) => {
          let now = document.activeElement;
          while (now?.shadowRoot?.activeElement) now = now.shadowRoot.activeElement;
          const { top: y = 0, bottom: end = 0 } = now === document.body ? {} : (now?.getBoundingClientRect() ?? {});
          return y >= top - 1 && (end <= innerHeight - bottom + 1 || y <= innerHeight - bottom - 24);
        },
        [HEADER, FOOTER] as const,
        { timeout: 5_000 },
      )
      .catch(() => undefined);
    if (!free) assert.deepEqual({ what, ...(await seen()) }, { what, name: 'clear of the bars' });
  }

  for (const key of ['Tab', 'Shift+Tab'])
    it(`nothing that is reached by ${key} lies under one`, async () => {
      const names: string[] = [];
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press(key);
        const { name, under } = await seen();
        if (!name) break;
        names.push(name);
        assert.ok(under <= 1, `${names.at(-2)} → ${name}: ${under} px are hidden`);
      }
      assert.ok(names.length > 8, names.join());
    });

  it('nor what has to be corrected, nor the field it leads to', async () => {
    await form.send();
    await form.form.getByRole('alert').waitFor();
    await isFree('the list');
    await page.keyboard.press('Tab');
    await isFree('a line of it');
    await page.keyboard.press('Enter');
    await isFree('the field');
    const label = await form.form
      .getByRole('radio')
      .first()
      .evaluate((input) => input.closest('fieldset')?.getBoundingClientRect().top ?? 0);
    assert.ok(label >= HEADER - 1, `its label is at ${label}`);
  });

  it('nor the receipt, nor the ticket it leads to, nor what is written there', async () => {
    await form.fill({ subject: 'The lamp hums' });
    await form.send();
    const number = await form.number();
    await isFree('the receipt');
    await form.form.getByText('Follow your ticket').press('Enter');
    await page.locator('support-tracker').getByRole('heading', { name: 'The lamp hums' }).waitFor();
    await isFree('the ticket');
    const thread = page.locator('support-tracker');
    const reply = thread.getByLabel('Your reply').or(thread.getByRole('button', { name: 'Write a reply' }));
    await reply.first().focus();
    if (await thread.getByRole('button', { name: 'Write a reply' }).count()) await page.keyboard.press('Enter');
    const text = thread.getByRole('textbox', { name: 'Your reply' });
    await text.waitFor();
    await text.focus();
    await isFree('the reply');
    await text.evaluate(put, ['It was the bulb.', 'change'] as const);
    await thread.getByRole('button', { name: 'Send', exact: true }).press('Enter');
    await thread.getByText('It was the bulb.').waitFor();
    await text.press('Escape');
    await thread.locator(`[data-number="${number}"]`).waitFor();
    await isFree('its line in the list');
  });
});
