/** Keeps what is typed out of spell checkers, writing helpers, password managers and session recorders. */
const KEPT_OUT: { readonly [name: string]: string } = {
  autocomplete: 'off',
  spellcheck: 'false',
  autocorrect: 'off',
  autocapitalize: 'off',
  writingsuggestions: 'false',
  translate: 'no',
  'data-gramm': 'false',
  'data-enable-grammarly': 'false',
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-form-type': 'other',
  'data-bwignore': '',
};

/** Of recorders whose names for this are known; each honours its own only. */
const MASKED: { readonly [name: string]: string } = {
  'data-sentry-block': '',
  'data-sentry-mask': '',
  'data-sentry-ignore': '',
  'data-hj-suppress': '',
  'data-clarity-mask': 'true',
  'data-private': '',
  'data-dd-privacy': 'hidden',
  'data-openreplay-obscured': '',
};
const MASKED_CLASSES =
  'rr-block rr-mask rr-ignore sentry-block sentry-mask sentry-ignore fs-exclude ph-no-capture clarity-mask dd-privacy-hidden'.split(' ');

/**
 * Marks a field that a secret may be typed into. Chromium offers to keep what is in a password field whatever `off` says, and notes the
 * name beside it even where that is declined; a code that is good once it leaves alone.
 */
export function keepOut(field: Element): void {
  for (const [name, value] of Object.entries(KEPT_OUT)) field.setAttribute(name, value);
  if (field.hasAttribute('data-secret')) field.setAttribute('autocomplete', 'one-time-code');
}

/** Marks an element that session recorders are to leave out. */
export function mask(element: Element): void {
  for (const [name, value] of Object.entries(MASKED)) element.setAttribute(name, value);
  element.classList.add(...MASKED_CLASSES);
}
