import type { SupportAdapter } from '@storefront-support/contract';

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
    for (const [, adapter] of adaptersOf('*', adapterOf)) adapter.then(outbox.wake, () => undefined);
  } catch {
    // the next page tries again
  }
}

/** Nothing is asked of a backend where no launcher would show it. */
async function showUnread(adapterOf: (tag: Element) => Promise<SupportAdapter>): Promise<void> {
  if (!document.querySelector('support-launcher')) return;
  const { watchUnread } = await import('@storefront-support/elements/tracking');
  for (const [tag, adapter] of adaptersOf('support-launcher', adapterOf))
    adapter.then(
      (ready) => watchUnread(ready, tag),
      () => undefined,
    );
}

function adaptersOf(selector: string, adapterOf: (tag: Element) => Promise<SupportAdapter>): [Tag, Promise<SupportAdapter>][] {
  const tags = document.querySelectorAll<Tag>('support-form,support-launcher,support-thread,support-tracker');
  return [...tags].filter((tag) => tag.matches(selector)).map((tag) => [tag, tag.adapter ? Promise.resolve(tag.adapter) : adapterOf(tag)]);
}
