import { MemoryAdapter, MemoryBackend, demoDesk, type MemoryAdapterOptions } from '../../packages/adapters/dist/memory/index.js';
import '../../packages/elements/dist/support-tracker/index.js';
import type { SupportThread } from '../../packages/elements/dist/support-thread/support-thread.js';
import type { SupportTracker } from '../../packages/elements/dist/support-tracker/support-tracker.js';
import { keepTicket } from '../../packages/elements/dist/tracking/kept-tickets.js';
import { until } from '../support/browser-setup.ts';

export const AGENT = { agent: 'Bo of Lantern & Loom' };
export const PERSON = { name: 'Ann Lee', email: 'ann@example.com' };

export { MemoryAdapter, MemoryBackend, demoDesk };

let made = 0;

/** 43 characters, another for each ticket. */
export const newKeys = () => ({
  idempotencyKey: `key-of-a-test-${++made}-${Math.random()}`.replace(/\./, ''),
  secret: `s${made}`.padEnd(43, 'x'),
});

/** Files a ticket, and keeps it on this device unless told otherwise. */
export async function file(
  adapter: MemoryAdapter,
  subject: string,
  { kept = true, person = PERSON, message = 'Where is it?' } = {},
): Promise<string> {
  const keys = newKeys();
  const draft = {
    contactId: 'customer-service',
    kind: 'support',
    requester: person,
    subject,
    message,
    attachmentIds: [],
    locale: 'en',
  } as const;
  const { ticket } = await adapter.createTicket({ ...draft, attachmentIds: [] }, { keys });
  const { number, createdAt } = ticket;
  if (kept) await keepTicket({ scope: adapter.scope, number, secret: keys.secret, subject, createdAt });
  return number;
}

/** One mounted element, as a person meets it. */
export class Page<E extends SupportTracker | SupportThread> {
  readonly element: E;
  readonly adapter: MemoryAdapter;

  constructor(element: E, adapter: MemoryAdapter) {
    this.element = element;
    this.adapter = adapter;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot as ShadowRoot;
  }

  part<P extends HTMLElement = HTMLElement>(name: string): P | null {
    return this.root.querySelector<P>(`[part=${name}]`);
  }

  parts(name: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[part=${name}]`)];
  }

  shown(name: string): Promise<HTMLElement> {
    return until(`the part ${name}`, () => this.part(name));
  }

  text(): string {
    return (this.part('base')?.textContent ?? '').replace(/\s+/g, ' ');
  }

  says(sentence: string | RegExp): Promise<boolean> {
    return until(`"${sentence}" in "${this.text()}"`, () =>
      typeof sentence === 'string' ? this.text().includes(sentence) : sentence.test(this.text()),
    );
  }

  async state(wanted: string): Promise<void> {
    const now = () => this.part('base')?.dataset['state'];
    await until(`the state ${wanted} instead of ${now()}`, () => now() === wanted);
  }

  async press(name: string): Promise<void> {
    (await this.shown(name)).click();
    await this.element.updateComplete;
  }

  write(selector: string, value: string): void {
    const field = this.root.querySelector<HTMLInputElement>(selector) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  /** The innermost focused element. */
  focused(): Element | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  /** The thread that a tracker has opened. */
  thread(): Page<SupportThread> {
    return new Page(this.root.querySelector('support-thread') as SupportThread, this.adapter);
  }

  remove(): void {
    this.element.remove();
  }
}

interface Given {
  adapter?: MemoryAdapter;
  backend?: MemoryAdapterOptions;
  attributes?: Record<string, string>;
}

export const newAdapter = (options: MemoryAdapterOptions = {}): MemoryAdapter =>
  new MemoryAdapter({ backend: new MemoryBackend(demoDesk, options.now), ...options });

function open<E extends SupportTracker | SupportThread>(tag: string, { adapter = newAdapter(), attributes = {} }: Given): Page<E> {
  const element = document.createElement(tag) as E;
  for (const [name, value] of Object.entries({ locale: 'en', ...attributes })) element.setAttribute(name, value);
  element.adapter = adapter;
  document.body.append(element);
  return new Page(element, adapter);
}

export async function openTracker({ state = 'ready', ...given }: Given & { state?: string } = {}): Promise<Page<SupportTracker>> {
  const page = open<SupportTracker>('support-tracker', given);
  await page.state(state);
  return page;
}

export async function openThread(adapter: MemoryAdapter, number: string, attributes = {}, state = 'ready'): Promise<Page<SupportThread>> {
  const page = open<SupportThread>('support-thread', { adapter, attributes: { number, ...attributes } });
  await page.state(state);
  return page;
}

/** Nothing stays for the next test. */
export async function forgetDevice(): Promise<void> {
  for (const { name = '' } of await indexedDB.databases())
    if (name.startsWith('storefront-support'))
      await new Promise((resolve) =>
        Object.assign(indexedDB.deleteDatabase(name), { onsuccess: resolve, onerror: resolve, onblocked: resolve }),
      );
}
