import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import type { SupportThread } from '@storefront-support/elements';
import '@storefront-support/elements/support-tracker';
import { html } from 'lit';
import { AGENT, forgetDevice, keep, rootOf, shown } from './kept-tickets.js';

interface Args {
  locale: string;
  theme: string;
  dir: string;
}

type Shape = (adapter: MemoryAdapter, number: string) => unknown;

const DAY_MS = 86_400_000;

const meta: Meta<Args> = {
  title: 'support-thread',
  component: 'support-thread',
  args: { locale: 'en', theme: '', dir: '' },
};
export default meta;

type Story = StoryObj<Args>;

async function picture(width = 640, height = 400): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const sky = pen.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, '#27408b');
  sky.addColorStop(1, '#f4b860');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return new File([blob as Blob], 'lamp at dusk.png', { type: 'image/png' });
}

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
  args: Partial<Args> = {},
  options: MemoryAdapterOptions = {},
): Story => ({
  args,
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
  (await shown(() => root.querySelector<HTMLElement>('[part=to-reply]'))).click();
  await shown(() => root.querySelector('[part=reply], [part=another]'));
}

async function send(root: ShadowRoot, text = 'It is the one that came with it.', until = '[part=pending]'): Promise<void> {
  await answer(root);
  const field = await shown(() => root.querySelector<HTMLTextAreaElement>('#text'));
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  root.querySelector<HTMLElement>('[part=submit]')?.click();
  await shown(() => root.querySelector(until));
}

/** Pictures are drawn once they come near the window. */
async function drawn(root: ShadowRoot, result: string): Promise<void> {
  (await shown(() => root.querySelector('[part=preview]'))).scrollIntoView();
  await shown(() => root.querySelector(result));
}
const previewed = (root: ShadowRoot) => drawn(root, 'canvas');

export const Waiting: Story = story(talk, previewed);
export const Dark: Story = story(talk, previewed, { theme: 'dark' });
export const RightToLeft: Story = story(talk, previewed, { dir: 'rtl' });
export const French: Story = story(talk, answer, { locale: 'fr' });
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
  (await shown(() => root.querySelector<HTMLElement>('[value=good]'))).click();
  await shown(() => root.querySelector('#comment'));
});
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
