import { expect } from '@open-wc/testing';
import { contains } from '../support/picture-parts.ts';
import { hideInJpeg, hideInPng, hideInWebp, SECRET } from '../support/pictures.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { drawn, openAttachments, pixelsOf, type AttachmentsPage } from './attachments-page.ts';

const TRIALS = 40;

/** Changes or removes some bytes, or cuts the end off. */
function mutate(bytes: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  const at = () => Math.floor(random() * bytes.length);
  const kind = Math.floor(random() * 4);
  if (kind === 0) return bytes.slice(0, at());
  if (kind === 2) {
    const from = at();
    return new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(from + Math.ceil(random() * 40))]);
  }
  const copy = bytes.slice();
  if (kind === 1) for (let n = 0; n < 3; n++) copy[at()] = Math.floor(random() * 256);
  if (kind === 3) copy.fill(0xff, at(), at() + 4);
  return copy;
}

describe('a picture with broken bytes', () => {
  let page: AttachmentsPage;
  beforeEach(async () => {
    page = await openAttachments();
  });
  afterEach(() => page.element.remove());

  for (const [type, hide] of [
    // upright: engines differ in how much of a broken orientation they believe
    ['image/jpeg', (base: Uint8Array) => hideInJpeg(base, 1)],
    ['image/png', (base: Uint8Array) => hideInPng(base, 1)],
    ['image/webp', (base: Uint8Array) => hideInWebp(base, 64, 1)],
  ] as const) {
    it(`is sent clean and looks as before, or is asked about, ${TRIALS} times as ${type}`, async function () {
      const base = await drawn(type, 64, 64);
      // not every browser writes WebP
      if (!base) return this.skip();
      const seed = Date.now() % 1_000_000;
      const random = seededRandom(seed);
      const whole = hide(base);
      const broken = Array.from({ length: TRIALS }, (_, n) => new File([mutate(whole, random)], `${n}`, { type }));
      page.element.add(broken.filter(({ size }) => size));
      const asked = () => page.rows('asking').length;
      const open = () => page.element.pending;
      for (let waited = 0; open() && waited < 25_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(open(), `seed ${seed}: files that got stuck`).to.equal(0);
      expect(page.sent.length + asked()).to.equal(broken.filter(({ size }) => size).length);
      for (const file of page.sent) {
        const before = broken[Number(file.name.replace(/\.\w+$/, ''))] as File;
        const head = new Uint8Array(await before.slice(0, 12).arrayBuffer());
        // what has lost its signature is no picture any more, and told as such
        if (
          head.some((byte, at) =>
            type === 'image/webp' && at > 3 && at < 8 ? false : at < (type === 'image/jpeg' ? 3 : 8) && byte !== whole[at],
          )
        )
          continue;
        const bytes = new Uint8Array(await file.arrayBuffer());
        // where pixels have lost their end, nothing tells them from what follows
        for (const word of type === 'image/webp' ? [] : [`${SECRET}Person`, `${SECRET}Camera`]) {
          expect(contains(bytes, word), `seed ${seed}, file ${file.name}: ${word}`).to.equal(false);
        }
        const [first, second] = await Promise.all([before, file].map((picture) => pixelsOf(picture).catch(() => undefined)));
        if (!first) continue;
        expect([second?.width, second?.height], `seed ${seed}, file ${file.name}: size`).to.deep.equal([first.width, first.height]);
        // redrawn ones may differ by what the encoder loses, and where nothing could be decoded
        const shown = (at: number) => first.data[at | 3] === 255;
        const apart = first.data.reduce((most, value, at) => Math.max(most, shown(at) ? Math.abs(value - (second?.data[at] ?? 0)) : 0), 0);
        expect(apart, `seed ${seed}, file ${file.name}: pixels`).to.be.at.most(file.size === before.size ? 0 : 96);
      }
    });
  }
});
