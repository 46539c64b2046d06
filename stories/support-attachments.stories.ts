import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, demoDesk, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import type { SupportAttachments } from '@storefront-support/elements';
import '@storefront-support/elements/support-attachments';
import { html } from 'lit';
import { AROUND, AROUND_TYPES, photo, press, shown, type Around } from './reaching.js';

interface Args extends Around {
  backend: MemoryAdapterOptions;
  error: string;
  readonly: boolean;
}

const NOTE = new File(['A note.'], 'note.txt', { type: 'text/plain' });

const meta: Meta<Args> = {
  title: 'support-attachments',
  component: 'support-attachments',
  args: { ...AROUND, backend: {}, error: '', readonly: false },
  argTypes: AROUND_TYPES,
  loaders: [({ args }) => Promise.resolve({ port: new MemoryAdapter(args.backend as MemoryAdapterOptions).attachments })],
  render: ({ error, readonly, locale, theme, dir }, { loaded }) =>
    html`<support-attachments
      .port=${loaded['port'] as MemoryAdapter['attachments']}
      .limits=${demoDesk.limits.files}
      .secret=${'s'.repeat(43)}
      .error=${error}
      .locale=${locale}
      theme=${theme}
      dir=${dir}
      ?readonly=${readonly}
    ></support-attachments>`,
};
export default meta;

type Story = StoryObj<Args>;

/** Chooses files, and waits until one of them is in this state. */
const story = (
  files: () => readonly File[] | Promise<readonly File[]>,
  state: string,
  args: Partial<Args> = {},
  then: (root: ShadowRoot, list: SupportAttachments) => unknown = () => undefined,
): Story => ({
  args,
  play: async ({ canvasElement }) => {
    const list = await shown(() => canvasElement.querySelector('support-attachments'));
    const root = await shown(() => list.shadowRoot);
    list.add([...(await files())]);
    await shown(() => root.querySelector(`[data-state=${state}]`));
    await then(root, list);
  },
});

export const Empty: Story = {};
export const Sent: Story = story(() => [NOTE], 'done');
export const Uploading: Story = story(() => [new File([new Uint8Array(3_000_000)], 'film.zip', { type: 'application/zip' })], 'uploading', {
  backend: { latency: 1_000_000 },
});
export const Queued: Story = story(
  () => ['a.txt', 'b.txt', 'c.txt'].map((name) => new File(['A note.'], name, { type: 'text/plain' })),
  'queued',
  { backend: { fault: 'stall' } },
);
export const Failed: Story = story(() => [NOTE], 'failed', { backend: { fault: 'invalid-request' } });
export const Refused: Story = story(() => [new File(['MZ'], 'setup.exe', { type: 'application/x-msdownload' })], 'refused');
export const TooLarge: Story = story(
  () => [new File([new Uint8Array(50_000_001)], 'film.zip', { type: 'application/zip' }), NOTE],
  'refused',
  {},
  (root) => shown(() => root.querySelector('[data-state=done]')),
);
export const PictureCleaned: Story = story(
  async () => [await photo()],
  'done',
  {},
  (root) => shown(() => root.querySelector('canvas') && root.querySelector('[part=smaller]')),
);
export const PictureMadeSmaller: Story = {
  ...PictureCleaned,
  play: async (context) => {
    await PictureCleaned.play?.(context);
    const root = await shown(() => context.canvasElement.querySelector('support-attachments')?.shadowRoot);
    await press(root, '[part=smaller]');
    await shown(() => !root.querySelector('[part=smaller]') && root.querySelector('[data-state=done]'));
  },
};
export const PictureThatCannotBeCleaned: Story = story(
  () => [new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 3])], 'torn.jpg', { type: 'image/jpeg' })],
  'asking',
  {},
  (root) => shown(() => root.querySelector('[part=as-is]')),
);
export const HiddenDataStay: Story = story(() => [new File(['%PDF-1.7 '.repeat(20)], 'bill.pdf', { type: 'application/pdf' })], 'done');
export const MissingAfterAReload: Story = story(
  () => [NOTE],
  'done',
  {},
  async (root, list) => {
    list.restore([
      { id: 'a', entry: 'b', name: 'film.mp4', type: 'video/mp4', size: 9, file: null, resume: '', attachment: null, ready: true },
    ]);
    await shown(() => root.querySelector('[data-state=missing] [part=choose]'));
  },
);
export const Wrong: Story = story(() => [NOTE], 'done', { error: 'Files: not all of them have been sent.' });
export const Readonly: Story = story(
  () => [NOTE],
  'done',
  {},
  async (root, list) => {
    list.readonly = true;
    await shown(() => root.querySelector('[part=remove]:disabled'));
  },
);
