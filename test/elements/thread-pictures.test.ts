import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { imageSize } from '../../packages/elements/dist/support-thread/image-size.js';
import type { SupportThread } from '../../packages/elements/dist/support-thread/support-thread.js';
import { drawn } from './attachments-page.ts';
import { AGENT, file, forgetDevice, newAdapter, openThread, type Page } from './tracker-page.ts';

const SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="PWN"</script></svg>';
const png = async (width = 40, height = 30) => (await drawn('image/png', width, height)) as Uint8Array<ArrayBuffer>;

/** A picture that says it is of another size. */
async function claiming(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await png();
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, width);
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(20, height);
  return bytes;
}

describe('pictures of a thread', () => {
  let page: Page<SupportThread>;
  afterEach(async () => {
    page.remove();
    await forgetDevice();
  });

  /** A thread in which every file is called a picture, whatever it is. */
  async function open(bytes: (Uint8Array<ArrayBuffer> | string)[]): Promise<void> {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    const files = bytes.map((content, n) => new File([content], `picture-${n}.png`, { type: 'text/plain' }));
    await adapter.backend.answer(number, 'Have a look.', { ...AGENT, files });
    const { getThread } = adapter.tracking;
    adapter.tracking.getThread = async (...given) => {
      const answer = await getThread.apply(adapter.tracking, given);
      for (const entry of answer.entries)
        if (entry.type === 'message') for (const attachment of entry.attachments) attachment.type = 'image/png';
      return answer;
    };
    page = await openThread(adapter, number);
    page.element.scrollIntoView();
  }

  async function openWith(...bytes: (Uint8Array<ArrayBuffer> | string)[]): Promise<HTMLElement[]> {
    await open(bytes);
    return drawnOrRefused();
  }

  async function drawnOrRefused(): Promise<HTMLElement[]> {
    await until(
      'every picture',
      () => page.parts('preview').every(({ dataset }) => /shown|refused/.test(dataset['state'] ?? '')) && page.parts('preview').length > 0,
    );
    return page.parts('preview');
  }

  it('are drawn on a canvas', async () => {
    const places = await openWith(await png(), (await drawn('image/jpeg', 900, 600)) as Uint8Array<ArrayBuffer>);
    const canvases = places.map((place) => place.querySelector('canvas'));
    expect(canvases.map((canvas) => [canvas?.width, canvas?.height])).to.deep.equal([
      [40, 30],
      [640, 427],
    ]);
    expect(canvases[0]?.getAttribute('aria-label')).to.equal('picture-0.png');
    expect(page.root.querySelector('img, iframe, object')).to.equal(null);
  });

  it('are refused where they are something else, torn, or larger than can be decoded safely', async () => {
    const places = await openWith(
      SCRIPT,
      '<html><script>document.title="PWN"</script>',
      (await png()).slice(0, 30),
      await claiming(50_000, 50_000),
      await claiming(0, 5),
      'GIF89a',
    );
    expect(places.map((place) => place.querySelector('canvas'))).to.deep.equal(places.map(() => null));
    expect(places[3]?.textContent).to.contain('Too large');
    expect(document.title).not.to.contain('PWN');
  });

  it('are asked for one by one where nothing tells what is near the window', async () => {
    const real = Object.getOwnPropertyDescriptor(window, 'IntersectionObserver')!;
    delete (window as { IntersectionObserver?: unknown }).IntersectionObserver;
    try {
      await open([await png()]);
      await until('its button', () => page.parts('show').length > 0);
      page.parts('show')[0]?.click();
      const [place] = await drawnOrRefused();
      expect(place?.querySelector('canvas')?.width).to.equal(40);
    } finally {
      Object.defineProperty(window, 'IntersectionObserver', real);
    }
  });

  it('tell their size before they are decoded', async () => {
    const sizeOf = async (type: string) => imageSize((await drawn(type, 300, 200)) as Uint8Array);
    expect(await sizeOf('image/png')).to.deep.equal({ type: 'image/png', width: 300, height: 200 });
    expect(await sizeOf('image/jpeg')).to.deep.equal({ type: 'image/jpeg', width: 300, height: 200 });
    const webp = await drawn('image/webp', 300, 200);
    // not every browser writes it
    if (webp) expect(imageSize(webp)).to.deep.equal({ type: 'image/webp', width: 300, height: 200 });
    const gif = new Uint8Array([...new TextEncoder().encode('GIF89a'), 1, 0, 1, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0x40, 0x9c, 0x40, 0x9c, 0]);
    expect(imageSize(gif)).to.deep.equal({ type: 'image/gif', width: 40_000, height: 40_000 });
    expect(imageSize(new TextEncoder().encode(SCRIPT))).to.equal(undefined);
    page = await openThread(newAdapter(), '2345-6789', {}, 'failed');
  });
});
