import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { makeSigner } from '@storefront-support/vault/signer';
import type { FrameLocator, Page } from 'playwright-core';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

/** Lies over the whole page or, as a shop's bars do, over a part of what is in view. */
const COVERS = { trap: 'inset: 0; opacity: 0.01', bar: 'inset: auto 0 0; height: 60px' };

describe('the page that access is lent on', () => {
  let room: VaultRoom;
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    room = await VaultRoom.open();
    const agent = await room.room.browser.newPage({ locale: 'en-GB' });
    const [customer] = await Promise.all([room.customer(), room.admin(agent)]);
    ({ page } = customer);
    frame = vaultFrame(page);
    await room.ask(agent, customer.number, ['other', 'ssh', 'file']);
    await page.locator('[part=add]').waitFor();
    await agent.close();
  });
  after(() => room.close());

  beforeEach(async () => {
    await page.locator('[part=add]').press('Enter');
    await frame.locator('[name=kind]').first().waitFor();
  });
  afterEach(async () => {
    await page.evaluate(() => document.querySelector('#over')?.remove());
    if (await page.locator('[data-hide]').count()) await page.locator('[data-hide]').press('Enter');
  });

  /** By nothing that a person does. */
  const draw = async (name: string) => {
    await frame.getByRole('radio', { name, exact: true }).evaluate((radio: HTMLElement) => radio.click());
    await frame.locator('[data-veil]').waitFor({ state: 'attached' });
    // to the very edge, which what is scrolled into view keeps clear of
    await page.locator('support-vault iframe').evaluate((element) => scrollBy(0, element.getBoundingClientRect().bottom - innerHeight));
  };
  const choose = async (place: FrameLocator | Page, name: string) => place.getByRole('radio', { name, exact: true }).press('Space');
  const cover = (which: keyof typeof COVERS) =>
    page.evaluate((style) => {
      const over = document.body.appendChild(document.createElement('div'));
      over.id = 'over';
      over.style.cssText = `position: fixed; z-index: 9; background: #fff; ${style}`;
    }, COVERS[which]);
  const leave = () => page.locator('support-thread h2').evaluate((heading: HTMLElement) => heading.focus({ preventScroll: true }));
  /** The same in a window of its own. */
  const apart = async () => {
    const tab = await room.room.browser.newPage({ locale: 'en-GB' });
    await tab.goto((await page.locator('[part=page]').getAttribute('href')) ?? '');
    return tab;
  };
  const send = async (value: string) => {
    await frame.locator('#n-0').fill('API');
    await frame.locator('#v-0').fill(value);
    await frame.locator('[data-send]').press('Enter');
    await frame.locator('[data-sent]').waitFor();
  };

  it('hides its fields while something lies over them that nobody has pressed through', async () => {
    await draw('Something else');
    const onTop = () =>
      frame.locator('#v-0').evaluate((input) => {
        const { x, y } = input.getBoundingClientRect();
        return (input.getRootNode() as ShadowRoot).elementFromPoint(x + 5, y + 5) === input;
      });
    assert.ok(await onTop());
    await cover('trap');
    await frame.locator('[data-veil=true]').getByText('Something on this page lies over the fields.').waitFor();
    assert.equal(await onTop(), false);
    await page.evaluate(() => document.querySelector('#over')?.remove());
    await frame.locator('[data-veil=false]').waitFor({ state: 'attached' });
    assert.ok(await onTop());
    await cover('trap');
    // by key: a pointer would find what lies over it
    await frame.locator('[data-page]').press('Enter');
    await page.getByText('Something on this page covers the entry.').waitFor();
    assert.equal(await page.locator('support-vault iframe').count(), 0);
  });

  it('goes on beside a bar of the shop once a key came through, keeps what was typed, and hides it while the focus is elsewhere', async () => {
    await draw('SSH');
    await cover('bar');
    const veil = frame.locator('[data-veil=true]');
    await veil.getByText('press here to go on').waitFor();
    // by key: what is under a pointer in a frame of another site is not known where something lies over it
    await frame.locator('[data-page]').press('Tab');
    await veil.waitFor({ state: 'detached' });
    const host = frame.locator('#f-host');
    await host.focus();
    await page.keyboard.type('shop.example');
    assert.equal(await veil.count(), 0);
    // whoever leaves by a key is not torn away
    await page.keyboard.press('Escape');
    await leave();
    await veil.waitFor();
    await host.evaluate((field: HTMLElement) => field.focus({ preventScroll: true }));
    await veil.waitFor({ state: 'detached' });
    assert.equal(await host.inputValue(), 'shop.example');
  });

  it('keeps what was typed when whoever types leaves by key', async () => {
    await choose(frame, 'Something else');
    const field = frame.locator('#v-0');
    for (const key of ['Control', 'Alt', 'Escape']) {
      await field.focus();
      await page.keyboard.press('a');
      await page.keyboard.down(key);
      await leave();
      await page.keyboard.up(key);
      assert.equal((await field.inputValue()).at(-1), 'a', key);
    }
  });

  it('leaves nothing of what was typed when it is left', async () => {
    const tab = await apart();
    await choose(tab, 'Something else');
    await tab.locator('#v-0').fill('typed-and-left');
    await tab.evaluate(() => {
      const field = document.querySelector('vault-lend')?.shadowRoot?.querySelector<HTMLInputElement>('#v-0');
      addEventListener('pagehide', () => sessionStorage.setItem('left', JSON.stringify(field?.value)));
    });
    await tab.reload();
    assert.equal(await tab.evaluate(() => sessionStorage.getItem('left')), '""');
    await tab.close();
  });

  it('hears keys while it seals 5 MB', async () => {
    const tab = await apart();
    await choose(tab, 'File');
    await tab.locator('[type=file]').setInputFiles({ name: 'a.key', mimeType: 'text/plain', buffer: randomBytes(5_000_000) });
    await tab.evaluate(() => {
      const heard: number[] = ((window as never as { heard: number[] }).heard = []);
      addEventListener('keydown', () => heard.push(performance.now()));
    });
    let busy = true;
    const sent = tab
      .locator('[data-sent]')
      .waitFor()
      .finally(() => (busy = false));
    await tab.locator('[data-send]').press('Enter');
    while (busy) await tab.keyboard.press('a');
    await sent;
    const [begun = 0, ...keys] = await tab.evaluate(() => {
      const put = performance.getEntriesByType('resource').find(({ name }) => name.includes('/records/'))?.startTime ?? 0;
      return (window as never as { heard: number[] }).heard.filter((at) => at < put);
    });
    assert.ok(keys.length, 'no key was heard between the press and the first byte on its way');
    const gaps = keys.map((at, i) => at - (keys[i - 1] ?? begun));
    console.log(`${keys.length} keys while 5 MB were sealed, the longest gap ${Math.max(...gaps).toFixed(0)} ms`);
    await tab.close();
  });

  it('puts a record in the place of an earlier one, and sends it all the same where that has ended meanwhile', async () => {
    await choose(frame, 'Something else');
    await send('first');
    const active = page.locator('[part=record][data-state=active]');
    await frame.locator('[data-another]').press('Enter');
    await choose(frame, 'Something else');
    await frame.getByLabel('Instead of').selectOption({ index: 1 });
    await send('second');
    await page.locator('[part=record][data-state=superseded]').waitFor();
    await frame.locator('[data-another]').press('Enter');
    await choose(frame, 'Something else');
    await frame.getByLabel('Instead of').selectOption({ index: 1 });
    await active.first().locator('[part=remove]').press('Enter');
    await page.getByRole('button', { name: 'Really delete?' }).press('Enter');
    await page.locator('[part=record][data-state=revoked]').waitFor();
    await send('third');
    assert.equal(await page.locator('[part=record][data-state=superseded]').count(), 1);
  });

  it('is where a password goes that was about to be sent in a reply, by being entered there anew', async () => {
    await page.locator('[data-hide]').press('Enter');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const thread = page.locator('support-thread');
    await thread.locator('[part=to-reply]').press('Enter');
    const reply = thread.locator('#text');
    await reply.fill('My password is Sommer2029!x and it is refused.');
    await thread.locator('[part=submit]').press('Enter');
    await thread.locator('[part=move-secret]').press('Enter');
    await thread.locator('[part=moved]').getByText('nothing of it was kept. Please enter it here once more.').waitFor();
    assert.equal(await reply.inputValue(), 'My password is [removed] and it is refused.');
    await choose(frame, 'Something else');
    const there = await frame
      .locator('vault-lend')
      .evaluate(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('input') ?? [])].some(({ value }) => value.includes('Sommer')));
    assert.equal(there, false);
    await send('Sommer2029!x');
    await page.locator('[part=moved]').waitFor({ state: 'detached' });
    await thread.locator('[part=submit]').press('Enter');
    await thread.locator('[part=message]', { hasText: '[removed]' }).waitFor();
    assert.ok(!sent.some((line) => line.includes('Sommer')));
  });

  /** The keys are told to be wrong, in a page where somebody was about to enter something. */
  const isShut = async (place: FrameLocator | Page, code: string) => {
    await place.locator(`[role=alert][data-code="${code}"]`).waitFor();
    assert.equal(await place.locator('input, textarea, select').count(), 0);
  };

  it('holds the keys against the pin of the shop in a window of its own, too', async () => {
    const pinned = async (pin: string) => {
      await page.evaluate((value) => Object.assign(document.querySelector('support-tracker')!, { vaultPin: value }), pin);
      await page.locator(`[part=page][href*="pin="]`).waitFor();
      return apart();
    };
    const wrong = await pinned(`SHA256:${'A'.repeat(43)}`);
    await isShut(wrong, 'pin-mismatch');
    assert.equal(new URL(wrong.url()).hash, '');
    await wrong.close();
    // fingerprints have signs in them that addresses read otherwise
    const right = await pinned(`SHA256:${'+/'.repeat(21)}A ${room.root}`);
    await right.locator('.known').waitFor();
    await right.close();
    await page.evaluate(() => Object.assign(document.querySelector('support-tracker')!, { vaultPin: '' }));
  });

  it('closes when the keys have expired while it stood open, or others come in the place of old ones', async () => {
    const before = await page.locator('[part=record]').count();
    const late = await apart();
    await choose(late, 'Something else');
    await late.locator('#n-0').fill('API');
    await late.locator('#v-0').fill('typed-too-late');
    await late.evaluate(() => {
      const at = Date.now() + 40 * 86_400_000;
      Date.now = () => at;
    });
    await late.locator('[data-send]').press('Enter');
    await isShut(late, 'manifest-expired');
    await late.close();
    await choose(frame, 'Something else');
    await frame.locator('#n-0').fill('API');
    await frame.locator('#v-0').fill('typed-for-a-stranger');
    const { signer } = await makeSigner('other');
    await room.publish({ seq: 2, recipients: [{ epoch: 2, recipient: room.key.recipient }] }, { signer });
    await frame.locator('[data-send]').press('Enter');
    await isShut(frame, 'signer-unknown');
    await room.publish();
    assert.equal(await page.locator('[part=record]').count(), before);
  });
});
