import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import type { SupportTracker } from '@storefront-support/elements';
import '@storefront-support/elements/support-tracker';
import { html } from 'lit';
import { AGENT, AROUND, AROUND_TYPES, forgetDevice, keep, press, rootOf, shown, write, type Around } from './reaching.js';

interface Args extends Around {
  adapter: MemoryAdapter;
  number: string;
}

const meta: Meta<Args> = {
  title: 'support-tracker',
  component: 'support-tracker',
  args: { ...AROUND, number: '' },
  argTypes: { ...AROUND_TYPES, adapter: { control: false } },
  loaders: [forgetDevice],
  render: ({ adapter, locale, theme, dir, number }) =>
    html`<support-tracker .adapter=${adapter} .locale=${locale} theme=${theme} dir=${dir} .number=${number}></support-tracker>`,
};
export default meta;

type Story = StoryObj<Args>;

/** Tickets of every group. */
async function some(backend: MemoryAdapterOptions = {}): Promise<MemoryAdapter> {
  const adapter = new MemoryAdapter(backend);
  await keep(adapter, 'Where is my parcel?');
  const lamp = await keep(adapter, 'The lamp hums when it is dimmed, and flickers at its lowest setting');
  const bill = await keep(adapter, 'A bill with our VAT number, please');
  await adapter.backend.answer(lamp, 'Which bulb is in it?', AGENT);
  await adapter.backend.answer(lamp, 'A photograph would help, too.', AGENT);
  adapter.backend.setStatus(bill, 'closed', { ...AGENT, reason: 'Sent by mail.' });
  return adapter;
}

const ready = async ({ canvasElement }: { canvasElement: HTMLElement }) => {
  const root = await rootOf(canvasElement, 'support-tracker');
  await shown(() => root.querySelector('[data-state=ready]'));
  return root;
};

const withTickets = (): Story => ({
  loaders: [forgetDevice, async () => ({ adapter: await some() })],
  render: (given, { loaded }) => meta.render?.({ ...given, adapter: loaded['adapter'] as MemoryAdapter } as Args, {} as never) as never,
  play: async (context) => void (await ready(context)),
});

const withAdapter = (make: () => MemoryAdapter | Promise<MemoryAdapter>, play: NonNullable<Story['play']>): Story => ({
  loaders: [forgetDevice, async () => ({ adapter: await make() })],
  render: (given, { loaded }) => meta.render?.({ ...given, adapter: loaded['adapter'] as MemoryAdapter } as Args, {} as never) as never,
  play,
});

export const Tickets: Story = withTickets();
export const Empty: Story = withAdapter(
  () => new MemoryAdapter(),
  async (context) => {
    const root = await ready(context);
    await shown(() => root.querySelector('[part=find]'));
  },
);
export const Loading: Story = withAdapter(
  async () => {
    const adapter = new MemoryAdapter({ latency: 1_000_000 });
    await keep(new MemoryAdapter({ backend: adapter.backend }), 'Where is my parcel?');
    return adapter;
  },
  async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-tracker');
    await shown(() => root.querySelector('.skeleton'));
  },
);
const failing = (fault: 'network' | 'offline' | 'internal') =>
  withAdapter(
    async () => {
      const adapter = await some();
      adapter.backend.readFault = fault;
      return adapter;
    },
    async ({ canvasElement }) => {
      const root = await rootOf(canvasElement, 'support-tracker');
      await shown(() => root.querySelector('[part=error] ul'));
    },
  );
export const ServerDown: Story = failing('network');
export const Offline: Story = failing('offline');
export const CannotBeFollowed: Story = withAdapter(
  () => {
    const { tracking: _, ...adapter } = new MemoryAdapter();
    return adapter as MemoryAdapter;
  },
  async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-tracker');
    await shown(() => root.querySelector('[data-state=absent]'));
  },
);
export const Tools: Story = {
  ...withTickets(),
  play: async (context) => {
    const root = await ready(context);
    const tools = await shown(() => root.querySelector<HTMLDetailsElement>('[part=tools]'));
    tools.open = true;
    await shown(() => root.querySelector('[part=kept]'));
  },
};
export const NumberNotHere: Story = {
  ...withTickets(),
  play: async (context) => {
    const root = await ready(context);
    (await shown(() => root.querySelector<HTMLDetailsElement>('[part=tools]'))).open = true;
    await write(root, '#number', '2345-6789');
    await press(root, '[part=find] button');
    await shown(() => root.querySelector('[part=not-here]'));
  },
};
export const LinkSent: Story = withAdapter(
  () => new MemoryAdapter(),
  async (context) => {
    const root = await ready(context);
    await write(root, '#email', 'ann@example.com');
    await press(root, '[part=account] button');
    await shown(() => root.querySelector('[part=account] [role=status] .notice'));
  },
);
export const SignedIn: Story = withAdapter(
  () => some(),
  async (context) => {
    const root = await ready(context);
    const tracker = context.canvasElement.querySelector('support-tracker') as SupportTracker;
    const backend = (tracker.adapter as MemoryAdapter).backend;
    await tracker.adapter?.signIn?.requestLink({ email: 'ann@example.com', browserSecret: 'b'.repeat(43), locale: 'en' });
    await tracker.loadTools();
    await tracker.tools?.signIn.spend(backend.mails.at(-1)?.linkToken ?? '', true);
    (await shown(() => root.querySelector<HTMLDetailsElement>('[part=tools]'))).open = true;
    await shown(() => root.querySelector('[part=session]'));
  },
);
export const AskedElsewhere: Story = withAdapter(
  () => some(),
  async (context) => {
    const root = await ready(context);
    const tracker = context.canvasElement.querySelector('support-tracker') as SupportTracker;
    const backend = (tracker.adapter as MemoryAdapter).backend;
    await tracker.adapter?.signIn?.requestLink({ email: 'ann@example.com', browserSecret: 'b'.repeat(43), locale: 'en' });
    (await shown(() => root.querySelector<HTMLDetailsElement>('[part=tools]'))).open = true;
    await tracker.loadTools();
    await tracker.tools?.signIn.spend(backend.mails.at(-1)?.linkToken ?? '');
    await shown(() => root.querySelector('[part=account] [role=alert]'));
  },
);
export const Hundreds: Story = withAdapter(
  async () => {
    const adapter = new MemoryAdapter();
    for (let n = 1; n <= 120; n++) await keep(adapter, `Question ${n}`);
    return adapter;
  },
  async (context) => void (await ready(context)),
);
export const OpenedTicket: Story = {
  ...withTickets(),
  play: async (context) => {
    const root = await ready(context);
    root.querySelector<HTMLElement>('[part=ticket]')?.click();
    const thread = await shown(() => root.querySelector('support-thread')?.shadowRoot);
    await shown(() => thread.querySelector('[part=message]'));
  },
};
