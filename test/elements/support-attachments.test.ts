import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import type { Fault } from '../support/fault-proxy.ts';
import { openAttachments } from './attachments-page.ts';
import { bytes, openForm, textFile, type FormPage } from './form-page.ts';

const REFUSED: Fault = {
  kind: 'status',
  status: 400,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: 'Bad', status: 400, code: 'invalid-request', detail: 'Bad' }),
};

describe('support-attachments', () => {
  let page: FormPage;
  afterEach(() => page.mounted.remove());

  const button = (file: HTMLElement | undefined, part: string) => file?.querySelector<HTMLElement>(`[part=${part}]`);

  it('takes files before anything else was touched', async () => {
    page = await openForm();
    page.pick(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'));
    await page.filesIn('done', 3);
  });

  it('puts the name of a file above its size, from the right too', async () => {
    page = await openForm();
    page.pick(textFile());
    await page.filesIn('done');
    const name = page.files()[0]?.querySelector<HTMLElement>('.name') as HTMLElement;
    const written = document.createRange();
    written.selectNodeContents(name);
    for (const dir of ['ltr', 'rtl']) {
      (name.closest('[dir]') as HTMLElement).dir = dir;
      const side = dir === 'rtl' ? 'right' : 'left';
      expect(written.getBoundingClientRect()[side]).to.be.closeTo(name.getBoundingClientRect()[side], 1);
    }
  });

  it('refuses before sending what could never be taken', async () => {
    page = await openForm();
    const large = new File([new Uint8Array(50_000_001)], 'large.png', { type: 'image/png' });
    page.pick(
      large,
      new File([bytes(9)], 'setup.exe', { type: 'application/x-msdownload' }),
      new File([], 'empty.txt', { type: 'text/plain' }),
    );
    await page.filesIn('refused', 3);
    expect(page.files()[0]?.textContent).to.contain('50 MB');
    const uploads = (await page.mounted.seen()).filter(({ path }) => path.includes('/uploads'));
    expect(uploads).to.have.length(0);
  });

  it('refuses the file that is one too many and takes it once there is room', async () => {
    page = await openForm();
    page.pick(...Array.from({ length: 11 }, (_, at) => textFile(`${at}.txt`)));
    await page.filesIn('done', 10);
    expect(page.files('refused')).to.have.length(1);
    button(page.files('done')[0], 'remove')?.click();
    await page.filesIn('done', 10);
    expect(page.files('refused')).to.have.length(0);
  });

  it('says that the content is not what the name promises', async () => {
    page = await openForm();
    const elf = new Uint8Array(6_000);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
    page.pick(new File([elf], 'picture.png', { type: 'image/png' }));
    await page.filesIn('refused');
    expect(page.files()[0]?.textContent).to.contain('does not accept this kind of file');
  });

  it('goes on by itself after an interruption', async () => {
    page = await openForm({ rules: [{ match: 'PATCH /uploads', times: 1, fault: { kind: 'cut-body', afterBytes: 100_000 } }] });
    page.pick(textFile('long.txt', 2_000_000));
    await page.filesIn('done');
    expect((await page.mounted.seen()).some(({ fault }) => fault === 'cut-body')).to.equal(true);
  });

  it('waits for files, asks about the ones that failed, and sends without them when told to', async () => {
    page = await openForm({ rules: [{ match: 'POST /uploads', fault: REFUSED }] });
    page.fill();
    page.pick(textFile());
    await page.filesIn('failed');
    page.send();
    const without = await until('the question', () => page.part('send-without'));
    expect(page.part('base')?.dataset['state']).to.equal('failed');
    without.click();
    await page.state('sent');
  });

  it('lets go of a file that takes too long while the message waits for it', async () => {
    page = await openForm({ rules: [{ match: 'POST /uploads', fault: { kind: 'stall' } }] });
    page.fill();
    page.pick(textFile());
    page.send();
    await until('the wait', () => page.root.querySelector('.actions [role=status]')?.textContent?.includes('file'));
    const button = page.files()[0]?.querySelector<HTMLButtonElement>('[part=remove]');
    await until('permission', () => button?.disabled === false);
    button?.click();
    await page.state('sent');
  });

  it('goes on with files that failed once the connection is back', async () => {
    page = await openForm({
      rules: [{ match: 'POST /uploads', fault: { kind: 'status', status: 503, headers: { 'retry-after': '600' } } }],
    });
    page.pick(textFile());
    await page.filesIn('failed');
    await page.mounted.setRules([]);
    dispatchEvent(new Event('online'));
    await page.filesIn('done');
  });

  it('tries failed files again with the whole message', async () => {
    page = await openForm({ rules: [{ match: 'POST /uploads', fault: REFUSED }] });
    page.fill();
    page.pick(textFile());
    await page.filesIn('failed');
    page.send();
    const retry = await until('the button', () => page.part('retry'));
    await page.mounted.setRules([]);
    retry.click();
    await page.state('sent');
  });

  it('keeps focus on the next file after one is removed', async () => {
    page = await openForm();
    page.pick(textFile('a.txt'), textFile('b.txt'));
    await page.filesIn('done', 2);
    button(page.files()[0], 'remove')?.focus();
    button(page.files()[0], 'remove')?.click();
    await until('one file', () => page.files().length === 1);
    expect(page.focused()).to.equal(button(page.files()[0], 'remove'));
    button(page.files()[0], 'remove')?.click();
    await until('no file', () => page.files().length === 0);
    expect(page.focused()).to.equal(page.root.querySelector('input[type=file]'));
  });

  it('takes dropped and pasted files', async () => {
    page = await openForm();
    const transfer = new DataTransfer();
    transfer.items.add(textFile('dropped.txt'));
    page.part('files')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
    await until('the dropped file', () => page.files().length === 1);
    await page.filesIn('done');
  });
});

describe('what a screen reader is told of files', () => {
  it('names every file that is refused at once, each once, and progress every ten seconds at most', async () => {
    const { element, root } = await openAttachments();
    const spoken: string[] = [];
    const status = await until('the live region', () => root.querySelector('[role=status]'));
    const observer = new MutationObserver(() => spoken.push(status.textContent ?? ''));
    observer.observe(status, { subtree: true, childList: true, characterData: true });
    const { now } = performance;
    let seconds = now.call(performance) / 1_000;
    try {
      performance.now = () => seconds * 1_000;
      element.port = {
        async upload({ name, size, type }, { onProgress }) {
          // a minute
          for (let step = 1; step <= 600; step++) {
            seconds += 0.1;
            onProgress?.((size * step) / 600);
            await element.updateComplete;
          }
          return { id: 'one', name, size, type, sha256: null };
        },
        remove: () => Promise.resolve(),
        matches: () => Promise.resolve(true),
      };
      await element.updateComplete;
      const refused = [
        new File([bytes(9)], 'setup.exe', { type: 'application/x-msdownload' }),
        new File([], 'empty.txt', { type: 'text/plain' }),
      ];
      element.add([...refused, textFile('long.txt', 60_000)]);
      await until('the end', () => /long\.txt sent/.test(spoken.at(-1) ?? ''));
    } finally {
      performance.now = now;
      observer.disconnect();
      element.remove();
    }
    const times = (words: RegExp) => spoken.join('\n').match(words)?.length ?? 0;
    expect(times(/3 files added/g)).to.equal(1);
    expect(times(/setup\.exe: Not accepted/g)).to.equal(1);
    expect(times(/empty\.txt: Not accepted/g)).to.equal(1);
    expect(times(/long\.txt sent/g)).to.equal(1);
    const progress = times(/long\.txt: Sending, \d+/g);
    expect(progress).to.be.within(5, 6);
    expect(spoken.length).to.be.at.most(9);
  });
});
