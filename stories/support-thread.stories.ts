import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import type { SupportThread } from '@storefront-support/elements';
import '@storefront-support/elements/support-tracker';
import { html } from 'lit';
import { AGENT, AROUND, AROUND_TYPES, forgetDevice, keep, picture, press, rootOf, shown, write, type Around } from './reaching.js';

type Shape = (adapter: MemoryAdapter, number: string) => unknown;

const DAY_MS = 86_400_000;

const meta: Meta<Around> = { title: 'support-thread', component: 'support-thread', args: AROUND, argTypes: AROUND_TYPES };
export default meta;

type Story = StoryObj<Around>;

/** A ticket with a question, two answers and a picture. */
const talk: Shape = async ({ backend }, number) => {
  await backend.answer(number, 'Thank you for writing. Which bulb is in it?\n\nA photograph would help, too.', AGENT);
  await backend.answer(number, 'This is how ours looks.', {
    ...AGENT,
    files: [await picture(), new File(['%PDF-1.7 '], 'manual.pdf', { type: 'application/pdf' })],
  });
};

const story = (
  shape: Shape = talk,
  then?: (root: ShadowRoot, adapter: MemoryAdapter) => unknown,
  options: MemoryAdapterOptions = {},
): Story => ({
  loaders: [
    forgetDevice,
    async () => {
      const adapter = new MemoryAdapter(options);
      const number = await keep(
        adapter,
        'The lamp hums when it is dimmed',
        'It hums when it is dimmed, and flickers at its lowest setting. What can I do?',
      );
      await shape(adapter, number);
      return { adapter, number };
    },
  ],
  render: ({ locale, theme, dir }, { loaded }) =>
    html`<support-thread
      .adapter=${loaded['adapter'] as MemoryAdapter}
      .number=${loaded['number'] as string}
      .locale=${locale}
      theme=${theme}
      dir=${dir}
      form="none"
    ></support-thread>`,
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-thread');
    await shown(() => root.querySelector('[data-state=ready], [data-state=failed]'));
    const { adapter } = canvasElement.querySelector('support-thread') as SupportThread;
    await then?.(root, adapter as MemoryAdapter);
  },
});

async function answer(root: ShadowRoot): Promise<void> {
  await press(root, '[part=to-reply]');
  await shown(() => root.querySelector('[part=reply], [part=another]'));
}

async function send(root: ShadowRoot, text = 'It is the one that came with it.', until = '[part=pending]'): Promise<void> {
  await answer(root);
  await write(root, '#text', text);
  await press(root, '[part=submit]');
  await shown(() => root.querySelector(until));
}

/** Pictures are drawn once they come near the window. */
async function drawn(root: ShadowRoot, result: string): Promise<void> {
  (await shown(() => root.querySelector('[part=preview]'))).scrollIntoView();
  await shown(() => root.querySelector(result));
}
const previewed = (root: ShadowRoot) => drawn(root, 'canvas');

export const Waiting: Story = story(talk, previewed);
export const New: Story = story(() => undefined);
export const Late: Story = {
  ...story(),
  loaders: [
    forgetDevice,
    async () => {
      let now = Date.now() - 9 * DAY_MS;
      const adapter = new MemoryAdapter({ now: () => now });
      const number = await keep(adapter, 'The lamp hums when it is dimmed');
      now = Date.now();
      return { adapter, number };
    },
  ],
};
export const Answering: Story = story(talk, answer);
export const NotSent: Story = story(talk, async (root, adapter) => {
  adapter.fail('network');
  await send(root);
  await shown(() => root.querySelector('[part=send-now]'));
});
export const SecretNoticed: Story = story(talk, (root) => send(root, 'The login is admin / Sommer2029!x', '[data-code=secret]'));
export const Sending: Story = story(talk, async (root, adapter) => {
  adapter.fail('stall');
  await send(root);
});
export const Closed: Story = story(async (adapter, number) => {
  await talk(adapter, number);
  adapter.backend.setStatus(number, 'closed', { ...AGENT, reason: 'The bulb was the cause.' });
}, answer);
export const Rating: Story = story(talk, async (root) => {
  await answer(root);
  await press(root, '[value=bad]');
  await shown(() => root.querySelector('#comment'));
});
export const Rated: Story = story(talk, async (root) => {
  await answer(root);
  await press(root, '[value=good]');
  await shown(() => root.querySelector('#comment'));
  await press(root, 'form[part=rating] [type=submit]');
  await shown(() => root.querySelector('p[part=rating]'));
});
export const Closing: Story = story(talk, async (root) => {
  await answer(root);
  await press(root, '[part=close] summary');
});
/** A reply is written, goes out, and stands in the thread. */
export const Replied: Story = story(talk, async (root) => {
  const messages = () => root.querySelectorAll('[part=message]').length;
  const before = await shown(() => messages());
  await send(root, 'It is the one that came with it.', '[part=submit]');
  await shown(() => messages() > before);
});
export const AccessAskedFor: Story = story(
  async (adapter, number) => {
    await talk(adapter, number);
    adapter.backend.access.ask(number, {
      agent: { id: 'dana', name: 'Dana K.' },
      kinds: ['admin-panel'],
      reason: 'reproduce the checkout error',
    });
  },
  (root) => shown(() => root.querySelector('support-vault')?.shadowRoot?.querySelector('[part=request]')),
);
export const Loading: Story = {
  ...story(),
  loaders: [
    forgetDevice,
    async () => {
      const { backend } = new MemoryAdapter();
      const number = await keep(new MemoryAdapter({ backend }), 'The lamp hums when it is dimmed');
      return { adapter: new MemoryAdapter({ backend, latency: 1_000_000 }), number };
    },
  ],
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-thread');
    await shown(() => root.querySelector('.skeleton'));
  },
};
export const ServerDown: Story = story(
  async (adapter, number) => {
    await talk(adapter, number);
    adapter.backend.readFault = 'network';
  },
  (root) => shown(() => root.querySelector('[part=error]')),
);
export const HugePicture: Story = story(
  async ({ backend }, number) => {
    const head = new Uint8Array(await (await picture(8, 8)).arrayBuffer());
    new DataView(head.buffer).setUint32(16, 50_000);
    new DataView(head.buffer).setUint32(20, 50_000);
    await backend.answer(number, 'Have a look.', { ...AGENT, files: [new File([head], 'huge.png', { type: 'image/png' })] });
  },
  (root) => drawn(root, '[data-state=refused]'),
);
export const Long: Story = story(async ({ backend }, number) => {
  for (let n = 1; n <= 200; n++) await backend.answer(number, `Note ${n} of many.`, AGENT);
});
export const NotHere: Story = {
  ...story(),
  render: ({ locale }, { loaded }) =>
    html`<support-thread .adapter=${loaded['adapter'] as MemoryAdapter} number="2345-6789" .locale=${locale}></support-thread>`,
};
