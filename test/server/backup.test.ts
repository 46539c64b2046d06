import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { filesHolding } from '../support/byte-scan.ts';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import { seedPerson, uploadTo, type SeededPerson } from '../support/seeded-person.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const ROUNDS = 3;
const PER_SECOND = 50;

describe('a backup', () => {
  let scratch: string;
  let dataDir: string;
  let deskFile: string;
  let server: ServerProcess;
  let gone: SeededPerson;
  let stays: SeededPerson;
  const acknowledged: { number: string; at: number }[] = [];

  const inFolder = (folder: string, ...args: string[]) => deskCommand({ dataDir: folder, deskFile }, ...args);
  const at = (name: string) => path.join(scratch, name);

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-backup-'));
    dataDir = at('data');
    deskFile = at('desks.yaml');
    await writeFile(deskFile, JSON.stringify(openDesks()));
    server = await startServer({ config: openDesks(), dataDir });
    gone = await seedPerson(server, { dataDir, deskFile });
    stays = await seedPerson(server, { dataDir, deskFile });
  });
  after(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  const fileTicket = async (i: number) => {
    const keys = newKeys();
    const attachmentIds = i % 5 === 0 ? [await uploadTo(server.url, keys.secret, 'a.txt', `file ${i} ${'x'.repeat(20_000)}`)] : [];
    const answer = await postTicket({ url: server.url, keys, draft: newDraft({ attachmentIds, subject: `Ticket ${i}` }) });
    assert.equal(answer.status, 201);
    const { number } = ((await answer.json()) as { ticket: { number: string } }).ticket;
    acknowledged.push({ number, at: Date.now() });
  };

  const numbersIn = (folder: string) => {
    const database = new DatabaseSync(path.join(folder, 'support.sqlite'), { readOnly: true });
    try {
      return new Set(
        database
          .prepare('select number from ticket')
          .all()
          .map((row) => String(row['number'])),
      );
    } finally {
      database.close();
    }
  };

  it(`is whole while ${PER_SECOND} tickets a second are written, each of ${ROUNDS} times`, async () => {
    const ending = new AbortController();
    const writing: Promise<void>[] = [];
    const traffic = (async () => {
      for (let i = 0; !ending.signal.aborted; i++) {
        writing.push(fileTicket(i));
        await wait(1_000 / PER_SECOND);
      }
    })();
    const taken: { folder: string; begun: number; madeAt: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const folder = at(`backup-${round}`);
      const begun = Date.now();
      const answer = await inFolder(dataDir, 'backup', '--out', folder, '--json');
      assert.equal(answer.code, 0, answer.err + answer.out);
      taken.push({ folder, begun, madeAt: Date.parse(answer.json<{ madeAt: string }>().madeAt) });
    }
    const live = await inFolder(dataDir, 'check');
    assert.equal(live.code, 0, live.out + live.err);
    ending.abort();
    await traffic;
    await Promise.all(writing);
    for (const [round, { folder, begun, madeAt }] of taken.entries()) {
      assert.ok(madeAt >= begun);
      const restored = at(`restored-${round}`);
      const answer = await inFolder(restored, 'restore', folder);
      assert.equal(answer.code, 0, answer.err + answer.out);
      assert.match(answer.out, /^Restored as of .*\nAll is well: \d+ tickets, \d+ files\.\n$/);
      const numbers = numbersIn(restored);
      const before = acknowledged.filter((ticket) => ticket.at < begun);
      assert.deepEqual(
        before.filter(({ number }) => !numbers.has(number)),
        [],
        'what was acknowledged before the backup is in it',
      );
    }
    assert.ok(acknowledged.length > 20, `${acknowledged.length} tickets`);
  });

  it('starts a server that goes on where the other was', async () => {
    const second = await startServer({ config: openDesks(), dataDir: at('restored-0') });
    const answer = await fetch(`${second.url}/v1/desks/open/tickets/${stays.numbers[0]}`, {
      headers: { Authorization: `Bearer ${stays.keys[0]?.secret}` },
    });
    assert.equal(answer.status, 200);
    await second.kill();
  });

  it('forgets again who was erased after it was made', async () => {
    const erased = await inFolder(dataDir, 'erase', '--email', gone.email, '--yes');
    assert.equal(erased.code, 0, erased.err);
    const list = await readFile(path.join(dataDir, 'erasures'), 'utf8');
    assert.deepEqual(
      [...gone.words, ...gone.numbers].filter((word) => list.includes(word)),
      [],
      'the list tells nobody who it is about',
    );
    await cp(path.join(dataDir, 'erasures'), path.join(at('fresh'), 'erasures'), { recursive: true });
    const answer = await inFolder(at('fresh'), 'restore', at('backup-0'));
    assert.equal(answer.code, 0, answer.err + answer.out);
    assert.match(answer.out, /1 erased again\./);
    assert.deepEqual(filesHolding(at('fresh'), gone.words), []);
    assert.ok(stays.numbers.every((number) => numbersIn(at('fresh')).has(number)));
    // whoever copies the database back by hand forgets to say so
    await cp(path.join(at('backup-0'), 'uploads'), path.join(at('by-hand'), 'uploads'), { recursive: true });
    for (const name of ['support.sqlite', 'install-secret']) await cp(path.join(at('backup-0'), name), path.join(at('by-hand'), name));
    await cp(path.join(dataDir, 'erasures'), path.join(at('by-hand'), 'erasures'));
    assert.match((await inFolder(at('by-hand'), 'check')).out, /1 erasures of the list are not done/);
    const second = await startServer({ config: openDesks(), dataDir: at('by-hand') });
    assert.deepEqual(filesHolding(at('by-hand'), gone.words), []);
    assert.match(second.output(), /"erased-again"/);
    await second.kill();
    // a list from elsewhere, one of its lines cut off by a crash
    await writeFile(at('list'), `${list}\n{"id":"x","at":17`);
    assert.match((await inFolder(at('third'), 'restore', at('backup-0'), '--erasures', at('list'))).out, /1 erased again/);
    assert.deepEqual(filesHolding(at('third'), gone.words), []);
  });

  it('is refused where it would overwrite, or where it is damaged, and then leaves nothing', async () => {
    const refused = async (said: RegExp, folder: string, ...args: string[]) => {
      const answer = await inFolder(folder, ...args);
      assert.equal(answer.code, 1, answer.out + answer.err);
      assert.match(answer.err, said);
      assert.ok(!/\n\s+at /.test(answer.err), answer.err);
    };
    await refused(/Another process already serves/, dataDir, 'restore', at('backup-1'));
    await refused(/is not empty, and a restore replaces nothing/, at('restored-1'), 'restore', at('backup-1'));
    await refused(/is no backup/, at('none'), 'restore', scratch);
    await refused(/in the data folder would be lost with it/, dataDir, 'backup', '--out', path.join(dataDir, 'backup'));
    await refused(/is not empty: name another place/, dataDir, 'backup', '--out', at('backup-1'));
    await refused(/is not there: name the data folder/, at('none'), 'backup', '--out', at('nothing'));
    assert.ok(!(await stat(at('nothing')).catch(() => null)));
    await cp(at('backup-1'), at('hurt'), { recursive: true });
    const manifest = path.join(at('hurt'), 'manifest.json');
    const { files } = JSON.parse(await readFile(manifest, 'utf8')) as { files: { path: string; size: number }[] };
    const upload = files.find((file) => file.path.startsWith('uploads/'));
    await truncate(path.join(at('hurt'), upload?.path ?? ''), 3);
    await refused(/uploads\/.* of the backup is damaged: nothing was restored/, at('none'), 'restore', at('hurt'));
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(upload?.path ?? '', '../outside'));
    await refused(/is no name of a file in a backup/, at('none'), 'restore', at('hurt'));
    assert.deepEqual(await readdir(at('none')), []);
    await writeFile(path.join(at('none'), 'restoring'), '');
    await refused(/is not empty/, at('none'), 'restore', at('backup-1'));
    assert.match((await inFolder(at('none'), 'agents', 'list')).err, /was cut off/);
  });

  it('is told apart from a damaged folder by the check', async () => {
    const folder = at('restored-2');
    const bad = async (said: RegExp) => {
      const answer = await inFolder(folder, 'check');
      assert.equal(answer.code, 1, answer.out);
      assert.match(answer.out, said);
    };
    const change = (statement: string) => {
      const database = new DatabaseSync(path.join(folder, 'support.sqlite'));
      database.exec('pragma foreign_keys = off');
      database.exec(statement);
      database.close();
    };
    assert.match((await inFolder(folder, 'check')).out, /^All is well/);
    change(`delete from status_change where rowid in (select rowid from status_change limit 1)`);
    await bad(/^The thread of ticket \S+ of desk open has a gap\.\n$/);
    change(`update ticket set requester_id = 'nobody' where number = '${stays.numbers[1]}'`);
    await bad(/1 rows of ticket belong to no requester/);
    const uploads = (await readdir(path.join(folder, 'uploads'), { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const [first, second] = uploads.map((entry) => path.join(entry.parentPath, entry.name));
    await writeFile(first ?? '', 'other bytes');
    await rm(second ?? '');
    await writeFile(path.join(folder, 'uploads', 'stray'), '');
    await bad(/uploads\/.* has 11 bytes instead of \d+\.[^]*uploads\/.* is not there\.|is not there\.[^]*has 11 bytes/);
    await bad(/uploads\/stray belongs to no row/);
    const copied = await inFolder(folder, 'backup', '--out', at('of-damaged'));
    assert.deepEqual([copied.code, copied.out.match(/is missing or damaged/g)?.length], [1, 2]);
  });
});
