import type { MemoryAdapter } from '@storefront-support/adapters/memory';
import { keepTicket } from '@storefront-support/elements/tracking';

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
