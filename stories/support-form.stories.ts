import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MemoryAdapter, demoDesk, type MemoryAdapterOptions } from '@storefront-support/adapters/memory';
import { SupportError, type Desk } from '@storefront-support/contract';
import type { SupportForm } from '@storefront-support/elements';
import '@storefront-support/elements/support-form';
import { html } from 'lit';
import { AROUND, AROUND_TYPES, forgetDevice, pick, press, rootOf, shown, write, type Around } from './reaching.js';

interface Args extends Around {
  kind: SupportForm['kind'];
  contact: string;
  name: string;
  email: string;
  subject: string;
  orderReference: string;
  heading: string;
  /** What the backend in the page serves. */
  desk: Desk;
  /** What it does wrong. */
  fault: MemoryAdapterOptions['fault'] | '';
}

const meta: Meta<Args> = {
  title: 'support-form',
  component: 'support-form',
  args: {
    ...AROUND,
    kind: 'support',
    contact: '',
    name: '',
    email: '',
    subject: '',
    orderReference: '',
    heading: '',
    desk: demoDesk,
    fault: '',
  },
  argTypes: { ...AROUND_TYPES, kind: { control: 'inline-radio', options: ['support', 'pre-sale'] } },
  render: (args, { loaded }) =>
    html`<support-form
      .adapter=${loaded['adapter'] as MemoryAdapter}
      .kind=${args.kind}
      .contact=${args.contact}
      .name=${args.name}
      .email=${args.email}
      .subject=${args.subject}
      .orderReference=${args.orderReference}
      .heading=${args.heading}
      .locale=${args.locale}
      theme=${args.theme}
      dir=${args.dir}
      ><a href="mailto:help@shop.example">help@shop.example</a></support-form
    >`,
};
export default meta;

type Story = StoryObj<Args>;

const WRITTEN = { contact: 'customer-service', name: 'Ann Lee', email: 'ann@example.com', subject: 'Parcel' };
const NOTE = new File(['A note.'], 'note.txt', { type: 'text/plain' });

const story = (
  then: (root: ShadowRoot, form: SupportForm) => unknown = () => undefined,
  args: Partial<Args> = {},
  make: (options: MemoryAdapterOptions) => MemoryAdapter = (options) => new MemoryAdapter(options),
): Story => ({
  args,
  loaders: [
    forgetDevice,
    ({ args: { desk, fault } }) =>
      Promise.resolve({ adapter: make({ desk, fault: (fault as MemoryAdapterOptions['fault']) || undefined }) }),
  ],
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-form');
    await then(root, root.host as SupportForm);
  },
});

const ready = (root: ShadowRoot) => shown(() => root.querySelector('[data-state=ready] [part=submit]'));
const fieldOf = (root: ShadowRoot, name: string) => shown(() => root.querySelector(`support-field[id="${name}"]`)?.shadowRoot);

async function say(root: ShadowRoot, name: string, value: string): Promise<void> {
  await write(await fieldOf(root, name), '[part=control]', value);
}

async function send(root: ShadowRoot, message = 'Where is my parcel?'): Promise<void> {
  await ready(root);
  if (message) await say(root, 'message', message);
  await press(root, '[part=submit]');
}

const failing = (fault: NonNullable<MemoryAdapterOptions['fault']>, make?: Parameters<typeof story>[2]): Story =>
  story(
    async (root) => {
      await send(root);
      await shown(() => root.querySelector('[part=error]'));
    },
    { ...WRITTEN, fault },
    make,
  );

const filesIn = (root: ShadowRoot, state: string) =>
  shown(() => root.querySelector('support-attachments')?.shadowRoot?.querySelector(`[data-state=${state}]`));

/** Waits until what is written is on this device. */
const kept = (form: SupportForm) => shown(() => form.submission?.delivery.entry.savedAt);

/** The form again, as on the next page of the shop: with the same backend. */
async function nextPage(before: SupportForm): Promise<ShadowRoot> {
  const after = before.cloneNode() as SupportForm;
  after.adapter = before.adapter;
  after.locale = before.locale;
  before.replaceWith(after);
  return shown(() => (after.desk ? (after.shadowRoot as ShadowRoot | null) : null));
}

export const Empty: Story = story(ready);
export const PreSale: Story = story(ready, { kind: 'pre-sale' });
export const FilledIn: Story = story(ready, { ...WRITTEN, orderReference: 'A-1024' });
export const OneContact: Story = story(ready, { desk: { ...demoDesk, contacts: demoDesk.contacts.slice(0, 1) } });
export const ContactThatKeepsNothing: Story = story(
  async (root) => {
    (await shown(() => root.querySelector<HTMLElement>('[type=radio]:checked'))).focus();
    await shown(() => root.querySelector('[part=note]'));
  },
  { contact: 'webmaster' },
);
export const WithoutFiles: Story = story(
  async (root) => {
    await ready(root);
    (await fieldOf(root, 'subject')).querySelector('input')?.focus();
    await shown(() => root.querySelector('[part=note]'));
  },
  { desk: { ...demoDesk, limits: { subjectLength: 200, messageLength: 20_000 } as Desk['limits'] } },
);
export const OtherWays: Story = story(async (root) => {
  await ready(root);
  await press(root, '[part=other-ways] summary');
});
export const Loading: Story = story(undefined, {}, (options) => new MemoryAdapter({ ...options, latency: 1_000_000 }));
export const FieldsToCorrect: Story = story(async (root) => {
  await send(root, '');
  await shown(() => root.querySelector('[part=error]'));
});
export const WrongAddress: Story = story(
  async (root) => {
    await ready(root);
    (await fieldOf(root, 'requester.email')).querySelector('input')?.focus();
    await say(root, 'requester.email', 'nope');
    (await fieldOf(root, 'subject')).querySelector('input')?.focus();
    await shown(() => root.querySelector('support-field[id="requester.email"]')?.shadowRoot?.querySelector('[part=error]'));
  },
  { ...WRITTEN, email: '' },
);
export const AddressLooksMistyped: Story = story(
  async (root) => {
    await send(root);
    await shown(() => root.querySelector('[data-code=typo]'));
  },
  { ...WRITTEN, email: 'ann@gmial.com' },
);
export const NearTheLimit: Story = story(async (root) => {
  await ready(root);
  await say(root, 'subject', 'Where is it? '.repeat(14));
  await shown(() => root.querySelector('support-field[id=subject] , [part=counter]'));
}, WRITTEN);
export const TooLong: Story = story(async (root) => {
  await ready(root);
  await say(root, 'subject', 'Where is it? '.repeat(17));
  await send(root);
  await shown(() => root.querySelector('[data-code=invalid-fields]'));
}, WRITTEN);
/** Something is to be put right, is, and the message goes out, and another is begun. */
export const ByTheSamePerson: Story = story(
  async (root) => {
    await send(root);
    await shown(() => root.querySelector('[data-code=invalid-fields]'));
    await say(root, 'requester.email', 'ann@example.com');
    await press(root, '[part=submit]');
    await shown(() => root.querySelector('[part=number]'));
    await press(root, '[part=another]');
    await ready(root);
  },
  { ...WRITTEN, email: '', subject: 'Parcel' },
);
export const FileSent: Story = story(async (root) => {
  await pick(root, NOTE);
  await filesIn(root, 'done');
});
export const WaitingForFiles: Story = story(
  async (root) => {
    await pick(root, NOTE);
    await filesIn(root, 'uploading');
    await send(root);
    await shown(() => root.querySelector('[data-state=sending]'));
  },
  { ...WRITTEN, fault: 'stall' },
);
export const FilesMissing: Story = story(
  async (root) => {
    await pick(root, NOTE);
    await filesIn(root, 'failed');
    await send(root);
    await shown(() => root.querySelector('[part=send-without]'));
  },
  { ...WRITTEN, fault: 'invalid-request' },
);
export const Sending: Story = story(
  async (root) => {
    await send(root);
    await shown(() => root.querySelector('[data-state=sending]'));
  },
  { ...WRITTEN, fault: 'stall' },
);
export const ServerDown: Story = failing('network');
export const ServerError: Story = failing('internal');
export const TooMany: Story = failing('rate-limited');
export const Offline: Story = failing('offline');
export const SavedNotSent: Story = failing('unavailable');
export const EarlierVersionFound: Story = failing('idempotency-mismatch');
export const Unconfirmed: Story = failing('drop-answer', (options) => Object.assign(new MemoryAdapter(options), { delivery: 'unknown' }));
export const SecretNoticed: Story = story(async (root) => {
  await send(root, 'I cannot log in any more.\nLogin: ann@example.com\nPassword: Sommer2029!x\nPaid with 4111 1111 1111 1111.');
  await shown(() => root.querySelector('[data-code=secret]'));
}, WRITTEN);
export const WaitingList: Story = story(
  async (root, form) => {
    await send(root);
    await shown(() => root.querySelector('[part=error]'));
    const next = await nextPage(form);
    await shown(() => next.querySelector('[part=waiting-entry]'));
  },
  { ...WRITTEN, fault: 'network' },
);
export const RestoredDraft: Story = story(async (root, form) => {
  await ready(root);
  (await fieldOf(root, 'message')).querySelector('textarea')?.focus();
  await say(root, 'message', 'Where is my parcel?');
  await kept(form);
  const next = await nextPage(form);
  await shown(() => next.querySelector('[part=restored]'));
}, WRITTEN);
export const Receipt: Story = story(async (root) => {
  await send(root);
  await shown(() => root.querySelector('[part=number]'));
}, WRITTEN);
export const DeskNotReached: Story = story(
  (root) => shown(() => root.querySelector('[data-state=broken] [part=retry]')),
  {},
  (options) => Object.assign(new MemoryAdapter(options), { getDesk: () => Promise.reject(new SupportError('network', 'No answer.')) }),
);
export const WrongTag: Story = {
  loaders: [forgetDevice],
  render: ({ locale, theme, dir }) =>
    html`<support-form .locale=${locale} theme=${theme} dir=${dir}><a href="mailto:help@shop.example">help@shop.example</a></support-form>`,
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'support-form');
    await shown(() => root.querySelector('[part=mend]'));
  },
};
