import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FormPage, textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { sha256, storedTickets } from '../support/stored-files.ts';

const UPLOAD_CODE = '**/c/upload-*';

describe('the code that sends files', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    room.addPage('/', { body: room.script + room.tag() });
  });
  after(() => room?.close());

  const file = textFile('parcel.txt', 'dented');
  const hashes = (subject: string) => storedTickets(room.dataDir, subject).map(({ files }) => files.map(({ sha256: hash }) => hash));

  /** A form with one file chosen, whose code does not arrive, after an attempt to send. */
  async function openFailed(subject: string): Promise<FormPage> {
    const page = await room.browser.newPage();
    await page.route(UPLOAD_CODE, (route) => route.abort());
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.fill({ subject });
    await form.addFiles([file]);
    await form.form.getByText('A part of this form did not load.').waitFor();
    await form.send();
    await form.form.getByRole('alert').getByText('One file has not been sent.').waitFor();
    assert.deepEqual(hashes(subject), [], 'nothing is sent without the file');
    return form;
  }

  it('is not loaded before there is a file', async () => {
    const page = await room.browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.fill({ subject: 'Without a file' });
    await form.send();
    await form.number();
    assert.deepEqual(
      asked.filter((url) => url.includes('/c/upload-')),
      [],
    );
    await page.close();
  });

  it('is asked for again at the next try, and no chosen file is lost', async () => {
    const form = await openFailed('Late code');
    await form.page.unroute(UPLOAD_CODE);
    await form.form.getByRole('button', { name: 'Try the files again' }).click();
    await form.number();
    assert.deepEqual(hashes('Late code'), [[sha256(file.buffer)]]);
    await form.page.close();
  });

  it('is waited for when a file is chosen just before sending', async () => {
    const page = await room.browser.newPage();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(UPLOAD_CODE, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(room.shop.url);
    const form = new FormPage(page);
    await form.fill({ subject: 'In a hurry' });
    await form.addFiles([file]);
    await form.send();
    release();
    await form.number();
    assert.deepEqual(hashes('In a hurry'), [[sha256(file.buffer)]]);
    await page.close();
  });

  it('is asked for again with the next file', async () => {
    const form = await openFailed('Another file');
    await form.page.unroute(UPLOAD_CODE);
    const other = textFile('label.txt', 'torn');
    await form.addFiles([other]);
    await form.form.locator('[part=file][data-state=done]').nth(1).waitFor();
    await form.send();
    await form.number();
    assert.deepEqual(hashes('Another file'), [[sha256(file.buffer), sha256(other.buffer)]]);
    await form.page.close();
  });

  it('can be done without, when the person says so', async () => {
    const form = await openFailed('No code');
    await form.form.getByRole('button', { name: 'Send without them' }).click();
    await form.number();
    assert.deepEqual(hashes('No code'), [[]]);
    await form.page.close();
  });
});
