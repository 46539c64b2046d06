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
