/** Labels seen at once, by locale. */
export const formTexts = {
  en: () => import('./en.js').then(({ form }) => form),
  fr: () => import('./fr.js').then(({ form }) => form),
};

/** Errors and receipt: loaded at first focus. */
export const messageTexts = {
  en: () => import('./en.js').then(({ messages }) => messages),
  fr: () => import('./fr.js').then(({ messages }) => messages),
};

/** What is said about single files: loaded with the first of them. */
export const filesTexts = {
  en: () => import('./en.js').then(({ files }) => files),
  fr: () => import('./fr.js').then(({ files }) => files),
};

/** Asked about a message of which an earlier version has arrived: loaded with the first such. */
export const firstVersionTexts = {
  en: () => import('./en.js').then(({ firstVersion }) => firstVersion),
  fr: () => import('./fr.js').then(({ firstVersion }) => firstVersion),
};

/** What is said about messages that wait on this device: loaded with the first of them. */
export const waitingTexts = {
  en: () => import('./en.js').then(({ waiting }) => waiting),
  fr: () => import('./fr.js').then(({ waiting }) => waiting),
};

/** What is said about pictures and about files kept on this device: loaded with the first of them. */
export const imagesTexts = {
  en: () => import('./en.js').then(({ images }) => images),
  fr: () => import('./fr.js').then(({ images }) => images),
};

/** What is said about passwords and the like in a message: loaded with the first of them. */
export const secretsTexts = {
  en: () => import('./en.js').then(({ secrets }) => secrets),
  fr: () => import('./fr.js').then(({ secrets }) => secrets),
};

/** What the tracker and a thread say: loaded with them. */
export const trackerTexts = {
  en: () => import('./en-tracker.js').then(({ tracker }) => tracker),
  fr: () => import('./fr-tracker.js').then(({ tracker }) => tracker),
};

/** What answering, closing and rating say: loaded with them. */
export const answerTexts = {
  en: () => import('./en-tracker.js').then(({ answer }) => answer),
  fr: () => import('./fr-tracker.js').then(({ answer }) => answer),
};

/** What finding, signing in and forgetting say: loaded with them. */
export const signInTexts = {
  en: () => import('./en-tracker.js').then(({ signIn }) => signIn),
  fr: () => import('./fr-tracker.js').then(({ signIn }) => signIn),
};

/** Why access cannot be lent or seen: loaded with the vault's part of a ticket, and by the vault page. */
export const vaultErrorTexts = {
  en: () => import('./en-vault.js').then(({ vaultErrors }) => vaultErrors),
  fr: () => import('./fr-vault.js').then(({ vaultErrors }) => vaultErrors),
};

/** What a ticket says of lent access: loaded with the first request. */
export const vaultHostTexts = {
  en: () => import('./en-vault.js').then(({ vaultHost }) => vaultHost),
  fr: () => import('./fr-vault.js').then(({ vaultHost }) => vaultHost),
};

/** What the vault page says to customers. */
export const lendTexts = {
  en: () => import('./en-vault.js').then(({ lend }) => lend),
  fr: () => import('./fr-vault.js').then(({ lend }) => lend),
};

/** Why access cannot be lent: loaded with the first of it. */
export const lendErrorTexts = {
  en: () => import('./en-vault.js').then(({ lendErrors }) => lendErrors),
  fr: () => import('./fr-vault.js').then(({ lendErrors }) => lendErrors),
};

/** What the vault page says to agents. */
export const revealTexts = {
  en: () => import('./en-reveal.js').then(({ reveal }) => reveal),
  fr: () => import('./fr-reveal.js').then(({ reveal }) => reveal),
};
