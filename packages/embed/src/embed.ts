import type { SupportAdapter } from '@storefront-support/contract';
import { dressLauncher, type Launcher } from './launcher-button.js';

/** A tag before and after its code has arrived. */
interface SupportTag extends Launcher {
  adapter?: SupportAdapter;
}

const SELECTOR = 'support-form,support-launcher,support-thread,support-tracker';
const started = new WeakSet<Element>();

/** What makes adapters comes with the form. */
const adapterFor = async (tag: Element): Promise<SupportAdapter> => (await import('./adapter-for.js')).adapterFor(tag);

async function start(tag: SupportTag): Promise<void> {
  if (started.has(tag)) return;
  started.add(tag);
  try {
    const [adapter] = await Promise.all([
      adapterFor(tag),
      import('@storefront-support/elements/support-form'),
      tag.localName > 'support-g' &&
        (tag.localName > 'support-m'
          ? import('@storefront-support/elements/support-tracker')
          : import('@storefront-support/elements/support-launcher')),
    ]);
    tag.adapter ??= adapter;
  } catch (cause) {
    started.delete(tag);
    tag.open = false;
    // a link in the tag is the shop's own way out, and so is what is printed in a form; what is defined by somebody else is theirs
    if (!tag.matches(':defined,support-form') && tag.querySelector('a')) tag.shadowRoot?.replaceChildren(document.createElement('slot'));
    tag.dispatchEvent(
      Object.assign(new CustomEvent('support-error', { __proto__: null, bubbles: true, composed: true } as never), {
        error: Object.assign(new Error('load-failed', { cause }), {
          '@storefront-support/error': true,
          code: 'load-failed',
          retryable: true,
        }),
      }),
    );
  }
}

/** Starts a form that comes near the window. */
function wait(tag: SupportTag): void {
  new IntersectionObserver(
    (entries, near) => {
      if (!entries.pop()?.isIntersecting) return;
      near.disconnect();
      void start(tag);
    },
    { __proto__: null, rootMargin: '200px' } as never,
    // a rule of the page that hides it goes once its code is there; until then it has no place of its own
  ).observe((getComputedStyle(tag).display === 'none' && !tag.hidden && tag.parentElement) || tag);
}

/** Meets the tags of the page; of records, those that have come. */
function scan(records?: MutationRecord[]): void {
  for (const tag of document.querySelectorAll<SupportTag>(SELECTOR))
    // by the tag's own function: where a form's would be may be a control of that name
    if (!records || records.some(({ addedNodes }) => [...addedNodes].some((node) => tag.contains.call(node, tag)))) meet(tag);
}

function meet(tag: SupportTag): void {
  try {
    // a mailed link is spent, and leaves the address, wherever its tracker is
    if (location.hash.match('support-')) void start(tag);
    else if (tag.localName !== 'support-launcher') wait(tag);
    else if (tag.matches(':defined')) void start(tag);
    else if (!tag.shadowRoot) dressLauncher(tag, () => void start(tag));
  } catch {
    // a page without the observer, or without shadow roots
    void start(tag);
  }
}

/** What an earlier page could not send goes out from any page, whether its tag is touched or not; what was sent is followed. */
async function wakeOutbox(): Promise<void> {
  try {
    // a sandboxed frame has no origin to keep anything for
    for (const { name } of origin === 'null' ? [] : await indexedDB.databases())
      if (name!.match('storefront-support-')) void (await import('./wake.js')).wake(adapterFor, name!);
  } catch {
    // storage is blocked or does not list what it holds, or the code did not load
  }
}

try {
  new MutationObserver(scan).observe(document, { __proto__: null, childList: true, subtree: true } as never);
} catch {
  // a page that has taken it away brings no tag later
}
scan();
void wakeOutbox();
if (location.search.match('support-doctor'))
  import('./doctor/doctor.js').catch((cause: unknown) => document.body.prepend(`script-src? ${cause as string}`));
