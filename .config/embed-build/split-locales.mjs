import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const INDEX = /\/elements\/(?:src|dist)\/locales\/index\.[jt]s$/;
const TABLE = /\/locales\/index\.[jt]s\?table=(\w+)/;
const IMPORT = /import\s*\{([\w\s,]+)\}\s*from\s*(["'])([./]+\/locales\/index\.js|@storefront-support\/elements\/locales)\2/g;
const LOADER = '\0text-table';
const PART = /\?(part|copy)=(\w+)&of=(\w+)$/;
const RELATIVE = /from\s*(["'])\.[\w./-]+\.js\1/g;
const LISTED = /(\w+): \(\) => import\((["'])(\.\/[\w-]+)\.js\2\)/g;

/**
 * One locale file holds the texts of several elements, each its own export. A page that shows a form loads the form's texts
 * only: every export of every language becomes a file of its own, `c/LANGUAGE-PART-HASH.js`, with nothing to import. Its
 * address is put together where it is wanted, so that eleven languages cost no more there than two; the hash is that of all
 * locales and of this.
 *
 * @param {{ load?: string }} options What loads an address, in the bundle's code.
 */
export const splitLocales = ({ load = 'import' } = {}) => {
  let hash;
  let listed;
  const emitted = new Set();
  return {
    name: 'split-locales',
    buildStart() {
      emitted.clear();
      listed = undefined;
    },
    resolveId: (source) => (source.startsWith(LOADER) || source.includes('?part=') ? source : null),
    load(id) {
      if (id.startsWith(LOADER)) {
        const at = '`./${language}-${part}-' + hash + '.js`';
        return `export const textTable = (part) => (language) => ${load}(/* @vite-ignore */ ${at}).then((texts) => texts[part]);`;
      }
      const [, kind, part] = PART.exec(id) ?? [];
      // this keeps one export; the copy behind it, and of what that imports, is cut down to it
      if (kind === 'part') return `export { ${part} } from ${JSON.stringify(id.replace('?part=', '?copy='))};`;
      if (kind === 'copy') return readFileSync(id.replace(PART, ''), 'utf8');
      return TABLE.test(id) ? readFileSync(id.split('?')[0], 'utf8') : null;
    },
    transform(code, id) {
      const [, table] = TABLE.exec(id) ?? [];
      if (table) return { code: cut.call(this, code, id, table), map: null };
      const [query, kind] = PART.exec(id) ?? [];
      if (kind) return kind === 'copy' ? { code: code.replace(RELATIVE, (from) => from.replace(/\.js/, `.js${query}`)), map: null } : null;
      const apart = code.replace(IMPORT, (_, names, __, file) =>
        names
          .split(',')
          .map((name) => name.trim() && `import { ${name.trim()} } from '${file}?table=${name.trim()}'`)
          .filter(Boolean)
          .join(';'),
      );
      if (INDEX.test(id)) this.error(`${id} is imported whole`);
      return apart === code ? null : { code: apart, map: null };
    },
  };

  /** The one table of the index, and a file for each of its languages. */
  function cut(code, id, table) {
    const folder = path.dirname(id.split('?')[0]);
    if (/^(?:languages|isLanguage)$/.test(table)) return `export { ${table} } from './text-table.js';`;
    hash ??= hashOf(folder);
    const [, files, part] = new RegExp(`export const ${table} = textTable(?:<[^>]*>)?\\((\\w+), ["'](\\w+)["']\\)`).exec(code) ?? [];
    const [, list] = new RegExp(`const ${files} = \\{([^}]*)\\}`).exec(code) ?? [];
    const languages = [...(list ?? '').matchAll(LISTED)];
    if (!languages.length) this.error(`${id}: no files for ${table}`);
    for (const [, language, , file] of languages) {
      const name = `${language}-${part}-${hash}`;
      if (emitted.has(name)) continue;
      emitted.add(name);
      const extension = path.extname(id.split('?')[0]);
      this.emitFile({
        type: 'chunk',
        id: `${path.join(folder, file)}${extension}?part=${part}&of=${language}`,
        name,
        fileName: `c/${name}.js`,
      });
    }
    const names = languages.map(([, language]) => language).join(' ');
    if ((listed ??= names) !== names) this.error(`${id}: ${table} has other languages than the tables before it`);
    return `import { textTable } from '${LOADER}'; export const ${table} = textTable('${part}');`;
  }
};

/** Over all texts, what they import, and how they are built. */
function hashOf(folder) {
  const digest = createHash('sha256');
  for (const place of [folder, path.join(folder, '../base'), import.meta.dirname])
    for (const name of readdirSync(place).sort()) if (/\.m?[jt]s$/.test(name)) digest.update(readFileSync(path.join(place, name)));
  return digest.digest('base64url').replace(/[-_]/g, '').slice(0, 7);
}
