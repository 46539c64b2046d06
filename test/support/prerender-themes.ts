import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderPages, themePages } from './theme-pages.ts';

// writes the pages of the example themes, so that they can be looked at without PHP: npm run themes
const root = fileURLToPath(new URL('../../', import.meta.url));
for (const [i, html] of renderPages(themePages).entries()) {
  const file = path.join(root, themePages[i]!.file);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, html);
}
console.log(`${themePages.length} pages written`);
