import { bare } from './bare.js';

/**
 * Has a click fire the `submit` that the browser would: in a frame whose sandbox lacks `allow-forms` it fires none and says nothing
 * (HTML, form submission algorithm, step 3). A form with an `action` is left to the browser.
 */
export function submitOnClick(event: Event): void {
  const { form, type } = event.target as HTMLButtonElement;
  // what a page has put into a slot is its own
  if (type !== 'submit' || !form || form.hasAttribute('action') || !(event.currentTarget as Node).contains(form)) return;
  event.preventDefault();
  form.dispatchEvent(new Event('submit', bare({ cancelable: true })));
}
