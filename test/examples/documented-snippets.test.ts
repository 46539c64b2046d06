import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { THEMES } from '../support/theme-pages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
/** However deep it stands in its file. */
const unindented = (text: string) => text.replace(/^[ \t]+/gm, '').trim();

describe('what the pages on platforms say to paste', () => {
  for (const theme of THEMES) {
    it(`stands so in a template that is rendered (${theme})`, () => {
      const page = read(`stories/docs/${theme}.mdx`);
      const snippets = [...page.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)];
      assert.ok(snippets.length >= 7, `${snippets.length} snippets`);
      for (const [, file, snippet] of snippets) {
        const template = read(`examples/${theme}-theme/${file}`);
        assert.ok(unindented(template).includes(unindented(snippet!)), `${file} does not have\n${snippet}`);
      }
      for (const tag of ['support-form adapter', 'support-launcher adapter', 'support-form platform', 'support-tracker platform'])
        assert.ok(
          snippets.some(([, , snippet]) => snippet!.includes(`<${tag}=`)),
          tag,
        );
    });

    it(`is about files that are there (${theme})`, () => {
      const named = [...read(`stories/docs/${theme}.mdx`).matchAll(/`(examples\/[^`]+)`/g)].map(([, file]) => file!);
      assert.ok(named.length >= 2);
      for (const file of [...named, `stories/docs/images/${theme}.webp`]) assert.ok(existsSync(path.join(root, file)), file);
    });
  }
});

describe('what the pages of the documentation lead to', () => {
  const pages = readdirSync(path.join(root, 'stories/docs')).filter((file) => file.endsWith('.mdx'));
  const slug = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const titles = pages.map((file) => /<Meta title="([^"]+)"/.exec(read(`stories/docs/${file}`))?.[1] ?? '');

  for (const file of pages)
    it(`is another page of it (${file})`, () => {
      for (const [, page] of read(`stories/docs/${file}`).matchAll(/\?path=\/docs\/([\w-]+)--docs/g))
        assert.ok(
          titles.some((title) => slug(title) === page),
          page,
        );
    });
});
