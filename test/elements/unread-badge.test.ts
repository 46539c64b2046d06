import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import '../../packages/elements/dist/support-launcher/index.js';
import type { SupportLauncher } from '../../packages/elements/dist/support-launcher/support-launcher.js';
import { watchUnread } from '../../packages/elements/dist/tracking/index.js';
import { AGENT, file, forgetDevice, newAdapter } from './tracker-page.ts';

describe('the badge of a launcher', () => {
  afterEach(forgetDevice);

  it('counts up with each answer', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    const launcher = document.createElement('support-launcher') as SupportLauncher;
    Object.assign(launcher, { adapter, locale: 'en', label: 'Contact us' });
    document.body.append(launcher);
    const name = () => launcher.shadowRoot?.querySelector('[part=base]')?.textContent?.replace(/\s+/g, ' ').trim();
    await until('no badge', () => name() === 'Contact us');
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await until('one', () => name() === 'Contact us 11 new answer');
    await adapter.backend.answer(number, 'It has arrived.', AGENT);
    await until('two', () => name() === 'Contact us 22 new answers');
    // as a theme does that moves its footer
    launcher.remove();
    document.body.prepend(launcher);
    await adapter.backend.answer(number, 'Did you find it?', AGENT);
    await until('three', () => name() === 'Contact us 33 new answers');
    launcher.remove();
  });

  it('goes on with a count that was begun before it was here', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    const launcher = document.createElement('support-launcher') as SupportLauncher;
    let asked = 0;
    const { listTickets } = adapter.tracking;
    adapter.tracking.listTickets = (options) => {
      asked++;
      return listTickets.call(adapter.tracking, options);
    };
    watchUnread(adapter, launcher);
    Object.assign(launcher, { adapter, locale: 'en', label: 'Contact us' });
    document.body.append(launcher);
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await until('one', () => launcher.unread === 1);
    const before = asked;
    await adapter.backend.answer(number, 'It has arrived.', AGENT);
    await until('two', () => launcher.unread === 2);
    expect(asked - before, 'one count').to.equal(1);
    launcher.remove();
  });

  it('is named in words beside a button whose code has not been loaded', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    const undressed = document.createElement('support-undressed');
    undressed.lang = 'en';
    const button = document.createElement('button');
    button.textContent = 'Contact us';
    undressed.attachShadow({ mode: 'open' }).append(button);
    document.body.append(undressed);
    const end = watchUnread(adapter, undressed);
    for (const answers of ['1 new answer', '2 new answers']) {
      await adapter.backend.answer(number, 'It is on its way.', AGENT);
      await until(answers, () => button.ariaLabel === `Contact us, ${answers}`);
    }
    expect(button.textContent).to.equal('Contact us (2)');
    end();
    undressed.remove();
  });
});

describe('the tickets in a launcher', () => {
  afterEach(forgetDevice);

  it('keep the focus when what was pressed goes', async () => {
    const adapter = newAdapter();
    await file(adapter, 'Lamp');
    const launcher = document.createElement('support-launcher') as SupportLauncher;
    Object.assign(launcher, { adapter, locale: 'en', label: 'Contact us' });
    document.body.append(launcher);
    await launcher.updateComplete;
    launcher.follow('');
    const tracker = () => launcher.shadowRoot?.querySelector('support-tracker')?.shadowRoot;
    const more = await until('the list', () => tracker()?.querySelector<HTMLElement>('[data-group=closed] [part=more]'));
    more.focus();
    more.click();
    await until('focus on the heading', () => tracker()?.activeElement === tracker()?.querySelector('[part=heading]'));
    expect(tracker()?.querySelector<HTMLElement>('[part=heading]')?.offsetWidth, 'seen by nobody').to.equal(1);
    launcher.remove();
  });
});
