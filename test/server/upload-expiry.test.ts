import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { receivePiece, removeUpload } from '../../packages/server/dist/files/receive-upload.js';
import { findUpload, UPLOAD_LIFE_MS } from '../../packages/server/dist/files/upload-rows.js';
import { expireUploads } from '../../packages/server/dist/jobs/expire-uploads.js';
import { sweepBlobs } from '../../packages/server/dist/jobs/sweep-blobs.js';
import { openCounterRoom, type CounterRoom } from '../support/counter-room.ts';
import { openDesks } from '../support/desks.ts';

const HOUR = 3_600_000;

let room: CounterRoom;
beforeEach(async () => {
  room = await openCounterRoom(openDesks());
});
afterEach(() => room.close());

async function begin(size: number, ticketId: string | null = null) {
  const { store, now } = room.ports;
  const upload = {
    deskId: 'open',
    id: randomBytes(32).toString('base64url'),
    secretHash: 'a'.repeat(64),
    contactId: null,
    name: 'a.txt',
    metadata: null,
    size,
    offset: 0,
    type: null,
    expectedSha256: null,
    sha256: null,
    ticketId,
    messageId: null,
    position: null,
    quotaKey: 'somebody',
    createdAt: now(),
    expiresAt: ticketId === null ? now() + UPLOAD_LIFE_MS : null,
  };
  await store.write.run((trx) => trx.insertInto('upload').values(upload).execute());
  return upload;
}

const desk = () => {
  const config = room.ports.desks.get('open');
  assert.ok(config);
  return config;
};
async function onDisk(): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of room.ports.blobs.ids('open')) ids.push(id);
  return ids;
}
const row = (id: string) => findUpload(room.ports.store.read, 'open', id);

describe('uploads that no ticket takes', () => {
  it('go a day after their last byte, row and bytes', async () => {
    const upload = await begin(10);
    await receivePiece(room.ports, desk(), upload, Buffer.from('12345'));
    room.pass(20 * HOUR);
    const half = await row(upload.id);
    assert.ok(half);
    await receivePiece(room.ports, desk(), half, Buffer.from('67890'));
    room.pass(23 * HOUR);
    assert.equal(await expireUploads(room.ports), 0);
    room.pass(HOUR);
    assert.equal(await expireUploads(room.ports), 1);
    assert.equal(await row(upload.id), undefined);
    assert.deepEqual(await onDisk(), []);
  });

  it('go however many there are', async () => {
    for (let n = 0; n < 450; n++) await begin(1);
    room.pass(25 * HOUR);
    assert.equal(await expireUploads(room.ports), 450);
  });

  it('stay a day for the quota when they were taken back, without name or bytes', async () => {
    const upload = await begin(10);
    await receivePiece(room.ports, desk(), upload, Buffer.from('12345'));
    assert.equal(await removeUpload(room.ports, 'open', upload.id), true);
    assert.deepEqual(await onDisk(), []);
    assert.equal((await row(upload.id))?.name, '');
    room.pass(23 * HOUR);
    assert.equal(await expireUploads(room.ports), 0);
    room.pass(2 * HOUR);
    assert.equal(await expireUploads(room.ports), 1);
  });

  it('leave a ticket’s files alone', async () => {
    const upload = await begin(5, 'ticket');
    await room.ports.blobs.write('open', upload.id, 0, Buffer.from('12345'));
    room.pass(1_000 * HOUR);
    assert.equal(await expireUploads(room.ports), 0);
  });
});

describe('the sweep', () => {
  it('deletes bytes that nobody owns and nothing else', async () => {
    const { blobs, store } = room.ports;
    const orphan = randomBytes(32).toString('base64url');
    await blobs.write('open', orphan, 0, Buffer.from('x'));
    const half = await begin(10);
    await receivePiece(room.ports, desk(), half, Buffer.from('12345'));
    const kept = await begin(5);
    await receivePiece(room.ports, desk(), kept, Buffer.from('12345'));
    const erased = await begin(5);
    await receivePiece(room.ports, desk(), erased, Buffer.from('12345'));
    await store.write.run(async (trx) => {
      await trx.updateTable('upload').set({ ticketId: 't', expiresAt: null }).where('id', 'in', [kept.id, erased.id]).execute();
      await trx.updateTable('upload').set({ sha256: null }).where('id', '=', erased.id).execute();
    });
    assert.equal(await sweepBlobs(room.ports), 2);
    assert.deepEqual((await onDisk()).sort(), [half.id, kept.id].sort());
  });
});

describe('bytes on disk', () => {
  it('go on at the acknowledged offset, over what was torn off there', async () => {
    const { blobs } = room.ports;
    const { id } = await begin(10);
    await blobs.write('open', id, 0, Buffer.from('12345'));
    await blobs.write('open', id, 5, Buffer.from('torn'));
    await blobs.write('open', id, 5, Buffer.from('67'));
    await blobs.write('open', id, 7, Buffer.from('890'));
    assert.equal(Buffer.from(await blobs.head('open', id, 100)).toString(), '1234567890');
  });

  it('are not cut off by a writer that was overtaken', async () => {
    const { blobs } = room.ports;
    const upload = await begin(10);
    const after = await receivePiece(room.ports, desk(), upload, Buffer.from('12345'));
    await receivePiece(room.ports, desk(), after, Buffer.from('67890'));
    await assert.rejects(receivePiece(room.ports, desk(), upload, Buffer.from('12345')), { code: 'conflict' });
    await assert.rejects(receivePiece(room.ports, desk(), after, Buffer.from('6')), { code: 'conflict' });
    assert.equal(Buffer.from(await blobs.head('open', upload.id, 100)).toString(), '1234567890');
  });

  it('are refused where what was acknowledged is missing', async () => {
    const { blobs } = room.ports;
    const { id } = await begin(10);
    await blobs.write('open', id, 0, Buffer.from('123'));
    await assert.rejects(blobs.write('open', id, 5, Buffer.from('67')), /shorter/);
  });

  it('never leave their folder', async () => {
    const { blobs } = room.ports;
    for (const id of ['../../../../etc/passwd-0123456789', '..', 'a/b', '', 'x'.repeat(65)])
      await assert.rejects(blobs.write('open', id, 0, Buffer.from('x')), /file/);
    for (const desk of ['..', '.', 'a/b', '']) await assert.rejects(blobs.write(desk, 'x'.repeat(43), 0, Buffer.from('x')), /folder/);
  });
});
