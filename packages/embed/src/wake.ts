import type { SupportAdapter } from '@storefront-support/contract';
import { ourDesk, optionsOf } from './options.js';

type Tag = Element & { adapter?: SupportAdapter };

/**
 * Sends what waits on this device for any backend that a tag of the page names, in view or not, and has launchers say how many
 * answers are new.
 *
 * @param database one that this page has found.
 */
export async function wake(adapterOf: (tag: Element) => Promise<SupportAdapter>, database: string): Promise<void> {
  try {
    if (database.endsWith('tickets')) return await showUnread(adapterOf);
    const outbox = await import('@storefront-support/elements/outbox');
    if (!(await outbox.hasQueued())) return await outbox.sweep();
    // one whose code does not load leaves the others alone
    for (const tag of tags()) adapterFor(tag, adapterOf).then(outbox.wake, () => undefined);
  } catch {
    // the next page tries again
  }
}

/** Nothing is asked of a backend where no launcher would show it; of our own server, with no more code than that takes. */
async function showUnread(adapterOf: (tag: Element) => Promise<SupportAdapter>): Promise<void> {
  const launchers = tags().filter(({ localName }) => localName === 'support-launcher');
  if (!launchers.length) return;
  const { watchUnread } = await import('@storefront-support/elements/tracking');
  for (const tag of launchers) {
    const options = optionsOf(tag);
    const source =
      tag.adapter || !ourDesk(options)
        ? adapterFor(tag, adapterOf)
        : import('@storefront-support/adapters/http/tickets').then(({ ticketsOf }) =>
            ticketsOf({ ...options, online: () => navigator.onLine }),
          );
    source.then(
      (ready) => watchUnread(ready, tag),
      () => undefined,
    );
  }
}

function tags(): Tag[] {
  return [...document.querySelectorAll<Tag>('support-form,support-launcher,support-thread,support-tracker')];
}

function adapterFor(tag: Tag, adapterOf: (tag: Element) => Promise<SupportAdapter>): Promise<SupportAdapter> {
  return tag.adapter ? Promise.resolve(tag.adapter) : adapterOf(tag);
}
