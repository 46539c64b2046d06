import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import { root } from './process.mjs';

const NODE_GLOBALS = Object.fromEntries(
  ['process', 'console', 'setTimeout', 'clearTimeout', 'setInterval', 'Buffer', 'URL', 'fetch'].map((name) => [name, 'readonly']),
);

/** `_` names what must be there and is not looked at. */
const UNUSED = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', caughtErrors: 'none' };

/** What code on a shop's page must not touch, and why. */
const HOSTILE_GROUND = [
  ['innerHTML', 'markup in strings breaks under Trusted Types'],
  ['outerHTML', 'markup in strings breaks under Trusted Types'],
  ['insertAdjacentHTML', 'markup in strings breaks under Trusted Types'],
  ['localStorage', 'a crash loses it and the shop reads it: IndexedDB'],
  ['sessionStorage', 'a crash loses it and the shop reads it: IndexedDB'],
];
const onPage = {
  'no-restricted-globals': ['error', ...['localStorage', 'sessionStorage'].map((name) => ({ name, message: 'Use IndexedDB.' }))],
  'no-restricted-properties': [
    'error',
    ...HOSTILE_GROUND.map(([property, message]) => ({ property, message })),
    { object: 'document', property: 'head', message: 'the page is not ours' },
    { object: 'document', property: 'cookie', message: 'the page is not ours' },
    { object: 'document', property: 'write', message: 'the page is not ours' },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: ['lit/directives/unsafe-html.js', 'lit/directives/unsafe-svg.js', 'lit/directives/style-map.js'].map((name) => ({
        name,
        message: 'breaks under a strict CSP',
      })),
    },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "TaggedTemplateExpression[tag.name='html'] TemplateElement[value.raw=/\\sstyle\\s*=/]",
      message: 'style= is refused by a strict CSP: use a class or a part',
    },
    {
      selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
      message: 'style= is refused by a strict CSP',
    },
    { selector: 'NewExpression[callee.name=/^(Worker|SharedWorker|DOMParser)$/]', message: 'refused by a strict Trusted Types policy' },
  ],
  'no-eval': 'error',
  'no-implied-eval': 'off',
  'no-new-func': 'error',
  'no-console': 'error',
};

export default defineConfig(
  {
    basePath: root,
    ignores: ['**/dist/**', '**/node_modules/**', 'data/**', 'coverage/**', '**/custom-elements.json', 'test/support/released/*/**'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['packages/*/src/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      // Lit binds `@click=${this.#handler}`
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', UNUSED],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // French sets a space that must not break before some marks, in templates too
    files: ['packages/*/src/locales/*.ts'],
    rules: { 'no-irregular-whitespace': ['error', { skipTemplates: true }] },
  },
  {
    files: ['packages/{elements,inbox}/src/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      'lit-a11y/accessible-name': 'error',
      'lit-a11y/alt-text': 'error',
      'lit-a11y/anchor-is-valid': 'error',
      'lit-a11y/aria-attr-valid-value': 'error',
      'lit-a11y/aria-attrs': 'error',
      'lit-a11y/aria-role': 'error',
      'lit-a11y/aria-unsupported-elements': 'error',
      'lit-a11y/click-events-have-key-events': 'error',
      'lit-a11y/no-access-key': 'error',
      'lit-a11y/no-redundant-role': 'error',
      'lit-a11y/role-has-required-aria-attrs': 'error',
      'lit-a11y/tabindex-no-positive': 'error',
    },
  },
  { files: ['packages/{vault-page,contract,adapters,elements,embed,inbox}/src/**/*.ts'], rules: onPage },
  // the compiler knows the names of Node in this package, for its command line alone
  {
    files: ['packages/vault/src/**/*.ts'],
    ignores: ['packages/vault/src/cli/**'],
    rules: {
      ...onPage,
      'no-restricted-globals': [
        ...onPage['no-restricted-globals'],
        ...['Buffer', 'process', 'global', 'require', 'setImmediate', '__dirname'].map((name) => ({
          name,
          message: 'Browsers do not have it.',
        })),
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'stories/**/*.ts', 'examples/**/*.ts', '*.config.ts', '.storybook/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      // chai's `to.exist`
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', UNUSED],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='waitForFunction'] > :function[async=true]",
          message: 'a promise is true before it settles: nothing would be waited for',
        },
      ],
    },
  },
  { files: ['.config/**/*.mjs'], languageOptions: { globals: NODE_GLOBALS } },
  {
    files: ['examples/**/*.{js,mjs}'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly', console: 'readonly', customElements: 'readonly' } },
  },
);
