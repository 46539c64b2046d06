import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter } from '@storefront-support/adapters/memory';
import type { SupportLauncher } from '@storefront-support/elements/support-launcher';
import '@storefront-support/elements/support-form';
import '@storefront-support/elements/support-launcher';
import { html } from 'lit';
import { AGENT, AROUND, AROUND_TYPES, forgetDevice, keep, press, rootOf, shown, type Around } from './reaching.js';

interface Args extends Around {
  label: string;
  position: SupportLauncher['position'];
}

const meta: Meta<Args> = {
  title: 'support-launcher',
  component: 'support-launcher',
  args: { ...AROUND, label: '', position: 'inline' },
  argTypes: { ...AROUND_TYPES, position: { control: 'inline-radio', options: ['inline', 'corner'] } },
  render: ({ label, position, locale, theme, dir }, { loaded }) =>
    html`<support-launcher
      .adapter=${loaded['adapter'] as MemoryAdapter}
      .label=${label}
      position=${position}
      .locale=${locale}
      theme=${theme}
      dir=${dir}
    ></support-launcher>`,
};
export default meta;

type Story = StoryObj<Args>;

const story = (
  then: (root: ShadowRoot, adapter: MemoryAdapter) => unknown,
  { args = {}, tickets = 0 }: { args?: Partial<Args>; tickets?: number } = {},
): Story => ({
  args,
  loaders: [
    forgetDevice,
    async () => {
      const adapter = new MemoryAdapter();
      for (let n = 1; n <= tickets; n++)
        await adapter.backend.answer(await keep(adapter, n === 1 ? 'Where is my parcel?' : `Question ${n}`), 'It is on its way.', AGENT);
      return { adapter };
    },
  ],
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-launcher');
    await shown(() => root.querySelector('button')?.textContent?.trim());
    await then(root, (root.host as SupportLauncher).adapter as MemoryAdapter);
  },
});

const open = async (root: ShadowRoot) => {
  await press(root, '[part=base]');
  await shown(() => root.querySelector('dialog[open]'));
};

export const Button = story(() => undefined);
export const InTheCorner = story(() => undefined, { args: { position: 'corner', label: 'Ask us' } });
export const NewAnswers = story((root) => shown(() => root.querySelector('[part=base] [part=unread]')), { tickets: 2 });
export const Dialog = story(async (root) => {
  await open(root);
  const form = await shown(() => root.querySelector('support-form')?.shadowRoot);
  await shown(() => form.querySelector('[part=submit]'));
});
export const Tickets = story(
  async (root) => {
    await shown(() => root.querySelector('[part=base] [part=unread]'));
    await open(root);
    const tracker = await shown(() => root.querySelector('support-tracker')?.shadowRoot);
    await shown(() => tracker.querySelector('[part=ticket]'));
  },
  { tickets: 2 },
);
