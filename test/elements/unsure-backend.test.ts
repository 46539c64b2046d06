import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { openForm, type Form, type FormPage } from './form-page.ts';

interface Adapter {
  getDesk(): Promise<unknown>;
  createTicket(draft: { subject: string }, options: object): Promise<unknown>;
}

/** A backend in the page that cannot tell whether it has seen a ticket before; the first answer is lost. */
function unsure(inner: Adapter, sent: string[], lost: object) {
  return {
    name: 'unsure',
    delivery: 'unknown',
    scope: 'unsure',
    getDesk: () => inner.getDesk(),
    createTicket: (draft: { subject: string }, options: object) => {
      sent.push(draft.subject);
      return sent.length === 1 ? Promise.reject(lost) : inner.createTicket(draft, options);
    },
  };
}

describe('support-form on a backend that cannot promise "once"', () => {
  let page: FormPage;
  afterEach(() => page.mounted.remove());

  for (const code of ['network', 'timeout']) {
    it(`asks before it sends again after ${code}, and never does by itself`, async () => {
      page = await openForm();
      const form = page.form as Form & { adapter: unknown };
      const sent: string[] = [];
      const lost = Object.assign(new Error(code), { '@storefront-support/error': true, code, retryable: true });
      form.adapter = unsure(form.adapter as Adapter, sent, lost);
      await page.form.updateComplete;
      await page.state('ready');
      page.fill();
      page.send();
      await page.state('failed');
      expect(page.part('error')?.textContent).to.contain('it could arrive twice');
      expect(page.part('retry')?.textContent?.trim()).to.equal('Send again anyway');
      dispatchEvent(new Event('online'));
      page.form.remove();
      document.body.append(page.form);
      page.control('subject').focus();
      await page.form.updateComplete;
      expect(sent).to.have.length(1);
      page.part('retry')?.click();
      await page.state('sent');
      expect(sent).to.deep.equal(['Parcel', 'Parcel']);
    });
  }

  for (const [code, retryable, sentence] of [
    ['unavailable', true, 'The shop cannot take messages at this moment.'],
    ['invalid-request', false, 'Please reach us in another way.'],
  ] as const) {
    it(`says why, and nothing of the kind, where nothing could be sent: ${code}`, async () => {
      page = await openForm();
      const form = page.form as Form & { adapter: unknown };
      const brand = { '@storefront-support/error': true };
      const cause = Object.assign(new Error('Status'), brand, { code, retryable });
      const unread = Object.assign(new Error('unread', { cause }), brand, { code: 'load-failed', retryable: true });
      form.adapter = unsure(form.adapter as Adapter, [], unread);
      await page.form.updateComplete;
      await page.state('ready');
      page.fill();
      page.send();
      await page.state('failed');
      expect(page.part('error')?.dataset['code']).to.equal(code);
      expect(page.part('error')?.textContent)
        .to.contain(sentence)
        .and.not.contain('it could arrive twice')
        .and.not.contain('not confirmed');
      // for the next one the device has nothing left to send
      page.send();
      await page.state('sent');
    });
  }

  it('says nothing of the kind when it was refused', async () => {
    page = await openForm();
    const form = page.form as Form & { adapter: unknown };
    const refused = Object.assign(new Error('no'), { '@storefront-support/error': true, code: 'rate-limited', retryable: true });
    form.adapter = unsure(form.adapter as Adapter, [], refused);
    await page.form.updateComplete;
    await page.state('ready');
    page.fill();
    page.send();
    const retry = await until('the button', () => page.part('retry'));
    expect(retry.textContent?.trim()).to.equal('Send now');
    expect(page.part('error')?.textContent).not.to.contain('it could arrive twice');
  });
});
