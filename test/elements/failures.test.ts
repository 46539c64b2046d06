import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import type { Fault } from '../support/fault-proxy.ts';
import { openForm, textFile, type FormPage } from './form-page.ts';

const problem = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }),
});

const CASES: { name: string; fault: Fault; code: string }[] = [
  { name: 'a server that is down', fault: { kind: 'drop' }, code: 'network' },
  { name: 'a lost answer', fault: { kind: 'drop-answer' }, code: 'network' },
  { name: 'a 500', fault: problem(500, 'internal'), code: 'internal' },
  { name: 'a 503 without a body of ours', fault: { kind: 'status', status: 503, body: '<h1>Busy</h1>' }, code: 'unavailable' },
  { name: 'a 429', fault: problem(429, 'rate-limited', { 'retry-after': '1' }), code: 'rate-limited' },
  {
    name: 'a page of a hotel instead of a receipt',
    fault: { kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' },
    code: 'not-a-receipt',
  },
];

describe('support-form when sending fails', () => {
  let page: FormPage;
  afterEach(() => page.mounted.remove());

  for (const { name, fault, code } of CASES) {
    it(`keeps everything after ${name} and makes one ticket once it is over`, async () => {
      page = await openForm({ rules: [{ match: 'POST /tickets', fault }] });
      page.fill();
      page.pick(textFile());
      await page.filesIn('done');
      page.send();
      await until('the failure', () => page.part('error'), 60_000);
      const box = page.part('error');
      expect(box?.dataset['code']).to.equal(code);
      expect(page.focused()).to.equal(box);
      expect(page.part<HTMLDetailsElement>('other-ways')?.open).to.equal(true);
      expect(page.control('message').value).to.equal('Where is my parcel?\nIt is late.');
      expect(page.files('done')).to.have.length(1);
      await page.mounted.setRules([]);
      const retry = await until('the button', () => page.part('retry'));
      await until('its permission', () => retry.getAttribute('aria-disabled') === 'false');
      retry.click();
      await page.state('sent');
      const posts = (await page.mounted.seen()).filter(({ method, path }) => method === 'POST' && path.includes('/tickets'));
      expect(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size).to.equal(1);
      expect(posts.filter(({ status }) => status === 201).length).to.be.greaterThan(0);
    });
  }

  it('counts down without saying every second aloud', async () => {
    page = await openForm({ rules: [{ match: 'POST /tickets', fault: problem(429, 'rate-limited', { 'retry-after': '90' }) }] });
    page.fill();
    page.send();
    const countdown = await until('the countdown', () => page.part('countdown'));
    // a timer is read when one comes to it, and not when it changes
    expect(countdown.getAttribute('role')).to.equal('timer');
    expect(page.part('retry')?.getAttribute('aria-disabled')).to.equal('true');
  });

  it('offers to send when the connection is back', async () => {
    page = await openForm();
    page.fill();
    let online = false;
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => online });
    try {
      await page.mounted.setRules([{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
      page.send();
      const box = await until('the failure', () => page.part('error'), 60_000);
      expect(box.dataset['code']).to.equal('offline');
      online = true;
      await page.mounted.setRules([]);
      dispatchEvent(new Event('online'));
      await until('the offer', () => page.part('retry')?.textContent?.trim() === 'Send now');
      page.part('retry')?.click();
      await page.state('sent');
    } finally {
      delete (navigator as { onLine?: boolean }).onLine;
    }
  });

  it('keeps to the first version when the lost one had arrived, or sends the new one by itself', async () => {
    for (const choice of ['keep-first', 'send-anew']) {
      page = await openForm({ rules: [{ match: 'POST /tickets', fault: { kind: 'drop-answer' } }] });
      page.fill();
      page.pick(textFile());
      await page.filesIn('done');
      page.send();
      await until('the failure', () => page.part('error'), 60_000);
      await page.mounted.setRules([]);
      page.write('subject', 'Parcel, second thoughts');
      page.send();
      const button = await until(choice, () => page.part(choice));
      const first = /[\w]{4}-[\w]{4}/.exec(page.part('error')?.textContent ?? '')?.[0];
      button.click();
      await page.state('sent');
      if (choice === 'keep-first') expect(page.number()).to.equal(first);
      else expect(page.number()).not.to.equal(first);
      page.mounted.remove();
    }
  });
});
