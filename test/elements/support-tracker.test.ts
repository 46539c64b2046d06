import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { AGENT, file, forgetDevice, MemoryAdapter, newAdapter, openTracker, PERSON, type Page } from './tracker-page.ts';
import { readSession } from '../../packages/elements/dist/tracking/kept-access.js';
import type { SupportTracker } from '../../packages/elements/dist/support-tracker/support-tracker.js';

describe('support-tracker', () => {
  let page: Page<SupportTracker>;
  afterEach(async () => {
    page.remove();
    await forgetDevice();
  });

  const group = (name: string) => [...page.root.querySelectorAll(`[data-group=${name}] [part=ticket] bdi`)].map((node) => node.textContent);
  const toolsOpen = async () => {
    (page.part('tools') as HTMLDetailsElement).open = true;
    await page.shown('find');
  };

  it('groups tickets by whose turn it is, and counts what is new', async () => {
    const adapter = newAdapter();
    const lamp = await file(adapter, 'Lamp');
    await file(adapter, 'Parcel');
    const shade = await file(adapter, 'Shade');
    await adapter.backend.answer(lamp, 'It is on its way.', AGENT);
    await adapter.backend.answer(lamp, 'It has arrived.', AGENT);
    adapter.backend.setStatus(shade, 'closed', AGENT);
    page = await openTracker({ adapter });
    expect(group('waiting')).to.deep.equal(['Lamp']);
    expect(group('open')).to.deep.equal(['Parcel']);
    expect(page.parts('unread').map((badge) => badge.textContent?.trim())).to.deep.equal(['22 new answers', '22 new answers']);
    page.root.querySelector<HTMLElement>('[data-group=closed] [part=more]')?.click();
    await until('the closed one', () => group('closed').length === 1);
    expect(group('closed')).to.deep.equal(['Shade']);
  });

  it('names the button for closed tickets, and says that there are none', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    const closed = () => page.root.querySelector('[data-group=closed]');
    expect(closed()?.querySelector('h3')).to.equal(null);
    expect(closed()?.textContent?.trim()).to.equal('Show closed tickets');
    await page.press('more');
    await until('the sentence', () => closed()?.textContent?.trim() === 'No closed tickets');
    expect(page.focused()).to.equal(page.part('heading'));
  });

  it('tells a person who only listens of each answer', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    for (const spoken of ['1 new answer', '2 new answers']) {
      await adapter.backend.answer(number, 'It is on its way.', AGENT);
      await until(spoken, () => page.element.spoken === spoken);
    }
  });

  it('opens a ticket in place, and goes back to it with Escape', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    await page.press('ticket');
    const thread = page.thread();
    await until('focus on the subject', () => page.focused() === thread.part('heading'));
    expect(page.part('list')?.hidden).to.equal(true);
    expect(thread.text()).to.contain('Where is it?');
    thread.element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until('focus on the ticket', () => page.focused() === page.part('ticket'));
    expect(page.part('opened')).to.equal(null);
    await page.press('ticket');
    await page.press('back');
    await until('focus again', () => (page.focused() as HTMLElement).dataset['number'] === number);
  });

  it('finds a ticket by its number however it is typed', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    await toolsOpen();
    page.write('#number', ` ${number.toLowerCase().replace('-', ' ')} `);
    page.part('find')?.querySelector('button')?.click();
    await until('the ticket', () => page.element.number === number);
  });

  it('explains a number that this device does not have', async () => {
    const adapter = newAdapter();
    const other = await file(adapter, 'Lamp', { kept: false });
    await file(adapter, 'Parcel');
    page = await openTracker({ adapter });
    await toolsOpen();
    page.write('#number', other);
    page.part('find')?.querySelector('button')?.click();
    const notice = await page.shown('not-here');
    expect(notice.textContent).to.contain(other).and.to.contain('Sign in');
    expect(page.element.number).to.equal('');
  });

  it('forgets one ticket, then all, and leaves nothing', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    await file(adapter, 'Parcel');
    await file(adapter, 'Shade');
    page = await openTracker({ adapter });
    await toolsOpen();
    await page.press('forget');
    // the second half of a double click answers nothing
    page.part('forget')?.dispatchEvent(new MouseEvent('click', { detail: 2, cancelable: true }));
    await page.element.updateComplete;
    expect(page.part('forget')?.textContent).to.contain('Really?');
    await page.press('forget');
    await until('two tickets', () => page.parts('ticket').length === 2);
    await page.press('forget-all');
    await page.press('forget-all');
    await page.shown('empty');
    await until('nothing kept', nothingKept);
  });

  it('leaves no database where there is nothing to keep', async () => {
    page = await openTracker({ adapter: newAdapter() });
    await page.shown('find');
    page.remove();
    expect(await nothingKept()).to.equal(true);
  });

  it('says plainly where tickets cannot be followed', async () => {
    const { tracking: _, ...adapter } = newAdapter();
    page = await openTracker({ adapter: adapter as never, state: 'absent' });
    expect(page.text()).to.contain('cannot be followed here');
  });

  it('shows what this device knows when the backend is away, and reads again', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    adapter.backend.readFault = 'network';
    page = await openTracker({ adapter, state: 'failed' });
    await page.says('did not answer');
    expect(page.part('error')?.dataset['code']).to.equal('network');
    expect(page.text()).to.contain('Lamp');
    adapter.backend.readFault = undefined;
    await page.press('retry');
    await page.state('ready');
    await until('focus', () => page.focused() === page.part('heading'));
    expect(group('open')).to.deep.equal(['Lamp']);
  });

  it('signs in by a mailed link, shows the sessions and signs out', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Elsewhere', { kept: false });
    page = await openTracker({ adapter });
    await page.shown('find');
    page.write('#email', 'nope');
    page.part('account')?.querySelector('button')?.click();
    await page.says('name@example.com');
    await until('focus on the address', () => page.focused()?.id === 'email');
    page.write('#email', PERSON.email);
    page.part('account')?.querySelector('button')?.click();
    await page.says('If we know ann@example.com');
    await until('focus above what was said', () => page.focused()?.id === 'account');
    const mail = await until('the mail', () => adapter.backend.mails.at(-1));
    const before = location.href;
    history.replaceState(null, '', `#support-sign-in=${mail.linkToken}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    expect(location.hash).to.equal('');
    await page.shown('session');
    await until('the list', () => group('open').length === 1);
    await page.press('end');
    await until('signed out', () => page.root.querySelector('#email'));
    await until('no ticket', () => !page.parts('ticket').length);
    history.replaceState(null, '', before);
  });

  it('asks before a link that was asked for elsewhere is spent', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Elsewhere', { kept: false });
    await adapter.signIn.requestLink({ email: PERSON.email, browserSecret: 'b'.repeat(43), locale: 'en' });
    const mail = adapter.backend.mails.at(-1);
    history.replaceState(null, '', `#support-sign-in=${mail?.linkToken}`);
    page = await openTracker({ adapter });
    expect(location.hash).to.equal('');
    await page.says('Is it you?');
    page.part('account')?.querySelector('button')?.click();
    await page.shown('session');
    history.replaceState(null, '', `#support-sign-in=${mail?.linkToken}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    await page.says('has been used or is too old');
  });

  it('knows whom the shop has signed in, for as long as the page', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Elsewhere', { kept: false });
    page = await openTracker({ adapter, attributes: { 'identity-token': adapter.backend.signIdentity(PERSON) } });
    await until('the list', () => group('open').length === 1);
    for (const kind of ['link', 'device'] as const) expect(await readSession(adapter.scope, kind), kind).to.equal(undefined);
  });

  it('signs in again what was lost on its way, when asked to', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Elsewhere', { kept: false });
    adapter.fail('network');
    page = await openTracker({
      adapter,
      attributes: { 'identity-token': adapter.backend.signIdentity(PERSON) },
      state: 'failed',
    });
    adapter.lift();
    await page.press('retry');
    await until('the list', () => group('open').length === 1);
  });

  it('shows news of whom the shop has signed in, beside those of the device', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    const elsewhere = await file(adapter, 'Elsewhere', { kept: false });
    page = await openTracker({ adapter, attributes: { 'identity-token': adapter.backend.signIdentity(PERSON) } });
    await until('both lists', () => group('open').length === 2);
    await adapter.backend.answer(elsewhere, 'It is on its way.', AGENT);
    await until('the answer', () => group('waiting').includes('Elsewhere'));
  });

  it('looks for a number that is here although nobody can be asked', async () => {
    const adapter = newAdapter();
    page = await openTracker({ adapter });
    await page.shown('find');
    const number = await file(adapter, 'Lamp');
    adapter.backend.readFault = 'network';
    page.write('#number', number);
    page.part('find')?.querySelector('button')?.click();
    await until('the thread', () => page.part('opened') && page.thread().part('error'));
    expect(page.part('not-here')).to.equal(null);
  });

  it('shows news without being asked', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    expect(group('open')).to.deep.equal(['Lamp']);
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await until('the answer', () => group('waiting').length === 1);
    expect(page.part('unread')?.textContent).to.contain('1 new answer');
  });

  it('listens with the adapter that it was handed last', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    const later = new MemoryAdapter({ backend: adapter.backend });
    const { follow } = later.tracking;
    const stood = new Promise((resolve) => {
      later.tracking.follow = (options) => {
        resolve(true);
        return follow.call(later.tracking, options);
      };
    });
    page.element.adapter = later;
    await stood;
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await until('the answer', () => group('waiting').length === 1);
  });

  it('opens a device session anew when it has ended', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    page = await openTracker({ adapter });
    adapter.backend.expireSessions();
    await page.element.read();
    expect(group('open')).to.deep.equal(['Lamp']);
  });

  it('shows hundreds of tickets page by page without a long task', async () => {
    const adapter = newAdapter();
    for (let n = 0; n < 150; n++) await file(adapter, `Ticket ${n}`);
    page = await openTracker({ adapter });
    const first = page.parts('ticket').length;
    expect(first).to.be.lessThan(150);
    while (page.root.querySelector('[data-group=open] [part=more]')) {
      const { length } = page.parts('ticket');
      page.root.querySelector<HTMLElement>('[data-group=open] [part=more]')?.click();
      await until('more tickets', () => page.parts('ticket').length > length);
      await until('the end of it', () => !page.element.busy);
    }
    expect(page.parts('ticket')).to.have.length(150);
  });
});

/** A shell without a store counts: what it is called would have every later page look into it. */
async function nothingKept(): Promise<boolean> {
  return (await indexedDB.databases()).every(({ name }) => !name?.startsWith('storefront-support'));
}
