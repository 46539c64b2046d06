import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { ElementHandle } from 'puppeteer-core';
import { makeSignature, makeSigner } from '@storefront-support/vault/signer';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { HOOKED, takenOf } from '../support/hostile-hooks.ts';
import { checkPage } from '../support/page-check.ts';
import { proofFor } from '../support/solve-challenge.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';
import { enterAll, fieldInChromium, fieldInFirefox } from '../support/typed-field.ts';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

/** 100 of them by `npm run test:long -- hostile-vault`. */
const SECRETS = Array.from(
  { length: process.env['TRIALS'] === 'all' ? 100 : 10 },
  (_, i) => `s3cret-${(i * 7919 + 104_729).toString(36)}-Zq${i}!`,
);

describe('a hostile page around the vault', () => {
  let room: VaultRoom;
  let agent: Page;

  before(async () => {
    room = await VaultRoom.open();
    agent = await room.room.browser.newPage({ locale: 'en-GB' });
    await room.admin(agent);
  });
  after(() => room.close());

  const opened = async (attributes = '', head = '') => {
    const customer = await room.customer(attributes, { head });
    await room.ask(agent, customer.number, ['other']);
    await customer.page.locator('[part=add]').press('Enter');
    return customer;
  };
  const NOTES = 'data:text/html,<textarea></textarea>';
  const addControl = () => {
    const host = document.body.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'closed' }).innerHTML = '<input id="control" type="password">';
  };
  const lootOf = () => (window as never as { loot: string[] }).loot;
  const title = `gets none of ${SECRETS.length} secrets that are typed and pasted, by twelve hooks that get all of them from a shadow root`;

  it(title, async () => {
    const { page } = await opened('', HOOKED);
    const frame = vaultFrame(page);
    const notes = await room.room.browser.newPage();
    await notes.goto(NOTES);
    await enterAll(fieldInChromium(page, frame.locator('#v-0'), notes), SECRETS);
    await frame.locator('#n-0').fill('API');
    await frame.locator('[data-send]').press('Enter');
    await frame.locator('[data-sent]').waitFor();
    assert.equal(takenOf(SECRETS, await page.evaluate(lootOf)), 0);
    await page.evaluate(addControl);
    await enterAll(fieldInChromium(page, page.locator('#control'), notes), SECRETS);
    assert.equal(takenOf(SECRETS, await page.evaluate(lootOf)), SECRETS.length);
    await page.close();
    await notes.close();
  });

  const skip =
    firefoxPath() === undefined
      ? 'this machine has no Firefox'
      : process.env['TRIALS'] !== 'all' && 'npm run test:long -- hostile-vault does it: half a minute of keys, typed one by one';
  it(`${title}, in Firefox`, { skip }, async () => {
    const keys = newKeys();
    const { url } = room.room.server;
    const draft = newDraft({ contactId: 'customer-service' });
    const filed = await postTicket({ url, desk: 'demo', keys, draft, proof: await proofFor(url, 'demo') });
    assert.equal(filed.status, 201, await filed.clone().text());
    const { number } = ((await filed.json()) as { ticket: { number: string } }).ticket;
    await room.ask(agent, number, ['other']);
    const thread = room.room.tag({ name: 'support-thread', attributes: `number="${number}" vault-pin="${room.root}"` });
    const address = room.room.addPage('/hooked', { head: HOOKED, body: room.room.script + thread });
    const browser = await launchFirefox();
    try {
      const [page, notes] = [await browser.newPage(), await browser.newPage()];
      await notes.goto(NOTES);
      await page.bringToFront();
      await page.goto(address);
      await page.evaluate((token) => Object.assign(document.querySelector('support-thread') as object, { token }), keys.secret);
      await (await page.waitForSelector('>>> [part=add]'))?.focus();
      await page.keyboard.press('Enter');
      const frame = await page.waitForFrame((one) => one.url().endsWith('/vault'));
      const field = async (selector: string, place: Pick<typeof frame, 'waitForSelector'> = frame) =>
        (await place.waitForSelector(`>>> ${selector}`)) as ElementHandle<HTMLInputElement>;
      await enterAll(fieldInFirefox(page, await field('#v-0'), notes), SECRETS);
      // another tab, right after a key: what was typed stays
      await (await field('#n-0')).type('API');
      await notes.bringToFront();
      await page.bringToFront();
      assert.equal(await (await field('#n-0')).evaluate((input) => input.value), 'API');
      await (await field('[data-send]')).focus();
      await page.keyboard.press('Enter');
      await field('[data-sent]');
      assert.equal(takenOf(SECRETS, await page.evaluate(lootOf)), 0);
      await page.evaluate(addControl);
      await enterAll(fieldInFirefox(page, await field('#control', page), notes), SECRETS);
      assert.equal(takenOf(SECRETS, await page.evaluate(lootOf)), SECRETS.length);
    } finally {
      await browser.close();
    }
  });

  it('that takes the focus while somebody types leaves an empty field and a way into a window of its own', async () => {
    const { page } = await opened();
    const frame = vaultFrame(page);
    await frame.locator('#n-0').fill('API');
    const value = frame.locator('#v-0');
    await value.focus();
    await page.evaluate(() => {
      const thief = document.body.appendChild(document.createElement('input'));
      const timer = setInterval(() => thief.focus(), 5);
      addEventListener('focus', () => clearInterval(timer), { once: true });
    });
    await page.keyboard.type('abcdefgh', { delay: 20 });
    const link = page.locator('[part=page]');
    await page.getByText('Something on this page interrupted typing.').waitFor();
    await checkPage(page, { secrets: ['abc'], within: 'support-tracker' });
    assert.match((await link.getAttribute('href')) ?? '', /\/desks\/demo\/vault#pass=[\w-]{43}&pin=SHA256[\w%]+$/);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.press('Enter')]);
    await tab.locator('#v-0').waitFor();
    assert.equal(new URL(tab.url()).hash, '');
    await tab.locator('#n-0').fill('API');
    await tab.locator('#v-0').fill('typed-in-a-window-of-its-own');
    await checkPage(tab, { secrets: ['typed-in-a-window-of-its-own'] });
    await tab.locator('[data-send]').click();
    await tab.locator('[data-sent]').waitFor();
    await page.locator('[part=record][data-state=active]').waitFor();
    await page.close();
  });

  it('whose policy forbids frames leads into a window of its own', async () => {
    const { page, number } = await room.customer();
    room.room.addPage('/strict', {
      body: `${room.room.script}${room.room.tag({ name: 'support-tracker' })}`,
      headers: { 'content-security-policy': `default-src 'self' ${room.room.server.url}; frame-src 'none'` },
    });
    await room.ask(agent, number, ['other']);
    await page.goto(`${room.room.shop.url}/strict#support-ticket=${number}`);
    await page.locator('[part=add]').press('Enter');
    await page.getByText('It opens in a window of its own.').waitFor();
    assert.equal(await page.locator('support-vault iframe').count(), 0);
    await page.close();
  });

  for (const [code, publish, attributes = ''] of [
    ['signature-invalid', async () => room.publish({ team: 'Acme Suppor7' }, { signed: await signatureOf({}) })],
    ['signature-wrong-namespace', async () => room.publish({}, { signed: await signatureOf({}, 'file') })],
    ['signer-unknown', async () => room.publish({}, { signer: (await makeSigner('other')).signer })],
    ['pin-mismatch', () => room.publish(), `vault-pin="SHA256:${'A'.repeat(43)}"`],
    ['pin-malformed', () => room.publish(), 'vault-pin="SHA256:short"'],
    ['manifest-expired', async () => putSigned({ notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2026-01-20T00:00:00.000Z' })],
    ['manifest-rolled-back', () => room.publish({ seq: 1 })],
    ['no-recipients', async () => putSigned({ recipients: [] })],
  ] as [string, () => Promise<void>, string?][]) {
    it(`is told ${code}, and no field is drawn`, async () => {
      await room.publish({ seq: 5 });
      const { page } = await opened('');
      // what this browser has seen of the keys so far
      await vaultFrame(page).locator('#v-0').waitFor();
      if (attributes)
        await page.evaluate(
          (pin) => ((document.querySelector('support-tracker') as never as { vaultPin: string }).vaultPin = pin),
          /"(.*)"/.exec(attributes)![1]!,
        );
      await publish();
      if (attributes) {
        await page.locator('[data-hide]').press('Enter');
        await page.locator('[part=add]').press('Enter');
      } else
        await vaultFrame(page)
          .locator('vault-lend')
          .evaluate((lend) => (lend as unknown as { open(): Promise<void> }).open());
      const frame = vaultFrame(page);
      await frame.locator(`[data-code="${code}"]`).waitFor();
      assert.ok((await frame.locator('[role=alert]').innerText()).includes('Nothing can be entered here.'));
      assert.equal(await frame.locator('input, textarea, select').count(), 0);
      await page.close();
    });
  }

  async function manifestBytes(changes: object): Promise<Uint8Array> {
    const { readFile } = await import('node:fs/promises');
    const now = JSON.parse(await readFile(`${room.room.dataDir}/vault/demo/manifest.json`, 'utf8')) as object;
    return new TextEncoder().encode(JSON.stringify({ ...now, seq: 9, ...changes }));
  }
  async function signatureOf(changes: object, namespace = 'vault-manifest@storefront-support'): Promise<string> {
    return makeSignature(await manifestBytes(changes), room.signer, namespace);
  }
  /** What no tool of ours would sign, under a good signature. */
  async function putSigned(changes: object): Promise<void> {
    const file = await manifestBytes(changes);
    await room.put(file, await makeSignature(file, room.signer, 'vault-manifest@storefront-support'));
  }
});
