import { expect } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { mount, until } from '../support/browser-setup.ts';
import type { Fault, Rule } from '../support/fault-proxy.ts';
import { hideInJpeg } from '../support/pictures.ts';
import { drawn } from './attachments-page.ts';
import { FormPage, openForm, textFile } from './form-page.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const problem = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }),
});
const onSend = (fault: Fault): Rule[] => [{ match: 'POST /tickets', fault }];
const onUpload = (fault: Fault): Rule[] => [{ match: 'POST /uploads', fault }];

interface State {
  name: string;
  options?: Parameters<typeof openForm>[0];
  reach?: (page: FormPage) => unknown;
  /** What a person sees in this state and in no other. */
  marker: (page: FormPage) => unknown;
}

const failedWith = (code: string) => (page: FormPage) => page.part('error')?.dataset['code'] === code;
const sent = (page: FormPage) => {
  page.fill();
  page.send();
};

const photo = async () =>
  new File([hideInJpeg((await drawn('image/jpeg', 3_000, 2_000)) as Uint8Array<ArrayBuffer>, 6)], 'photo.jpg', { type: 'image/jpeg' });

const STATES: State[] = [
  {
    name: 'loading',
    options: { rules: [{ match: 'GET /desks', fault: { kind: 'stall' } }], state: 'loading' },
    marker: (page) => page.root.querySelector('[aria-busy=true]'),
  },
  { name: 'empty', marker: (page) => page.part('submit') },
  { name: 'filled in', reach: (page) => page.fill(), marker: (page) => page.control('subject').value === 'Parcel' },
  {
    name: 'pre-sale',
    options: { attributes: { kind: 'pre-sale' } },
    marker: (page) => page.control('kind').checked && !page.field('orderReference'),
  },
  { name: 'a contact that keeps nothing', reach: (page) => page.choose('webmaster'), marker: (page) => page.part('note') },
  { name: 'error summary', reach: (page) => page.send(), marker: (page) => page.part('error')?.querySelectorAll('a').length === 5 },
  { name: 'no contact', reach: (page) => page.send(), marker: (page) => page.root.querySelector('#contact-error') },
  ...['requester.name', 'requester.email', 'subject', 'message'].map((name) => ({
    name: `${name} missing`,
    reach: (page: FormPage) => page.send(),
    marker: (page: FormPage) => page.errorOf(name),
  })),
  {
    name: 'wrong address',
    reach: (page) => (page.write('requester.email', 'nope'), page.control('subject').focus()),
    marker: (page) => page.errorOf('requester.email').includes('name@example.com'),
  },
  {
    name: 'subject too long',
    reach: (page) => page.write('subject', 'x'.repeat(160)),
    marker: (page) => page.field('subject').shadowRoot?.querySelector('.over'),
  },
  {
    name: 'order number too long',
    reach: (page) => (page.write('orderReference', '9'.repeat(99)), page.send()),
    marker: (page) => page.errorOf('orderReference'),
  },
  {
    name: 'file queued',
    options: { rules: onUpload({ kind: 'stall' }) },
    reach: (page) => page.pick(textFile('a.txt'), textFile('b.txt'), textFile('c.txt')),
    marker: (page) => page.files('queued').length === 1,
  },
  {
    name: 'file uploading',
    options: { rules: onUpload({ kind: 'stall' }) },
    reach: (page) => page.pick(textFile()),
    marker: (page) => page.files('uploading')[0]?.querySelector('progress'),
  },
  { name: 'file sent', reach: (page) => page.pick(textFile()), marker: (page) => page.files('done').length },
  {
    name: 'file failed',
    options: { rules: onUpload(problem(400, 'invalid-request')) },
    reach: (page) => page.pick(textFile()),
    marker: (page) => page.files('failed')[0]?.querySelector('[part=retry]'),
  },
  {
    name: 'file too large',
    reach: (page) => page.pick(new File([new Uint8Array(50_000_001)], 'a.png', { type: 'image/png' })),
    marker: (page) => page.files('refused')[0]?.textContent?.includes('50 MB'),
  },
  {
    name: 'picture cleaned',
    reach: async (page) => page.pick(await photo()),
    marker: (page) => page.files('done')[0]?.querySelectorAll('[type=checkbox]').length === 2 && page.files()[0]?.querySelector('canvas'),
  },
  {
    name: 'picture in French, from right to left and dark',
    options: { attributes: { locale: 'fr', dir: 'rtl', theme: 'dark' } },
    reach: async (page) => page.pick(await photo()),
    marker: (page) => page.files('done')[0]?.querySelector('[part=smaller]')?.textContent?.includes('Réduire'),
  },
  {
    name: 'picture made smaller',
    reach: async (page) => {
      page.pick(await photo());
      const button = await until('the button', () => page.files('done')[0]?.querySelector<HTMLElement>('[part=smaller]'));
      button.click();
    },
    marker: (page) => page.files('done')[0]?.textContent?.includes('Made smaller'),
  },
  {
    name: 'picture that cannot be cleaned',
    reach: (page) => page.pick(new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 3])], 'torn.jpg', { type: 'image/jpeg' })),
    marker: (page) => page.files('asking')[0]?.querySelector('[part=as-is]'),
  },
  {
    name: 'file whose hidden data stay',
    reach: (page) => page.pick(new File(['%PDF-1.7 '.repeat(20)], 'bill.pdf', { type: 'application/pdf' })),
    marker: (page) => page.files('done')[0]?.textContent?.includes('Hidden data cannot be removed'),
  },
  {
    name: 'file missing after a reload',
    reach: async (page) => {
      page.pick(textFile());
      await page.filesIn('done');
      const list = page.part('files') as HTMLElement & { restore(files: unknown[]): void };
      list.restore([{ id: 'a', entry: 'b', name: 'film.mp4', type: 'video/mp4', size: 9, file: null, resume: '', attachment: null }]);
    },
    marker: (page) => page.files('missing')[0]?.querySelector('[part=choose]'),
  },
  {
    name: 'waiting for files',
    options: { rules: onUpload({ kind: 'stall' }) },
    reach: (page) => (page.pick(textFile()), sent(page)),
    marker: (page) => page.root.querySelector('.actions [role=status]')?.textContent?.includes('file'),
  },
  {
    name: 'files missing',
    options: { rules: onUpload(problem(400, 'invalid-request')) },
    reach: (page) => (page.pick(textFile()), sent(page)),
    marker: (page) => page.part('send-without'),
  },
  {
    name: 'sending',
    options: { rules: onSend({ kind: 'stall' }) },
    reach: sent,
    marker: (page) => page.part('base')?.dataset['state'] === 'sending',
  },
  { name: 'server down', options: { rules: onSend({ kind: 'drop' }) }, reach: sent, marker: failedWith('network') },
  { name: 'server error', options: { rules: onSend(problem(500, 'internal')) }, reach: sent, marker: failedWith('internal') },
  {
    name: 'too many',
    options: { rules: onSend(problem(429, 'rate-limited', { 'retry-after': '90' })) },
    reach: sent,
    marker: (page) => page.part('countdown'),
  },
  {
    name: 'offline',
    options: { rules: onSend({ kind: 'drop' }) },
    reach: (page) => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      sent(page);
    },
    marker: failedWith('offline'),
  },
  {
    name: 'earlier version found',
    options: { rules: onSend(problem(422, 'idempotency-mismatch')) },
    reach: sent,
    marker: failedWith('idempotency-mismatch'),
  },
  {
    name: 'other ways',
    reach: (page) => page.part('other-ways')?.querySelector('summary')?.click(),
    marker: (page) => page.part<HTMLDetailsElement>('other-ways')?.open,
  },
  { name: 'receipt', reach: sent, marker: (page) => page.number() },
  { name: 'unknown desk', options: { attributes: { desk: 'nobody' }, state: 'broken' }, marker: (page) => page.part('mend') },
  {
    name: 'dark',
    options: { attributes: { theme: 'dark' } },
    reach: (page) => page.send(),
    marker: (page) => page.part('error') && getComputedStyle(page.form).colorScheme === 'dark',
  },
  {
    name: 'from right to left',
    options: { attributes: { dir: 'rtl' } },
    reach: (page) => page.send(),
    marker: (page) => page.part('error') && page.part('base')?.dir === 'rtl',
  },
  {
    name: 'in French',
    options: { attributes: { locale: 'fr' } },
    reach: (page) => page.send(),
    marker: (page) => page.part('error')?.textContent?.includes('points à corriger'),
  },
];

async function violations(element: Element): Promise<string[]> {
  const { violations: found } = await axe.run(element, { runOnly: TAGS });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describe('support-form is accessible', () => {
  let page: FormPage;
  afterEach(() => {
    delete (navigator as { onLine?: boolean }).onLine;
    page.mounted.remove();
  });

  for (const { name, options, reach, marker } of STATES) {
    it(name, async () => {
      page = await openForm(options);
      await reach?.(page);
      await until(`the marker of "${name}"`, () => !!marker(page), 25_000);
      expect(await violations(page.form)).to.deep.equal([]);
    });
  }

  it('in a dialog', async () => {
    page = new FormPage(await mount({ tag: 'support-launcher' }));
    const button = await until('the button', () => page.form.shadowRoot?.querySelector('button'));
    button.click();
    const form = await until('the form', () => page.form.shadowRoot?.querySelector('dialog[open] support-form'));
    await until('its fields', () => form.shadowRoot?.querySelector('support-field'));
    const dialog = page.form.shadowRoot?.querySelector('dialog');
    await Promise.all((dialog?.getAnimations({ subtree: true }) ?? []).map(({ finished }) => finished));
    expect(await violations(page.form)).to.deep.equal([]);
  });

  it('and a planted mistake is found', async () => {
    page = await openForm();
    page.control('subject').removeAttribute('id');
    expect((await violations(page.form)).join()).to.contain('label');
  });
});
