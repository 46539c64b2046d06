import type { Browser } from 'playwright-core';

/** What a person without a mouse meets, by what it is. */
export type KeyboardFacts = Record<string, string>;

/** What has the focus, through every open shadow root. */
const active = () => {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found;
};

/** Opens a widget by its button and the Enter key, and looks. */
export async function readKeyboardFacts(
  browser: Browser,
  address: string,
  { button, field }: { button: string; field: string },
): Promise<KeyboardFacts> {
  const page = await (await browser.newContext({ viewport: { width: 412, height: 915 } })).newPage();
  await page.addInitScript(`globalThis.__active = ${active.toString()}`);
  await page.route(/^https:/, (route) => route.abort());
  await page.goto(address);
  const opener = page.locator(button).first();
  await opener.waitFor();
  await opener.focus();
  await page.keyboard.press('Enter');
  const first = page.locator(field).first();
  await first.waitFor();
  await page.waitForTimeout(700);
  const named = () => page.evaluate(() => (globalThis as unknown as { __active: () => Element | null }).__active()?.localName ?? 'nothing');
  const focus = await named();
  const dialog = page.locator('dialog[open]').first();
  const facts = await dialog.evaluate((found) => ({
    modal: found.matches(':modal'),
    named: !!(found.getAttribute('aria-label') || found.getAttribute('aria-labelledby')),
  }));
  const inputs = await dialog.evaluate((found) => {
    const all: HTMLElement[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.matches('input:not([type=file], [type=radio], [type=checkbox], [type=hidden], [tabindex="-1"]), textarea, select'))
          all.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(found);
    return {
      size: Math.min(...all.map((input) => parseFloat(getComputedStyle(input).fontSize))),
      filled: all.filter((input) => /name|email/.test(input.getAttribute('autocomplete') ?? '')).length,
    };
  });
  let left = false;
  await first.focus();
  for (let press = 0; press < 25 && !left; press++) {
    await page.keyboard.press('Tab');
    left = await page.evaluate(() => {
      const open = (root: ParentNode): Element | null => {
        for (const element of root.querySelectorAll('*')) {
          if (element.matches('dialog[open]')) return element;
          const inner = element.shadowRoot && open(element.shadowRoot);
          if (inner) return inner;
        }
        return null;
      };
      const inside = open(document);
      for (let node: Node | null = (globalThis as unknown as { __active: () => Element | null }).__active(); node;)
        if (node === inside || (node as Element).localName === 'body') return node !== inside && (node as Element).localName !== 'body';
        else node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null;
      return true;
    });
  }
  await first.focus();
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  const closed = !(await first.isVisible());
  const back = closed
    ? await opener.evaluate((found) => (globalThis as unknown as { __active: () => Element | null }).__active() === found)
    : false;
  await page.context().close();
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  return {
    'focus after opening': focus,
    'dialog is modal': yes(facts.modal),
    'dialog has a name': yes(facts.named),
    'Tab stays in it': yes(!left),
    'Escape closes it': yes(closed),
    'focus returns to the button': yes(back),
    'smallest text in a field': `${inputs.size} px`,
    'fields a browser can fill in': String(inputs.filled),
  };
}
