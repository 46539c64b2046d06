import type { MemoryAdapter } from '@storefront-support/adapters/memory';
import { keepTicket } from '@storefront-support/elements/tracking';

/** What every story lets be chosen: the language, the scheme and the direction of what it shows. */
export interface Around {
  locale: string;
  theme: string;
  dir: string;
}

export const AROUND: Around = { locale: 'en', theme: '', dir: '' };
export const AROUND_TYPES = {
  locale: { control: 'select', options: ['en', 'fr', 'es', 'it', 'de', 'pt', 'pl', 'nl', 'cs', 'ar', 'he'] },
  theme: { control: 'inline-radio', options: ['', 'light', 'dark', 'auto'] },
  dir: { control: 'inline-radio', options: ['', 'ltr', 'rtl'] },
} as const;

export const AGENT = { agent: 'Bo of Lantern & Loom' };
const PERSON = { name: 'Ann Lee', email: 'ann@example.com' };

let made = 0;

/** Files a ticket as if from this device. */
export async function keep(adapter: MemoryAdapter, subject: string, message = `${subject}\nThank you!`): Promise<string> {
  const secret = `${++made}`.padEnd(43, 's');
  const { ticket } = await adapter.createTicket(
    { contactId: 'customer-service', kind: 'support', requester: PERSON, subject, message, attachmentIds: [], locale: 'en' },
    { keys: { idempotencyKey: `story-${made}-${Math.random()}`.replace('.', '').padEnd(20, '0'), secret } },
  );
  await keepTicket({ scope: adapter.scope, number: ticket.number, secret, subject, createdAt: ticket.createdAt });
  return ticket.number;
}

/** What an earlier story has left on this device would be shown, too. */
export async function forgetDevice(): Promise<void> {
  for (const name of ['storefront-support-tickets', 'storefront-support-outbox']) {
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = request.onerror = request.onblocked = resolve;
    });
  }
}

/** The first value that is there. */
export async function shown<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export const rootOf = (canvas: HTMLElement, tag: string): Promise<ShadowRoot> => shown(() => canvas.querySelector(tag)?.shadowRoot);

export async function press(root: ParentNode, selector: string): Promise<void> {
  (await shown(() => root.querySelector<HTMLElement>(selector))).click();
}

/** As if typed. */
export async function write(root: ParentNode, selector: string, value: string): Promise<void> {
  const control = await shown(() => root.querySelector<HTMLInputElement>(selector));
  control.value = value;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** Hands over files as the browser does after its picker. */
export async function pick(root: ParentNode, ...files: File[]): Promise<void> {
  const input = await shown(() => root.querySelector<HTMLInputElement>('input[type=file]'));
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A picture with a position in it, as a camera writes it. */
export async function photo(width = 2_400, height = 1_600): Promise<File> {
  const jpeg = new Uint8Array(await (await draw(width, height, 'image/jpeg')).arrayBuffer());
  // the place in the world: one tag of a directory of its own
  const exif = [
    ...[0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0],
    ...[0, 1, 0, 1, 0, 2, 0, 0, 0, 2, 0x4e, 0, 0, 0, 0, 0, 0, 0],
  ];
  const head = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return new File([jpeg.slice(0, 2), new Uint8Array(head), jpeg.slice(2)], 'lamp at dusk.jpg', { type: 'image/jpeg' });
}

export async function picture(width = 640, height = 400): Promise<File> {
  return new File([await draw(width, height, 'image/png')], 'lamp at dusk.png', { type: 'image/png' });
}

async function draw(width: number, height: number, type: string): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const sky = pen.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, '#27408b');
  sky.addColorStop(1, '#f4b860');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  return (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type))) as Blob;
}
