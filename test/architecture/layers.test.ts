import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breaches, LAYERS } from './layer-rules.ts';
import { packageNames, readWorkspace } from './workspace.ts';

const PACKAGES = ['contract', 'vault', 'adapters', 'elements', 'server', 'embed'] as const;

/** A small workspace without a breach, and one more file. */
function plant(file: string, text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of PACKAGES) {
    const inside = [...(LAYERS[name]?.may ?? []), ...(LAYERS[name]?.lazily ?? [])];
    const outside = {
      contract: ['zod'],
      vault: ['age-encryption'],
      server: ['zod', 'age-encryption'],
      adapters: [],
      elements: ['lit'],
      embed: [],
    }[name];
    const dependencies = Object.fromEntries(
      [...inside.map((target) => `@storefront-support/${target}`), ...outside].map((target) => [target, '1.0.0']),
    );
    files.set(`packages/${name}/package.json`, JSON.stringify({ name: `@storefront-support/${name}`, dependencies }));
    files.set(`packages/${name}/src/index.ts`, 'export const one = 1;');
  }
  return files.set(file, text);
}

describe('the layers', () => {
  it('hold in the packages as they are', () => {
    const files = readWorkspace();
    assert.deepEqual(
      packageNames(files).filter((name) => (PACKAGES as readonly string[]).includes(name)),
      [...PACKAGES].sort(),
    );
    assert.deepEqual(breaches(files), []);
  });

  it('let a clean workspace pass', () => {
    assert.deepEqual(
      breaches(plant('packages/embed/src/a.ts', "export const load = () => import('@storefront-support/elements/support-form');")),
      [],
    );
    assert.deepEqual(
      breaches(plant('packages/embed/src/a.ts', "import type { X } from '@storefront-support/adapters/http'; export type Y = X;")),
      [],
    );
    assert.deepEqual(breaches(plant('packages/adapters/src/a.ts', "export { STATUSES } from '@storefront-support/contract';")), []);
    assert.deepEqual(
      breaches(plant('packages/contract/src/schemas.ts', "import * as z from 'zod/mini'; export const a = z.string();")),
      [],
    );
    assert.deepEqual(
      breaches(plant('packages/server/src/a.ts', "import { createHash } from 'node:crypto'; export const a = createHash;")),
      [],
    );
  });

  const planted: [string, string, string, RegExp][] = [
    [
      'a static import of a layer above',
      'packages/contract/src/a.ts',
      "import { x } from '@storefront-support/server';",
      /imports server, which contract may not know/,
    ],
    ['a side-effect import', 'packages/elements/src/a.ts', "import '@storefront-support/adapters/http';", /imports adapters/],
    [
      'a type import of a layer above',
      'packages/adapters/src/a.ts',
      "import type { X } from '@storefront-support/elements';",
      /imports elements/,
    ],
    [
      'a type written in place',
      'packages/adapters/src/a.ts',
      "export type X = import('@storefront-support/elements').Y;",
      /imports elements/,
    ],
    ['import()', 'packages/adapters/src/a.ts', "export const x = () => import('@storefront-support/elements');", /imports elements/],
    [
      'import() of a template without holes',
      'packages/adapters/src/a.ts',
      'export const x = () => import(`@storefront-support/elements`);',
      /imports elements/,
    ],
    [
      'import() of a computed address',
      'packages/embed/src/a.ts',
      'export const x = (name: string) => import(name);',
      /only known at run time/,
    ],
    ['a re-export', 'packages/elements/src/a.ts', "export * from '@storefront-support/server';", /imports server/],
    ['a re-export of names', 'packages/elements/src/a.ts', "export { x } from '@storefront-support/server';", /imports server/],
    ['require', 'packages/server/src/a.ts', "const x = require('@storefront-support/elements');", /imports elements/],
    ['import = require', 'packages/server/src/a.ts', "import x = require('@storefront-support/elements');", /imports elements/],
    [
      'a relative escape into another package',
      'packages/elements/src/a.ts',
      "import { x } from '../../adapters/src/http/index.js';",
      /reaches out of its package/,
    ],
    [
      'a relative escape from a folder',
      'packages/elements/src/b/a.ts',
      "import { x } from '../../dist/a.js';",
      /reaches out of its package/,
    ],
    [
      'a relative escape into the tests',
      'packages/server/src/a.ts',
      "export * from '../../../test/support/server-process.ts';",
      /reaches out of its package/,
    ],
    [
      'a relative escape by import()',
      'packages/embed/src/a.ts',
      "export const x = () => import('../../server/dist/index.js');",
      /reaches out of its package/,
    ],
    [
      'a relative escape by address',
      'packages/embed/src/a.ts',
      "export const x = new URL('../../server/dist/index.js', import.meta.url);",
      /reaches out of its package/,
    ],
    ['an absolute path', 'packages/server/src/a.ts', "import x from '/etc/x.js';", /absolute path/],
    ['an address on the net', 'packages/embed/src/a.ts', "export const x = () => import('https://cdn.example/x.js');", /imports https/],
    [
      'an undeclared dependency',
      'packages/adapters/src/a.ts',
      "import lodash from 'lodash';",
      /lodash, which package.json does not declare/,
    ],
    [
      'an undeclared dependency with a scope',
      'packages/adapters/src/a.ts',
      "import x from '@scope/name/deep/file.js';",
      /@scope\/name, which package.json does not declare/,
    ],
    ['a module of Node in a browser package', 'packages/adapters/src/a.ts', "import { readFile } from 'node:fs';", /browsers do not have/],
    ['a module of Node without its prefix', 'packages/elements/src/a.ts', "import { readFile } from 'fs';", /browsers do not have/],
    [
      'an element that embed loads at once',
      'packages/embed/src/a.ts',
      "import '@storefront-support/elements/support-form';",
      /only import\(\) is allowed/,
    ],
    [
      'an adapter that embed re-exports',
      'packages/embed/src/a.ts',
      "export { x } from '@storefront-support/adapters/http';",
      /only import\(\) is allowed/,
    ],
    [
      'an inline type import, which stays after compiling',
      'packages/embed/src/a.ts',
      "import { type X } from '@storefront-support/adapters/http';",
      /only import\(\) is allowed/,
    ],
    ['zod outside the schemas', 'packages/contract/src/a.ts', "import * as z from 'zod/mini';", /only the schemas may/],
    ['the whole of zod in the schemas', 'packages/contract/src/schemas.ts', "import { z } from 'zod';", /only zod\/mini/],
    ['a cipher package outside the vault', 'packages/server/src/a.ts', "import { Encrypter } from 'age-encryption';", /imports the cipher/],
    ['a cipher of Node outside the vault', 'packages/server/src/a.ts', "import { createCipheriv } from 'node:crypto';", /uses a cipher/],
    ['a cipher of the browser outside the vault', 'packages/elements/src/a.ts', 'export const x = crypto.subtle.encrypt;', /uses a cipher/],
    ['a cipher past the guards of the vault', 'packages/vault/src/a.ts', "import { Encrypter } from 'age-encryption';", /past the guards/],
    ['a module of Node in the vault', 'packages/vault/src/a.ts', "import { readFile } from 'node:fs';", /browsers do not have/],
    ['the command line of the vault in its pages', 'packages/vault/src/a.ts', "import { run } from './cli/run.js';", /only runs on Node/],
    ['a package without a row', 'packages/extras/src/a.ts', 'export {};', /has no row/],
  ];
  for (const [what, file, text, message] of planted) {
    it(`catch ${what}`, () => {
      const found = breaches(plant(file, text));
      assert.equal(found.length > 0, true, 'nothing was found');
      assert.ok(
        found.some((line) => message.test(line)),
        found.join('\n'),
      );
      assert.ok(
        found.every((line) => line.startsWith(file.split('/src/')[0] as string)),
        found.join('\n'),
      );
    });
  }

  it('are not fooled by imports in comments and strings', () => {
    const text = "// import '@storefront-support/server';\nexport const a = \"import '@storefront-support/server'\";";
    assert.deepEqual(breaches(plant('packages/elements/src/a.ts', text)), []);
  });
});
