import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { revealTexts, type Language } from '@storefront-support/elements/locales';
import { rowsOf, type AccessRow } from '@storefront-support/vault/access-fields';
import { checkDraft } from '@storefront-support/vault/draft';
import '@storefront-support/vault-page/reveal';
import { html } from 'lit';
import { press, rootOf, shown } from './reaching.js';

/*
 * An opened record, line by line. The page around it signs in on an origin of its own with a second factor, and opens records with a key
 * that its browser holds: there is nothing of that to be shown without its server, so it has no story.
 */

interface Args {
  file: Language;
  theme: string;
  dir: string;
}

interface Loaded {
  rows: AccessRow[];
  text: Awaited<ReturnType<typeof revealTexts>>;
}

const meta: Meta<Args> = {
  title: 'vault-rows',
  component: 'vault-rows',
  args: { file: 'en', theme: '', dir: '' },
  argTypes: { file: { control: 'inline-radio', options: ['en', 'fr', 'es', 'it', 'de', 'pt', 'pl', 'nl', 'cs', 'ar', 'he'] } },
};
export default meta;

type Story = StoryObj<Args>;

const PANEL = {
  kind: 'admin-panel',
  url: 'https://shop.example/admin',
  login: 'support',
  password: 'Only-a-st0ry!',
  note: 'Please leave the maintenance mode on.',
};
const SSH = {
  kind: 'ssh',
  host: 'shop.example',
  user: 'deploy',
  auth: 'vendor-key',
  vendorKey: `SHA256:${'A'.repeat(43)}`,
};

const story = (draft: object, then: (root: ShadowRoot) => unknown = () => undefined): Story => ({
  loaders: [async ({ args }): Promise<Loaded> => ({ rows: rowsOf(checkDraft(draft)), text: await revealTexts(args.file ?? 'en') })],
  render: ({ file, theme, dir }, { loaded }) => {
    const { rows, text } = loaded as Loaded;
    return html`<vault-rows .rows=${rows} .text=${text} .tag=${file} theme=${theme} dir=${dir}></vault-rows>`;
  },
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'vault-rows');
    await shown(() => root.querySelector('dl'));
    await then(root);
  },
});

export const Hidden = story(PANEL);
export const Shown = story(PANEL, async (root) => {
  await press(root, '[data-show]');
  await shown(() => root.querySelector('[data-value]'));
});
export const SpelledOut = story(PANEL, async (root) => {
  await press(root, '[data-spell]');
  await shown(() => root.querySelector('.spelled'));
});
export const WithoutASecret = story(SSH);
