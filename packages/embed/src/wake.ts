import type { SupportAdapter } from '@storefront-support/contract';

/** Sends what waits on this device for any backend that a tag of the page names, in view or not. */
export async function wake(adapterOf: (tag: Element) => Promise<SupportAdapter>): Promise<void> {
  const outbox = await import('@storefront-support/elements/outbox').catch(() => undefined);
  if (!outbox) return;
  if (!(await outbox.hasQueued())) return outbox.sweep();
  for (const tag of document.querySelectorAll<Element & { adapter?: SupportAdapter }>('support-form,support-launcher')) {
    // one whose code does not load leaves the others alone
    Promise.resolve(tag.adapter ?? adapterOf(tag)).then(outbox.wake, () => undefined);
  }
}
