import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { filesHolding } from '../support/byte-scan.ts';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import { seedPerson, type SeededPerson } from '../support/seeded-person.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { caughtMails } from '../support/stored-files.ts';
import { storedRows } from '../support/stored-rows.ts';
import { newDraft, postTicket } from '../support/ticket-request.ts';

interface Exported {
  requester: { email: string };
  tickets: { number: string; entries: { files?: { name: string; file: string }[] }[] }[];
}

describe('a person’s data', () => {
  let scratch: string;
  let dataDir: string;
  let deskFile: string;
  let server: ServerProcess;
  let gone: SeededPerson;
  let other: SeededPerson;

  const desk = (...args: string[]) => deskCommand({ dataDir, deskFile }, ...args);
  const typed = (input: string, ...args: string[]) => deskCommand({ dataDir, deskFile, input }, ...args);

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-erasure-'));
    dataDir = path.join(scratch, 'data');
    deskFile = path.join(scratch, 'desks.yaml');
    await writeFile(deskFile, JSON.stringify(openDesks()));
    server = await startServer({ config: openDesks(), dataDir });
    gone = await seedPerson(server, { dataDir, deskFile });
    other = await seedPerson(server, { dataDir, deskFile });
  });
  after(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  /** Every row of every table, without those of one person’s tickets. */
  const rowsOfOthers = () => {
    const database = new DatabaseSync(path.join(dataDir, 'support.sqlite'), { readOnly: true });
    try {
      const tables = database.prepare("select name from sqlite_master where type = 'table' and name <> 'installation'").all();
      const rows = tables.flatMap(({ name }) =>
        database
          .prepare(`select * from "${String(name)}"`)
          .all()
          .map((row) => `${String(name)} ${JSON.stringify(row)}`),
      );
      const ids = database
        .prepare('select t.id, t.requester_id from ticket t where t.number in (select value from json_each(?))')
        .all(JSON.stringify(gone.numbers))
        .flatMap((row) => Object.values(row).map(String));
      return rows.filter((row) => other.words.some((word) => row.includes(word)) && !ids.some((id) => row.includes(id))).sort();
    } finally {
      database.close();
    }
  };

  it('is handed out whole, and with nothing of anybody else', async () => {
    const zip = path.join(scratch, 'person.zip');
    const answer = await desk('export', '--email', gone.email.toUpperCase(), '--out', zip);
    assert.equal(answer.code, 0, answer.err);
    const files = unzipSync(await readFile(zip));
    const text = Buffer.from(files['person.json'] ?? []).toString();
    const everything = Object.values(files)
      .map((bytes) => Buffer.from(bytes).toString())
      .join('\n');
    const lower = everything.toLowerCase();
    const theirs = new Set([...gone.internal, ...gone.unsent]);
    for (const word of gone.words) if (!theirs.has(word)) assert.ok(lower.includes(word), `${word} is missing`);
    for (const word of gone.internal) assert.ok(!lower.includes(word), 'what agents noted is theirs');
    for (const word of other.words) assert.ok(!lower.includes(word), 'of somebody else');
    assert.ok(!everything.includes('depot@partner.example') && !everything.includes('service@shop.example'));
    const exported = JSON.parse(text) as Exported;
    assert.deepEqual(
      exported.tickets.map(({ number }) => number),
      gone.numbers,
    );
    const told = exported.tickets.flatMap(({ entries }) => entries.flatMap((entry) => entry.files ?? []));
    assert.deepEqual(
      told.map(({ name, file }) => [name, Buffer.from(files[file] ?? []).toString()]),
      gone.files.map(({ name, bytes }) => [name, bytes]),
    );
    const folder = path.join(scratch, 'person');
    assert.equal((await desk('export', '--email', gone.email, '--out', folder)).code, 0);
    const again = JSON.parse(await readFile(path.join(folder, 'person.json'), 'utf8')) as object;
    assert.deepEqual({ ...again, exportedAt: '' }, { ...exported, exportedAt: '' });
    const taken = await desk('export', '--email', gone.email, '--out', zip);
    assert.deepEqual([taken.code, /is there already/.test(taken.err)], [1, true]);
  });

  it('is erased only once its address has been typed', async () => {
    const preview = (await desk('erase', '--email', gone.email, '--preview', '--json')).json<{ counts: Record<string, number> }>();
    const { tickets, messages, files, sessions, signInLinks, ratings, heldTickets } = preview.counts;
    assert.deepEqual([tickets, messages, files, sessions, signInLinks, ratings, heldTickets], [3, 12, 6, 1, 1, 3, 1]);
    const refused = await typed('somebody@else.example\n', 'erase', '--email', gone.email);
    assert.deepEqual([refused.code, /nothing was erased/.test(refused.err)], [1, true]);
    assert.ok(filesHolding(dataDir, gone.words).length > 0);
    const unknown = await desk('erase', '--email', 'nobody@customer.example', '--yes');
    assert.deepEqual([unknown.code, /Nobody of this address/.test(unknown.err)], [1, true]);
  });

  it('leaves no byte behind when it is erased while others write, and takes nothing of theirs', async () => {
    const before = rowsOfOthers();
    assert.ok(before.length > 20);
    let filed = 0;
    let slowest = 0;
    const ending = new AbortController();
    const traffic = (async () => {
      while (!ending.signal.aborted) {
        const since = performance.now();
        const answer = await postTicket({
          url: server.url,
          draft: newDraft({ requester: { name: 'Bea', email: `bea${filed}@z.example` } }),
        });
        slowest = Math.max(slowest, performance.now() - since);
        assert.equal(answer.status, 201);
        filed += 1;
      }
    })();
    const answer = await typed(`${gone.email}\n`, 'erase', '--email', gone.email);
    ending.abort();
    await traffic;
    assert.equal(answer.code, 0, answer.err);
    assert.ok(filed > 3, `${filed} tickets meanwhile`);
    assert.deepEqual(filesHolding(dataDir, gone.words), []);
    assert.deepEqual(rowsOfOthers(), before);
    assert.equal((await storedRows(server, 'select id from sign_in_link')).length, 1);
    assert.equal(
      (await storedRows(server, `select id from outbox where kind = 'sign-in'`)).length,
      1,
      'mails of links go with their links',
    );
    assert.ok(other.words.some((word) => filesHolding(dataDir, [word]).length > 0));
    const mails = await caughtMails(server.url);
    assert.ok(mails.some((mail) => mail.text.includes(other.numbers[0] ?? '?')));
    assert.ok(!mails.some((mail) => gone.numbers.some((number) => JSON.stringify(mail).includes(number))));
  });

  it('is still counted, and opens nothing', async () => {
    for (const [i, number] of gone.numbers.entries()) {
      const answer = await fetch(`${server.url}/v1/desks/open/tickets/${number}`, {
        headers: { Authorization: `Bearer ${gone.keys[i]?.secret}` },
      });
      assert.equal(answer.status, 404);
    }
    const shown = (await desk('tickets', 'show', gone.numbers[1] ?? '', '--json')).json<{
      ticket: { status: string; requester: { name: string; email: string } };
      entries: { seq: number; text?: string | null }[];
    }>();
    assert.equal(shown.ticket.status, 'closed');
    assert.equal(shown.ticket.requester.email, '');
    assert.match(shown.ticket.requester.name, /^erased-[0-9a-f]{16}$/);
    assert.deepEqual(
      shown.entries.map(({ seq }) => seq),
      shown.entries.map((_, i) => i + 1),
    );
    assert.ok(shown.entries.every(({ text }) => text === undefined || text === null));
    const again = await desk('export', '--email', gone.email);
    assert.equal(again.code, 1);
    const back = await postTicket({ url: server.url, draft: newDraft({ requester: { name: 'Back', email: gone.email } }) });
    assert.equal(back.status, 201, 'whoever comes back is somebody new');
  });

  it('is erased without a server too', async () => {
    await server.kill();
    assert.equal((await desk('erase', '--email', gone.email, '--yes')).code, 0);
    const answer = await desk('erase', '--email', other.email, '--yes');
    assert.equal(answer.code, 0, answer.err);
    assert.deepEqual(filesHolding(dataDir, [...other.words, ...gone.words]), []);
    server = await startServer({ config: openDesks(), dataDir });
    assert.ok(!server.output().includes('erased-again'), 'what is done is done once');
  });
});
