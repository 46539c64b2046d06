import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import type { SupportThread } from '../../packages/elements/dist/support-thread/support-thread.js';
import { until } from '../support/browser-setup.ts';
import { openForm, type FormPage } from './form-page.ts';
import { file, forgetDevice, newAdapter, openThread, type Page } from './tracker-page.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PASSWORD = 'Sommer2029!x';
const TEXT = `I cannot log in.\nMy password is ${PASSWORD} and it is refused.`;

async function violations(element: Element): Promise<string[]> {
  const { violations: found } = await axe.run(element, { runOnly: TAGS });
  return found.filter(({ id }) => !/^(region|landmark-one-main|page-has-heading-one|heading-order)$/.test(id)).map(({ id }) => id);
}

/** Presses Tab until a part has the focus. */
async function tabTo(page: { focused(): Element | null }, part: string): Promise<void> {
  await until(`the focus on ${part}`, async () => {
    if (page.focused()?.getAttribute('part') === part) return true;
    await sendKeys({ press: 'Tab' });
    return page.focused()?.getAttribute('part') === part;
  });
}

describe('a form with a password in its message', () => {
  let page: FormPage;
  afterEach(async () => {
    page.mounted.remove();
    await forgetDevice();
  });

  const ask = async (locale = 'en', text = TEXT, theme = 'light') => {
    page = await openForm({ attributes: { locale, theme } });
    page.fill();
    page.write('message', text);
    page.send();
    return until('the question', () => page.root.querySelector<HTMLElement>('[data-code=secret]'));
  };
  const posts = async () => (await page.mounted.seen()).filter(({ method, path }) => method === 'POST' && path.endsWith('/tickets')).length;

  for (const [locale, theme, wanted] of [
    ['en', 'light', ['A password', 'Remove it', 'Send as it is']],
    ['fr', 'dark', ['Un mot de passe', 'Retirer', 'Envoyer tel quel']],
  ] as const) {
    it(`asks before it sends, and never shows the whole (${locale})`, async () => {
      const question = await ask(locale, TEXT, theme);
      await page.state('failed');
      for (const words of wanted) expect(question.textContent).to.contain(words);
      expect(question.textContent).to.contain('S…x').and.not.to.contain(PASSWORD).and.not.to.contain('Sommer');
      expect(page.focused()).to.equal(question);
      expect(question.querySelectorAll('button')).to.have.length(2);
      expect(await violations(page.form)).to.deep.equal([]);
      expect(await posts()).to.equal(0);
    });
  }

  it('takes it out of the field, says so, and sends what is left', async () => {
    await ask();
    page.part('remove-secret')?.click();
    await page.state('ready');
    await until(
      'the text without it',
      () => page.control('message').value === 'I cannot log in.\nMy password is [removed] and it is refused.',
    );
    expect(page.root.querySelector('.actions [role=status]')?.textContent).to.contain('Removed');
    expect(page.focused()).to.equal(page.control('message'));
    expect(await posts()).to.equal(0);
    page.send();
    await page.state('sent');
    expect(await posts()).to.equal(1);
  });

  it('sends it as it is when that is meant, and asks once', async () => {
    await ask();
    await page.mounted.setRules([{ match: 'POST /tickets', times: 1, fault: { kind: 'drop' } }]);
    page.part('keep-secret')?.click();
    await until('an end', () => /sent|failed/.test(page.part('base')?.dataset['state'] ?? ''));
    if (page.part('base')?.dataset['state'] === 'failed') (await until('the retry', () => page.part('retry'))).click();
    await page.state('sent');
    expect(page.root.querySelector('[data-code=secret]')).to.equal(null);
  });

  it('asks again about another one, and only about that', async () => {
    await ask();
    page.write('message', `${TEXT}\nAPI key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0`);
    await until('no question', () => !page.root.querySelector('[data-code=secret]'));
    page.send();
    const question = await until('both', () => page.root.querySelector<HTMLElement>('[data-code=secret]'));
    expect(question.querySelectorAll('li')).to.have.length(2);
    expect(page.part('remove-secret')?.textContent).to.contain('Remove them');
  });

  it('can be answered by keyboard', async () => {
    await ask();
    await tabTo(page, 'remove-secret');
    await sendKeys({ press: 'Tab' });
    expect(page.focused()).to.equal(page.part('keep-secret'));
    await sendKeys({ press: 'Enter' });
    await page.state('sent');
  });

  it('forgets the question when another ticket is begun', async () => {
    await ask();
    page.form.reset();
    await page.state('ready');
    expect(page.root.querySelector('[data-code=secret]')).to.equal(null);
  });

  it('asks nothing about a plain message', async () => {
    page = await openForm();
    page.fill();
    page.write('message', 'The password is refused although I changed it. The order is FR-2024-00123.');
    page.send();
    await page.state('sent');
  });
});

describe('a reply with a password in it', () => {
  let page: Page<SupportThread>;
  afterEach(async () => {
    page.remove();
    await forgetDevice();
  });

  const ask = async (locale = 'en', openVault?: SupportThread['openVault']) => {
    const adapter = newAdapter();
    page = await openThread(adapter, await file(adapter, 'Lamp'), { locale });
    page.element.openVault = openVault;
    await page.press('to-reply');
    await page.shown('reply');
    page.write('#text', TEXT);
    page.part('submit')?.click();
    return until('the question', () => page.root.querySelector<HTMLElement>('[data-code=secret]'));
  };
  const written = () => page.root.querySelector<HTMLTextAreaElement>('#text')?.value;
  const sent = () => until('the reply', () => page.parts('message').length === 2);

  for (const locale of ['en', 'fr']) {
    it(`asks before it sends, and never shows the whole (${locale})`, async () => {
      const question = await ask(locale);
      expect(question.textContent).to.contain('S…x').and.not.to.contain('Sommer');
      expect(page.part('move-secret')).to.equal(null);
      await until('the focus', () => page.focused() === question);
      expect(await violations(page.element)).to.deep.equal([]);
      expect(page.parts('message')).to.have.length(1);
    });
  }

  it('takes it out of the box, and sends what is left', async () => {
    await ask();
    await page.press('remove-secret');
    await until('the text without it', () => written()?.includes('My password is [removed] and'));
    await page.says('Removed.');
    expect(page.root.querySelector('[data-code=secret]')).to.equal(null);
    page.part('submit')?.click();
    await sent();
    expect(page.text()).not.to.contain(PASSWORD);
  });

  it('sends it as it is when that is meant', async () => {
    await ask();
    await tabTo(page, 'keep-secret');
    await sendKeys({ press: 'Enter' });
    await sent();
    expect(page.text()).to.contain(PASSWORD);
  });

  it('hands it to the vault where access was asked for', async () => {
    let moved: readonly string[] = [];
    await ask('en', (secrets) => (moved = secrets));
    await page.press('move-secret');
    expect(moved).to.deep.equal([PASSWORD]);
    await until('the text without it', () => written()?.includes('[removed]'));
    expect(page.parts('message')).to.have.length(1);
  });

  it('goes away when something else is written', async () => {
    await ask();
    page.write('#text', 'I found it.');
    await until('no question', () => !page.root.querySelector('[data-code=secret]'));
    page.part('submit')?.click();
    await sent();
  });
});
