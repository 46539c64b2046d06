import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { contains, orientationOf, partsOf } from '../support/picture-parts.ts';
import { GIF, hideInGif, hideInJpeg, hideInPng, hideInWebp, SECRET, tiff } from '../support/pictures.ts';
import { drawn, openAttachments, pixelsOf, type AttachmentsPage } from './attachments-page.ts';

const asFile = (bytes: Uint8Array<ArrayBuffer>, name: string, type: string) => new File([bytes], name, { type });
const NOTHING_ELSE =
  /^(Exif 274=\d|APP0 JFIF|APP2 ICC_PROFILE|APP14 Adobe|[c-d][0-9a-f]|VP8X [08]|VP8|VP8L|ALPH|ICCP|IHDR|PLTE|IDAT|IEND|gAMA|sRGB|sBIT|pHYs|iCCP|cHRM|tRNS)$/;

function expectClean(bytes: Uint8Array): void {
  expect(partsOf(bytes).filter((part) => !NOTHING_ELSE.test(part))).to.deep.equal([]);
  for (const word of [SECRET, 'GPS', 'adobe', 'Photoshop', 'MPF']) expect(contains(bytes, word), word).to.equal(false);
}

async function expectSamePixels(before: Blob, after: Blob): Promise<void> {
  const [first, second] = [await pixelsOf(before), await pixelsOf(after)];
  expect([second.width, second.height]).to.deep.equal([first.width, first.height]);
  expect(
    second.data.every((value, at) => value === first.data[at]),
    'every pixel is the same',
  ).to.equal(true);
}

describe('a picture, before it is sent,', () => {
  let page: AttachmentsPage;
  beforeEach(async () => {
    page = await openAttachments();
  });
  afterEach(() => page.element.remove());

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`loses what a JPEG of orientation ${orientation} hides, and stands as before`, async () => {
      const base = (await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>;
      const before = asFile(hideInJpeg(base, orientation), 'photo.jpg', 'image/jpeg');
      page.element.add([before]);
      const { file, bytes } = await page.lastSent();
      expectClean(bytes);
      expect(orientationOf(bytes)).to.equal(orientation);
      expect(partsOf(bytes).filter((part) => part.startsWith('Exif')).length).to.equal(orientation === 1 ? 0 : 1);
      expect(partsOf(bytes)).to.include('APP2 ICC_PROFILE');
      expect([file.name, file.type]).to.deep.equal(['photo.jpg', 'image/jpeg']);
      await expectSamePixels(before, file);
      await until('the sentences', () => page.text.includes('Location and camera data removed. Moving part removed.'));
    });
  }

  for (const orientation of [1, 6]) {
    it(`loses what a PNG of orientation ${orientation} hides`, async () => {
      const base = (await drawn('image/png')) as Uint8Array<ArrayBuffer>;
      const before = asFile(hideInPng(base, orientation), 'shot.png', 'image/png');
      page.element.add([before]);
      const { file, bytes } = await page.lastSent();
      expectClean(bytes);
      expect(orientationOf(bytes)).to.equal(orientation);
      expect(partsOf(bytes)).to.include('gAMA');
      await expectSamePixels(before, file);
    });

    it(`loses what a WebP of orientation ${orientation} hides`, async function () {
      const base = await drawn('image/webp', 64, 64);
      // not every browser writes WebP
      if (!base) return this.skip();
      const before = asFile(hideInWebp(base, 64, orientation), 'shot.webp', 'image/webp');
      page.element.add([before]);
      const { file, bytes } = await page.lastSent();
      expectClean(bytes);
      expect(orientationOf(bytes)).to.equal(orientation);
      expect(partsOf(bytes)).to.include('ICCP');
      await expectSamePixels(before, file);
    });
  }

  it('loses the comments of a GIF and keeps its repetition', async () => {
    const before = asFile(hideInGif(GIF), 'loop.gif', 'image/gif');
    page.element.add([before]);
    const { file, bytes } = await page.lastSent();
    expect(contains(bytes, SECRET)).to.equal(false);
    expect(contains(bytes, 'NETSCAPE2.0')).to.equal(true);
    await expectSamePixels(before, file);
  });

  it('is sent byte for byte where nothing is hidden in it', async () => {
    const before = asFile((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>, 'plain.jpg', 'image/jpeg');
    page.element.add([before]);
    const { file } = await page.lastSent();
    expect(file).to.equal(before);
    await page.rowsIn('done');
    expect(page.text).not.to.contain('removed.');
    expect(page.find('[part=file] [type=checkbox]')).to.equal(null);
  });

  it('is known by its content, whatever it is called', async () => {
    const base = (await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>;
    page.element.add([asFile(hideInJpeg(base, 6), 'photo', ''), asFile(hideInJpeg(base, 6), 'photo.png', 'image/png')]);
    await page.lastSent(2);
    for (const file of page.sent) expectClean(new Uint8Array(await file.arrayBuffer()));
    expect(page.sent[1]?.name).to.equal('photo.jpg');
  });

  it('loses further pictures behind it', async () => {
    const base = (await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>;
    page.element.add([asFile(hideInJpeg(base, 1, 'pictures'), 'several.jpg', 'image/jpeg')]);
    const { bytes } = await page.lastSent();
    expectClean(bytes);
  });

  it('is sent with its moving part, but without its place, when wished, and the first upload is taken back', async () => {
    const before = asFile(hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>, 6), 'moving.jpg', 'image/jpeg');
    page.element.add([before]);
    await page.rowsIn('done');
    const wish = await until('the switch', () => page.find<HTMLInputElement>('[name=moving]'));
    wish.focus();
    wish.click();
    const { bytes } = await page.lastSent(2);
    await page.rowsIn('done');
    expect(page.removed).to.deep.equal(['upload-1']);
    expect(contains(bytes, `${SECRET}Film`)).to.equal(true);
    expect(contains(bytes, 'MicroVideoOffset="')).to.equal(true);
    for (const word of [`${SECRET}Camera`, `${SECRET}Person`, 'GPS']) expect(contains(bytes, word), word).to.equal(false);
    expect(page.root.activeElement).to.equal(wish);
    expect(page.text).to.contain('Sent with its moving part');
  });

  it('is sent as it was chosen when wished, and clean again when not', async () => {
    const before = asFile(hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>, 6), 'a.jpg', 'image/jpeg');
    page.element.add([before]);
    await page.rowsIn('done');
    const wish = await until('the switch', () => page.find<HTMLInputElement>('[name=original]'));
    wish.click();
    expect((await page.lastSent(2)).file).to.equal(before);
    await page.rowsIn('done');
    expect(page.text).to.contain('The original is sent');
    wish.click();
    expectClean((await page.lastSent(3)).bytes);
  });

  it('is made smaller on request, and its full size comes back', async () => {
    const base = (await drawn('image/jpeg', 3_000, 1_500)) as Uint8Array<ArrayBuffer>;
    page.element.add([asFile(hideInJpeg(base, 6), 'large.jpg', 'image/jpeg')]);
    await page.rowsIn('done');
    const button = await until('the button', () => page.find<HTMLButtonElement>('[part=smaller]'));
    button.focus();
    button.click();
    const { file, bytes } = await page.lastSent(2);
    expectClean(bytes);
    const { width, height } = await pixelsOf(file);
    expect([width, height]).to.deep.equal([1_024, 2_048]);
    await until('both sizes', () => /Made smaller: .+ → .+\./.test(page.text));
    expect(page.root.activeElement).to.equal(button);
    expect(button.textContent).to.contain('Use the full size');
    button.click();
    const again = await page.lastSent(3);
    expect((await pixelsOf(again.file)).height).to.equal(3_000);
  });

  it('that is broken is drawn anew', async () => {
    const base = (await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>;
    // bytes between segments, which decoders skip
    const broken = new Uint8Array([...hideInJpeg(base, 6).subarray(0, 20), 1, 2, 3, ...hideInJpeg(base, 6).subarray(20)]);
    page.element.add([asFile(broken, 'broken.jpg', 'image/jpeg')]);
    await until('an end', () => page.rows('done').length || page.rows('asking').length);
    if (page.rows('done').length) {
      const { bytes } = await page.lastSent();
      expectClean(bytes);
    } else expect(page.sent).to.have.length(0);
  });

  it('that cannot be cleaned is sent only when the person says so', async () => {
    page.element.add([asFile(new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 3, 4, 5]), 'torn.jpg', 'image/jpeg')]);
    await page.rowsIn('asking');
    expect(page.element.pending).to.equal(0);
    expect(page.element.troubled).to.equal(1);
    expect(page.sent).to.have.length(0);
    expect(page.text).to.contain('could not be removed');
    page.find('[part=as-is]')?.focus();
    page.find('[part=as-is]')?.click();
    await page.rowsIn('done');
    expect(page.root.activeElement).to.equal(page.find('[part=remove]'));
  });

  it('of a kind that cannot be cleaned is sent, and that is said', async () => {
    page.element.add([new File(['%PDF-1.7\n'], 'bill.pdf', { type: 'application/pdf' })]);
    await page.rowsIn('done');
    await until('the sentence', () => page.text.includes('Hidden data cannot be removed'));
  });

  it('of a kind that the browser cannot decode and the shop does not take is refused in words', async () => {
    const heic = new Uint8Array([
      0,
      0,
      0,
      24,
      ...new TextEncoder().encode('ftypheic'),
      0,
      0,
      0,
      0,
      ...new TextEncoder().encode('mif1heic'),
    ]);
    page.element.add([asFile(heic, 'IMG_1.HEIC', 'image/heic')]);
    await page.rowsIn('refused');
    expect(page.text).to.contain('does not accept this kind of file');
  });

  it('is shown on a canvas', async () => {
    page.element.add([asFile((await drawn('image/png')) as Uint8Array<ArrayBuffer>, 'a.png', 'image/png')]);
    const canvas = await until('the preview', () => page.find<HTMLCanvasElement>('canvas'));
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(5, 5, 1, 1);
    expect([...data.slice(0, 3)].map((value) => Math.round(value / 32))).to.deep.equal([6, 1, 1]);
  });

  it('loses what it hides on a page that has bent Object.prototype', async () => {
    const bent = { resizeWidth: 1, imageOrientation: 'flipY', endings: 'native', location: true, type: 'text/html', wish: 'original' };
    for (const [key, value] of Object.entries(bent))
      Object.defineProperty(Object.prototype, key, { configurable: true, writable: true, value });
    try {
      const before = asFile(hideInPng((await drawn('image/png')) as Uint8Array<ArrayBuffer>, 1), 'shot.png', 'image/png');
      page.element.add([before]);
      const { file, bytes } = await page.lastSent();
      expectClean(bytes);
      expect(file.type).to.equal('image/png');
    } finally {
      for (const key of Object.keys(bent)) delete (Object.prototype as unknown as Record<string, unknown>)[key];
    }
  });

  it('whose hidden data point anywhere is cleaned all the same', async () => {
    const base = (await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>;
    const garbled = hideInJpeg(base, 6, 'nothing');
    const at = garbled.findIndex((_, n) => [...tiff(6).slice(0, 8)].every((byte, i) => garbled[n + i] === byte));
    garbled.set([0xff, 0xff, 0xff, 0xf0], at + 4);
    page.element.add([asFile(garbled, 'garbled.jpg', 'image/jpeg')]);
    const { bytes } = await page.lastSent();
    expectClean(bytes);
  });
});
