import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as zod from 'zod/mini';
import * as small from './zod-mini.mjs';

const FILE = fileURLToPath(new URL('zod-mini.mjs', import.meta.url));
const { html5Email, datetime } = zod.regexes;
const REGEXES = `export const regexes = { html5Email: ${html5Email}, datetime: () => ${datetime({})} };`;
const MISSING = /no small zod has (\w+)/;
const missing = Object.keys(zod).filter((name) => !(name in small) && /^[a-z]+$/i.test(name) && !/^(regexes|default|function)$/.test(name));

/**
 * Most of zod is for what a browser never asks of it: codecs, promises, metadata, classes to build on. The schemas are taken
 * as they are, and run on a sixth of its bytes. Its expressions for addresses and instants come along.
 */
export const smallZod = () => ({
  name: 'small-zod',
  enforce: 'pre',
  apply: ({ build }) => !!build?.lib,
  resolveId: (source) => (source === 'zod/mini' ? FILE : null),
  async load(id) {
    if (id.replace(/\?.*/, '') !== FILE) return null;
    const rest = missing.map((name) => `const no_${name} = 'no small zod has ${name}'; export { no_${name} as ${name} };`);
    return [await readFile(FILE, 'utf8'), REGEXES, ...rest].join('\n');
  },
  generateBundle(_, bundle) {
    for (const { fileName, code = '' } of Object.values(bundle)) {
      const [, name] = MISSING.exec(code) ?? [];
      if (name) this.error(`a schema in ${fileName} is made with ${name}, which zod-mini.mjs does not have`);
    }
  },
});
