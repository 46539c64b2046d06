import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Described {
  readonly name: string;
  readonly description?: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
}

/** Elements with parts, as the manifest tells of them. */
export function readElements(): (Declaration & { tagName: string })[] {
  const manifest = JSON.parse(readFileSync(`${root}packages/elements/custom-elements.json`, 'utf8')) as {
    modules: { declarations?: Declaration[] }[];
  };
  return manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter((declaration): declaration is Declaration & { tagName: string } => !!declaration.tagName);
}

const table = (head: string, rows: readonly Described[]): string =>
  [
    `| ${head} | what it is |`,
    '| --- | --- |',
    ...rows.map(
      ({ name, description = '' }) =>
        `| \`${name}\` | ${description.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')} |`,
    ),
  ].join('\n');

/** The tables of the page on theming: every token, and every part of every element that has some. */
export function tables(elements = readElements()): Map<string, string> {
  const tokens = elements.flatMap(({ cssProperties = [] }) => cssProperties);
  const found = new Map([['tokens', table('token', tokens)]]);
  for (const { tagName, cssParts = [] } of elements) if (cssParts.length) found.set(tagName, table('part', cssParts));
  return found;
}

const between = (name: string) => new RegExp(`(\\{/\\* table: ${name} \\*/\\}\\n)[^]*?(\\n\\{/\\* end \\*/\\})`);

/** The tables that a page has, by the names in their comments. */
export function tablesIn(page: string): Map<string, string> {
  const names = [...page.matchAll(/\{\/\* table: ([\w-]+) \*\/\}/g)].map(([, name]) => name!);
  return new Map(names.map((name) => [name, (between(name).exec(page)?.[0] ?? '').split('\n').slice(1, -1).join('\n').trim()]));
}

/** The page with these tables in the places of the old ones. */
export function withTables(page: string, fresh = tables()): string {
  let written = page;
  for (const [name, text] of fresh)
    written = written.replace(between(name), (_, begin: string, end: string) => `${begin}\n${text}\n${end}`);
  return written;
}
