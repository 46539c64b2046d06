import { messageTexts, waitingTexts } from '@storefront-support/elements/locales';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { hold, release } from '../../packages/elements/dist/outbox/locks.js';
import { until } from '../support/browser-setup.ts';
import type { Fault, Rule } from '../support/fault-proxy.ts';
import { openForm, type FormPage } from './form-page.ts';
import { entryFor, itemOf, keepBeside, keptOf, queuedEntry, removeKept, scopeOf } from './kept-entry.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Locale = 'en' | 'fr';
type Messages = Awaited<ReturnType<typeof messageTexts>>;
type Waiting = Awaited<ReturnType<typeof waitingTexts>>;

interface State {
  name: string;
  rules?: Rule[];
  reach: (page: FormPage) => unknown;
  /** What a person reads in this state. */
  told: (messages: Messages, waiting: Waiting) => string[];
}

const onSend = (fault: Fault): Rule[] => [{ match: 'POST /tickets', fault }];
const problem = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }),
});
const send = async (page: FormPage) => {
  page.fill();
  page.send();
  await page.state('failed');
};
const setOnline = (online: boolean) => Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => online });

const REASONS: [code: keyof Messages['errors'], rules: Rule[]][] = [
  ['network', onSend({ kind: 'drop' })],
  ['internal', onSend(problem(500, 'internal'))],
  ['unavailable', onSend(problem(503, 'unavailable', { 'retry-after': '90' }))],
  ['rate-limited', onSend(problem(429, 'rate-limited', { 'retry-after': '90' }))],
  ['not-a-receipt', onSend({ kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hotel</h1>' })],
];

const STATES: State[] = [
  ...REASONS.map(([code, rules]): State => ({
    name: `saved, not sent: ${code}`,
    rules,
    reach: send,
    told: (messages) => [messages.saved, messages.errors[code], messages.later],
  })),
  {
    name: 'saved, not sent: offline',
    rules: onSend({ kind: 'drop' }),
    reach: (page) => (setOnline(false), send(page)),
    told: (messages) => [messages.saved, messages.errors.offline, messages.later],
  },
  {
    name: 'online again',
    rules: onSend({ kind: 'drop' }),
    reach: async (page) => {
      setOnline(false);
      await send(page);
      setOnline(true);
      dispatchEvent(new Event('online'));
    },
    told: (messages) => [messages.saved, messages.online],
  },
  {
    name: 'a backend that cannot promise "once"',
    rules: onSend({ kind: 'drop' }),
    reach: async (page) => {
      const form = page.form as unknown as { adapter: object; updateComplete: Promise<boolean> };
      const inner = form.adapter as Record<'getDesk' | 'createTicket', (...given: unknown[]) => Promise<unknown>>;
      form.adapter = {
        name: 'unsure',
        delivery: 'unknown',
        scope: scopeOf(page),
        getDesk: () => inner.getDesk(),
        createTicket: (...given: unknown[]) => inner.createTicket(...given),
      };
      await form.updateComplete;
      await page.state('ready');
      await send(page);
    },
    told: (messages) => [messages.unconfirmed, messages.doubt, messages.sendAgain],
  },
  {
    name: 'a message that waits',
    reach: (page) => keepBeside(page, queuedEntry(page, 'Waits', { code: 'network' })),
    told: ({ errors }, waiting) => [waiting.title(1, '1'), 'Waits', errors.network, waiting.queued, waiting.sendNow, waiting.edit],
  },
  {
    name: 'a message that is being sent',
    reach: async (page) => {
      const entry = queuedEntry(page, 'Under way');
      await hold(entry.id);
      await keepBeside(page, entry);
      release(entry.id);
    },
    told: (_, waiting) => ['Under way', waiting.sending],
  },
  {
    name: 'a message that needs the person',
    reach: (page) => keepBeside(page, entryFor(page, 'Refused', { code: 'too-large' })),
    told: ({ errors }, waiting) => ['Refused', errors['too-large'], waiting.needsYou, waiting.resume],
  },
  {
    name: 'an unfinished message',
    reach: async (page) => {
      const other = queuedEntry(page, 'Another');
      const entry = entryFor(page, 'Unfinished');
      await keepBeside(page, other);
      // a draft is announced by nobody
      await import('../../packages/elements/dist/outbox/store.js').then(({ saveEntry }) => saveEntry(entry));
      await keepBeside(page, other, entry);
    },
    told: (_, waiting) => [waiting.title(2, '2'), 'Unfinished', waiting.unfinished, waiting.resume],
  },
  {
    name: 'a message that has been sent',
    reach: (page) => {
      const now = new Date().toISOString();
      const ticket = { id: 'x', number: 'K7QF-2M9X', kind: 'support', status: 'open', createdAt: now, firstResponseDueAt: null } as const;
      const receipt = { ticket, confirmationMail: 'queued' } as never;
      return keepBeside(page, queuedEntry(page, 'Sent', { receipt }));
    },
    told: (_, waiting) => ['Sent', waiting.sent('K7QF-2M9X'), waiting.seen],
  },
  {
    name: 'deleting asked twice, in the list',
    reach: async (page) => {
      const entry = queuedEntry(page, 'Unwanted');
      await keepBeside(page, entry);
      itemOf(page, entry.id)?.querySelector<HTMLElement>('[part=delete]')?.click();
    },
    told: (_, waiting) => ['Unwanted', waiting.reallyRemove],
  },
  {
    name: 'deleting asked twice, in the form',
    rules: onSend({ kind: 'drop' }),
    reach: async (page) => {
      await send(page);
      (await until('the button', () => page.part('delete'))).click();
    },
    told: (messages) => [messages.saved, messages.reallyDelete],
  },
  {
    name: 'a draft that is back',
    reach: async (page) => {
      page.fill();
      await until('the draft on the device', async () => (await keptOf(page))[0]?.values['message']);
      page.form.remove();
      const copy = page.form.cloneNode() as FormPage['form'];
      document.body.append(copy);
      Object.assign(page, { form: copy });
      await until('a form', () => page.form.shadowRoot);
      await page.state('ready');
    },
    told: (messages) => [messages.restored('|').split('|')[0] as string, messages.deleteHere],
  },
  {
    name: 'a browser that keeps nothing',
    reach: async (page) => {
      const refuse = () => {
        throw new DOMException('', 'SecurityError');
      };
      refused = indexedDB;
      Object.defineProperty(refused, 'open', { configurable: true, value: refuse });
      page.fill();
      await until('the notice', () => page.part('not-kept'));
    },
    told: (messages) => [messages.notKeptHere],
  },
];

/** WebKit makes it anew, without what was put on it, where nothing holds it. */
let refused: IDBFactory | undefined;

const textOf = (page: FormPage) => page.root.querySelector('[part=base]')?.textContent?.replace(/\s+/g, ' ') ?? '';

async function violations(element: Element): Promise<string[]> {
  const { violations: found } = await axe.run(element, { runOnly: TAGS });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** The region whose changes are spoken that holds a sentence. */
function regionOf(page: FormPage, sentence: string): Element | null {
  const holders = [...page.root.querySelectorAll('[role=alert], [role=status]')];
  return holders.find(({ textContent }) => textContent?.replace(/\s+/g, ' ').includes(sentence)) ?? null;
}

/** As a keyboard does it: what has focus is pressed. */
async function press(part: string, within: ParentNode, page: FormPage): Promise<void> {
  const button = await until(part, () => within.querySelector<HTMLElement>(`[part=${part}]`));
  button.focus();
  expect(page.focused()).to.equal(button);
  await sendKeys({ press: 'Enter' });
}

/** Blanks that keep a line together are drawn like others. */
const spaced = (text: string) => text.replace(/\s+/g, ' ');
const focusIsInForm = (page: FormPage) => page.focused() !== document.body && page.form.contains(document.activeElement);

describe('what waits on a device', () => {
  let page: FormPage;

  async function open(locale: Locale, rules: Rule[] = []): Promise<void> {
    page = await openForm({ rules, attributes: { locale } });
  }

  afterEach(async () => {
    delete (navigator as { onLine?: boolean }).onLine;
    delete (refused as { open?: unknown } | undefined)?.open;
    page.form.remove();
    page.mounted.remove();
    await removeKept(page);
  });

  for (const locale of ['en', 'fr'] as const) {
    for (const { name, rules, reach, told } of STATES) {
      it(`is told in ${locale}: ${name}`, async () => {
        const [messages, waiting] = await Promise.all([messageTexts(locale), waitingTexts(locale)]);
        await open(locale, rules);
        await reach(page);
        const sentences = told(messages, waiting).map(spaced);
        await until(sentences.join(' … '), () => sentences.every((sentence) => textOf(page).includes(sentence))).catch(() => undefined);
        for (const sentence of sentences) expect(textOf(page)).to.contain(sentence);
        expect(await violations(page.form)).to.deep.equal([]);
      });
    }
  }

  it('is spoken when it changes', async () => {
    const { saved } = await messageTexts('en');
    const { queued, sending, sent } = await waitingTexts('en');
    await open('en', onSend({ kind: 'drop' }));
    await send(page);
    expect(regionOf(page, saved)?.role).to.equal('alert');
    await page.mounted.setRules(onSend({ kind: 'hold-answer' }));
    const entry = queuedEntry(page, 'Spoken');
    await keepBeside(page, entry);
    const status = itemOf(page, entry.id)?.querySelector('[role=status]') as Element;
    // what sends in the background may have it in hand already
    await until('that it waits', () => [queued, sending].includes(status.textContent ?? ''));
    itemOf(page, entry.id)?.querySelector<HTMLElement>('[part=send-now]')?.click();
    await until('that it is being sent', () => status.textContent === sending);
    await until('its answer', async () => (await page.mounted.seen()).some(({ held }) => held));
    await page.mounted.setRules([]);
    await until('that it has been sent', () => status.textContent?.startsWith(sent('|').split('|')[0] as string), 25_000);
    expect(status.isConnected, 'the same region speaks').to.equal(true);
  });

  it('is sent, edited and deleted by keyboard alone, and focus is never lost', async () => {
    const { removed } = await waitingTexts('en');
    await open('en');
    const [sent, edited, deleted] = ['To send', 'To edit', 'To delete'].map((subject) => queuedEntry(page, subject));
    if (!sent || !edited || !deleted) return;
    // neither is sent by itself meanwhile
    for (const entry of [edited, deleted]) entry.retryAt = Date.now() + 120_000;
    await keepBeside(page, sent, edited, deleted);

    await press('send-now', itemOf(page, sent.id) as HTMLElement, page);
    const seen = await until('the button of a receipt', () => itemOf(page, sent.id)?.querySelector('[part=seen]'));
    expect(focusIsInForm(page), 'after sending').to.equal(true);
    expect(page.focused()).to.equal(seen);
    await sendKeys({ press: 'Enter' });
    await until('the receipt to go', () => !itemOf(page, sent.id));
    await until('focus on the heading of the list', () => page.focused()?.id === 'waiting-title');

    await press('delete', itemOf(page, deleted.id) as HTMLElement, page);
    await until('the question', () => itemOf(page, deleted.id)?.textContent?.includes('Really delete?'));
    expect(page.focused()).to.equal(itemOf(page, deleted.id)?.querySelector('[part=delete]'));
    await sendKeys({ press: 'Enter' });
    await until('the entry to go', () => !itemOf(page, deleted.id));
    await until('that it is gone', () => regionOf(page, removed));
    await until('focus on the heading of the list', () => page.focused()?.id === 'waiting-title');

    await press('edit', itemOf(page, edited.id) as HTMLElement, page);
    await until('its text', () => page.control('subject').value === 'To edit');
    expect(focusIsInForm(page), 'after editing').to.equal(true);
    await removeKept(page);
  });
});
