import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '@storefront-support/elements/custom-elements.json' with { type: 'json' };

setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error', options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } },
    controls: { expanded: true },
    options: { storySort: { order: ['Introduction', 'Elements'] } },
  },
};
export default preview;
