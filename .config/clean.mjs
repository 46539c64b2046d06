import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

/** Removes what builds leave behind; installed packages and data stay. */
const folders = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/dist`);
for (const place of [...folders, 'packages/elements/custom-elements.json', 'dist', 'coverage', 'node_modules/.cache/storefront-support']) {
  rmSync(path.join(root, place), { recursive: true, force: true });
}
