import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { filesBelow, root } from './workspace.ts';

const LINES = 300;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(styles|test|stories|config))?\.(ts|mjs|js|mdx|html|css|json|yaml|svg|sql)$/;
const EMPTY_NAMES = /(^|[-/])(utils?|helpers?|commons?|managers?|misc)([-./]|$)/;
/** Words that another word of the project stands for, or that promise work instead of doing it. */
const FORBIDDEN: [RegExp, string][] = [
  // `credentials` is a member of fetch's options
  [/\bcredential(?!s)/i, 'access record'],
  [/\bcustomer[- ]thread/i, 'thread'],
  [/\bconversation/i, 'thread'],
  [/\bemployee/i, 'agent'],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'nothing: do it or leave it'],
  [/\b(local|session)Storage\b/, 'IndexedDB'],
];
/** Speaks to a library in the library's words; or knows the words that people write. */
const FOREIGN_WORDS =
  /^packages\/(server\/src\/agents\/passkeys|elements\/src\/secret-detector\/labelled-secrets|embed\/src\/platforms|adapters\/src\/[\w-]+\/mapping)\.ts$/;
const TOP_LEVEL = new Set(
  `packages examples stories test vite.config.ts package.json package-lock.json tsconfig.json README.md LICENSE CHANGELOG.md CONTRIBUTING.md
  SECURITY.md .ci .storybook .changeset .github .config .editorconfig .gitignore .npmrc .git node_modules data dist coverage`.split(/\s+/),
);

const sources = readdirSync(path.join(root, 'packages')).flatMap((name) => filesBelow(`packages/${name}/src`));
const everything = [...sources, ...['test', 'stories', '.config', 'examples'].flatMap(filesBelow)].filter(
  (file) => !/node_modules|\/dist\/|\/released\/\d+\//.test(file),
);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What is wrong with the words of one file. */
function wordsToMend(file: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, i) => FORBIDDEN.filter(([word]) => word.test(line)).map(([, better]) => `${file}:${i + 1} say ${better}`));
}

describe('names', () => {
  it('of source files are kebab-case', () => {
    const documents = /(^|\/)(README\.md|LICENSE|prettierignore)$/;
    const wrong = everything.filter(
      (file) => /\.(ts|mjs|js|css|mdx)$/.test(file) && !documents.test(file) && !KEBAB.test(path.basename(file)),
    );
    assert.deepEqual(wrong, []);
  });

  it('say what is inside', () => {
    assert.deepEqual(
      // a theme stands in the tree of its platform
      everything.filter(
        (file) =>
          !/^examples\/[a-z-]+-theme\//.test(file) && EMPTY_NAMES.test(file.replace(/^(packages|test|stories|examples|\.config)\//, '')),
      ),
      [],
    );
    for (const file of ['src/utils.ts', 'src/mail-helpers.ts', 'src/common/a.ts', 'src/queue-manager.ts', 'src/misc.ts'])
      assert.match(file, EMPTY_NAMES);
    assert.doesNotMatch('src/support-form/help-text.ts', EMPTY_NAMES);
  });

  it('in the sources are the words of the project', () => {
    assert.ok(sources.length > 20, 'the sources were not found');
    assert.deepEqual(
      sources.filter((file) => !FOREIGN_WORDS.test(file)).flatMap((file) => wordsToMend(file, read(file))),
      [],
    );
    assert.deepEqual(wordsToMend('a.ts', "fetch(url, { credentials: 'omit' })"), []);
    for (const text of ['a credential', 'the customer thread', 'Conversations', '// TODO later', 'localStorage.x'])
      assert.equal(wordsToMend('a.ts', text).length, 1);
  });

  it('at the top level are the agreed ones', () => {
    assert.deepEqual(
      readdirSync(root).filter((name) => !TOP_LEVEL.has(name) && !name.startsWith('.DS')),
      [],
    );
  });
});

describe('source files', () => {
  it(`have at most ${LINES} lines`, () => {
    const long = sources.filter((file) => file.endsWith('.ts')).map((file) => [file, read(file).split('\n').length] as const);
    assert.deepEqual(
      long.filter(([, lines]) => lines > LINES + 1),
      [],
    );
  });
});
