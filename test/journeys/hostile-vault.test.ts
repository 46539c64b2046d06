import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { makeSignature, makeSigner } from '@storefront-support/vault/signer';
import { vaultFrame, VaultRoom } from '../support/vault-room.ts';

/** Runs before anything else of the page: each hook writes down what it is given. */
const HOOKS = () => {
  const loot: string[] = ((window as never as { loot: string[] }).loot = []);
  const take = (value: unknown): void => {
    try {
      loot.push(typeof value === 'string' ? value : JSON.stringify(value));
    } catch {
      loot.push(String(value));
    }
  };
  const valuesIn = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if ('value' in element) take(element.value);
      if (element.shadowRoot) valuesIn(element.shadowRoot);
    }
  };
  let keys = '';
  // 1 keys, 2 input, 3 clipboard
  for (const type of ['keydown', 'keypress', 'keyup'])
    addEventListener(type, (event) => take(type === 'keydown' ? (keys += (event as KeyboardEvent).key) : ''), true);
  for (const type of ['input', 'beforeinput', 'change'])
    addEventListener(
      type,
      (event) => (take((event as InputEvent).data), valuesIn(document), take((event.composedPath()[0] as HTMLInputElement).value)),
      true,
    );
  for (const type of ['paste', 'copy', 'cut'])
    addEventListener(type, (event) => take((event as ClipboardEvent).clipboardData?.getData('text')), true);
  // 4 mutations
  new MutationObserver(() => valuesIn(document)).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  // 5 FormData, 6 XMLHttpRequest, 7 fetch
  const { append } = FormData.prototype;
  FormData.prototype.append = function (name: string, value: string | Blob) {
    take(value);
    (append as (name: string, value: string | Blob) => void).call(this, name, value);
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    take(body);
    return send.call(this, body);
  };
  const realFetch = fetch;
  window.fetch = (...given) => (take([given[0], given[1]?.body]), realFetch(...given));
  // 8 attachShadow
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, { ...init, mode: 'open' });
    root.addEventListener('input', (event) => take((event.target as HTMLInputElement).value));
    return root;
  };
  // 9 prototypes: what encodes, encrypts and passes on
  const { encode } = TextEncoder.prototype;
  TextEncoder.prototype.encode = function (text) {
    take(text);
    return encode.call(this, text);
  };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...given: [unknown]) {
    take(given[0]);
    return postMessage.apply(this, given);
  };
  addEventListener('message', ({ data }) => take(data));
  // 10 console, 11 selection
  for (const name of ['log', 'error', 'warn'] as const) console[name] = (...given: unknown[]) => take(given);
  document.addEventListener('selectionchange', () => take(getSelection()?.toString()));
  // 12 a recorder that takes the page down again and again, frames included where it may
  setInterval(() => {
    valuesIn(document);
    for (let i = 0; i < frames.length; i += 1) {
      try {
        valuesIn(frames[i]!.document);
      } catch {
        // another origin
      }
    }
  }, 50);
};

/** 100 of them by `npm run test:long -- hostile-vault`. */
const SECRETS = Array.from(
  { length: process.env['TRIALS'] === 'all' ? 100 : 20 },
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

  const ask = async (number: string, kind: string) => {
    await agent.getByLabel('Number of the ticket').fill(number);
    for (const box of await agent.locator('[name=kind]').all()) await box.setChecked((await box.getAttribute('value')) === kind);
    await agent.getByLabel('What for?').fill('look');
    await agent.locator('[data-ask]').click();
  };
  const opened = async (attributes = '', prepare?: (page: Page) => Promise<void>) => {
    const customer = await room.customer(attributes);
    await prepare?.(customer.page);
    await ask(customer.number, 'other');
    await customer.page.locator('[part=add]').press('Enter');
    return customer;
  };
  /** How many of the secrets are among what the hooks took, whole or key by key. */
  const taken = async (page: Page) => {
    const loot = (await page.evaluate(() => (window as never as { loot: string[] }).loot)).join('\n');
    return SECRETS.filter((secret) => loot.includes(secret)).length;
  };

  it(`gets none of ${SECRETS.length} secrets that are typed and pasted, by twelve hooks that get all of them from a shadow root`, async () => {
    const customer = await opened('', (page) => page.evaluate(HOOKS));
    const { page } = customer;
    const frame = vaultFrame(page);
    const value = frame.locator('#v-0');
    await value.focus();
    for (const [i, secret] of SECRETS.entries()) {
      await value.fill('');
      if (i % 4) await page.keyboard.type(secret);
      else await page.keyboard.insertText(secret);
    }
    assert.equal(await value.inputValue(), SECRETS.at(-1));
    await frame.locator('#n-0').fill('API');
    await frame.locator('[data-send]').press('Enter');
    await frame.locator('[data-sent]').waitFor();
    assert.equal(await taken(page), 0);
    await page.evaluate(() => {
      const host = document.body.appendChild(document.createElement('div'));
      host.attachShadow({ mode: 'closed' }).innerHTML = '<input id="control" type="password">';
    });
    const control = page.locator('#control');
    await control.focus();
    for (const [i, secret] of SECRETS.entries()) {
      await control.fill('');
      if (i % 4) await page.keyboard.type(secret);
      else await page.keyboard.insertText(secret);
    }
    assert.equal(await taken(page), SECRETS.length);
    await page.close();
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
    assert.match((await link.getAttribute('href')) ?? '', /\/desks\/demo\/vault#pass=[\w-]{43}$/);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.press('Enter')]);
    await tab.locator('#v-0').waitFor();
    assert.equal(new URL(tab.url()).hash, '');
    await tab.locator('#n-0').fill('API');
    await tab.locator('#v-0').fill('typed-in-a-window-of-its-own');
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
    await ask(number, 'other');
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
