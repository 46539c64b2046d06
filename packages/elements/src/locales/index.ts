import type * as enFile from './en.js';
import type * as enReveal from './en-reveal.js';
import type * as enTracker from './en-tracker.js';
import type * as enVault from './en-vault.js';
import { textTable } from './text-table.js';

export { isLanguage, languages, type Language } from './text-table.js';

/** What the form says, and all that comes with it. */
const form = {
  en: () => import('./en.js'),
  fr: () => import('./fr.js'),
  es: () => import('./es.js'),
  it: () => import('./it.js'),
  de: () => import('./de.js'),
  pt: () => import('./pt.js'),
  pl: () => import('./pl.js'),
  nl: () => import('./nl.js'),
  cs: () => import('./cs.js'),
  ar: () => import('./ar.js'),
  he: () => import('./he.js'),
};

/** What the tracker and a thread say. */
const tracker = {
  en: () => import('./en-tracker.js'),
  fr: () => import('./fr-tracker.js'),
  es: () => import('./es-tracker.js'),
  it: () => import('./it-tracker.js'),
  de: () => import('./de-tracker.js'),
  pt: () => import('./pt-tracker.js'),
  pl: () => import('./pl-tracker.js'),
  nl: () => import('./nl-tracker.js'),
  cs: () => import('./cs-tracker.js'),
  ar: () => import('./ar-tracker.js'),
  he: () => import('./he-tracker.js'),
};

/** What is said to customers about lent access. */
const vault = {
  en: () => import('./en-vault.js'),
  fr: () => import('./fr-vault.js'),
  es: () => import('./es-vault.js'),
  it: () => import('./it-vault.js'),
  de: () => import('./de-vault.js'),
  pt: () => import('./pt-vault.js'),
  pl: () => import('./pl-vault.js'),
  nl: () => import('./nl-vault.js'),
  cs: () => import('./cs-vault.js'),
  ar: () => import('./ar-vault.js'),
  he: () => import('./he-vault.js'),
};

/** What is said to agents about lent access. */
const reveal = {
  en: () => import('./en-reveal.js'),
  fr: () => import('./fr-reveal.js'),
  es: () => import('./es-reveal.js'),
  it: () => import('./it-reveal.js'),
  de: () => import('./de-reveal.js'),
  pt: () => import('./pt-reveal.js'),
  pl: () => import('./pl-reveal.js'),
  nl: () => import('./nl-reveal.js'),
  cs: () => import('./cs-reveal.js'),
  ar: () => import('./ar-reveal.js'),
  he: () => import('./he-reveal.js'),
};

/** Labels seen at once. */
export const formTexts = textTable<typeof enFile, 'form'>(form, 'form');

/** Errors and receipt: loaded at first focus. */
export const messageTexts = textTable<typeof enFile, 'messages'>(form, 'messages');

/** What is said about single files: loaded with the first of them. */
export const filesTexts = textTable<typeof enFile, 'files'>(form, 'files');

/** Asked about a message of which an earlier version has arrived: loaded with the first such. */
export const firstVersionTexts = textTable<typeof enFile, 'firstVersion'>(form, 'firstVersion');

/** What is said about messages that wait on this device: loaded with the first of them. */
export const waitingTexts = textTable<typeof enFile, 'waiting'>(form, 'waiting');

/** What is said about pictures and about files kept on this device: loaded with the first of them. */
export const imagesTexts = textTable<typeof enFile, 'images'>(form, 'images');

/** What is said about passwords and the like in a message: loaded with the first of them. */
export const secretsTexts = textTable<typeof enFile, 'secrets'>(form, 'secrets');

/** What the tracker and a thread say: loaded with them. */
export const trackerTexts = textTable<typeof enTracker, 'tracker'>(tracker, 'tracker');

/** What a badge says: loaded with it, where nothing else is. */
export const badgeTexts = textTable<typeof enTracker, 'badge'>(tracker, 'badge');

/** What answering, closing and rating say: loaded with them. */
export const answerTexts = textTable<typeof enTracker, 'answer'>(tracker, 'answer');

/** What finding, signing in and forgetting say: loaded with them. */
export const signInTexts = textTable<typeof enTracker, 'signIn'>(tracker, 'signIn');

/** Why access cannot be lent or seen: loaded with the vault's part of a ticket, and by the vault page. */
export const vaultErrorTexts = textTable<typeof enVault, 'vaultErrors'>(vault, 'vaultErrors');

/** What a ticket says of lent access: loaded with the first request. */
export const vaultHostTexts = textTable<typeof enVault, 'vaultHost'>(vault, 'vaultHost');

/** What the vault page says to customers. */
export const lendTexts = textTable<typeof enVault, 'lend'>(vault, 'lend');

/** Why access cannot be lent: loaded with the first of it. */
export const lendErrorTexts = textTable<typeof enVault, 'lendErrors'>(vault, 'lendErrors');

/** What the vault page says to agents. */
export const revealTexts = textTable<typeof enReveal, 'reveal'>(reveal, 'reveal');
