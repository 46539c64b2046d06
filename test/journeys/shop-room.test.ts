import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { textFile } from '../support/form-page.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

/** Runs in the page: writes or reads one value by IndexedDB, and resolves when the transaction has completed. */
function keep(value?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('room', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('kept', 'readwrite');
      const store = transaction.objectStore('kept');
      const request = value === undefined ? store.get('value') : store.put(value, 'value');
      transaction.oncomplete = () => resolve(request.result);
    };
  });
}

describe('a shop, its server and a browser with a profile', () => {
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({ profile: true });
    room.addForm('lamp');
  });
  after(async () => {
    await room?.close();
    assert.equal(existsSync(room.dataDir), false, 'nothing stays on disk');
  });

  it('keep what a page has stored although the browser is killed, three times', async () => {
    for (const round of ['first', 'second', 'third']) {
      const page = await room.open('/lamp');
      await page.evaluate(keep, round);
      const { pid } = room.browser;
      await room.browser.kill();
      assert.throws(() => process.kill(pid, 0), 'the process is gone');
      await room.reopen();
      assert.notEqual(room.browser.pid, pid);
      assert.equal(await (await room.open('/lamp')).evaluate(keep, undefined), round);
    }
  });

  it('go on with a form whose server was killed and came back', async () => {
    const form = await room.openForm('/lamp');
    await form.fill({ subject: 'After the kill' });
    await room.server.kill('SIGKILL');
    await room.restartServer();
    await form.addFiles([textFile('parcel.txt', 'dented')]);
    await form.send();
    const number = await form.number();
    assert.deepEqual(
      storedTickets(room.dataDir, 'After the kill').map((ticket) => ticket.number),
      [number],
    );
    assert.ok(room.proxy.seen('lamp').length > 0, 'the form sends through the proxy');
    await form.page.close();
  });

  it('close what has started when one of them does not start', async () => {
    const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = listening();
    await assert.rejects(ShopRoom.open({ desks: () => ({ not: 'a list of desks' }) }), /desk/);
    assert.equal(listening(), before);
  });
});
