import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { format, resolveConfig } from 'prettier';
import { launchChromium } from '../chromium.ts';
import type {} from './in-page.ts';
import { startLookPages } from './look-page.ts';
import { readElements, withTables } from './theming-page.ts';

/*
 * npm run theming
 * Writes the tables of the page on theming from the manifest, and takes its pictures anew.
 */

const docs = fileURLToPath(new URL('../../../stories/docs/', import.meta.url));

/** What is seen of each element, by the name of the picture. */
const PARTS: Record<string, string[]> = {
  'parts-form': ['errors'],
  'parts-sending': ['saved', 'waiting'],
  'parts-receipt': ['receipt'],
  'parts-files': ['files'],
  'parts-tracker': ['tracker'],
  'parts-thread': ['late'],
  'parts-vault': ['vault'],
};

/** A value of each token that nobody can miss. */
const LOUD: Record<string, string> = {
  '--support-color-text': '#b0116b',
  '--support-color-muted': '#b0116b',
  '--support-color-surface': '#fff0c2',
  '--support-color-field': '#fff0c2',
  '--support-color-border': '#b0116b',
  '--support-color-line': '#b0116b',
  '--support-color-accent': '#b0116b',
  '--support-color-link': '#b0116b',
  '--support-color-on-accent': '#ffe45c',
  '--support-color-hover': '#b0116b',
  '--support-color-error': '#b0116b',
  '--support-color-success': '#b0116b',
  '--support-font-family': 'Georgia, serif',
  '--support-font-size': '20px',
  '--support-heading-size': '2em',
  '--support-heading-weight': '300',
  '--support-space': '32px',
  '--support-density': '0.75',
  '--support-control-size': '4em',
  '--support-radius': '0',
  '--support-shadow': '0 0 0 12px #b0116b',
};
/** Where it is seen; the beginning of a filled form otherwise. */
const SEEN_IN: Record<string, string> = {
  '--support-color-link': 'receipt',
  '--support-color-line': 'list',
  '--support-color-error': 'errors',
  '--support-color-success': 'receipt',
  '--support-color-hover': 'filled',
  '--support-shadow': 'dialog',
};

const STYLE = `<style>:root { color-scheme: light } body { margin: 0; font: 16px system-ui, sans-serif; background: #fff } main { padding: 20px }
  .name { position: absolute; z-index: 9; padding: 0 4px; border-radius: 3px; background: #b0116b; color: #fff; font: 600 11px/16px ui-monospace, monospace; white-space: nowrap }
  .box { position: absolute; z-index: 8; outline: 1px solid #b0116b; border-radius: 2px }</style>`;

async function save(page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
  const png = await page.screenshot(clip ? { clip, fullPage: true } : { fullPage: true });
  const encoded = await page.evaluate(async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d')!.drawImage(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.75 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, png.toString('base64'));
  const file = path.join(docs, 'images', `${name}.webp`);
  writeFileSync(file, Buffer.from(encoded, 'base64'));
  console.log(`${(encoded.length * 0.75).toFixed(0).padStart(8)}  ${path.basename(file)}`);
}

/** Names every part where it begins, the outer ones further out. */
function nameParts(): void {
  const taken: [number, number][] = [];
  const visit = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      const part = element.getAttribute('part');
      const box = element.getBoundingClientRect();
      if (part && part !== 'base' && box.width > 0 && element.checkVisibility()) {
        const [x, y] = [box.left + scrollX, box.top + scrollY];
        document.body.append(
          Object.assign(document.createElement('div'), {
            className: 'box',
            style: `left:${x}px;top:${y}px;inline-size:${box.width}px;block-size:${box.height}px`,
          }),
        );
        let left = x + box.width - part.length * 7 - 12;
        while (taken.some(([a, b]) => Math.abs(a - left) < part.length * 7 + 12 && Math.abs(b - y) < 15)) left -= 20;
        taken.push([left, y]);
        document.body.append(
          Object.assign(document.createElement('span'), { className: 'name', textContent: part, style: `left:${left}px;top:${y - 8}px` }),
        );
      }
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document.querySelector('main')!);
}

const pages = await startLookPages();
const browser = await launchChromium();
try {
  const open = async (width: number, scenes: string[], css = ''): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 520 } });
    await page.goto(pages.add('/picture', { head: STYLE + css }));
    await page.evaluate((names) => look.show(document.querySelector('main')!, names), scenes);
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    return page;
  };
  for (const [name, scenes] of Object.entries(PARTS)) {
    const page = await open(560, scenes);
    await page.evaluate(nameParts);
    await save(page, name);
    await page.close();
  }
  const dialog = await open(760, ['dialog']);
  await save(dialog, 'parts-launcher');
  await dialog.close();

  const tiles: string[] = [];
  for (const token of readElements().flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name))) {
    const value = LOUD[token];
    if (!value) throw new Error(`${token} has no picture: give it a value that is seen`);
    const css = `<style>support-form, support-launcher, support-tracker { ${token}: ${value} }</style>`;
    const page = await open(380, [SEEN_IN[token] ?? 'filled'], css);
    if (/accent|hover|control|density/.test(token)) await page.evaluate(() => scrollTo(0, 99_999));
    if (token === '--support-color-hover') await page.locator('support-form').getByRole('button', { name: 'Send' }).hover();
    const png = await page.screenshot();
    tiles.push(`<figure><figcaption>${token}: ${value}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`);
    await page.close();
  }
  const sheet = await browser.newPage({ viewport: { width: 960, height: 600 } });
  await sheet.goto(pages.shop.url + '/picture');
  await sheet.setContent(
    `<style>body { margin: 0; display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; padding: 12px; background: #eef; font: 600 11px ui-monospace, monospace }
      figure { margin: 0 } figcaption { padding: 4px 2px } img { inline-size: 100%; border: 1px solid #889 }</style>${tiles.join('')}`,
  );
  await sheet.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await save(sheet, 'tokens');
} finally {
  await browser.close();
  await pages.close();
}

const page = path.join(docs, 'theming.mdx');
const config = await resolveConfig(page, { config: path.join(docs, '../../.config/prettier.json') });
writeFileSync(page, await format(withTables(readFileSync(page, 'utf8')), { ...config, filepath: page }));
