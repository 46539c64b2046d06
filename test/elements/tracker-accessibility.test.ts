import { expect } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import type { SupportThread } from '../../packages/elements/dist/support-thread/support-thread.js';
import type { SupportTracker } from '../../packages/elements/dist/support-tracker/support-tracker.js';
import { until } from '../support/browser-setup.ts';
import { AGENT, file, forgetDevice, newAdapter, openThread, openTracker, PERSON, type MemoryAdapter, type Page } from './tracker-page.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface TrackerCase {
  name: string;
  before?: (adapter: MemoryAdapter) => unknown;
  reach?: (page: Page<SupportTracker>) => unknown;
  state?: string;
  marker: string;
}

async function some(adapter: MemoryAdapter): Promise<void> {
  const lamp = await file(adapter, 'Lamp');
  const bill = await file(adapter, 'Bill');
  await file(adapter, 'Parcel');
  await adapter.backend.answer(lamp, 'It is on its way.', AGENT);
  adapter.backend.setStatus(bill, 'closed', AGENT);
}

const openTools = (page: Page<SupportTracker>) => (page.element.toolsOpen = true);
const askedElsewhere = async (page: Page<SupportTracker>, confirmed: boolean) => {
  const { adapter } = page;
  await adapter.signIn.requestLink({ email: PERSON.email, browserSecret: 'b'.repeat(43), locale: 'en' });
  openTools(page);
  await page.shown('find');
  await page.element.tools?.signIn.spend(adapter.backend.mails.at(-1)?.linkToken ?? '', confirmed);
};

const TRACKER: TrackerCase[] = [
  { name: 'empty', marker: '[part=empty]' },
  { name: 'with tickets', before: some, marker: '[part=unread]' },
  {
    name: 'that could not be read',
    before: async (adapter) => (await some(adapter), (adapter.backend.readFault = 'offline')),
    state: 'failed',
    marker: '[part=error]',
  },
  { name: 'with its tools', before: some, reach: openTools, marker: '[part=kept]' },
  { name: 'asking to confirm', before: some, reach: (page) => askedElsewhere(page, false), marker: '[part=account] [role=alert]' },
  { name: 'signed in', before: some, reach: (page) => askedElsewhere(page, true), marker: '[part=session]' },
  { name: 'with an opened ticket', before: some, reach: (page) => page.press('ticket'), marker: '[part=opened]' },
];

interface ThreadCase {
  name: string;
  before?: (adapter: MemoryAdapter, number: string) => unknown;
  reach?: (page: Page<SupportThread>) => unknown;
  marker: string;
}

const answering = (page: Page<SupportThread>) => page.press('to-reply');
const failing = (fault: 'network' | 'stall') => async (page: Page<SupportThread>) => {
  await answering(page);
  await page.shown('reply');
  page.adapter.fail(fault);
  page.write('#text', 'It is torn.');
  page.part('submit')?.click();
};

const THREAD: ThreadCase[] = [
  { name: 'new', marker: '[part=due]' },
  {
    name: 'answered with a file',
    before: ({ backend }, number) =>
      backend.answer(number, 'See this.', { ...AGENT, files: [new File(['A note.'], 'note.txt', { type: 'text/plain' })] }),
    marker: '[part=download]',
  },
  { name: 'being answered', reach: answering, marker: '[part=files]' },
  { name: 'with a reply on its way', reach: failing('stall'), marker: '[part=pending]' },
  { name: 'with a reply that was not sent', reach: failing('network'), marker: '[part=send-now]' },
  {
    name: 'closed',
    before: ({ backend }, number) => backend.setStatus(number, 'closed', { ...AGENT, reason: 'Sent.' }),
    reach: answering,
    marker: '[part=reopen]',
  },
  {
    name: 'being rated',
    before: ({ backend }, number) => backend.answer(number, 'Here you are.', AGENT),
    reach: async (page) => {
      await answering(page);
      (await until('the choice', () => page.root.querySelector<HTMLElement>('[value=bad]'))).click();
    },
    marker: '#comment',
  },
];

const VARIANTS: Record<string, string>[] = [{ locale: 'en' }, { locale: 'fr', dir: 'rtl', theme: 'dark' }];

async function violations(page: Page<SupportTracker | SupportThread>): Promise<string[]> {
  const { violations: found } = await axe.run(page.element, { runOnly: TAGS });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describe('following tickets is accessible', () => {
  let page: Page<SupportTracker> | Page<SupportThread>;
  afterEach(async () => {
    page.remove();
    await forgetDevice();
  });

  for (const attributes of VARIANTS) {
    const variant = Object.values(attributes).join(', ');
    for (const { name, before, reach, state = 'ready', marker } of TRACKER) {
      it(`in a list ${name} (${variant})`, async () => {
        const adapter = newAdapter();
        await before?.(adapter);
        const tracker = (page = await openTracker({ adapter, attributes, state }));
        await reach?.(tracker);
        await until(marker, () => tracker.root.querySelector(marker));
        if (name.includes('opened')) await tracker.thread().state('ready');
        expect(await violations(tracker)).to.deep.equal([]);
      });
    }
    for (const { name, before, reach, marker } of THREAD) {
      it(`in a ticket ${name} (${variant})`, async () => {
        const adapter = newAdapter();
        const number = await file(adapter, 'Lamp');
        await before?.(adapter, number);
        const thread = (page = await openThread(adapter, number, attributes));
        await reach?.(thread);
        await until(marker, () => thread.root.querySelector(marker));
        expect(await violations(thread)).to.deep.equal([]);
      });
    }
  }
});
