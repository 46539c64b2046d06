import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import type { SupportForm } from '@storefront-support/elements';
import '@storefront-support/elements/support-form';
import { html } from 'lit';

type Args = Partial<
  Pick<SupportForm, 'kind' | 'contact' | 'name' | 'email' | 'subject' | 'orderReference' | 'heading' | 'locale' | 'theme' | 'dir'>
> & {
  /** What the backend in the page does wrong. */
  backend?: MemoryAdapterOptions;
  files?: File[];
};

const WRITTEN = { contact: 'customer-service', name: 'Ann Lee', email: 'ann@example.com', subject: 'Parcel' };

const meta: Meta<Args> = {
  title: 'support-form',
  component: 'support-form',
  render: ({ backend, files: _, ...args }) =>
    html`<support-form
      .adapter=${new MemoryAdapter(backend)}
      .kind=${args.kind ?? 'support'}
      .contact=${args.contact ?? ''}
      .name=${args.name ?? ''}
      .email=${args.email ?? ''}
      .subject=${args.subject ?? ''}
      .orderReference=${args.orderReference ?? ''}
      .heading=${args.heading ?? ''}
      .locale=${args.locale ?? 'en'}
      theme=${args.theme ?? ''}
      dir=${args.dir ?? ''}
      ><a href="mailto:help@shop.example">help@shop.example</a></support-form
    >`,
};
export default meta;

type Story = StoryObj<Args>;

async function shown<E>(look: () => E | null | undefined): Promise<E> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

const root = (canvas: HTMLElement) => shown(() => canvas.querySelector('support-form')?.shadowRoot);

async function send(canvas: HTMLElement, message = 'Where is my parcel?'): Promise<ShadowRoot> {
  const form = await root(canvas);
  const field = await shown(() => form.querySelector('support-field[id=message]')?.shadowRoot?.querySelector('textarea'));
  field.value = message;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  form.querySelector<HTMLElement>('[part=submit]')?.click();
  return form;
}

const failing = (fault: NonNullable<MemoryAdapterOptions['fault']>): Story => ({
  args: { ...WRITTEN, backend: { fault } },
  play: async ({ canvasElement }) => {
    const form = await send(canvasElement);
    await shown(() => form.querySelector('[part=error]'));
  },
});

const withFiles = (backend: MemoryAdapterOptions, files: File[], state: string): Story => ({
  args: { backend, files },
  play: async ({ canvasElement, args }) => {
    const form = await root(canvasElement);
    const input = await shown(() => form.querySelector<HTMLInputElement>('input[type=file]'));
    const transfer = new DataTransfer();
    for (const file of args.files ?? []) transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await shown(() => form.querySelector('support-attachments')?.shadowRoot?.querySelector(`[data-state=${state}]`));
  },
});

/** Waits until what is written is on this device. */
async function kept(canvas: HTMLElement): Promise<void> {
  const form = await shown(() => canvas.querySelector('support-form'));
  await shown(() => form.submission?.delivery.entry.savedAt);
}

/** The form again, as on the next page of the shop: with the same backend. */
async function nextPage(canvas: HTMLElement): Promise<ShadowRoot> {
  const before = await shown(() => canvas.querySelector('support-form'));
  const after = before.cloneNode() as SupportForm;
  after.adapter = before.adapter;
  before.replaceWith(after);
  return shown(() => (after.desk ? (after.shadowRoot as ShadowRoot | null) : null));
}

/** What an earlier story has left on this device would be shown, too. */
async function forgetEarlier(): Promise<void> {
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('storefront-support-outbox');
    request.onsuccess = request.onerror = resolve;
  });
}

export const Empty: Story = {};
export const PreSale: Story = { args: { kind: 'pre-sale' } };
export const FilledIn: Story = { args: { ...WRITTEN, orderReference: 'A-1024' } };
export const ContactThatKeepsNothing: Story = {
  args: { contact: 'webmaster' },
  play: async ({ canvasElement }) => {
    const form = await root(canvasElement);
    (await shown(() => form.querySelector<HTMLElement>('[type=radio]:checked'))).focus();
    await shown(() => form.querySelector('[part=note]'));
  },
};
export const Dark: Story = { args: { theme: 'dark' } };
export const RightToLeft: Story = { args: { dir: 'rtl' } };
export const French: Story = { args: { locale: 'fr' } };
export const Loading: Story = { args: { backend: { latency: 1_000_000 } } };
export const FieldsToCorrect: Story = {
  play: async ({ canvasElement }) => {
    const form = await send(canvasElement, '');
    await shown(() => form.querySelector('[part=error]'));
  },
};
export const FileSent: Story = withFiles({}, [new File(['A note.'], 'note.txt', { type: 'text/plain' })], 'done');
export const FileUploading: Story = withFiles(
  { latency: 2_000 },
  [new File([new Uint8Array(3_000_000)], 'photo.png', { type: 'image/png' })],
  'uploading',
);
export const FileRefused: Story = withFiles({}, [new File([new Uint8Array(50_000_001)], 'film.png', { type: 'image/png' })], 'refused');
export const Sending: Story = {
  args: { ...WRITTEN, backend: { fault: 'stall' } },
  play: async ({ canvasElement }) => {
    const form = await send(canvasElement);
    await shown(() => form.querySelector('[data-state=sending]'));
  },
};
export const ServerDown: Story = failing('network');
export const ServerError: Story = failing('internal');
export const TooMany: Story = failing('rate-limited');
export const Offline: Story = failing('offline');
const asking = (args: Args = {}): Story => ({
  args: { ...WRITTEN, ...args },
  beforeEach: forgetEarlier,
  play: async ({ canvasElement }) => {
    const form = await send(
      canvasElement,
      'I cannot log in any more.\nLogin: ann@example.com\nPassword: Sommer2029!x\nPaid with 4111 1111 1111 1111.',
    );
    await shown(() => form.querySelector('[data-code=secret]'));
  },
});
export const SecretNoticed: Story = asking();
export const SecretNoticedDark: Story = asking({ theme: 'dark', locale: 'fr' });
export const SavedNotSent: Story = { ...failing('unavailable'), beforeEach: forgetEarlier };
export const WaitingList: Story = {
  args: { ...WRITTEN, backend: { fault: 'network' } },
  beforeEach: forgetEarlier,
  play: async ({ canvasElement }) => {
    const form = await send(canvasElement);
    await shown(() => form.querySelector('[part=error]'));
    const next = await nextPage(canvasElement);
    await shown(() => next.querySelector('[part=waiting-entry]'));
  },
};
export const RestoredDraft: Story = {
  args: WRITTEN,
  beforeEach: forgetEarlier,
  play: async ({ canvasElement }) => {
    const form = await root(canvasElement);
    const field = await shown(() => form.querySelector('support-field[id=message]')?.shadowRoot?.querySelector('textarea'));
    field.focus();
    field.value = 'Where is my parcel?';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await kept(canvasElement);
    const next = await nextPage(canvasElement);
    await shown(() => next.querySelector('[part=restored]'));
  },
};
export const Receipt: Story = {
  args: WRITTEN,
  play: async ({ canvasElement }) => {
    const form = await send(canvasElement);
    await shown(() => form.querySelector('[part=number]'));
  },
};
export const WrongTag: Story = {
  render: () => html`<support-form><a href="mailto:help@shop.example">help@shop.example</a></support-form>`,
  play: async ({ canvasElement }) => {
    const form = await root(canvasElement);
    await shown(() => form.querySelector('[part=mend]'));
  },
};
