import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { hideInJpeg } from '../support/pictures.ts';
import { drawn, LIMITS, openAttachments, type AttachmentsPage, type KeptFile } from './attachments-page.ts';
import { textFile } from './form-page.ts';

const record = (over: Partial<KeptFile>): KeptFile => ({
  id: 'kept',
  entry: 'entry',
  name: 'note.txt',
  type: 'text/plain',
  size: 20,
  file: null,
  resume: '',
  attachment: null,
  ...over,
});

describe('files kept on the device', () => {
  let page: AttachmentsPage;
  beforeEach(async () => {
    page = await openAttachments();
  });
  afterEach(() => page.element.remove());

  it('are written when added, when an upload begins and when it has arrived, and forgotten when removed', async () => {
    await page.shelve();
    page.element.add([textFile()]);
    await page.rowsIn('done');
    await until('the last record', () => page.written.at(-1)?.attachment);
    expect(page.written.map(({ resume, attachment, file }) => [resume, attachment?.id, !!file])).to.deep.equal([
      ['', undefined, true],
      ['upload-1', undefined, true],
      ['upload-1', 'upload-1', true],
    ]);
    page.find('[part=remove]')?.click();
    await until('an empty shelf', () => page.kept.size === 0);
  });

  it('are written once there is a message to keep them for, and again for another', async () => {
    page.element.add([textFile()]);
    await page.rowsIn('done');
    await page.shelve('first');
    await until('the first record', () => page.written.length === 1);
    page.element.entry = 'second';
    page.element.retry(true);
    await until('both', () => page.written.at(-1)?.attachment?.id === 'upload-2');
    expect(page.kept.size).to.equal(1);
    expect([...page.kept.values()][0]?.entry).to.equal('second');
  });

  it('are kept as chosen at once, and as they are sent once that is known', async () => {
    await page.shelve();
    const before = new File([hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>)], 'a.jpg', { type: 'image/jpeg' });
    page.element.add([before]);
    await page.rowsIn('done');
    await until('the last record', () => page.written.at(-1)?.attachment);
    expect(page.written[0]?.size).to.equal(before.size);
    expect(page.written.at(-1)?.size).to.be.lessThan(before.size);
    expect(page.written.find(({ resume }) => resume)?.file).to.equal(page.sent[0]);
    expect(page.written[0]?.ready).to.equal(false);
    for (const { file, ready } of page.written) expect(ready, file?.size.toString()).to.equal(file !== before);
  });

  it('are ready once it is known that a picture hides nothing', async () => {
    page.element.secret = '';
    await page.shelve();
    const before = new File([(await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>], 'a.jpg', { type: 'image/jpeg' });
    page.element.add([before, textFile()]);
    await until('both ready', () => [...page.kept.values()].filter(({ ready }) => ready).length === 2);
    const ofPicture = page.written.filter(({ name }) => name === 'a.jpg');
    expect(ofPicture.map(({ file, ready }) => [file === before, ready])).to.deep.equal([
      [true, false],
      [true, true],
    ]);
    expect(page.written.filter(({ name }) => name !== 'a.jpg').map(({ ready }) => ready)).to.deep.equal([true]);
  });

  it('are not ready while the person has to decide', async () => {
    page.element.secret = '';
    await page.shelve();
    const type = 'image/jpeg';
    page.element.add([new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff])], 'broken.jpg', { type })]);
    await page.rowsIn('asking');
    await until('its record', () => page.written.length === 2);
    expect(page.written.map(({ ready }) => ready)).to.deep.equal([false, false]);
    page.find('[part=as-is]')?.click();
    await until('the decision', () => page.written.at(-1)?.ready);
  });

  it('go on under the same original where the person wanted that', async () => {
    const before = new File([hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>)], 'a.jpg', { type: 'image/jpeg' });
    page.element.restore([record({ name: 'a.jpg', type: before.type, size: before.size, file: before, ready: true })]);
    expect((await page.lastSent()).file).to.equal(before);
  });

  it('begin anew where their upload had begun uncleaned', async () => {
    const before = new File([hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>)], 'a.jpg', { type: 'image/jpeg' });
    page.element.restore([record({ name: 'a.jpg', type: before.type, size: before.size, file: before, resume: 'before' })]);
    const { file } = await page.lastSent();
    expect(file.size).to.be.lessThan(before.size);
    expect([page.removed, page.resumed]).to.deep.equal([['before'], [undefined]]);
  });

  it('go on where they stopped', async () => {
    page.element.restore([record({ file: textFile(), resume: 'before' })]);
    await page.rowsIn('done');
    expect(page.resumed).to.deep.equal(['before']);
  });

  it('that have arrived are not sent again', async () => {
    const attachment = { id: 'arrived', name: 'note.txt', size: 20, type: 'text/plain', sha256: null };
    page.element.restore([record({ resume: 'arrived', attachment })]);
    await page.rowsIn('done');
    expect(page.element.attachmentIds).to.deep.equal(['arrived']);
    expect(page.sent).to.have.length(0);
  });

  it('are cleaned after a reload where they had not been before', async () => {
    const before = new File([hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>)], 'a.jpg', { type: 'image/jpeg' });
    page.element.restore([record({ name: before.name, type: before.type, size: before.size, file: before, ready: false })]);
    expect(page.element.pending).to.equal(1);
    const { file } = await page.lastSent();
    expect(file.size).to.be.lessThan(before.size);
  });

  it('without their content are asked for, and a ticket does not go without them', async () => {
    page.element.restore([record({ resume: 'before' })]);
    await page.rowsIn('missing');
    await until('the sentence', () => page.text.includes('Choose note.txt again to go on'));
    expect(page.text).to.contain('could not be kept');
    expect([page.element.pending, page.element.troubled]).to.deep.equal([0, 1]);
    page.element.drop();
    expect(page.element.troubled).to.equal(0);
  });

  it('go on with the same content chosen again', async () => {
    await page.shelve();
    page.element.restore([record({ resume: 'before' })]);
    await page.rowsIn('missing');
    page.element.add([textFile()]);
    await page.rowsIn('done');
    expect(page.resumed).to.deep.equal(['before']);
    expect(page.rows()).to.have.length(1);
  });

  it('never go on with other content of the same name', async () => {
    page.same = () => false;
    page.element.restore([record({ resume: 'before' })]);
    await page.rowsIn('missing');
    page.element.add([textFile('note.txt', 21)]);
    await until('the sentence', () => page.text.includes('a different file of the same name'));
    await page.rowsIn('missing');
    expect(page.sent).to.have.length(0);
  });

  it('go on with a picture chosen again, which is cleaned as before', async () => {
    const before = new File([hideInJpeg((await drawn('image/jpeg')) as Uint8Array<ArrayBuffer>)], 'a.jpg', { type: 'image/jpeg' });
    page.element.add([before]);
    const { file } = await page.lastSent();
    page.element.drop(true);
    page.same = ({ size }) => size === file.size;
    page.element.restore([record({ name: 'a.jpg', type: 'image/jpeg', size: file.size, resume: 'before' })]);
    await page.rowsIn('missing');
    page.element.add([before]);
    const again = await page.lastSent(2);
    expect(again.file.size).to.equal(file.size);
    expect(page.resumed.at(-1)).to.equal('before');
  });

  it('that had not begun to be sent are taken from whatever is chosen under their name', async () => {
    page.element.restore([record({})]);
    await page.rowsIn('missing');
    page.element.add([textFile('note.txt', 33)]);
    await page.rowsIn('done');
    expect(page.sent[0]?.size).to.equal(33);
  });

  it('and do not fit are told', async () => {
    page.answers = false;
    page.room = 10;
    await page.shelve();
    page.element.add([textFile()]);
    await until('the sentence', () => page.text.includes('leave this page open'));
    expect(page.element.unkept).to.equal(1);
  });

  it('are sent to another backend once that replaces theirs', async () => {
    page.element.add([textFile()]);
    await page.rowsIn('done');
    const { port } = page.element;
    page.element.port = port && { ...port };
    await page.lastSent(2);
    expect(page.resumed).to.deep.equal([undefined, undefined]);
  });
});

describe('a folder', () => {
  const file = (name: string, size = 3) => ({
    name,
    isDirectory: false,
    file: (done: (file: File) => void) => done(textFile(name, size)),
  });
  const folder = (name: string, entries: unknown[]) => ({
    name,
    isDirectory: true,
    createReader: () => {
      const rest = [...entries];
      return { readEntries: (done: (entries: unknown[]) => void) => done(rest.splice(0, 2)) };
    },
  });
  /** A script cannot make the entries that a browser makes of a dropped folder. */
  const drop = (page: AttachmentsPage, ...entries: { name: string }[]) => {
    const dataTransfer = {
      types: ['Files'],
      files: entries.map(({ name }) => new File([], name)),
      items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    };
    const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer });
    page.element.dispatchEvent(event);
  };
  let page: AttachmentsPage;
  beforeEach(async () => {
    page = await openAttachments();
  });
  afterEach(() => page.element.remove());

  it('is taken with everything in it but what systems leave there', async () => {
    const inner = folder('inner', [file('3.txt'), file('Thumbs.db')]);
    drop(page, folder('outer', [file('1.txt'), file('.DS_Store'), inner, file('2.txt')]));
    expect(page.element.pending).to.be.greaterThan(0);
    await page.rowsIn('done', 3);
    expect(page.sent.map(({ name }) => name).sort()).to.deep.equal(['1.txt', '2.txt', '3.txt']);
  });

  it('with too many files is taken as far as there is room, and the rest is told', async () => {
    page.element.limits = { ...LIMITS, count: 2 };
    drop(page, folder('many', [file('10.txt'), file('2.txt'), file('1.txt'), file('3.txt')]));
    await page.rowsIn('done', 2);
    expect(page.sent.map(({ name }) => name)).to.deep.equal(['1.txt', '2.txt']);
    await until('the sentence', () => page.find('[part=notice]')?.textContent?.includes('2 more files were left out: at most 2'));
  });
});
