import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { openForm, textFile, type Form, type FormPage } from './form-page.ts';

const NUMBER = /^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/;

describe('support-form', () => {
  let page: FormPage;
  afterEach(() => page.mounted.remove());

  const tickets = async () => (await page.mounted.seen()).filter(({ method, path }) => method === 'POST' && path.includes('/tickets'));

  it('files a ticket with a file and shows its number', async () => {
    page = await openForm();
    page.fill();
    page.pick(textFile());
    await page.filesIn('done');
    page.send();
    await page.state('sent');
    expect(page.number()).to.match(NUMBER);
    expect(page.part('due')?.textContent)
      .to.match(/\d/)
      .and.match(/\(.+\)/);
    expect(page.focused()).to.equal(page.part('receipt'));
    expect(await tickets()).to.have.length(1);
  });

  it('keeps name and address for another message, and nothing else', async () => {
    page = await openForm();
    page.fill();
    page.write('orderReference', 'A-1');
    page.send();
    await page.state('sent');
    page.part('another')?.click();
    await page.state('ready');
    await until('an empty message', () => page.control('message')?.value === '');
    expect(page.control('requester.name').value).to.equal('Ann Lee');
    expect(page.control('orderReference').value).to.equal('');
    const first = (await tickets())[0]?.headers['idempotency-key'];
    page.write('subject', 'Second');
    page.write('message', 'Another one.');
    page.choose('customer-service');
    page.send();
    await page.state('sent');
    const second = (await tickets())[1]?.headers['idempotency-key'];
    expect(second).to.be.a('string').and.not.equal(first);
  });

  it('asks for no order before a purchase', async () => {
    page = await openForm();
    page.write('orderReference', 'A-1');
    page.control('kind').click();
    await until('the order field to go', () => !page.field('orderReference'));
    page.fill();
    page.send();
    await page.state('sent');
    page.mounted.remove();
    page = await openForm({ attributes: { kind: 'pre-sale' } });
    expect(page.field('orderReference')).to.equal(null);
  });

  it('begins again with what its attributes say', async () => {
    page = await openForm({ attributes: { contact: 'webmaster', kind: 'pre-sale', email: 'ann@example.com', subject: 'Lamp' } });
    page.control('kind').click();
    page.choose('customer-service');
    page.write('subject', 'Other');
    page.write('message', 'Written');
    page.pick(textFile());
    await page.filesIn('done');
    page.form.reset();
    await until('an empty message', () => page.control('message').value === '');
    expect(page.root.querySelector<HTMLInputElement>('[value=webmaster]')?.checked).to.equal(true);
    expect(page.control('kind').checked).to.equal(true);
    expect(page.control('subject').value).to.equal('Lamp');
    expect(page.control('requester.email').value).to.equal('ann@example.com');
    await until('no files', () => !page.files().length);
  });

  it('keeps what was written and attached when it is moved or taken out for a while', async () => {
    page = await openForm({ rules: [{ match: 'PATCH /uploads', after: 1, fault: { kind: 'stall' } }] });
    page.fill();
    page.pick(textFile('big.txt', 3_000_000));
    await page.filesIn('uploading');
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(page.form);
    await page.mounted.setRules([]);
    await page.filesIn('done');
    page.form.remove();
    document.body.append(page.form);
    elsewhere.remove();
    expect(page.control('message').value).to.equal('Where is my parcel?\nIt is late.');
    page.send();
    await page.state('sent');
    expect(await tickets()).to.have.length(1);
  });

  it('leaves nothing on the window when it is taken out', async () => {
    const listening = new Map<string, number>();
    const count = (step: number) => (type: string) => listening.set(type, (listening.get(type) ?? 0) + step);
    const { addEventListener: add, removeEventListener: remove } = globalThis;
    const watch = (original: typeof add, seen: (type: string) => void) =>
      function (this: unknown, ...given: Parameters<typeof add>) {
        seen(given[0]);
        original.apply(globalThis, given);
      } as typeof add;
    Object.assign(globalThis, { addEventListener: watch(add, count(1)), removeEventListener: watch(remove, count(-1)) });
    try {
      page = await openForm({ rules: [{ match: 'POST /tickets', fault: { kind: 'drop' } }] });
      page.fill();
      page.pick(textFile());
      page.send();
      await page.state('failed');
      expect(listening.get('online')).to.be.greaterThan(0);
      page.form.remove();
      // the message waits still, and goes out without its form
      await page.mounted.setRules([]);
      // who sends may just be putting the last failure down
      const wake = setInterval(() => dispatchEvent(new Event('online')), 250);
      await until('nothing to listen for', () => ![...listening].some(([, left]) => left), 30_000).finally(() => clearInterval(wake));
    } finally {
      Object.assign(globalThis, { addEventListener: add, removeEventListener: remove });
    }
  });

  it('follows the adapter of its provider', async () => {
    page = await openForm();
    const { adapter } = page.form as Form & { adapter: { getDesk(): Promise<{ contacts: object[] }> } };
    const named = (name: string) => ({
      getDesk: async () => ({
        ...(await adapter.getDesk()),
        contacts: [1, 2].map((id) => ({ id: `${id}`, name: `${name} ${id}`, keepsMessages: true })),
      }),
    });
    const form = document.createElement('support-form') as Form;
    const holder = document.createElement('div');
    type Request = Event & { context: unknown; callback: (value: unknown, forget?: () => void) => void };
    let tell: Request['callback'] = () => undefined;
    holder.addEventListener('context-request', (event) => {
      event.stopPropagation();
      tell = (event as Request).callback;
      tell(named('First'), () => undefined);
    });
    holder.append(form);
    document.body.append(holder);
    const text = () => form.shadowRoot?.textContent ?? '';
    await until('the first', () => text().includes('First 1'));
    tell(named('Second'), () => undefined);
    await until('the second', () => text().includes('Second 1'));
    holder.remove();
  });

  it('is filled in from its attributes', async () => {
    page = await openForm({
      attributes: {
        contact: 'webmaster',
        'order-reference': 'A-7',
        name: 'Ann',
        email: 'ann@example.com',
        subject: 'Hello',
        heading: 'Talk to us',
      },
    });
    expect(page.root.querySelector<HTMLInputElement>('[value=webmaster]')?.checked).to.equal(true);
    expect(page.control('orderReference').value).to.equal('A-7');
    expect(page.control('requester.name').value).to.equal('Ann');
    expect(page.control('requester.email').value).to.equal('ann@example.com');
    expect(page.control('subject').value).to.equal('Hello');
    expect(page.part('heading')?.textContent).to.equal('Talk to us');
  });

  it('names every wrong field beside it and in a summary that takes focus', async () => {
    page = await openForm();
    expect(page.root.querySelectorAll('[part=error]')).to.have.length(0);
    page.write('requester.email', 'nope');
    page.send();
    await page.state('failed');
    const summary = await until('the summary', () => page.part('error'));
    await until('focus on it', () => page.focused() === summary);
    const links = [...summary.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal([
      '#contactId',
      '#requester.name',
      '#requester.email',
      '#subject',
      '#message',
    ]);
    for (const link of links.slice(1)) expect(page.errorOf(link.hash.slice(1))).to.equal(link.textContent?.trim());
    links[2]?.click();
    expect(page.focused()).to.equal(page.control('requester.email'));
    expect(page.control('requester.email').value).to.equal('nope');
    expect(page.control('requester.email').getAttribute('aria-invalid')).to.equal('true');
    expect(await tickets()).to.have.length(0);
    page.write('requester.email', 'ann@example.com');
    await until('the error to go', () => !page.errorOf('requester.email'));
  });

  it('says nothing about a field before it is left', async () => {
    page = await openForm();
    page.write('requester.email', 'ann@');
    await page.form.updateComplete;
    expect(page.errorOf('requester.email')).to.equal('');
    page.control('subject').focus();
    await until('the error', () => page.errorOf('requester.email'));
    page.control('message').focus();
    expect(page.errorOf('subject')).to.equal('');
  });

  it('counts characters near the limit and keeps every one of them', async () => {
    page = await openForm();
    page.write('subject', 'x'.repeat(149));
    const counter = await until('the counter', () => page.field('subject').shadowRoot?.querySelector('[part=counter]'));
    expect(counter.textContent).to.equal('1 character left');
    page.write('subject', 'x'.repeat(160));
    await until('the overrun', () => counter.textContent === '10 characters too many');
    page.send();
    await page.state('failed');
    expect(page.control('subject').value).to.have.length(160);
  });

  it('sends once when it is asked twice', async () => {
    page = await openForm();
    page.fill();
    page.send();
    page.send();
    page.control('subject').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    await page.state('sent');
    expect(await tickets()).to.have.length(1);
  });

  it('submits on Enter in a line of text, not while a word is being composed', async () => {
    page = await openForm();
    page.fill();
    page.control('subject').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true }));
    expect(page.part('base')?.dataset['state']).to.equal('ready');
    page.control('subject').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    await page.state('sent');
  });

  it('has what is written run as its script does, and what is empty as the form does', async () => {
    page = await openForm({ attributes: { locale: 'ar' } });
    for (const name of ['subject', 'message']) {
      const runs = (direction: string) => until(`${name} ${direction}`, () => getComputedStyle(page.control(name)).direction === direction);
      await runs('rtl');
      page.write(name, 'A lamp (broken)!');
      await runs('ltr');
      page.write(name, 'مصباح (Stuga)');
      await runs('rtl');
      page.write(name, '');
      await runs('rtl');
    }
  });

  it('lets the page look at a draft and keep it', async () => {
    page = await openForm();
    let subject = '';
    page.form.addEventListener('support-before-send', (event) => {
      subject = (event as Event & { draft: { subject: string } }).draft.subject;
      event.preventDefault();
    });
    page.fill();
    page.send();
    await until('the event', () => subject !== '');
    await page.state('ready');
    expect(subject).to.equal('Parcel');
    expect(await tickets()).to.have.length(0);
  });

  it('speaks the language of the page around it', async () => {
    const section = document.createElement('section');
    section.lang = 'fr-BE';
    page = await openForm({ attributes: { locale: 'fr' } });
    await until('French', () => page.part('submit')?.textContent?.trim() === 'Envoyer');
    expect(page.part('base')?.lang).to.equal('fr');
    page.form.removeAttribute('locale');
    document.body.append(section);
    section.append(page.form);
    await until('the tag of the page', () => page.part('base')?.lang === 'fr-BE');
    section.remove();
  });

  it('says what a contact that keeps no messages does, and caps its files', async () => {
    page = await openForm();
    page.choose('webmaster');
    const note = await until('the note', () => page.part('note'));
    expect(note.textContent)
      .to.match(/Webmaster/)
      .and.match(/15 MB/);
  });

  it('always offers other ways, closed until they are needed', async () => {
    page = await openForm();
    const ways = page.part<HTMLDetailsElement>('other-ways');
    expect(ways?.open).to.equal(false);
    expect(ways?.querySelectorAll('a[href^="tel:"], a[href^="mailto:"]').length).to.be.greaterThan(0);
  });

  it('shows the fallback and tells the shop why when the desk is unknown', async () => {
    const codes: string[] = [];
    const listen = (event: Event) => codes.push((event as Event & { error: { code: string } }).error.code);
    document.addEventListener('support-error', listen);
    page = await openForm({ attributes: { desk: 'nobody' }, content: 'Call us', state: 'broken' });
    await until('the event', () => codes.length > 0);
    document.removeEventListener('support-error', listen);
    expect(codes).to.deep.equal(['desk-not-found']);
    expect(
      page.root
        .querySelector('slot')
        ?.assignedNodes()
        .map(({ textContent }) => textContent),
    ).to.deep.equal(['Call us']);
    expect(page.part('mend')?.textContent).to.contain('desk=');
  });

  it('never puts what was written into an address', async () => {
    page = await openForm();
    page.fill();
    page.form.addEventListener('support-before-send', (event) => event.preventDefault());
    const before = location.href;
    try {
      page.root.querySelector('form')?.submit();
    } catch {
      // Firefox refuses to submit a form for a dialog where there is none
    }
    await page.form.updateComplete;
    expect(location.href).to.equal(before);
    expect(page.control('subject').value).to.equal('Parcel');
  });
});
