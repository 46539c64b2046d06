import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ShopRoom } from '../support/shop-room.ts';
import { hashesOnDisk, sha256, storedTickets } from '../support/stored-files.ts';

const FORTY_MEGABYTES = 40_000_000;

describe('files from a shop on another origin', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
    room.addForm('large');
    room.addForm('refused');
  });
  after(() => room?.close());

  it('of 40 MB arrive whole although the server is killed half way', { timeout: 180_000 }, async () => {
    const form = await room.openForm('/large');
    await form.fill({ subject: 'A long film' });
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(FORTY_MEGABYTES - 9)]);
    const film = path.join(room.folder, 'film.pdf');
    await writeFile(film, bytes);
    await form.addFiles([film]);

    const acknowledged = () => room.proxy.seen('large').filter(({ method, status }) => method === 'PATCH' && status === 204).length;
    while (acknowledged() < 30) await new Promise((resolve) => setTimeout(resolve, 5));
    await room.server.kill('SIGKILL');
    const before = acknowledged();
    await room.restartServer();
    await form.send();
    await form.number(60_000);

    const [ticket] = storedTickets(room.dataDir, 'A long film');
    assert.equal(ticket?.files[0]?.sha256, sha256(bytes));
    assert.ok(hashesOnDisk(room.dataDir).includes(sha256(bytes)), 'the stored bytes are the chosen bytes');
    const chunks = Math.ceil(FORTY_MEGABYTES / (320 * 1024));
    assert.ok(before < chunks, 'the kill fell into the upload');
    assert.ok(acknowledged() <= chunks + 2, `${acknowledged()} chunks were acknowledged for ${chunks}: it went on where it stopped`);
    await form.page.close();
  });

  it('that are not what their name says, or too large, are refused in words, and the rest is sent', async () => {
    const form = await room.openForm('/refused');
    await form.fill({ subject: 'Strange files' });
    const elf = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(8_000)]);
    await form.addFiles([{ name: 'holiday.png', mimeType: 'image/png', buffer: elf }]);
    const list = form.form.locator('support-attachments');
    await list.getByText('holiday.png', { exact: true }).waitFor();
    await list
      .getByText(/not (allowed|accepted|taken)|cannot be (sent|taken|accepted)|type/i)
      .first()
      .waitFor();
    assert.equal(hashesOnDisk(room.dataDir).includes(sha256(elf)), false, 'nothing of it stays on the server');

    const requests = room.proxy.seen('refused').length;
    // the page makes it: a test cannot hand 51 MB to a file input
    await form.page.evaluate(() => {
      const input = document.querySelector('support-form')?.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
      const chosen = new DataTransfer();
      chosen.items.add(new File([new Uint8Array(51_000_000)], 'huge.pdf', { type: 'application/pdf' }));
      if (!input) throw new Error('no file input');
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await list.getByText('huge.pdf', { exact: true }).waitFor();
    await list.getByText(/50/).first().waitFor();
    assert.equal(room.proxy.seen('refused').length, requests, 'nothing of it was sent');
    await form.page.close();
  });
});
