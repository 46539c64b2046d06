import { expect } from '@open-wc/testing';
import type { AttachmentPort, Desk, SupportAdapter, TicketDraft, TicketReceipt } from '@storefront-support/contract';
import { until } from '../support/browser-setup.ts';
import { openForm, textFile, type Form, type FormPage } from './form-page.ts';

type Given = Partial<SupportAdapter> & { desk?: Partial<Desk> };

const TAKEN: TicketReceipt = { ticket: null, confirmationMail: 'unknown' };
const contact = (id: string, name: string) => ({ id, name, keepsMessages: true });
const error = (code: string, more: object = {}) =>
  Object.assign(new Error(code), { '@storefront-support/error': true, code, retryable: code === 'network', ...more });

/** Files that wait in the page for the message they go with. */
const heldFiles: AttachmentPort = {
  withTicket: true,
  upload: ({ name, size, type }, { onResume, onProgress }) => {
    onResume?.('held');
    onProgress?.(size);
    return Promise.resolve({ id: 'held-file-in-this-page', name, size, type, sha256: null });
  },
  matches: () => Promise.resolve(true),
  remove: () => Promise.resolve(),
};

describe('support-form on a backend that is not our server', () => {
  let page: FormPage;
  let sent: TicketDraft[];
  afterEach(() => page.mounted.remove());

  /** A form whose backend is the usual one's desk with these changes, and takes everything. */
  async function open({ desk, ...given }: Given, attributes: Record<string, string> = {}): Promise<void> {
    page = await openForm({ attributes });
    sent = [];
    const form = page.form as Form & { adapter: SupportAdapter };
    const usual = { ...(await form.adapter.getDesk()), ...desk } as Desk;
    form.adapter = {
      name: 'other',
      scope: `other ${Math.random()}`,
      delivery: 'unknown',
      getDesk: () => Promise.resolve(usual),
      createTicket: (draft) => {
        sent.push(draft);
        return Promise.resolve(TAKEN);
      },
      ...given,
    };
    await page.form.updateComplete;
    await page.state('ready');
    expect(page.root.textContent).not.to.match(/false|true|undefined|null|\[object/);
  }

  function fill(): void {
    page.choose('customer-service');
    for (const [name, value] of [
      ['requester.name', 'Ann Lee'],
      ['requester.email', 'ann@example.com'],
      ['subject', 'Parcel'],
      ['message', 'Where is it?'],
    ] as const)
      if (page.field(name)) page.write(name, value);
  }

  async function sendAll(): Promise<TicketDraft> {
    page.send();
    await page.state('sent');
    return sent.at(-1) as TicketDraft;
  }

  it('asks for nothing that it has no place for', async () => {
    await open({
      desk: {
        without: ['kind', 'requester.name', 'subject', 'orderReference'],
        limits: { subjectLength: 200, messageLength: 500, files: null },
      },
    });
    for (const name of ['kind', 'requester.name', 'subject', 'orderReference']) expect(page.field(name)).to.equal(null);
    expect(page.part('files')).to.equal(null);
    fill();
    const draft = await sendAll();
    expect([draft.kind, draft.subject, draft.requester.name, draft.message]).to.deep.equal(['support', '', '', 'Where is it?']);
  });

  it('says that there is no number, and where the answer goes', async () => {
    await open({});
    fill();
    let ticket: unknown;
    page.form.addEventListener('support-ticket-created', (event) => ({ ticket } = event as unknown as { ticket: unknown }));
    await sendAll();
    expect(ticket).to.equal(null);
    expect(page.part('number')).to.equal(null);
    expect(page.part('copy')).to.equal(null);
    expect(page.part('receipt')?.textContent).to.contain('no ticket number').and.contain('ann@example.com');
    expect(page.focused()).to.equal(page.part('receipt'));
  });

  it('leads with its other way to whoever has files that it does not take', async () => {
    const otherWays: Desk['otherWays'] = [{ kind: 'email', label: 'help@shop.example', href: 'mailto:help@shop.example' }];
    await open({ desk: { otherWays } });
    expect(page.part('files')).to.equal(null);
    page.write('message', 'A picture of it');
    await until('a note', () => page.part('note'));
    expect(page.part('note')?.querySelector('a')?.href).to.equal('mailto:help@shop.example');
  });

  it('offers the orders of whoever is signed in', async () => {
    await open({ desk: { orders: ['KHWLILZLL', 'XKBKNABJK'] } });
    fill();
    const control = page.control('orderReference') as unknown as HTMLSelectElement;
    expect([...control.options].map(({ text }) => text)).to.deep.equal(['Please choose', 'KHWLILZLL', 'XKBKNABJK']);
    page.write('orderReference', 'XKBKNABJK');
    expect((await sendAll()).orderReference).to.equal('XKBKNABJK');
  });

  it('offers the orders that the page names', async () => {
    await open({}, { orders: 'A-1 A-2' });
    expect((page.control('orderReference') as unknown as HTMLSelectElement).options.length).to.equal(3);
  });

  it('asks what it has fields for, and sends what is written there', async () => {
    const fields: Desk['fields'] = [
      { name: 'terms', control: 'checkbox', label: 'I agree', required: true },
      { name: 'colour', control: 'text', label: 'Colour', required: false, maxLength: 5 },
    ];
    await open({ desk: { fields } });
    fill();
    page.write('colour', 'vermilion');
    page.send();
    await page.state('failed');
    expect(page.part('error')?.textContent).to.contain('I agree').and.contain('Colour');
    expect(sent).to.have.length(0);
    page.control('terms').click();
    page.write('colour', 'red');
    expect((await sendAll()).extra).to.deep.equal({ terms: 'true', colour: 'red' });
    page.part('another')?.click();
    await page.state('ready');
    expect(page.control('terms').checked, 'consent to one message is none to the next').to.equal(false);
  });

  it('takes its contacts as they come, and leaves focus and text where they are', async () => {
    let tell: (desk: Desk) => void = () => undefined;
    const told = new Promise<Desk>((resolve) => (tell = resolve));
    const contacts = [contact('7', 'Sales'), contact('8', 'Repairs')];
    await open({ desk: { late: true, contacts: [], without: ['orderReference'] }, prepare: () => told });
    const select = page.control('contactId') as unknown as HTMLSelectElement;
    expect(select.options.length).to.equal(1);
    page.write('message', 'Written before they came');
    const focused = page.focused();
    expect(focused?.localName).to.equal('textarea');
    const form = page.form as Form & { desk: Desk };
    tell({ ...form.desk, contacts, without: [], orders: ['A-1'] });
    await until('the contacts', () => select.options.length === 3);
    expect(page.focused()).to.equal(focused);
    expect(page.control('message').value).to.equal('Written before they came');
    expect(page.field('orderReference')).not.to.equal(null);
    fill();
    page.send();
    await page.state('failed');
    expect([...(page.part('error')?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent?.trim())).to.have.length(1);
    page.write('contactId', '8');
    expect((await sendAll()).contactId).to.equal('8');
  });

  it('keeps what is written while its contacts cannot be had, and asks again when it is sent', async () => {
    let times = 0;
    const contacts = [contact('7', 'Sales')];
    await open({
      desk: { late: true, contacts: [] },
      prepare: () => {
        const { desk } = page.form as Form & { desk: Desk };
        return ++times < 3 ? Promise.reject(error('network')) : Promise.resolve({ ...desk, contacts });
      },
    });
    fill();
    page.send();
    await page.state('failed');
    expect(page.part('error')?.dataset['code']).to.equal('network');
    expect(page.control('message').value).to.equal('Where is it?');
    expect(sent).to.have.length(0);
    page.part('retry')?.click();
    await page.state('sent');
    expect(sent[0]?.contactId).to.equal('7');
  });

  it('gives way to the other ways as soon as somebody begins, where nothing can be sent at all', async () => {
    await open({ desk: { late: true, contacts: [] }, prepare: () => Promise.reject(error('misconfigured')) });
    page.control('message').focus();
    await page.state('broken');
    const alert = await until('what is wrong', () => page.root.querySelector('[data-code=misconfigured]'));
    expect(alert.textContent).to.contain('Please reach us in another way.');
    expect(page.part('other-ways')).to.have.property('open', true);
  });

  it('never calls a file sent that only waits for its message', async () => {
    await open({ attachments: heldFiles });
    fill();
    page.pick(textFile());
    await page.filesIn('done');
    const [file] = page.files();
    expect(file?.textContent).to.contain('goes with your message').and.not.contain('Sent');
    const list = page.root.querySelector('support-attachments')?.shadowRoot;
    expect(list?.textContent).not.to.contain('note.txt sent');
    expect((await sendAll()).attachmentIds).to.deep.equal(['held-file-in-this-page']);
  });

  it('shows the words of a shop that refuses, and the part of a text that it would not take', async () => {
    const refusals = [
      error('invalid-fields', { fields: { message: { code: 'refused-text', detail: '', quote: 'onclick=' } } }),
      error('unavailable', { said: 'Une erreur est survenue.' }),
    ];
    await open({ createTicket: () => Promise.reject(refusals.shift() as Error) });
    fill();
    page.send();
    await page.state('failed');
    await until('the part that is refused', () => page.errorOf('message').includes('onclick='));
    page.write('message', 'on click');
    page.send();
    await until('the next answer', () => page.part('error')?.dataset['code'] === 'unavailable');
    expect(page.part('error')?.querySelector('q')?.textContent).to.equal('Une erreur est survenue.');
  });
});
