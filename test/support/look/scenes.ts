import { MemoryAdapter, type MemoryAdapterOptions } from '../../../packages/adapters/dist/memory/index.js';
import type { SupportForm } from '../../../packages/elements/dist/support-form/support-form.js';
import { keepTicket } from '../../../packages/elements/dist/tracking/kept-tickets.js';
import '../../../packages/elements/dist/support-launcher/index.js';
import '../../../packages/elements/dist/support-tracker/index.js';
import '../../../packages/elements/dist/support-vault/index.js';

/** In a page: every element in every state that has a look of its own, each with a backend of its own. */

const AGENT = { agent: 'Bo of Lantern & Loom' };
const PERSON = { name: 'Ann Lee', email: 'ann@example.com' };
const WRITTEN = { contact: 'customer-service', name: PERSON.name, email: PERSON.email, subject: 'The lamp hums when it is dimmed' };
const MESSAGE = 'It hums when it is dimmed, and flickers at its lowest setting. What can I do?';

let made = 0;

async function shown<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

const part = <E extends HTMLElement = HTMLElement>(root: ParentNode, name: string): Promise<E> =>
  shown(() => root.querySelector<E>(`[part~=${name}]`));

/** The element in its place, with attributes of the page and its own. */
export type Mount = <E extends HTMLElement>(tag: string, adapter: unknown, properties?: Record<string, unknown>) => E;

async function keep(adapter: MemoryAdapter, subject: string, message = MESSAGE): Promise<string> {
  const secret = `${++made}`.padEnd(43, 's');
  const { ticket } = await adapter.createTicket(
    { contactId: 'customer-service', kind: 'support', requester: PERSON, subject, message, attachmentIds: [], locale: 'en' },
    { keys: { idempotencyKey: `scene-${made}`.padEnd(24, '0'), secret } },
  );
  await keepTicket({ scope: adapter.scope, number: ticket.number, secret, subject, createdAt: ticket.createdAt });
  return ticket.number;
}

async function picture(): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const sky = pen.createLinearGradient(0, 0, 640, 400);
  sky.addColorStop(0, '#27408b');
  sky.addColorStop(1, '#f4b860');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 640, 400);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return new File([blob as Blob], 'lamp at dusk.png', { type: 'image/png' });
}

async function formWith(mount: Mount, backend: MemoryAdapterOptions = {}, properties: Record<string, unknown> = {}): Promise<ShadowRoot> {
  const form = mount<SupportForm>('support-form', new MemoryAdapter(backend), properties);
  const root = await shown(() => form.shadowRoot);
  await part(root, 'submit');
  return root;
}

function write(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const control = (root: ShadowRoot, name: string) =>
  shown(() => root.querySelector(`support-field[id="${name}"]`)?.shadowRoot?.querySelector<HTMLTextAreaElement>('[part=control]'));

async function send(root: ShadowRoot, message = MESSAGE): Promise<void> {
  write(await control(root, 'message'), message);
  (await part(root, 'submit')).click();
}

async function give(root: ShadowRoot, ...files: File[]): Promise<void> {
  const input = await shown(() => root.querySelector<HTMLInputElement>('input[type=file]'));
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const fileIn = (root: ShadowRoot, state: string) =>
  shown(() => root.querySelector('support-attachments')?.shadowRoot?.querySelector(`[data-state=${state}]`));

async function talked(adapter: MemoryAdapter): Promise<string> {
  const number = await keep(adapter, WRITTEN.subject);
  await adapter.backend.answer(number, 'Thank you for writing. Which bulb is in it?\n\nA photograph would help, too.', AGENT);
  await adapter.backend.answer(number, 'This is how ours looks.', {
    ...AGENT,
    files: [await picture(), new File(['%PDF-1.7 '], 'manual.pdf', { type: 'application/pdf' })],
  });
  return number;
}

async function listed(): Promise<MemoryAdapter> {
  const adapter = new MemoryAdapter();
  await keep(adapter, 'Where is my parcel?');
  const lamp = await keep(adapter, 'The lamp hums when it is dimmed, and flickers at its lowest setting');
  const bill = await keep(adapter, 'A bill with our VAT number, please');
  await adapter.backend.answer(lamp, 'Which bulb is in it?', AGENT);
  await adapter.backend.answer(lamp, 'A photograph would help, too.', AGENT);
  adapter.backend.setStatus(bill, 'closed', { ...AGENT, reason: 'Sent by mail.' });
  return adapter;
}

async function trackerWith(mount: Mount, adapter: MemoryAdapter): Promise<ShadowRoot> {
  const root = await shown(() => mount('support-tracker', adapter).shadowRoot);
  await shown(() => root.querySelector('[data-state=ready]'));
  return root;
}

export const scenes: Record<string, (mount: Mount) => Promise<unknown>> = {
  empty: (mount) => formWith(mount),
  filled: (mount) => formWith(mount, {}, { ...WRITTEN, orderReference: 'ORD-1042', kind: 'pre-sale' }),
  loading: async (mount) => mount('support-form', new MemoryAdapter({ latency: 1_000_000 })),
  async errors(mount) {
    const root = await formWith(mount);
    write(await control(root, 'requester.email'), 'ann@example');
    (await part(root, 'submit')).click();
    await part(root, 'error');
    await give(
      root,
      new File([new Uint8Array(50_000_001)], 'film.png', { type: 'image/png' }),
      new File(['A note.'], 'note.txt', { type: 'text/plain' }),
    );
    await fileIn(root, 'refused');
    await fileIn(root, 'done');
  },
  async files(mount) {
    const root = await formWith(mount, { latency: 400 }, WRITTEN);
    await give(root, await picture(), new File([new Uint8Array(30_000_000)], 'recording of the hum.zip', { type: 'application/zip' }));
    await fileIn(root, 'done');
    await shown(() => root.querySelector('support-attachments')?.shadowRoot?.querySelector('progress'));
  },
  async sending(mount) {
    const root = await formWith(mount, { fault: 'stall' }, WRITTEN);
    await send(root);
    await shown(() => root.querySelector('[data-state=sending]'));
  },
  async failed(mount) {
    const root = await formWith(mount, { fault: 'internal' }, WRITTEN);
    await send(root);
    await part(root, 'error');
  },
  async saved(mount) {
    const root = await formWith(mount, { fault: 'offline' }, WRITTEN);
    await send(root);
    await part(root, 'error');
  },
  async secret(mount) {
    const root = await formWith(mount, {}, WRITTEN);
    await send(root, 'I cannot log in any more.\nLogin: ann@example.com\nPassword: Sommer2029!x\nPaid with 4111 1111 1111 1111.');
    await shown(() => root.querySelector('[data-code=secret]'));
  },
  async waiting(mount) {
    const adapter = new MemoryAdapter({ fault: 'network' });
    const first = mount<SupportForm>('support-form', adapter, WRITTEN);
    const root = await shown(() => first.shadowRoot);
    await send(root);
    await part(root, 'error');
    first.remove();
    const next = mount<SupportForm>('support-form', adapter);
    await part(await shown(() => next.shadowRoot), 'waiting-entry');
  },
  async receipt(mount) {
    const root = await formWith(mount, {}, { ...WRITTEN, trackerUrl: '/tickets' });
    await send(root);
    await part(root, 'number');
  },
  async broken(mount) {
    const form = mount<SupportForm>('support-form', undefined);
    const link = Object.assign(document.createElement('a'), { href: 'mailto:help@shop.example', textContent: 'help@shop.example' });
    form.append(link);
    await part(await shown(() => form.shadowRoot), 'mend');
  },
  async tracker(mount) {
    const root = await trackerWith(mount, await listed());
    (await part<HTMLDetailsElement>(root, 'tools')).open = true;
    write(await shown(() => root.querySelector<HTMLInputElement>('#number')), '2345-6789');
    root.querySelector<HTMLElement>('[part=find] button')?.click();
    await part(root, 'not-here');
  },
  list: async (mount) => trackerWith(mount, await listed()),
  async nothing(mount) {
    await part(await trackerWith(mount, new MemoryAdapter()), 'find');
  },
  async thread(mount) {
    const adapter = new MemoryAdapter();
    const number = await talked(adapter);
    const root = await shown(() => mount('support-thread', adapter, { number, form: 'none' }).shadowRoot);
    (await part(root, 'to-reply')).click();
    await part(root, 'reply');
    await part(root, 'attachment');
  },
  async late(mount) {
    let now = Date.now() - 9 * 86_400_000;
    const adapter = new MemoryAdapter({ now: () => now });
    const number = await talked(adapter);
    now = Date.now();
    adapter.fail('network');
    const root = await shown(() => mount('support-thread', adapter, { number, form: 'none' }).shadowRoot);
    (await part(root, 'to-reply')).click();
    write(await shown(() => root.querySelector<HTMLTextAreaElement>('#text')), 'It is the one that came with it.');
    (await part(root, 'submit')).click();
    await part(root, 'send-now');
  },
  async vault(mount) {
    const adapter = new MemoryAdapter();
    const number = await keep(adapter, 'The checkout fails');
    adapter.backend.access.ask(number, {
      agent: { id: 'dana', name: 'Dana K.' },
      kinds: ['admin-panel', 'sftp'],
      reason: 'reproduce the checkout error',
    });
    const root = await shown(() => mount('support-vault', adapter, { number }).shadowRoot);
    await part(root, 'add');
  },
  async launcher(mount) {
    const adapter = await listed();
    const root = await shown(() => mount('support-launcher', adapter, { label: 'Contact us' }).shadowRoot);
    await part(root, 'unread');
  },
  async corner(mount) {
    const adapter = await listed();
    const root = await shown(() => mount('support-launcher', adapter, { label: 'Contact us', position: 'corner' }).shadowRoot);
    await part(root, 'unread');
  },
  async dialog(mount) {
    const launcher = mount<HTMLElement & { show(): void }>('support-launcher', new MemoryAdapter(), { label: 'Contact us' });
    launcher.show();
    await shown(() => launcher.shadowRoot?.querySelector('support-form')?.shadowRoot?.querySelector('[part=submit]'));
  },
};

/** Puts scenes into a place, one after the other. */
export async function show(place: HTMLElement, names: readonly string[], attributes: Record<string, string> = {}): Promise<void> {
  for (const name of names) {
    const scene = Object.assign(document.createElement('section'), { id: name });
    place.append(scene);
    await scenes[name]!((tag, adapter, properties = {}) => {
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries({ locale: 'en', ...attributes })) element.setAttribute(key, value);
      Object.assign(element, properties, adapter ? { adapter } : {});
      scene.append(element);
      return element as never;
    });
  }
}
