import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import type { Insertable } from 'kysely';
import { receivePiece } from '../../packages/server/dist/files/receive-upload.js';
import { findUpload, type UploadRow } from '../../packages/server/dist/files/upload-rows.js';
import { expireUploads } from '../../packages/server/dist/jobs/expire-uploads.js';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import type { UploadTable } from '../../packages/server/dist/store/schema.js';
import { openCounterRoom, type CounterRoom } from '../support/counter-room.ts';
import { openDesks } from '../support/desks.ts';

const ABANDONED = 10_000;
const BYTES = 4_096;
const ROWS = 500;
const HOUR = 3_600_000;

describe('ten thousand abandoned uploads', () => {
  let room: CounterRoom;
  before(async () => {
    room = await openCounterRoom(openDesks());
  });
  after(() => room.close());

  it('leave the disk as it was a day later, and those still running alone', { timeout: 120_000 }, async (t) => {
    const { ports } = room;
    const running = await begin(1_000_000);
    await receivePiece(ports, desk(), running, Buffer.alloc(1_000_000 - 1, 65));
    running.offset = 1_000_000 - 1;
    const early = await measure();
    const abandoned = Array.from({ length: ABANDONED }, (_, n) => row(n % 2 ? BYTES : 2 * BYTES));
    for (let n = 0; n < ABANDONED; n += ROWS)
      await ports.store.write.run((trx) =>
        trx
          .insertInto('upload')
          .values(abandoned.slice(n, n + ROWS))
          .execute(),
      );
    const bytes = randomBytes(BYTES);
    for (const { id } of abandoned) {
      const folder = path.join(room.folder, 'uploads/open', id.slice(0, 2));
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, id), bytes);
    }
    const peak = await measure();
    room.pass(23 * HOUR);
    assert.equal(await expireUploads(ports), 0);
    await receivePiece(ports, desk(), running, Buffer.alloc(1, 65));
    room.pass(HOUR);
    const began = performance.now();
    assert.equal(await expireUploads(ports), ABANDONED);
    await pruneExpired(ports.store, ports.desks.keys(), ports.now());
    const seconds = (performance.now() - began) / 1_000;
    const late = await measure();
    t.diagnostic(
      `${peak.bytes - early.bytes} bytes and ${peak.pages - early.pages} pages of the database, free again after ${seconds.toFixed(2)} s`,
    );
    assert.ok(peak.bytes - early.bytes >= ABANDONED * BYTES && peak.pages > 2 * early.pages);
    for (const what of ['bytes', 'pages'] as const) {
      const left = late[what] - early[what];
      assert.ok(Math.abs(left) <= (peak[what] - early[what]) / 100, `${left} of ${peak[what] - early[what]} ${what} left`);
    }
    assert.equal((await findUpload(ports.store.read, 'open', running.id))?.offset, 1_000_000);
  });

  const desk = () => room.ports.desks.get('open')!;

  async function begin(size: number): Promise<UploadRow> {
    const upload = { ...row(size), offset: 0 } as UploadRow;
    await room.ports.store.write.run((trx) => trx.insertInto('upload').values(upload).execute());
    return upload;
  }

  /** What the disk holds of uploads, folders included, and the pages that the database uses: free ones take the next rows. */
  async function measure(): Promise<{ bytes: number; pages: number }> {
    let bytes = 0;
    const uploads = path.join(room.folder, 'uploads');
    for (const entry of await readdir(uploads, { recursive: true, withFileTypes: true }))
      bytes += (await lstat(path.join(entry.parentPath, entry.name))).blocks * 512;
    const database = new DatabaseSync(path.join(room.folder, 'support.sqlite'), { readOnly: true });
    const pragma = (name: string) => Number(database.prepare(`pragma ${name}`).get()?.[name]);
    const pages = pragma('page_count') - pragma('freelist_count');
    database.close();
    return { bytes, pages };
  }

  /** As it stands when its sender has gone: half of it there, or all of it and no ticket. */
  function row(size: number): Insertable<UploadTable> {
    const now = room.ports.now();
    return {
      deskId: 'open',
      id: randomBytes(32).toString('base64url'),
      secretHash: randomBytes(32).toString('hex'),
      contactId: null,
      name: 'video.mp4',
      metadata: 'filename dmlkZW8ubXA0,type dmlkZW8vbXA0',
      size,
      offset: BYTES,
      type: null,
      expectedSha256: null,
      sha256: size === BYTES ? randomBytes(32).toString('hex') : null,
      ticketId: null,
      messageId: null,
      position: null,
      quotaKey: 'quota',
      createdAt: now,
      expiresAt: now + 24 * HOUR,
    };
  }
});
