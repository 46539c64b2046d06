import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter } from '@storefront-support/adapters/memory';
import type { AccessMeta } from '@storefront-support/contract';
import '@storefront-support/elements/support-vault';
import { html } from 'lit';
import { AROUND, AROUND_TYPES, forgetDevice, keep, press, rootOf, shown, type Around } from './reaching.js';

interface Lent {
  adapter: MemoryAdapter;
  number: string;
}

const DANA = { id: 'dana', name: 'Dana K.' };
const HOUR_MS = 3_600_000;

const meta: Meta<Around> = { title: 'support-vault', component: 'support-vault', args: AROUND, argTypes: AROUND_TYPES };
export default meta;

type Story = StoryObj<Around>;

function ask({ adapter, number }: Lent): string {
  return adapter.backend.access.ask(number, { agent: DANA, kinds: ['admin-panel', 'sftp'], reason: 'reproduce the checkout error' });
}

/** What the vault page would have sent. */
async function lend(lent: Lent, kind: AccessMeta['kind'] = 'admin-panel', life = 7 * 24 * HOUR_MS): Promise<string> {
  const { access, now } = lent.adapter.backend;
  const requestId = ask(lent);
  const { token } = access.pass(lent.number, requestId, location.origin);
  const at = now();
  const times = { createdAt: new Date(at).toISOString(), expiresAt: new Date(at + life).toISOString() };
  const id = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/[+/=]/g, 'A')
    .slice(0, 22);
  await access.receive(token, id, { requestId, kind, epoch: 1, maxReveals: 50, fileBytes: 0, ...times }, new Uint8Array(1_224));
  return id;
}

const story = (shape: (lent: Lent) => unknown, then?: (root: ShadowRoot, lent: Lent) => unknown): Story => ({
  loaders: [
    forgetDevice,
    async () => {
      const adapter = new MemoryAdapter();
      const lent = { adapter, number: await keep(adapter, 'The checkout fails') };
      await shape(lent);
      return lent;
    },
  ],
  render: ({ locale, theme, dir }, { loaded }) => {
    const { adapter, number } = loaded as Lent;
    return html`<support-vault .adapter=${adapter} .number=${number} .locale=${locale} .theme=${theme} dir=${dir}></support-vault>`;
  },
  play: async ({ canvasElement, loaded }) => {
    const root = await rootOf(canvasElement, 'support-vault');
    await shown(() => root.querySelector('[data-state=ready] [part=heading]'));
    await then?.(root, loaded as Lent);
  },
});

export const NothingAsked = story(() => undefined);
export const Asked = story(ask);
export const InAWindowOfItsOwn = story(
  (lent) => {
    lent.adapter.backend.access.vaultUrl = 'http://127.0.0.1:9/desks/demo/vault';
    return ask(lent);
  },
  async (root) => {
    (root.host as HTMLElement & { vaultMode: string }).vaultMode = 'page';
    await press(root, '[part=add]');
    await shown(() => root.querySelector('a[part=page].main'));
  },
);
export const OffersWelcome = story(
  ({ adapter }) => {
    adapter.backend.access.offers = true;
  },
  async (root) => {
    await press(root, 'button[part=offer]');
    await shown(() => root.querySelector('form[part=offer]'));
  },
);
export const Offered = story(({ adapter: { backend }, number }) => {
  backend.access.offers = true;
  backend.access.offer(number, ['ssh'], 'You asked how to reach the server.', 'offer-of-a-story-1');
});
export const Sent = story((lent) => lend(lent));
export const OpenNow = story(async (lent) => lent.adapter.backend.access.open(await lend(lent), DANA, 'read the logs'));
export const Opened = story(
  async (lent) => lent.adapter.backend.access.open(await lend(lent), DANA, 'reproduce the checkout error', 'opened'),
  async (root) => {
    await press(root, 'summary');
    await shown(() => root.querySelector('[part=save]'));
  },
);
export const NothingOffered = story(
  ({ adapter }) => {
    adapter.backend.access.offers = true;
  },
  async (root) => {
    await press(root, 'button[part=offer]');
    await press(root, 'form[part=offer] button');
    await shown(() => root.querySelector('[data-problem]')?.textContent);
  },
);
export const WhatIsLeftToDo = story(async (lent) => {
  const id = await lend(lent, 'sftp');
  lent.adapter.backend.access.change(lent.number, id, { type: 'revoke' });
});
export const Unreachable = story(ask, async (root, { adapter }) => {
  adapter.fail('unavailable');
  await press(root, '[part=decline]');
  await shown(() => root.querySelector('[part=error]'));
});
