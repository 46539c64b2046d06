import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { listenForNoise } from '../support/chromium.ts';
import { firefoxPath, launchFirefox } from '../support/firefox.ts';
import { checkPage } from '../support/page-check.ts';
import { ShopRoom, type RoomPage } from '../support/shop-room.ts';

interface Found {
  kind: string;
  title: string;
  text: string;
  code: string;
}

interface Planted {
  kind: string;
  /** What the doctor says, rule and file included. */
  says: RegExp;
  page: RoomPage;
  /** True as long as people meet the problem. */
  hurts: (page: Page) => Promise<boolean>;
  /** The page with the snippet in the place that the doctor names. */
  paste: (page: RoomPage, code: string) => RoomPage;
  prepare?: (page: Page) => Promise<unknown>;
}

const LINK = '<a href="mailto:hello@shop.example">Write to us</a>';
const RESERVED = '<style>support-form { display: block; min-block-size: 66rem }</style>';
const ENTRY = 'packages/embed/dist/embed/';

const css = (page: RoomPage, code: string): RoomPage => ({ ...page, head: `${page.head ?? ''}<style>${code}</style>` });
const header = (page: RoomPage, code: string): RoomPage => {
  const [name = '', value = ''] = code.split(/: (.*)/s);
  return { ...page, headers: { ...page.headers, [name.toLowerCase()]: value } };
};
const tagAnew = (page: RoomPage, code: string): RoomPage => ({
  ...page,
  body: page.body.replace(/<support-f[^>]*>.*<\/support-f\w+>/, code),
});

/** Whether something else than the tag is hit in the middle of its first button. */
const isCovered = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const tag = document.querySelector(wanted)!;
    const { left, top, width, height } = tag.shadowRoot!.querySelector('button')!.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) !== tag;
  }, name);
const isSubmitOutOfReach = async (page: Page) => !(await page.getByRole('button', { name: 'Send message' }).isVisible());
const isBroken = async (page: Page) => !(await page.getByRole('textbox', { name: 'Subject' }).isVisible());
/** Contrast of two computed colours, as WCAG has it. */
const ratio = (page: Page, tag: string, inner: string, ground: string) =>
  page.evaluate(
    ([name, front, back]) => {
      const root = document.querySelector(name)!.shadowRoot!;
      const light = (value: string) => {
        const [red = 0, green = 0, blue = 0] = (value.match(/\d+/g) ?? []).map((part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return red * 0.2126 + green * 0.7152 + blue * 0.0722;
      };
      const one = light(getComputedStyle(root.querySelector(front)!).color);
      const two = light(getComputedStyle(back === 'body' ? document.body : root.querySelector(back)!).backgroundColor);
      return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    },
    [tag, inner, ground] as const,
  );

/** Of a kind that another problem stands for: planted in the long tests only. */
const oneMore: (title: string, work: () => Promise<void>) => void = (title, work) =>
  void (process.env['TRIALS'] === 'all' && it(title, work));

describe('the theme doctor', () => {
  let room: ShopRoom;
  let form: string;
  let corner: string;
  let pages = 0;

  before(async () => {
    room = await ShopRoom.open();
    form = room.tag({ content: LINK });
    corner = room.tag({ name: 'support-launcher', attributes: 'position="corner"', content: LINK });
  });
  after(() => room?.close());

  /** Puts a page into the shop, with the script at its end. */
  const put = (page: RoomPage, path = `/${pages++}`) =>
    room.addPage(path, { ...page, body: page.body.includes('<script') ? page.body : page.body + room.script });

  async function open(
    address: string,
    { width = 1280, ...options }: Parameters<typeof room.browser.newPage>[0] & { width?: number } = {},
  ): Promise<Page> {
    const page = await room.browser.newPage({ viewport: { width, height: 900 }, ...options });
    await page.goto(address);
    return page;
  }

  async function findings(page: Page): Promise<Found[]> {
    await page.locator('support-doctor section').waitFor();
    return page.locator('support-doctor li[data-weight=problem]').evaluateAll((entries) =>
      entries.map((entry) => ({
        kind: (entry as HTMLElement).dataset['kind'] ?? '',
        title: entry.querySelector('h3')?.lastChild?.textContent ?? '',
        text: entry.querySelector('h3 ~ p')?.textContent ?? '',
        code: entry.querySelector('pre')?.textContent ?? '',
      })),
    );
  }

  async function examine(address: string): Promise<{ found: Found[]; page: Page }> {
    const page = await open(`${address}?support-doctor`);
    return { found: await findings(page), page };
  }

  /** The problem is there, it is named, its snippet is pasted, and neither the doctor nor anybody else meets it again. */
  async function mends({ kind, says, page: planted, hurts, paste, prepare }: Planted): Promise<void> {
    const visit = async (address: string) => {
      const page = await room.browser.newPage({ viewport: { width: 1280, height: 900 } });
      await prepare?.(page);
      await page.goto(address);
      return page;
    };
    const path = `/${pages++}`;
    const address = put(planted, path);
    const plain = await visit(address);
    // some hurt only once the script of the tag has run
    await plain.waitForLoadState('networkidle');
    assert.equal(await hurts(plain), true, 'the planted problem is one');
    await plain.close();
    const first = await visit(`${address}?support-doctor`);
    const found = await findings(first);
    await first.close();
    const named = found.find((finding) => finding.kind === kind && says.test(`${finding.title}: ${finding.text}`));
    assert.ok(named, `not named in ${JSON.stringify(found, null, 1)}`);
    assert.ok(named.code, 'a snippet');
    put(paste(planted, named.code), path);
    const second = await visit(`${address}?support-doctor`);
    assert.deepEqual(await findings(second), []);
    await second.evaluate(() => document.querySelector('support-doctor')!.remove());
    assert.equal(await hurts(second), false, `mended by ${named.code}`);
    await second.close();
  }

  it('finds nothing on a page where all is well, and is loaded by none that does not ask for it', async () => {
    // what is as wide as the window, and what is a little lighter, is all right
    const head = `${RESERVED}<style>main { padding: 0 15px; opacity: 0.97 } .row { margin: 0 -15px }</style>`;
    const address = put({ head, body: `<h1>Contact</h1><main><div class="row">${form}</div></main>${corner}` });
    const { found, page } = await examine(address);
    assert.deepEqual(found, []);
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await page.goto(address);
    await page.getByRole('textbox', { name: 'Subject' }).waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.deepEqual(
      loaded.filter((name) => name.includes('doctor')),
      [],
    );
    await page.close();
  });

  it('knows every custom property that the page on theming lists', async () => {
    const listed = await readFile(new URL('../../stories/docs/theming.mdx', import.meta.url), 'utf8');
    const [, ...tokens] = [...new Set(listed.match(/--support-[a-z-]*[a-z]/g))];
    assert.ok(tokens.length > 15, tokens.join());
    // each as it is anyway
    const rules = tokens.map((token) => `.never-there { ${token}: initial }`);
    const { found, page } = await examine(put({ head: `${RESERVED}<style>${rules.join(' ')}</style>`, body: form }));
    await page.close();
    assert.deepEqual(found, []);
  });

  it('takes no odd ground, no box that people open and nothing on its way for a fault', async () => {
    const launcher = room.tag({ name: 'support-launcher', content: LINK });
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';
    const head = `${RESERVED}<style>
      section, div { position: relative; color: #fff; padding: 20px }
      .gradient { background: linear-gradient(#101030, #000) }
      .picture { background: url(${pixel}) }
      .generated::before { content: ''; position: absolute; inset: 0; z-index: -1; background: #111 }
      section img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; z-index: -1 }
      @keyframes come { from { opacity: 0; translate: 0 40px } }
      main { animation: come 1.5s both }
    </style>`;
    const grounds = ['gradient', 'picture', 'generated'].map((name) => `<div class="${name}">${launcher}</div>`);
    const body = `<main>${form}</main>${grounds.join('')}<section><img alt="" src="${pixel}">${launcher}</section><dialog>${form}</dialog>`;
    const { found, page } = await examine(put({ head, body }));
    await page.close();
    assert.deepEqual(found, []);
  });

  describe('names and mends', () => {
    it('a box that is smaller than the form in it', () =>
      mends({
        kind: 'hidden',
        says: /is cut off: ".cms-box" in .* sets height: 300px/,
        page: { head: RESERVED, body: `<style>.cms-box { height: 300px; overflow: hidden }</style><div class="cms-box">${form}</div>` },
        hurts: (page) =>
          page.evaluate(() => {
            const [inner, outer] = ['support-form', '.cms-box'].map((name) => document.querySelector(name)!.getBoundingClientRect());
            return inner!.bottom > outer!.bottom + 1;
          }),
        paste: css,
      }));

    oneMore('a box that says that nothing in it has a size', () =>
      mends({
        kind: 'hidden',
        says: /<support-form> is cut off: "\.card" in .* sets contain: strict/,
        page: { head: RESERVED, body: `<style>.card { contain: strict }</style><div class="card">${form}</div>` },
        hurts: (page) => page.locator('.card').evaluate((card) => card.clientHeight === 0),
        paste: css,
      }),
    );

    oneMore('a rule of a style sheet that hides what is around the tag, whatever its weight', () =>
      mends({
        kind: 'hidden',
        says: /<support-form> is hidden: "#content .block > \*" in \/theme\.css sets display: none/,
        page: {
          head: `${RESERVED}<link rel="stylesheet" href="/theme.css">`,
          body: `<div id="content"><div class="block"><div>${form}</div></div></div>`,
        },
        hurts: async (page) => !(await page.locator('support-form').isVisible()),
        paste: css,
        prepare: async () => {
          room.pages['/theme.css'] = { html: '#content .block > * { display: none !important }', headers: { 'content-type': 'text/css' } };
        },
      }),
    );

    it('a rule for everything inside an editor’s block that floats the tag', () =>
      mends({
        kind: 'layout',
        says: /float of <support-form> is changed: "#content \.rte \*" in .* sets float: left/,
        page: {
          head: RESERVED,
          body: `<style>#content .rte * { float: left }</style><div id="content"><div class="rte">${form}</div></div>`,
        },
        hurts: (page) => page.evaluate(() => document.querySelector('support-form')!.clientWidth < 280),
        paste: css,
      }));

    oneMore('a tag that is taken out of the flow of the page', () =>
      mends({
        kind: 'layout',
        says: /position of <support-form> is changed: "main > \*" .* sets position: absolute/,
        page: { head: RESERVED, body: `<style>main > * { position: absolute; inset: 0 }</style><main>${form}</main>` },
        hurts: (page) => page.evaluate(() => document.querySelector('main')!.clientHeight < 100),
        paste: css,
      }),
    );

    oneMore('a column that is too narrow', () =>
      mends({
        kind: 'layout',
        says: /is 180 px wide: ".side" .* sets width: 180px/,
        page: { head: RESERVED, body: `<style>.side { width: 180px }</style><div class="side">${form}</div>` },
        hurts: (page) => page.evaluate(() => document.querySelector('support-form')!.clientWidth < 280),
        paste: css,
      }),
    );

    it('a window of somebody else over the launcher', () =>
      mends({
        kind: 'covered',
        says: /<div class="chat"> covers <support-launcher>: .* "\.chat" in .* sets z-index: 99999/,
        page: {
          body: `<style>.chat { position: fixed; inset: auto 0 0 auto; width: 300px; height: 200px; z-index: 99999; background: #eee }</style><div class="chat">Chat</div>${corner}`,
        },
        hurts: (page) => isCovered(page, 'support-launcher'),
        paste: css,
      }));

    it('a transform that the launcher is trapped in', () =>
      mends({
        kind: 'layout',
        says: /<support-launcher> is trapped: "\.page" in .* sets transform: translateZ\(0/,
        page: { body: `<style>.page { transform: translateZ(0); height: 2000px }</style><div class="page">${corner}</div>` },
        hurts: (page) => page.evaluate(() => document.querySelector('support-launcher')!.getBoundingClientRect().top > innerHeight),
        paste: css,
      }));

    oneMore('something generated over the whole window', () =>
      mends({
        kind: 'covered',
        says: /<support-launcher> lies below <body>: .* "body::after" in .* sets position: fixed/,
        page: { body: `<style>body::after { content: ''; position: fixed; inset: 0; z-index: 9999 }</style><main>${corner}</main>` },
        hurts: (page) => isCovered(page, 'support-launcher'),
        paste: css,
      }),
    );

    oneMore('an important rule of a layer, for the tag and what is around it', () =>
      mends({
        kind: 'layout',
        says: /float of <support-form> is changed: "main \*" in .* sets float: left/,
        page: { head: RESERVED, body: `<style>@layer theme { main * { float: left !important } }</style><main><div>${form}</div></main>` },
        hurts: (page) => page.evaluate(() => document.querySelector('support-form')!.clientWidth < 280),
        paste: css,
      }),
    );

    it('colours of a theme that cannot be told apart', () =>
      mends({
        kind: 'contrast',
        says: /text on buttons \(1\.4:1 instead of 4\.5:1\).* ":root" in .* sets --support-color-accent: #ffd814/,
        page: { head: RESERVED, body: `<style>:root { --support-color-accent: #ffd814 }</style>${form}` },
        hurts: async (page) => {
          await page.getByRole('textbox', { name: 'Subject' }).waitFor();
          return (await ratio(page, 'support-form', '[type=submit]', '[type=submit]')) < 4.5;
        },
        paste: css,
      }));

    oneMore('a button that cannot be read while a pointer is on it', () =>
      mends({
        kind: 'contrast',
        says: /the send button under a pointer \(1\.\d:1 instead of 4\.5:1\).* "support-form" in .* sets --support-color-hover: #ffe/,
        page: { head: `${RESERVED}<style>support-form { --support-color-hover: #ffe }</style>`, body: form },
        hurts: async (page) => {
          await page.emulateMedia({ reducedMotion: 'reduce' });
          // what a pointer does comes with the code of the first focus
          await page.getByRole('textbox', { name: 'Subject' }).focus();
          await page.waitForFunction(() =>
            document
              .querySelector('support-form')!
              .shadowRoot!.adoptedStyleSheets.some(({ cssRules }) => [...cssRules].some(({ cssText }) => /submit.*:hover/.test(cssText))),
          );
          await page.getByRole('button', { name: 'Send message' }).hover();
          return (await ratio(page, 'support-form', '[type=submit]', '[type=submit]')) < 4.5;
        },
        paste: css,
      }),
    );

    oneMore('a launcher that inherits a colour like its ground', () =>
      mends({
        kind: 'contrast',
        says: /The button of <support-launcher> is hard to read: .*"body" in .* sets color: (rgb\(204, 204, 204\)|#ccc)/,
        page: {
          body: `<style>body { color: #ccc; background: #fff }</style>${room.tag({ name: 'support-launcher', content: LINK })}`,
        },
        hurts: async (page) => {
          await page.getByRole('button', { name: 'Write to us' }).waitFor();
          return (await ratio(page, 'support-launcher', 'button', 'body')) < 4.5;
        },
        paste: css,
      }),
    );

    it('a block that is faded', () =>
      mends({
        kind: 'contrast',
        says: /<support-form> is faded: "\.later" in .* sets opacity: 0\.35: .* its hints have 1\.\d:1/,
        page: { head: RESERVED, body: `<style>.later { opacity: 0.35 }</style><div class="later">${form}</div>` },
        hurts: (page) => page.locator('.later').evaluate((block) => Number(getComputedStyle(block).opacity) < 0.4),
        paste: css,
      }));

    oneMore('a part that lies beside the page, where nobody can scroll to', () =>
      mends({
        kind: 'hidden',
        says: /<support-form> lies partly beside the page: "\.bleed" in .* sets margin-left: -300px: nobody can scroll to 2\d\d px of it/,
        page: { head: RESERVED, body: `<style>.bleed { margin-left: -300px; width: 800px }</style><div class="bleed">${form}</div>` },
        hurts: (page) => page.locator('support-form').evaluate((tag) => tag.getBoundingClientRect().left < 0),
        paste: css,
      }),
    );

    oneMore('a part that a rule takes away', () =>
      mends({
        kind: 'hidden',
        says: /The submit of <support-form> is changed: "support-form::part\(submit\)" in .* sets display: none/,
        page: { head: RESERVED, body: `<style>support-form::part(submit) { display: none !important }</style>${form}` },
        hurts: isSubmitOutOfReach,
        paste: css,
      }),
    );

    it('one of two launchers, and leaves the other as it is', () =>
      mends({
        kind: 'contrast',
        says: /The button of <support-launcher> is hard to read: .*"footer" in .* sets color/,
        page: {
          head: '<style>header { background: #000; color: #fff } footer { background: linear-gradient(#eee, #fff); color: #ddd }</style>',
          body: ['header', 'footer'].map((name) => `<${name}>${room.tag({ name: 'support-launcher', content: LINK })}</${name}>`).join(''),
        },
        hurts: (page) =>
          page
            .locator('footer support-launcher')
            .evaluate((tag) => getComputedStyle(tag.shadowRoot!.querySelector('button')!).color === 'rgb(221, 221, 221)'),
        paste: css,
      }));

    oneMore('one of two forms, in a narrow column', () =>
      mends({
        kind: 'room',
        says: /No room is reserved for <support-form>: It is 1\d\d\d px high here/,
        page: {
          head: '<style>main { display: grid; grid-template-columns: 1fr 320px } main > div support-form { display: block; min-block-size: 66rem }</style>',
          body: `<main><div>${form}</div><aside>${form}</aside></main>`,
        },
        hurts: (page) => page.locator('aside support-form').evaluate((tag) => getComputedStyle(tag).minBlockSize === '0px'),
        paste: css,
      }),
    );

    oneMore('an important rule of a layer without a name', () =>
      mends({
        kind: 'layout',
        says: /float of <support-form> is changed: "main > \*" in .* sets float: left/,
        page: { head: `<style>@layer { main > * { float: left !important } }</style>${RESERVED}`, body: `<main>${form}</main>` },
        hurts: (page) => page.locator('support-form').evaluate((tag) => getComputedStyle(tag).float === 'left'),
        paste: (page, code) => ({ ...page, head: page.head!.replace('<style>', `<style>${code}`) }),
      }),
    );

    oneMore('an important rule of a file that is imported into a layer', () =>
      mends({
        kind: 'layout',
        says: /float of <support-form> is changed: "main > \*" in \/layer\.css sets float: left/,
        page: { head: `<style>@import '/layer.css' layer(theme);</style>${RESERVED}`, body: `<main>${form}</main>` },
        hurts: (page) => page.locator('support-form').evaluate((tag) => getComputedStyle(tag).float === 'left'),
        paste: css,
        prepare: async () => {
          room.pages['/layer.css'] = { html: 'main > * { float: left !important }', headers: { 'content-type': 'text/css' } };
        },
      }),
    );

    oneMore('what is important in a style attribute', () =>
      mends({
        kind: 'hidden',
        says: /is cut off: The style attribute of <div> sets max-height: 200px/,
        page: {
          head: RESERVED,
          body: `<div class="box" style="color: #222; max-height: 200px !important; overflow: hidden !important">${form}</div>`,
        },
        hurts: (page) => page.locator('.box').evaluate((box) => box.clientHeight === 200),
        paste: (page, code) => ({ ...page, body: page.body.replace(/<div[^>]*>/, code) }),
      }),
    );

    it('a share of a row that is too narrow', () =>
      mends({
        kind: 'layout',
        says: /<support-form> is 1\d\d px wide: .*"\.row > \*" in .* sets flex-basis: 10%/,
        page: {
          head: `<style>.row { display: flex } .row > * { flex: 0 0 10% }</style>${RESERVED}`,
          body: `<div class="row"><div>${form}</div><p>News</p></div>`,
        },
        hurts: (page) => page.evaluate(() => document.querySelector('support-form')!.clientWidth < 280),
        paste: css,
      }));

    it('a box without a name, and no other around it', async () => {
      const head = `<style>#page div > div { width: 150px } #page > div { border: 1px solid }</style>${RESERVED}`;
      const page: RoomPage = { head, body: `<main id="page"><div><div><section>${form}</section></div></div></main>` };
      const { found, page: first } = await examine(put(page));
      await first.close();
      assert.deepEqual(
        found.map(({ title, code }) => [title, code.split(' {')[0]]),
        [['<support-form> is 150 px wide', 'div:has(> section > support-form)']],
      );
    });

    it('a box that only screen readers see', async () => {
      const head = `<style>.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }</style>${RESERVED}`;
      const page: RoomPage = { head, body: `<div class="sr">${form}</div>` };
      const { found, page: first } = await examine(put(page));
      await first.close();
      assert.match(found.map(({ kind, title }) => `${kind} ${title}`).join(), /hidden <support-form> is hidden/);
      const { found: left, page: second } = await examine(put(css(page, found.map(({ code }) => code).join('\n'))));
      assert.deepEqual(left, []);
      assert.ok(await second.locator('.sr').evaluate((box) => box.clientWidth > 280 && getComputedStyle(box).clipPath === 'none'));
      await second.close();
    });

    oneMore('a custom property that nothing reads', () =>
      mends({
        kind: 'tag',
        says: /Nothing reads --support-accent-color: .* Write --support-color-accent/,
        page: { head: RESERVED, body: `<style id="own">support-form { --support-accent-color: #7a4b12 }</style>${form}` },
        hurts: async (page) => {
          await page.getByRole('textbox', { name: 'Subject' }).waitFor();
          const back = page.locator('support-form').locator('[type=submit]');
          return (await back.evaluate((button) => getComputedStyle(button).backgroundColor)) !== 'rgb(122, 75, 18)';
        },
        paste: (page, code) => ({ ...page, body: page.body.replace(/<style id="own">.*<\/style>/, `<style>${code}</style>`) }),
      }),
    );

    it('a page that moves when the form comes', () =>
      mends({
        kind: 'room',
        says: /No room is reserved for <support-form>: It is \d+ px high here, and 0 px are kept free/,
        page: { body: `<h1>Contact</h1>${form}<footer>Footer</footer>` },
        prepare: (page) =>
          page.addInitScript(() =>
            addEventListener('DOMContentLoaded', () => Object.assign(window, { footer: document.querySelector('footer')!.offsetTop })),
          ),
        hurts: async (page) => {
          await page.getByRole('textbox', { name: 'Subject' }).waitFor();
          return page.evaluate(
            () => Math.abs((window as unknown as { footer: number }).footer - document.querySelector('footer')!.offsetTop) > 40,
          );
        },
        paste: css,
      }));

    it('a policy that lets nothing be fetched from the server', () =>
      mends({
        kind: 'policy',
        says: new RegExp(`connect-src refuses ${room.server.url}`),
        page: {
          head: RESERVED,
          body: form,
          headers: { 'content-security-policy': `default-src 'self'; style-src 'unsafe-inline'; script-src ${room.server.url}` },
        },
        hurts: isBroken,
        paste: header,
      }));

    it('a policy in the head, which refuses its own script for nothing else', () =>
      mends({
        kind: 'policy',
        says: new RegExp(`connect-src refuses ${room.server.url}`),
        page: { head: `<meta http-equiv="content-security-policy" content="connect-src 'none'">${RESERVED}`, body: form },
        hurts: isBroken,
        paste: (page, code) => ({ ...page, head: page.head!.replace(/<meta[^>]*>/, code) }),
      }));

    it('a policy for Trusted Types that an older browser cannot draw under', () =>
      mends({
        kind: 'policy',
        says: /trusted-types refuses lit-html/,
        page: {
          head: RESERVED,
          body: form,
          headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types shop" },
        },
        hurts: isBroken,
        prepare: (page) => page.addInitScript(() => delete (Element.prototype as { setHTML?: unknown }).setHTML),
        paste: header,
      }));

    it('a policy for Trusted Types whose one name another script has taken', () =>
      mends({
        kind: 'policy',
        says: /trusted-types lets lit-html be made only once/,
        page: {
          head: `<script>trustedTypes.createPolicy('lit-html', {})</script>${RESERVED}`,
          body: form,
          headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
        },
        hurts: isBroken,
        prepare: (page) => page.addInitScript(() => delete (Element.prototype as { setHTML?: unknown }).setHTML),
        paste: header,
      }));

    it('a sandbox without an origin', () =>
      mends({
        kind: 'policy',
        says: /A sandbox without allow-same-origin takes its origin from this page/,
        page: { head: RESERVED, body: form, headers: { 'content-security-policy': 'sandbox allow-scripts allow-forms' } },
        hurts: isBroken,
        paste: (page, code) => ({ ...page, headers: { 'content-security-policy': `sandbox allow-scripts allow-forms ${code}` } }),
      }));

    it('what a policy does to the rules that keep room, and not the lack of room', async () => {
      const headers = { 'content-security-policy': "style-src 'nonce-other'" };
      const { found, page } = await examine(put({ head: RESERVED, body: form, headers }));
      await page.close();
      assert.deepEqual(
        found.map(({ title }) => title),
        ['style-src refuses a <style> with your rules for the tags'],
      );
    });

    it('a launcher that is never closed, and nothing of the form that it swallows', async () => {
      const { found, page } = await examine(
        put({ head: RESERVED, body: `${corner.replace(/>.*/, ' />')}<main>${form}</main>${room.script}` }),
      );
      await page.close();
      assert.deepEqual(
        found.map(({ title }) => title),
        ['<support-launcher> is never closed'],
      );
    });

    oneMore('rules of the page that its own policy refuses', () =>
      mends({
        kind: 'policy',
        says: /style-src refuses a <style> with your rules for the tags/,
        page: {
          body: `<style>support-form { display: block; min-block-size: 66rem; --support-color-accent: #7a4b12 }</style>${form}`,
          headers: { 'content-security-policy': "style-src 'self'" },
        },
        hurts: async (page) => {
          await page.getByRole('textbox', { name: 'Subject' }).waitFor();
          return page.evaluate(() => getComputedStyle(document.querySelector('support-form')!).minBlockSize !== '1056px');
        },
        paste: header,
      }),
    );

    it('a tag that is never closed', () =>
      mends({
        kind: 'tag',
        says: /<support-form> is never closed: <footer> and what follows are inside it/,
        page: { head: RESERVED, body: `${room.script}<div>${form.replace(/>.*/, ' />')}<footer>Kiln Row</footer></div>` },
        hurts: async (page) => !(await page.getByText('Kiln Row').isVisible()),
        paste: (page, code) => ({ ...page, body: page.body.replace(/<support-form[^>]*>/, code) }),
      }));

    it('no shop’s own form that stands in a tag for when ours cannot', async () => {
      const own =
        '<section><form action="/contact"><h1>Contact</h1><input name="from"><footer><button>Send</button></footer></form></section>';
      const { found, page } = await examine(put({ head: RESERVED, body: form.replace(LINK, own) }));
      assert.deepEqual(found, []);
      await page.close();
    });

    for (const [title, wrong, says] of [
      ['a misspelled attribute', () => form.replace('desk=', 'dsek='), /Nothing reads the attribute dsek: Write desk="demo"/],
      ['a misspelled adapter', () => `<support-form adapter="memroy">${LINK}</support-form>`, /No adapter is called "memroy"/],
      [
        'a misspelled tag',
        () => form.replaceAll('support-form', 'support-from'),
        /No element is called <support-from>: Write <support-form>/,
      ],
      ['an endpoint where nobody is', () => form.replace(room.server.url, 'http://localhost:9'), /http:\/\/localhost:9 does not answer/],
    ] as const) {
      it(title, () => mends({ kind: 'tag', says, page: { head: RESERVED, body: wrong() }, hurts: isBroken, paste: tagAnew }));
    }

    it('an old script that a cache has kept', async () => {
      const folder = new URL(`../../${ENTRY}`, import.meta.url);
      const entry = await readFile(new URL('embed.js', folder), 'utf8');
      const [part = ''] = /doctor-[\w-]+\.js/.exec(entry) ?? [];
      const type = { 'content-type': 'text/javascript' };
      for (const name of await readdir(new URL('c/', folder)))
        if (name.endsWith('.js'))
          room.pages[`/own/c/${name}`] = { html: await readFile(new URL(`c/${name}`, folder), 'utf8'), headers: type };
      room.pages['/own/c/doctor-newbuild.js'] = room.pages[`/own/c/${part}`]!;
      room.pages['/own/embed.js'] = { html: entry, headers: { ...type, 'cache-control': 'max-age=3600' } };
      const body = `<support-form adapter="memory">${LINK}</support-form><script type="module" src="/own/embed.js"></script>`;
      const address = put({ head: RESERVED, body });
      const page = await open(`${address}?support-doctor`);
      assert.deepEqual(await findings(page), []);
      // the shop is upgraded; this browser has the script of yesterday
      room.pages['/own/embed.js'] = {
        html: entry.replace(part, 'doctor-newbuild.js'),
        headers: { ...type, 'cache-control': 'max-age=3600' },
      };
      await page.goto(`${address}?support-doctor&again`);
      const [stale, ...more] = await findings(page);
      assert.match(`${stale?.kind} ${stale?.title}`, /version The page runs an older script than its address serves/);
      assert.deepEqual(more, []);
      put({ head: RESERVED, body: body.replace(/<script.*<\/script>/, stale!.code) }, new URL(address).pathname);
      await page.goto(`${address}?support-doctor&mended`);
      assert.deepEqual(await findings(page), []);
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')));
      assert.ok(loaded.includes('doctor-newbuild.js'));
      await page.close();
    });

    it('parts that were not copied with the script, and a copy that is older than its server', async () => {
      const entry = await readFile(new URL(`../../${ENTRY}embed.js`, import.meta.url), 'utf8');
      const type = { 'content-type': 'text/javascript' };
      room.pages['/copy/embed.js'] = { html: entry.replace(/wake-[\w-]+\.js/, 'wake-yesterda.js'), headers: type };
      for (const [, name] of Object.keys(room.pages).map((path) => /^\/own\/c\/(.*)$/.exec(path) ?? []))
        if (name) room.pages[`/copy/c/${name}`] = room.pages[`/own/c/${name}`]!;
      const body = `${form}<script type="module" src="/copy/embed.js"></script>`;
      const address = put({ head: RESERVED, body });
      const { found, page } = await examine(address);
      await page.close();
      assert.match(found.map(({ title }) => title).join(), /1 of \d+ parts of the script are missing/);
      const skew = found.find(({ title }) => title === 'The script and its server are of two versions');
      assert.ok(skew);
      put({ head: RESERVED, body: body.replace(/<script.*<\/script>/, skew.code) }, new URL(address).pathname);
      const again = await examine(address);
      assert.deepEqual(again.found, []);
      await again.page.close();
      // both at once, the shop's copy whole: the server's stays
      const wake = /wake-[\w-]+\.js/.exec(entry)![0];
      room.pages['/copy/c/wake-yesterda.js'] = room.pages[`/own/c/${wake}`]!;
      put({ head: RESERVED, body: body + room.script }, new URL(address).pathname);
      const both = await examine(address);
      await both.page.close();
      assert.deepEqual(
        both.found.map(({ title, code }) => [title, code]),
        [['The page has the script in two versions', room.script]],
      );
    });
  });

  it('names what it cannot read, and what it does', async () => {
    const origin = `http://127.0.0.1:${room.shop.port}`;
    room.pages['/cdn.css'] = { html: 'main * { float: right }', headers: { 'content-type': 'text/css' } };
    const { found, page } = await examine(
      put({ head: `${RESERVED}<link rel="stylesheet" href="${origin}/cdn.css">`, body: `<main>${form}</main>` }),
    );
    assert.match(found[0]?.text ?? '', new RegExp(`^${origin}/cdn\\.css sets float`, 'i'));
    await page.getByText(`${origin}/cdn.css cannot be read`).waitFor();
    await page.close();
  });

  for (const name of ['support-field', 'support-form'])
    it(`names the name of ours that another script has taken: ${name}`, async () => {
      const define = `<script>customElements.define('${name}', class extends HTMLElement {})</script>`;
      const { found, page } = await examine(put({ head: RESERVED + define, body: form }));
      assert.deepEqual(
        found.map(({ kind, title }) => [kind, title]),
        [['tag', `Another script has taken the name <${name}>`]],
      );
      await page.close();
    });

  describe('as people meet it', () => {
    const body = () =>
      `<style>#content .rte * { float: left } :root { --support-color-accent: #ffd814 }</style><div id="content"><div class="rte">${form}</div></div>${corner}`;

    it('works under a strict policy with Trusted Types, and without a violation', async () => {
      const policy = `default-src 'none'; script-src ${room.server.url}; style-src 'self'; img-src 'self'; connect-src 'self' ${room.server.url}; require-trusted-types-for 'script'; trusted-types lit-html`;
      room.pages['/strict.css'] = {
        html: 'support-form { display: block; min-block-size: 66rem } main * { float: left }',
        headers: { 'content-type': 'text/css' },
      };
      const page = await room.browser.newPage();
      const noise = listenForNoise(page);
      await page.goto(
        `${put({ head: '<link rel="stylesheet" href="/strict.css">', body: `<main>${form}</main>`, headers: { 'content-security-policy': policy } })}?support-doctor`,
      );
      assert.equal((await findings(page)).length, 1);
      assert.deepEqual(noise, []);
      await page.close();
    });

    for (const [width, lang, dir, colorScheme, always] of [
      [390, 'en', 'ltr', 'light', true],
      [1280, 'en', 'ltr', 'dark', false],
      [390, 'ar', 'rtl', 'dark', false],
      [1280, 'ar', 'rtl', 'light', true],
    ] as const) {
      (always ? it : oneMore)(`is read, reached and closed at ${width} px, ${dir}, ${colorScheme}`, async () => {
        const address = put({
          body: `<div dir="${dir}">${body()}</div><script>document.documentElement.dir = "${dir}"</script>${room.script}`,
          lang,
        });
        const page = await open(`${address}?support-doctor`, { width, colorScheme });
        const [first] = await findings(page);
        assert.ok(first?.code);
        await checkPage(page, { secrets: [], within: 'support-doctor' });
        const box = (await page.locator('support-doctor section').boundingBox())!;
        assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        if (width > 390) assert.equal(box.x < width / 2, dir === 'rtl');
        else assert.equal(box.width, width);
        const place = process.env['SCREENS'];
        if (place) await page.screenshot({ path: `${place}/doctor-${width}-${dir}-${colorScheme}.png` });
        assert.match(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? ''), /in the way/);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.locator('support-doctor section').waitFor();
        await page.keyboard.press('Escape');
        await page.locator('support-doctor').waitFor({ state: 'detached' });
        await page.close();
      });
    }

    it('copies a snippet', async () => {
      const page = await open(`${put({ head: RESERVED, body: body() })}?support-doctor`, {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const [first] = await findings(page);
      await page.getByRole('button', { name: 'Copy snippet 1' }).click();
      await page.getByText('Copied.').waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), first?.code);
      await page.close();
    });

    it('finds the same in Firefox', { skip: !firefoxPath() && 'this machine has no Firefox' }, async () => {
      const address = put({ head: RESERVED, body: body() });
      const { found, page } = await examine(address);
      await page.close();
      const firefox = await launchFirefox();
      try {
        const other = await firefox.newPage();
        await other.setViewport({ width: 1280, height: 900 });
        await other.goto(`${address}?support-doctor`);
        await other.waitForFunction(() => !!document.querySelector('support-doctor')?.shadowRoot?.querySelector('section'));
        const titles = await other.evaluate(() =>
          [...document.querySelector('support-doctor')!.shadowRoot!.querySelectorAll('li[data-weight=problem] h3')].map(
            (name) => name.lastChild!.textContent,
          ),
        );
        assert.deepEqual(
          titles,
          found.map(({ title }) => title),
        );
      } finally {
        await firefox.close();
      }
    });
  });
});
