const INDEX = /\/elements\/(?:src|dist)\/locales\/(?:index|badge-texts)\.[jt]s(?:\?[\w=&]+)?$/;
const ENTRY = /import\((["'])(\.\/[\w-]+\.js)\1\)\s*\.then\(\(\{\s*(\w+)\s*\}\)\s*=>\s*\3\)/g;
const IMPORT = /import\s*\{([\w\s,]+)\}\s*from\s*(["'])([./]+\/locales\/index\.js)\2/g;

/**
 * One locale file holds the texts of several elements, each its own export. A page that shows a form loads the form's
 * texts only: every entry `import('./en.js').then(({ form }) => form)` gets a copy of the file of its own, and what that
 * copy does not use is dropped. The tables of these entries are taken apart likewise, so that the form does not carry the
 * addresses of what only a tracker says.
 */
export const splitLocales = () => ({
  name: 'split-locales',
  transform(code, id) {
    if (!INDEX.test(id)) {
      const apart = code.replace(IMPORT, (_, names, __, file) =>
        names
          .split(',')
          .map((name) => name.trim() && `import { ${name.trim()} } from '${file}?table=${name.trim()}'`)
          .filter(Boolean)
          .join(';'),
      );
      return apart === code ? null : { code: apart, map: null };
    }
    const split = code.replace(ENTRY, (_, __, file, part) => `import('${file}?part=${part}').then(({ ${part} }) => ${part})`);
    if (split === code || /import\((["'])\.\/[\w-]+\.js\1\)/.test(split)) this.error(`${id} has an entry that cannot be split`);
    return { code: split, map: null };
  },
});
