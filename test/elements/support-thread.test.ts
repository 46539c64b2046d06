import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import type { SupportThread } from '../../packages/elements/dist/support-thread/support-thread.js';
import { entriesOf } from '../../packages/elements/dist/outbox/store.js';
import { textFile } from './form-page.ts';
import { AGENT, file, forgetDevice, MemoryAdapter, newAdapter, openThread, type Page } from './tracker-page.ts';

const DAY_MS = 86_400_000;

describe('support-thread', () => {
  let page: Page<SupportThread>;
  afterEach(async () => {
    page.remove();
    await forgetDevice();
  });

  const messages = () => page.parts('message').map((message) => message.querySelector('.text')?.textContent);
  const draft = async () => (await entriesOf(page.adapter.scope))[0]?.values['message'];
  const answering = async () => {
    if (page.part('to-reply')) await page.press('to-reply');
    await page.shown('reply');
  };
  const reply = async (text: string) => {
    await answering();
    page.write('#text', text);
    page.part('submit')?.click();
  };

  it('shows who wrote what and when, and whose turn it is', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    expect(page.text())
      .to.contain('It is our turn')
      .and.to.match(/Answer due by .+ your time/);
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await adapter.backend.answer(number, 'Ann seems angry.', { ...AGENT, internal: true });
    adapter.backend.setStatus(number, 'closed', { ...AGENT, reason: 'Sent.' });
    await until('the closing', () => page.part('change'));
    expect(messages()).to.deep.equal(['Where is it?', 'It is on its way.']);
    expect(page.part('change')?.textContent).to.contain('Bo of Lantern & Loom: closed').and.to.contain('Sent.');
    expect(page.parts('message').map(({ dataset }) => dataset['by'])).to.deep.equal(['requester', 'agent']);
    expect(page.root.querySelector('time')?.dateTime).to.match(/^\d{4}-.*Z$/);
    expect(page.part('facts')?.textContent).to.contain('Closed');
    expect(page.part('due')).to.equal(null);
  });

  it('says that an answer is late', async () => {
    let now = Date.now() - 9 * DAY_MS;
    const adapter = newAdapter({ now: () => now });
    const number = await file(adapter, 'Lamp');
    now = Date.now();
    page = await openThread(adapter, number);
    expect(page.part('due')?.className).to.equal('late');
    expect(page.part('due')?.textContent).to.contain('Our answer is late');
  });

  it('tells of new messages, of many together', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    const spoken: string[] = [];
    const region = page.root.querySelector('[part=base] > [role=status]') as HTMLElement;
    new MutationObserver(() => spoken.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    for (let n = 0; n < 100; n++) await adapter.backend.answer(number, `Answer ${n}`, AGENT);
    await until('all of them', () => messages().length === 101);
    expect(spoken.length).to.be.within(1, 5);
  });

  it('reads a long thread from its end, earlier messages on demand', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    for (let n = 1; n <= 120; n++) await adapter.backend.answer(number, `Answer ${n}`, AGENT);
    page = await openThread(adapter, number);
    expect(messages()).to.have.length(50);
    expect(messages().at(-1)).to.equal('Answer 120');
    await page.press('earlier');
    await until('more', () => messages().length === 100);
    await until('the end of it', () => !page.element.busy);
    await page.press('earlier');
    await until('all', () => messages().length === 121);
    expect(page.part('earlier')).to.equal(null);
    expect(messages()[0]).to.equal('Where is it?');
  });

  it('counts as seen what has been on the screen for a while', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    page = await openThread(adapter, number);
    expect(page.element.ticket?.unread).to.equal(1);
    page.element.hidden = true;
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(page.element.ticket?.unread).to.equal(1);
    page.element.hidden = false;
    page.part('entries')?.scrollIntoView();
    await until('nothing unread', () => page.element.ticket?.unread === 0);
  });

  it('sends a reply with a file, once', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    await answering();
    const input = await until('the picker', () => page.root.querySelector<HTMLInputElement>('input[type=file]'));
    const transfer = new DataTransfer();
    transfer.items.add(textFile());
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    page.write('#text', 'It is torn.');
    page.part('submit')?.click();
    page.part('submit')?.click();
    await until('the reply', () => messages().length === 2);
    expect(messages()[1]).to.equal('It is torn.');
    expect(page.part('attachment')?.textContent).to.contain('note.txt').and.to.contain('TXT');
    await until('an empty outbox', async () => !(await entriesOf(adapter.scope)).length);
    expect((page.root.querySelector('#text') as HTMLTextAreaElement).value).to.equal('');
  });

  it('keeps a draft on this device and brings it back', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    await answering();
    page.write('#text', 'Half a sen');
    await until('the draft', async () => (await draft()) === 'Half a sen', 1_000);
    page.remove();
    page = await openThread(adapter, number);
    const box = await until('the box', () => page.root.querySelector<HTMLTextAreaElement>('#text'));
    await until('the draft', () => box.value === 'Half a sen');
    page.write('#text', '');
    await until('no draft', async () => (await draft()) === undefined);
  });

  it('keeps a reply that could not be sent, says why, and sends it when asked', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    adapter.fail('rate-limited');
    await reply('It is torn.');
    await until('the reason', () => /Not sent yet, saved on this device.+too many/s.test(page.part('pending')?.textContent ?? ''));
    expect(messages()).to.have.length(1);
    adapter.lift();
    await page.press('edit');
    await until('the text', () => (page.root.querySelector('#text') as HTMLTextAreaElement).value === 'It is torn.');
    page.part('submit')?.click();
    await until('the reply', () => messages().length === 2);
    expect(page.part('pending')).to.equal(null);
  });

  it('sends one reply although its answer was lost', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    adapter.fail('drop-answer');
    await reply('It is torn.');
    await page.shown('send-now');
    adapter.lift();
    await page.press('send-now');
    await until('the reply', () => messages().length === 2 && !page.part('pending'));
    await page.element.catchUp();
    expect(messages()).to.deep.equal(['Where is it?', 'It is torn.']);
  });

  it('keeps what was changed after an earlier version had arrived, beside what is written by then', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    const box = () => page.root.querySelector('#text') as HTMLTextAreaElement;
    adapter.fail('drop-answer');
    await reply('It is torn.');
    await page.shown('send-now');
    adapter.lift();
    const { reply: answer } = adapter.tracking;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    adapter.tracking.reply = async (...given) => {
      await gate;
      return answer.apply(adapter.tracking, given);
    };
    await page.press('edit');
    await until('the text', () => box().value === 'It is torn.');
    await reply('It is torn, and wet.');
    await until('an empty box', () => box().value === '');
    page.write('#text', 'Something else.');
    go();
    await until('the first version', () => messages().length === 2);
    await until('the newer one', () => page.part('pending')?.textContent?.includes('It is torn, and wet.'));
    expect(messages()).to.deep.equal(['Where is it?', 'It is torn.']);
    expect(box().value).to.equal('Something else.');
    await until('both on the device', async () => (await entriesOf(adapter.scope)).length === 2);
  });

  it('answers the ticket that is shown, although another was when answering began', async () => {
    const adapter = newAdapter();
    const lamp = await file(adapter, 'Lamp');
    const shade = await file(adapter, 'Shade');
    page = await openThread(adapter, lamp);
    const loading = page.element.loadAnswer();
    page.element.number = shade;
    await loading;
    await page.state('ready');
    await reply('It is torn.');
    await until('the reply', () => messages().length === 2);
    page.element.number = lamp;
    await until('the other ticket', () => page.part('heading')?.textContent?.includes('Lamp'));
    expect(messages()).to.have.length(1);
  });

  it('deletes a reply that was not sent', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    adapter.fail('network');
    await reply('It is torn.');
    await page.press('delete');
    await until('nothing', async () => !page.part('pending') && !(await entriesOf(adapter.scope)).length);
  });

  it('closes with a reason, opens again, and rates the help', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    page = await openThread(adapter, number);
    await answering();
    page.write('#reason', 'It came.');
    page.part('close')?.querySelector<HTMLElement>('button')?.click();
    await until('closed', () => page.part('reopen'));
    // what follows the ticket tells it in the list
    await until('the change', () => page.part('change'));
    expect(page.part('change')?.textContent).to.contain('You: closed').and.to.contain('It came.');
    await page.says('Your reply opens this ticket again.');
    await page.press('reopen');
    await until('open', () => page.part('close'));
    page.root.querySelector<HTMLInputElement>('[value=good]')?.click();
    await until('the comment', () => page.root.querySelector('#comment'));
    page.write('#comment', 'Quick!');
    page.part('rating')?.querySelector('button')?.click();
    await page.says('Thank you');
    expect(page.element.ticket?.rating).to.deep.equal({ score: 'good', comment: 'Quick!' });
  });

  it('is closed for good after the window', async () => {
    let now = Date.now() - 400 * DAY_MS;
    const adapter = newAdapter({ now: () => now });
    const number = await file(adapter, 'Lamp');
    adapter.backend.setStatus(number, 'closed', AGENT);
    now = Date.now();
    page = await openThread(adapter, number);
    await page.press('to-reply');
    await page.says('closed for good');
    expect(page.part('reply')).to.equal(null);
  });

  it('hands another question to the form of the page', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    const form = Object.assign(document.createElement('div'), { id: 'elsewhere', tabIndex: -1 });
    document.body.append(form);
    page = await openThread(adapter, number, { form: 'elsewhere' });
    await answering();
    await page.press('another');
    expect(form.getAttribute('subject')).to.equal(`Lamp (after ${number})`);
    expect(form.getAttribute('contact')).to.equal('customer-service');
    expect(document.activeElement).to.equal(form);
    form.remove();
  });

  it('does not show what nothing here opens', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp', { kept: false });
    page = await openThread(adapter, number, {}, 'failed');
    expect(page.part('error')?.dataset['code']).to.equal('not-found');
    expect(page.text()).to.contain('No ticket with this number');
  });

  it('reads again what a lost stream has missed', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    adapter.backend.cutStreams();
    await adapter.backend.answer(number, 'It is on its way.', AGENT);
    await until('the answer', () => messages().length === 2);
  });

  it('is told of a reply that was sent in another tab', async () => {
    const adapter = newAdapter();
    const number = await file(adapter, 'Lamp');
    page = await openThread(adapter, number);
    const other = await openThread(new MemoryAdapter({ backend: adapter.backend }), number);
    await other.press('to-reply');
    await other.shown('reply');
    other.write('#text', 'From the other tab.');
    other.part('submit')?.click();
    await until('the reply', () => messages().length === 2);
    expect(messages()[1]).to.equal('From the other tab.');
    other.remove();
  });
});
