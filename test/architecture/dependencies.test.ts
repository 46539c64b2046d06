import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dependencyBreaches } from './layer-rules.ts';
import { readWorkspace } from './workspace.ts';

function workspace(dependencies: Record<string, string>, referenced: string[], text: string): Map<string, string> {
  return new Map([
    ['packages/server/package.json', JSON.stringify({ name: '@storefront-support/server', dependencies })],
    ['packages/server/tsconfig.json', JSON.stringify({ references: referenced.map((name) => ({ path: `../${name}` })) })],
    ['packages/server/src/index.ts', text],
  ]);
}
const contract = { '@storefront-support/contract': '1.0.0' };
const use = "import type { Desk } from '@storefront-support/contract'; export type D = Desk;";

describe('dependencies', () => {
  it('are declared, referenced and imported alike in every package', () => {
    assert.deepEqual(dependencyBreaches(readWorkspace()), []);
  });

  it('pass when the three agree', () => {
    assert.deepEqual(dependencyBreaches(workspace(contract, ['contract'], use)), []);
  });

  it('are caught when one of the three is missing', () => {
    assert.deepEqual(dependencyBreaches(workspace({}, [], use)), ['server imports @storefront-support/contract without declaring it']);
    assert.deepEqual(dependencyBreaches(workspace(contract, ['contract'], '')), [
      'server declares @storefront-support/contract without importing it',
    ]);
    assert.deepEqual(dependencyBreaches(workspace(contract, [], use)), [
      'server declares contract, but tsconfig.json does not reference it',
    ]);
    assert.deepEqual(dependencyBreaches(workspace({}, ['contract'], '')), [
      'server references contract, but package.json does not declare it',
    ]);
  });

  it('are caught when a version is not exact', () => {
    const found = dependencyBreaches(workspace({ hono: '^4.0.0' }, [], "import { Hono } from 'hono'; export const a = Hono;"));
    assert.deepEqual(found, ['server declares hono without an exact version']);
  });
});
