import { readPage } from './platforms.js';

/** What a shop answers about whoever is signed in; null and absent alike: nobody, or not told. */
interface Identity {
  token?: string | null;
  name?: string | null;
  email?: string | null;
  orders?: string[] | null;
}

const LATEST_MS = 10_000;
const introduced = new WeakSet<Element>();
/** Fields of the form by the attribute that fills them in. */
const FIELDS: { [attribute: string]: string } = { name: 'requester.name', email: 'requester.email' };

/** Tells a tag who is there and what is shown, by the page's own data and by what the shop answers to this browser alone. */
export async function introduce(tag: Element, platform = tag.getAttribute('platform') ?? ''): Promise<void> {
  if (introduced.has(tag)) return;
  introduced.add(tag);
  const { name, email, product } = readPage(platform);
  fill(tag, { name, email, kind: product === undefined ? undefined : 'pre-sale' });
  const url = tag.getAttribute('identity-url');
  if (!url) return;
  const answer = await fetch(new URL(url, document.baseURI), {
    __proto__: null,
    method: 'GET',
    mode: 'same-origin',
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    headers: { __proto__: null, Accept: 'application/json' },
    signal: AbortSignal.timeout(LATEST_MS),
  } as never);
  if (!answer.ok) return;
  const identity = (await answer.json()) as Identity;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const orders = Array.isArray(identity.orders) ? identity.orders.filter((order) => /^[^\s]+$/.test(order)).join(' ') : undefined;
  fill(tag, { name: text(identity.name), email: text(identity.email), orders, 'identity-token': text(identity.token) });
}

/** Fills in what the tag leaves open, on itself and on what it has opened; what was written meanwhile stays. */
function fill(tag: Element, given: { [attribute: string]: string | undefined }): void {
  for (const element of [tag, ...(tag.shadowRoot?.querySelectorAll('support-form,support-tracker') ?? [])]) {
    const { values } = element as { values?: { [field: string]: string } };
    for (const [attribute, value] of Object.entries(given)) {
      if (value && !element.hasAttribute(attribute) && !values?.[FIELDS[attribute] ?? '']) element.setAttribute(attribute, value);
    }
  }
}
