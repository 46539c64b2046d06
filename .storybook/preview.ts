import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '@storefront-support/elements/custom-elements.json' with { type: 'json' };
import { languages } from '@storefront-support/elements/locales';
import { html } from 'lit';

setCustomElementsManifest(manifest);

/** Looks to try, as a theme would set them. */
const TOKENS: Record<string, string> = {
  workshop: '--support-color-accent: #7a4b12; --support-color-surface: #fdf8f0; --support-color-field: #fff; --support-radius: 2px',
  garden: '--support-color-accent: #1d6b45; --support-radius: 16px; --support-font-family: Georgia, serif; --support-heading-weight: 500',
  night:
    'color-scheme: dark; --support-color-surface: #10131c; --support-color-field: #1a1f2d; --support-color-accent: #ffd166; --support-color-on-accent: #221a00',
};
const DENSITY: Record<string, string> = { compact: '0.75' };

const choice = <Icon extends string>(title: string, icon: Icon, items: readonly (string | { value: string; title: string })[]) => ({
  description: title,
  toolbar: { title, icon, dynamicTitle: true, items: [{ value: '', title: `${title}: the story's own` }, ...items] },
});

const preview: Preview = {
  tags: ['autodocs'],
  initialGlobals: { theme: '', direction: '', locale: '', density: '', tokens: '' },
  globalTypes: {
    theme: choice('Theme', 'contrast', ['light', 'dark', 'auto']),
    direction: choice('Direction', 'transfer', ['ltr', 'rtl']),
    locale: choice('Language', 'globe', languages),
    density: choice('Density', 'component', Object.keys(DENSITY)),
    tokens: choice('Tokens', 'paintbrush', Object.keys(TOKENS)),
  },
  decorators: [
    (story, { globals, args }) => {
      const { theme, direction, locale, density, tokens } = globals as Record<string, string>;
      const chosen = Object.fromEntries(Object.entries({ theme, dir: direction, locale }).filter(([, value]) => value));
      if (!direction && !DENSITY[density ?? ''] && !TOKENS[tokens ?? '']) return story({ args: { ...args, ...chosen } });
      const style = [TOKENS[tokens ?? ''], DENSITY[density ?? ''] && `--support-density: ${DENSITY[density ?? '']}`]
        .filter(Boolean)
        .join('; ');
      return html`<div dir=${direction || 'auto'} style=${style}>${story({ args: { ...args, ...chosen } })}</div>`;
    },
  ],
  parameters: {
    a11y: { test: 'error', options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } },
    controls: { expanded: true },
    options: {
      storySort: { order: ['Introduction', 'Getting started', 'Theming', 'Theme guide', 'Languages', 'Content security', 'Accessibility'] },
    },
  },
};
export default preview;
