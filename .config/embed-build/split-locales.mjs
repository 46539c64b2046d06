import { readFile } from 'node:fs/promises';
import path from 'node:path';

const INDEX = /\/elements\/(?:src|dist)\/locales\/index\.[jt]s$/;
const ENTRY = /import\((["'])(\.\/[\w-]+)\.js\1\)\s*\.then\(\(\{\s*(\w+)\s*\}\)\s*=>\s*\3\)/g;

/**
 * One locale file holds the texts of several elements, each its own export. A page that shows a form loads the form's
 * texts only: every entry `import('./en.js').then(({ form }) => form)` gets its own copy of the file with one export in use.
 */
export const splitLocales = () => ({
  name: 'split-locales',
  async transform(code, id) {
    if (!INDEX.test(id)) return null;
    let entries = 0;
    const split = code.replace(ENTRY, (_, __, file, part) => {
      entries++;
      return `import('${file}.js?part=${part}').then(({ ${part} }) => ${part})`;
    });
    if (!entries || /import\((["'])\.\/[\w-]+\.js\1\)/.test(split)) this.error(`${id} has an entry that cannot be split`);
    return { code: split, map: null };
  },
  resolveId(source, importer) {
    const [, file, query] = /^(.+\.js)\?((?:part|of)=\w+)$/.exec(source) ?? [];
    if (!file || !importer) return null;
    return { id: `${path.resolve(path.dirname(importer.split('?')[0]), file)}?${query}`, moduleSideEffects: false };
  },
  async load(id) {
    const [, file, kind, part] = /^(.+\.js)\?(part|of)=(\w+)$/.exec(id) ?? [];
    if (!file) return null;
    if (kind === 'part') return `export { ${part} } from './${path.basename(file)}?of=${part}';`;
    this.addWatchFile(file);
    return readFile(file, 'utf8');
  },
});
