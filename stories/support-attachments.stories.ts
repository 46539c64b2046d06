import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, demoDesk, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import '@storefront-support/elements/support-attachments';
import { html } from 'lit';

interface Args {
  backend: MemoryAdapterOptions;
  error: string;
  readonly: boolean;
  files: File[];
}

const note = new File(['A note.'], 'note.txt', { type: 'text/plain' });

const meta: Meta<Args> = {
  title: 'support-attachments',
  component: 'support-attachments',
  args: { backend: {}, error: '', readonly: false, files: [] },
  render: ({ backend, error, readonly }) =>
    html`<support-attachments
      .port=${new MemoryAdapter(backend).attachments}
      .limits=${demoDesk.limits.files}
      .secret=${'s'.repeat(43)}
      .error=${error}
      ?readonly=${readonly}
    ></support-attachments>`,
  play: ({ canvasElement, args }) => canvasElement.querySelector('support-attachments')?.add(args.files),
};
export default meta;

type Story = StoryObj<Args>;

export const Empty: Story = {};
export const Sent: Story = { args: { files: [note] } };
export const Uploading: Story = {
  args: { backend: { latency: 2_000 }, files: [new File([new Uint8Array(3_000_000)], 'photo.png', { type: 'image/png' }), note, note] },
};
export const Failed: Story = { args: { backend: { fault: 'invalid-request' }, files: [note] } };
export const Refused: Story = { args: { files: [new File(['MZ'], 'setup.exe', { type: 'application/x-msdownload' })] } };
export const Wrong: Story = { args: { files: [note], error: 'Files: not all of them have been sent.' } };
export const Readonly: Story = { args: { readonly: true } };
