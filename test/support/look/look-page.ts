import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startShop, type ShopServer } from '../shop-server.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface LookPages {
  readonly shop: ShopServer;
  /** Puts a page with the scenes' script into the shop; its address is the answer. */
  add(pathname: string, html: { head?: string; body?: string }): string;
  close(): Promise<unknown>;
}

/** Pages of a shop whose script puts every state of every element there: `show(place, names, attributes)`. */
export async function startLookPages(): Promise<LookPages> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'test/support/look/in-page.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: path.join(root, 'in-memory'),
    absWorkingDir: root,
    write: false,
  });
  const pages: Parameters<typeof startShop>[0] = {};
  for (const { path: file, text } of outputFiles)
    pages[`/js/${path.basename(file)}`] = { html: text, headers: { 'content-type': 'text/javascript' } };
  const shop = await startShop(pages);
  return {
    shop,
    add(pathname, { head = '', body = '' }) {
      pages[pathname] = {
        html: `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Lamp</title>${head}</head><body>${body}<main></main><script type="module" src="/js/in-page.js"></script></body></html>`,
      };
      return shop.url + pathname;
    },
    close: () => shop.close(),
  };
}
