import type { SupportForm } from '@storefront-support/elements/support-form';
import { platformOf, readPage } from './platforms.js';

/** What a shop answers about whoever is signed in; null and absent alike: nobody, or not told. */
interface Identity {
  token?: string | null;
  name?: string | null;
  email?: string | null;
  orders?: string[] | null;
}

const LATEST_MS = 10_000;
type Submission = NonNullable<SupportForm['submission']>;
const introduced = new WeakSet<Element>();
/** Fields of the form by the attribute that fills them in. */
const FIELDS: { [attribute: string]: string } = { name: 'requester.name', email: 'requester.email', orders: 'orderReference' };

/** Tells a tag who is there and what is shown, by the page's own data and by what the shop answers to this browser alone. */
export async function introduce(tag: Element): Promise<void> {
  if (introduced.has(tag)) return;
  introduced.add(tag);
  const { name, email, product } = readPage(platformOf(tag));
  fill(tag, { name, email, kind: product === undefined ? undefined : 'pre-sale' });
  const url = tag.getAttribute('identity-url');
  if (!url) return;
  const answer = await fetch(new URL(url, tag.baseURI), {
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
  const given = { name: text(identity.name), email: text(identity.email), orders, 'identity-token': text(identity.token) };
  const submissions = partsOf(tag).flatMap(({ submission }) => submission ?? []);
  for (const submission of submissions) if (isAnothers(submission, given.email)) await putAway(submission);
  fill(tag, given);
  for (const { keeper } of submissions) void keeper.list();
}

/** True for what was brought back before it was known that somebody else is here than whoever wrote it. */
function isAnothers({ keeper, delivery, form }: Submission, email: string | undefined): boolean {
  const written = delivery.entry.values['requester.email'];
  return keeper.restored > 0 && form.phase !== 'sending' && !!email && !!written && written !== email;
}

/** Leaves on the device what is written, for whoever wrote it, and begins anew. */
async function putAway(submission: Submission): Promise<void> {
  const { form, keeper, delivery } = submission;
  await keeper.park();
  form.attachments?.queue.leave();
  // what the form takes for unsaved it does not remove
  delivery.entry.savedAt = 0;
  submission.reset(false);
}

/** A tag, and what it has opened. */
function partsOf(tag: Element): (Element & Partial<Pick<SupportForm, 'values' | 'submission'>>)[] {
  return [tag, ...(tag.shadowRoot?.querySelectorAll('support-form,support-tracker') ?? [])];
}

/** Fills in what the tag leaves open, on itself and on what it has opened; what was written meanwhile stays. */
function fill(tag: Element, given: { [attribute: string]: string | undefined }): void {
  for (const element of partsOf(tag)) {
    for (const [attribute, value] of Object.entries(given)) {
      if (value && !element.hasAttribute(attribute) && !element.values?.[FIELDS[attribute] ?? '']) element.setAttribute(attribute, value);
    }
  }
}
