/** Labels seen at once, by locale. */
export const formTexts = {
  en: () => import('./en.js').then(({ form }) => form),
  fr: () => import('./fr.js').then(({ form }) => form),
};

/** Errors, receipt and files: loaded at first focus. */
export const messageTexts = {
  en: () => import('./en.js').then(({ messages }) => messages),
  fr: () => import('./fr.js').then(({ messages }) => messages),
};
