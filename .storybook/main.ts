import type { StorybookConfig } from '@storybook/web-components-vite';
import { tables } from './tables.ts';

const config: StorybookConfig = {
  stories: ['../stories/docs/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: [
    { name: '@storybook/addon-docs', options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [tables] } } } },
    '@storybook/addon-a11y',
  ],
  framework: {
    name: '@storybook/web-components-vite',
    // the root's vite.config.ts builds the embed file; stories take the packages as they are built
    options: { builder: { viteConfigPath: '.storybook/vite.config.ts' } },
  },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};
export default config;
