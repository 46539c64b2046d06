import type { SupportForm } from './support-form.js';

/**
 * Makes the root of a form. What its page has printed there, or a form of the page's own in the tag, stays as it is until what takes
 * its place is loaded and ready.
 */
export function keepPrinted(form: SupportForm, makeRoot: () => ShadowRoot): ShadowRoot {
  const { shadowRoot } = form;
  form.printed = !!(shadowRoot?.firstChild ?? form.querySelector('form'));
  // what is rendered stands before this, which stays
  shadowRoot?.prepend('');
  const root = makeRoot();
  if (form.printed) {
    root.adoptedStyleSheets = [];
    if (!shadowRoot) root.append(document.createElement('slot'));
    import('./take-over.js').then(
      ({ TakeOver }) => new TakeOver(form, root),
      // what is printed works by itself
      () => undefined,
    );
  }
  return root;
}
