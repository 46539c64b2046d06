import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openPage } from '../support/chromium.ts';
import { shopDesks } from '../support/desks.ts';
import { FormPage, type TestFile } from '../support/form-page.ts';
import { contains, orientationOf, partsOf } from '../support/picture-parts.ts';
import { hideInJpeg, hideInPng, hideInWebp, SECRET } from '../support/pictures.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startShop, type ShopServer } from '../support/shop-server.ts';
import { sha256, storedTickets } from '../support/stored-files.ts';

const SIDE = 64;
/** In quarters of full light. The upper half is red, which orientation 6 turns to the right. */
const [RED, BLUE] = [
  [3, 1, 1],
  [1, 1, 3],
];
const FORMATS = [
  ['photo.jpg', 'image/jpeg', (base: Uint8Array) => hideInJpeg(base, 6)],
  ['shot.png', 'image/png', (base: Uint8Array) => hideInPng(base, 6)],
  ['picture.webp', 'image/webp', (base: Uint8Array) => hideInWebp(base, SIDE, 6)],
] as const;
/** Words of Exif, XMP and IPTC beside what the pictures themselves hide. */
const WORDS = [SECRET, 'GPS', 'ns.adobe.com', 'xmpmeta', 'Photoshop', '8BIM', 'http://', 'ftyp', 'MPF\0'];

describe('pictures that tell where they were taken', () => {
  let browser: Browser;
  let server: ServerProcess;
  let shop: ShopServer;
  let page: Page;
  const pages: Parameters<typeof startShop>[0] = {};

  before(async () => {
    shop = await startShop(pages);
    server = await startServer({ config: shopDesks([shop.url]) });
    pages['/lamp'] = {
      headers: {
        'content-security-policy': `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
      html: `<!doctype html><html lang="en"><title>Lamp</title><h1>Lamp</h1>
        <script type="module" src="${server.url}/embed.js"></script>
        <support-form endpoint="${server.url}" desk="demo"></support-form>`,
    };
    browser = await launchChromium();
    page = await openPage(browser);
    await page.goto(`${shop.url}/lamp`);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
    await server?.stop();
  });

  /** A square of two halves, written by the browser. */
  async function drawn(type: string): Promise<Buffer> {
    const text = await page.evaluate(
      async ([format, side]) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = side;
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        context.fillStyle = '#c22';
        context.fillRect(0, 0, side, side / 2);
        context.fillStyle = '#22c';
        context.fillRect(0, side / 2, side, side / 2);
        const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, format, 0.9));
        return Array.from(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))).join();
      },
      [type, SIDE] as const,
    );
    return Buffer.from(text.split(',').map(Number));
  }

  /** The colours of both upper corners. */
  function upperCorners(bytes: Uint8Array): Promise<number[]> {
    return page.evaluate(
      async ([numbers, side]) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(numbers)]));
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = side;
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        context.drawImage(bitmap, 0, 0);
        return [4, side - 4].flatMap((x) =>
          Array.from(context.getImageData(x, 8, 1, 1).data.slice(0, 3), (value) => Math.round(value / 64)),
        );
      },
      [Array.from(bytes), SIDE] as const,
    );
  }

  it('are stored without saying so, and stand upright', async () => {
    const files: TestFile[] = [];
    for (const [name, mimeType, hide] of FORMATS) files.push({ name, mimeType, buffer: Buffer.from(hide(await drawn(mimeType))) });
    const form = new FormPage(page);
    await form.fill({ subject: 'A photo of it' });
    await form.addFiles(files);
    await form.form.getByText('Location and camera data removed').nth(2).waitFor();
    await form.send();
    await form.number();

    const [ticket] = storedTickets(server.dataDir, 'A photo of it');
    assert.equal(ticket?.files.length, 3);
    const stored = new Map(
      readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/sqlite|\.new$/.test(entry.name))
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
        .map((bytes) => [sha256(bytes), bytes]),
    );
    for (const [at, { name, sha256: hash }] of ticket.files.entries()) {
      const before = files[at]?.buffer as Buffer;
      const bytes = stored.get(hash ?? '');
      assert.ok(bytes, `${name} is on disk`);
      for (const word of WORDS) assert.equal(contains(bytes, word), false, `${name} has no ${word}`);
      const exif = partsOf(bytes).filter((part) => part.startsWith('Exif'));
      assert.deepEqual(exif, ['Exif 274=6'], `${name} has its orientation and no other tag`);
      assert.equal(orientationOf(before), 6);
      assert.equal(orientationOf(bytes), 6);
      assert.deepEqual(await upperCorners(bytes), await upperCorners(before), `${name} stands as before`);
      if (name.endsWith('jpg')) assert.deepEqual(await upperCorners(bytes), [...BLUE, ...RED], `${name} stands upright`);
    }
  });
});
