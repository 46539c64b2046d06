import type { SupportAdapter } from '@storefront-support/contract';
import { expect } from '@esm-bundle/chai';
import { Delivery } from '../../packages/elements/dist/outbox/delivery.js';
import type { Entry } from '../../packages/elements/dist/outbox/entry.js';
import { sendNow, wake } from '../../packages/elements/dist/outbox/sender.js';
import { filesOf, shelf } from '../../packages/elements/dist/outbox/shelf.js';
import { readEntry, removeEntry, saveEntry } from '../../packages/elements/dist/outbox/store.js';
import { until } from '../support/browser-setup.ts';
import { FormPage, openForm, textFile } from './form-page.ts';
import { entryFor, itemOf, keepBeside, queuedEntry, removeKept } from './kept-entry.ts';

const adapterOf = ({ form }: FormPage): SupportAdapter => (form as unknown as { adapter: SupportAdapter }).adapter;
const posts = async (page: FormPage) =>
  (await page.mounted.seen()).filter(({ method, path }) => method === 'POST' && path.endsWith('/tickets')).length;
const load = async (page: FormPage) => {
  page.control('subject').focus();
  await until('what keeps messages', () => (page.form as unknown as { submission: unknown }).submission);
};

describe('the rules of what waits', () => {
  let page: FormPage;

  afterEach(async () => {
    await removeKept(page);
    page.form.remove();
  });

  it('sends nothing that was deleted before its turn came', async () => {
    page = await openForm();
    await load(page);
    const entry = queuedEntry(page, 'Deleted');
    await saveEntry(entry);
    const stale = (await readEntry(entry.id)) as Entry;
    await removeEntry(entry.id);
    await sendNow(adapterOf(page), entry.id);
    const refused = await new Delivery(stale, true).send(adapterOf(page), stale.draft as never, undefined).catch((cause: unknown) => cause);
    expect((refused as { code?: string }).code).to.equal('aborted');
    expect(await readEntry(entry.id), 'a try brings nothing back').to.equal(undefined);
    expect(await posts(page)).to.equal(0);
  });

  it('sends a waiting message with a file that had not been sent, and one that had', async () => {
    page = await openForm();
    await load(page);
    const adapter = adapterOf(page);
    const entry = queuedEntry(page, 'With files', { files: 2 });
    const [early, late] = [textFile('early.txt', 30), textFile('late.txt', 40)];
    const attachment = (await adapter.attachments?.upload(early, { secret: entry.secret })) ?? null;
    await saveEntry(entry);
    for (const [n, file] of [early, late].entries())
      await shelf.keep({
        id: `${entry.id}-${n}`,
        entry: entry.id,
        name: file.name,
        type: file.type,
        size: file.size,
        file,
        ready: true,
        resume: '',
        attachment: n ? null : attachment,
      });
    wake(adapter);
    const { receipt } = await until('a receipt', async () => {
      const stored = await readEntry(entry.id);
      return stored?.receipt ? stored : null;
    });
    const ticket = await adapter.getTicket!(receipt?.ticket?.number ?? '', { secret: entry.secret });
    expect(ticket.attachments.map(({ name, size }) => `${name} ${size}`)).to.have.members(['early.txt 30', 'late.txt 40']);
  });

  it('keeps a message back whose file is not on this device, and says so', async () => {
    page = await openForm();
    const entry = queuedEntry(page, 'File gone', { files: 1 });
    await keepBeside(page, entry);
    wake(adapterOf(page));
    await until('that it needs the person', async () => !(await readEntry(entry.id))?.draft);
    expect((await readEntry(entry.id))?.code).to.equal('gone');
    expect(await posts(page)).to.equal(0);
    await until('its way back into the form', () => itemOf(page, entry.id)?.querySelector('[part=edit]'));
  });

  it('takes out of a waiting message what is removed, and adds what is chosen, when it is edited and sent', async () => {
    page = await openForm();
    const entry = queuedEntry(page, 'Other files', {
      values: { subject: 'Other files', message: 'Where is it?' },
      files: 1,
      retryAt: Date.now() + 60_000,
    });
    const file = textFile('before.txt', 30);
    await saveEntry(entry);
    await shelf.keep({
      id: `${entry.id}-0`,
      entry: entry.id,
      name: file.name,
      type: file.type,
      size: 30,
      file,
      ready: true,
      resume: '',
      attachment: null,
    });
    await keepBeside(page, entry);
    (await until('edit', () => itemOf(page, entry.id)?.querySelector<HTMLElement>('[part=edit]'))).click();
    await until('its text', () => page.control('subject').value === 'Other files');
    await page.filesIn('done');
    page.files()[0]?.querySelector<HTMLElement>('[part=remove]')?.click();
    await until('an empty list', () => !page.files().length);
    page.fill();
    page.pick(textFile('after.txt', 50));
    await page.filesIn('done');
    page.send();
    await page.state('sent');
    const ticket = await adapterOf(page).getTicket!(page.number(), { secret: entry.secret });
    expect(ticket.attachments.map(({ name }) => name)).to.deep.equal(['after.txt']);
    await until('nothing of it here', async () => !(await filesOf(entry.id).catch(() => [])).length);
  });

  it('shows nobody what another person has written at the same device', async () => {
    page = await openForm();
    await load(page);
    const draft = entryFor(page, 'Of Ada', {
      form: page.form.id,
      values: { subject: 'Of Ada', message: 'Mine', 'requester.email': 'ada@example.com' },
    });
    const waiting = queuedEntry(page, 'Of Ada, too', {
      values: { subject: 'Of Ada, too', 'requester.email': 'ada@example.com' },
      retryAt: Date.now() + 60_000,
    });
    await saveEntry(draft);
    await saveEntry(waiting);
    const { adapter } = page.form as unknown as { adapter: SupportAdapter };
    page.form.remove();

    const form = Object.assign(document.createElement('support-form'), { adapter, email: 'ben@example.com' });
    document.body.append(form);
    page = new FormPage({ ...page.mounted, element: form });
    await until('a render root', () => form.shadowRoot);
    await page.state('ready');
    await keepBeside(
      page,
      queuedEntry(page, 'Of Ben', { values: { subject: 'Of Ben', 'requester.email': 'ben@example.com' }, retryAt: Date.now() + 60_000 }),
    );
    expect(page.control('subject').value).to.equal('');
    expect(page.root.textContent).to.contain('Of Ben').and.not.contain('Of Ada');
  });
});
