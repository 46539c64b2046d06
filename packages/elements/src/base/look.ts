/* What the pages of the vault share with the elements: how things look and how numbers are written. */
export { bytesIn, momentIn, numberIn, plural } from './format.js';
export { host } from './host.styles.js';
export { on } from './on.js';
export { tokens } from './tokens.styles.js';
export { fieldStyles } from '../support-field/support-field.styles.js';
export { formStyles } from '../support-form/support-form.styles.js';
export type { LendErrorText, LendText, VaultErrorText } from '../locales/en-vault.js';
export type { RevealText } from '../locales/en-reveal.js';
