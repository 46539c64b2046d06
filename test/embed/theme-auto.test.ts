import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { ShopRoom } from '../support/shop-room.ts';

const TAG = '<support-form adapter="memory" theme="auto"></support-form>';
/** A piece of a shop: something to read with a link, a button, the tag. */
const SECTION = `<p>Read <a href="/terms">our terms</a> first.</p><button class="btn-primary">Buy</button>${TAG}`;

interface Ratio {
  what: string;
  ratio: number;
  least: number;
}

/** What each form of a page shows, as ratios of computed colours; nothing of ours computes them. */
function measure(): { ratios: Ratio[]; colours: { surface: string; accent: string; link: string }[] } {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const read = (css: string, below: string): string => {
    context.globalCompositeOperation = 'source-over';
    context.fillStyle = below;
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  const light = (css: string): number => {
    const linear = (css.match(/\d+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    return linear[0]! * 0.2126 + linear[1]! * 0.7152 + linear[2]! * 0.0722;
  };
  const ratioOf = (front: string, back: string): number => {
    const [one, two] = [light(read(front, back)), light(back)];
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  const parentOf = (node: Node): Element | null =>
    (node as Element).assignedSlot ?? node.parentElement ?? (node.parentNode as ShadowRoot)?.host ?? null;
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    return read(getComputedStyle(element).backgroundColor, behind(parentOf(element)));
  };
  const ratios: Ratio[] = [];
  const visit = (root: ParentNode, name: string): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot, `${name} ${element.localName}`);
      if (!element.checkVisibility() || element.matches('.quiet, .quiet *')) continue;
      const styles = getComputedStyle(element);
      const what = `${name} ${element.localName}${element.id && `#${element.id}`}${element.className && `.${element.className}`}`;
      const says = [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
      if (says || element.matches('input, select, textarea'))
        ratios.push({ what: `${what} text`, ratio: ratioOf(styles.color, behind(element)), least: 4.5 });
      if (!element.matches('input:not([type=radio], [type=checkbox], [type=file]), select, textarea, button, .zone, .cards label'))
        continue;
      const around = behind(parentOf(element));
      const border =
        styles.borderTopStyle === 'none' || !parseFloat(styles.borderTopWidth)
          ? 1
          : ratioOf(read(styles.borderTopColor, behind(element)), around);
      if (element.matches('.link')) continue;
      ratios.push({ what: `${what} edge`, ratio: Math.max(border, ratioOf(behind(element), around)), least: 3 });
    }
  };
  const colours = [...document.querySelectorAll('support-form')].map((form, index) => {
    visit(form.shadowRoot!, `${index}`);
    const base = form.shadowRoot!.querySelector('[part=base]')!;
    const submit = form.shadowRoot!.querySelector('[type=submit]')!;
    return {
      surface: getComputedStyle(base).backgroundColor,
      accent: getComputedStyle(submit).backgroundColor,
      link: getComputedStyle(form).getPropertyValue('--support-color-link'),
    };
  });
  return { ratios, colours };
}

describe('a tag with theme="auto"', () => {
  let room: ShopRoom;
  let pages = 0;

  before(async () => {
    room = await ShopRoom.open();
  });
  after(() => room?.close());

  async function open(body: string, { css = '', headers = {}, dark = false } = {}): Promise<{ page: Page; noise: string[] }> {
    room.pages[`/${++pages}.css`] = { html: css, headers: { 'content-type': 'text/css' } };
    const head = `<link rel="stylesheet" href="/${pages}.css">`;
    const address = room.addPage(`/${pages}`, { body: body + room.script, head, headers });
    const page = await room.browser.newPage({ colorScheme: dark ? 'dark' : 'light' });
    const noise = listenForNoise(page);
    await page.goto(address);
    for (const form of await page.locator('support-form').all()) {
      await form.scrollIntoViewIfNeeded();
      await form.getByRole('textbox').first().waitFor();
    }
    return { page, noise };
  }

  /** Waits until the first form has this background, button and scheme. */
  const shows = (page: Page, surface: string, accent?: string) =>
    page.waitForFunction(
      ([wanted, button]) => {
        const root = document.querySelector('support-form')!.shadowRoot!;
        const back = (selector: string) => getComputedStyle(root.querySelector(selector)!).backgroundColor;
        return back('[part=base]') === wanted && (!button || back('[type=submit]') === button);
      },
      [surface, accent] as const,
    );

  it('is measured: a form without it fails on a theme of its own', async () => {
    const { page } = await open(SECTION.replace('theme="auto"', ''), {
      css: 'support-form { --support-color-surface: #777; --support-color-text: #999 }',
    });
    const { ratios } = (await page.evaluate(`(${measure.toString()})()`)) as ReturnType<typeof measure>;
    assert.ok(ratios.some(({ ratio, least }) => ratio < least));
    await page.close();
  });

  it('takes colours that can be read as they are', async () => {
    const { page } = await open(SECTION, {
      css: 'body { background: #fdf6e3; color: #073642 } a { color: #a3290a } .btn-primary { background: #5b2a86; color: #fff; border-radius: 3px }',
    });
    await shows(page, 'rgb(253, 246, 227)', 'rgb(91, 42, 134)');
    const own = await page.evaluate(() => {
      const root = document.querySelector('support-form')!.shadowRoot!;
      const styles = getComputedStyle(root.querySelector('[part=base]')!);
      const link = getComputedStyle(root.host).getPropertyValue('--support-color-link');
      return [styles.color, link, getComputedStyle(root.querySelector('[type=submit]')!).borderRadius];
    });
    assert.deepEqual(own, ['rgb(7, 54, 66)', 'rgb(163 41 10)', '3px']);
    await page.close();
  });

  for (const [platform, markup] of [
    ['PrestaShop', '<button class="btn btn-primary" type="submit">x</button>'],
    ['Magento', '<button class="action subscribe primary" type="submit">x</button>'],
    ['CS-Cart', '<button class="ty-btn__primary ty-btn">x</button>'],
    ['a shop of its own', '<form><input type="submit"></form>'],
  ] as const) {
    it(`takes the main button of ${platform}`, async () => {
      const { page } = await open(`<header><button type="submit">Search</button></header><footer>${markup}</footer>${TAG}`, {
        css: 'body { background: #fff } footer > button, footer input { background: #006b5b; color: #fff; border: 0 }',
      });
      await shows(page, 'rgb(255, 255, 255)', 'rgb(0, 107, 91)');
      await page.close();
    });
  }

  it('keeps what the page sets itself', async () => {
    const { page } = await open(SECTION, {
      css: ':root { --support-color-surface: #112233 } body { background: #fff } support-form { --support-color-accent: #ffcc00 }',
    });
    await shows(page, 'rgb(17, 34, 51)', 'rgb(255, 204, 0)');
    const { ratios } = (await page.evaluate(`(${measure.toString()})()`)) as ReturnType<typeof measure>;
    assert.deepEqual(
      ratios.filter(({ ratio, least }) => ratio < least),
      [],
    );
    await page.close();
  });

  it('follows the colour scheme of the system, a class of the page that fades, a move and the end of it', async () => {
    const { page, noise } = await open(`${SECTION}<aside></aside>`, {
      css: `body { background: #fff; color: #222; transition: background-color 100ms }
        .night body { background: #181818; color: #ddd }
        aside { background: #003366; color: #fff }
        @media (prefers-color-scheme: dark) { body { background: #101820; color: #eee } }`,
    });
    const scheme = () => page.evaluate(() => getComputedStyle(document.querySelector('support-form')!).colorScheme);
    await shows(page, 'rgb(255, 255, 255)');
    assert.equal(await scheme(), 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shows(page, 'rgb(16, 24, 32)');
    assert.equal(await scheme(), 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await shows(page, 'rgb(255, 255, 255)');
    await page.evaluate(() => document.documentElement.classList.add('night'));
    await shows(page, 'rgb(24, 24, 24)');
    await page.evaluate(() => document.querySelector('aside')!.append(document.querySelector('support-form')!));
    await shows(page, 'rgb(0, 51, 102)');
    await page.evaluate(() => document.querySelector('support-form')!.setAttribute('theme', 'light'));
    await shows(page, 'rgb(255, 255, 255)');
    await page.evaluate(() => document.querySelector('support-form')!.setAttribute('theme', 'auto'));
    await shows(page, 'rgb(0, 51, 102)');
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('leaves the page as it is, under a strict policy too', async () => {
    const policy = `default-src 'none'; script-src ${room.server.url} 'unsafe-eval'; connect-src ${room.server.url}; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`;
    const { page, noise } = await open(`<p>Read <a href="/terms">our terms</a>.</p>${TAG.replace('theme="auto"', '')}`, {
      css: 'body { background: oklch(0.3 0.1 200); color: #fff }',
      headers: { 'content-security-policy': policy },
    });
    await page.waitForLoadState('networkidle');
    const seen = await page.evaluate(async () => {
      const form = document.querySelector('support-form')!;
      const shifts: unknown[] = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift' });
      const records: string[] = [];
      new MutationObserver((found) => {
        for (const { target, type, attributeName } of found) records.push(`${type} ${target.nodeName} ${attributeName}`);
      }).observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
      const sheets = form.shadowRoot!.adoptedStyleSheets.length;
      form.setAttribute('theme', 'auto');
      while (form.shadowRoot!.adoptedStyleSheets.length === sheets) await new Promise(requestAnimationFrame);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      const styled = [...form.shadowRoot!.querySelectorAll('[style]'), ...form.shadowRoot!.querySelectorAll(':scope > span')].length;
      return { records, shifts: shifts.length, styled, scheme: getComputedStyle(form).colorScheme };
    });
    assert.deepEqual(seen, { records: ['attributes SUPPORT-FORM theme'], shifts: 0, styled: 0, scheme: 'dark' });
    assert.deepEqual(noise, []);
    await page.close();
  });

  it('loads its code for no other tag', async () => {
    const { page } = await open(TAG.replace('theme="auto"', 'theme="dark"'));
    await page.waitForLoadState('networkidle');
    const loaded = () =>
      page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('page-look')).length);
    assert.equal(await loaded(), 0);
    await page.evaluate(() => document.querySelector('support-form')!.setAttribute('theme', 'auto'));
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('page-look')));
    await page.close();
  });
});
