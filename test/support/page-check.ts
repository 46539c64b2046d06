import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Looks at a page and at every document in it as assistive technology does: no fault that axe knows, and none of the secrets where it
 * is read out by itself, or as the name of something.
 *
 * @param within Selector of the part of the page that is ours; else all of it. Frames are always looked at whole.
 */
export async function checkPage(page: Page, { secrets, within }: { secrets: readonly string[]; within?: string }): Promise<void> {
  for (const frame of page.frames()) {
    if (!/^https?:/.test(frame.url())) continue;
    const { faults, spoken } = await look(frame, frame === page.mainFrame() ? within : undefined);
    assert.deepEqual(faults, [], frame.url());
    for (const secret of secrets) assert.ok(!spoken.some((text) => text.includes(secret)), `${frame.url()} reads a secret out`);
  }
}

async function look(frame: Frame, within: string | undefined): Promise<{ faults: string[]; spoken: string[] }> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(AXE);
  return frame.evaluate(
    async ([tags, place]) => {
      interface Found {
        violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
      }
      const { axe } = window as unknown as { axe: { run(context: Node, options: object): Promise<Found> } };
      const { violations } = await axe.run((place && document.querySelector(place)) || document, {
        runOnly: tags,
        iframes: false,
        resultTypes: ['violations'],
      });
      const spoken: string[] = [document.title];
      const wholeText = (node: Node): string =>
        node.nodeType === Node.TEXT_NODE
          ? (node.nodeValue ?? '')
          : [...(((node as Element).shadowRoot ?? node) as ParentNode & Node).childNodes].map(wholeText).join(' ');
      const visit = (root: ParentNode) => {
        for (const element of root.querySelectorAll('*')) {
          const role = element.getAttribute('role') ?? '';
          const live = element.getAttribute('aria-live') ?? 'off';
          if (live !== 'off' || /^(alert|status|log|timer|marquee)$/.test(role) || element.localName === 'output')
            spoken.push(wholeText(element));
          for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'alt', 'placeholder'])
            spoken.push(element.getAttribute(name) ?? '');
          if (element.shadowRoot) visit(element.shadowRoot);
        }
      };
      visit(document);
      return {
        faults: violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id} ${node.html.slice(0, 160)} ${(node.failureSummary ?? '').replaceAll(/\s+/g, ' ').slice(0, 160)}`),
        ),
        spoken: spoken.filter(Boolean),
      };
    },
    [TAGS, within] as [string[], string | undefined],
  );
}
