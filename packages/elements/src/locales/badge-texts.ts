/** What a badge says: loaded with it, where nothing else is. */
export const badgeTexts = {
  en: () => import('./en-tracker.js').then(({ badge }) => badge),
  fr: () => import('./fr-tracker.js').then(({ badge }) => badge),
};
