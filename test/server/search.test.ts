import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql, type CompiledQuery, type Kysely } from 'kysely';
import { askedWords, foldedWords } from '../../packages/server/dist/search/folded-words.js';
import { requestersFrom, ticketSearch, ticketsWith } from '../../packages/server/dist/search/ticket-search.js';
import { setContact } from '../../packages/server/dist/store/agent-tickets.js';
import type { Database } from '../../packages/server/dist/store/schema.js';
import { redact } from '../../packages/server/dist/store/redact.js';
import { appendMessage } from '../../packages/server/dist/store/threads.js';
import { insertTicket } from '../../packages/server/dist/store/tickets.js';
import { filesHolding } from '../support/byte-scan.ts';
import { openCounterRoom, type CounterRoom } from '../support/counter-room.ts';
import { openDesks } from '../support/desks.ts';
import { newDraft } from '../support/ticket-request.ts';

it('words are compared without accents, cases and marks', () => {
  assert.equal(foldedWords('Ça a coûté 12,50 € — Straße, SMØRREBRØD!'), 'ca a coute 12 50 strasse smorrebrod');
  assert.equal(foldedWords('ﬁne Łódź 修理したい'), 'fine lodz 修 理 し た い');
  assert.equal(foldedWords('e\u0301te\u0301 ' + 'x'.repeat(100)), `ete ${'x'.repeat(64)}`);
  assert.equal(foldedWords(`'"*():-&|!<>\\ % _`), '');
  assert.deepEqual(askedWords('lamp LAMP Làmp shade'), ['lamp', 'shade']);
});

describe('a search', () => {
  let room: CounterRoom;
  before(async () => void (room = await openCounterRoom(openDesks())));
  after(() => room.close());

  const planOf = (compile: (db: Kysely<Database>) => CompiledQuery) =>
    room.ports.store.read.connection().execute(async (db) => {
      const query = compile(db);
      const postgres = process.env['DATABASE'] === 'postgres';
      // a table of a few rows is read as a whole otherwise
      if (postgres) await sql`set enable_seqscan = off`.execute(db);
      const { rows } = await db.executeQuery({ ...query, sql: `${postgres ? 'explain' : 'explain query plan'} ${query.sql}` });
      if (postgres) await sql`reset enable_seqscan`.execute(db);
      return JSON.stringify(rows);
    });

  let filed = 0;
  const file = async (message: string, changes = {}) => {
    room.pass(1000);
    const draft = newDraft({ message, requester: { name: 'Ann', email: `ann${++filed}@customer.example` }, ...changes });
    return room.ports.store.write.run((trx) =>
      insertTicket(trx, { deskId: 'open', draft, secretHash: `hash ${filed}`, createdAt: room.ports.now(), firstResponseDueAt: null }),
    );
  };
  const find = (words: string, contactIds: string[] | null = null, deskId = 'open') =>
    ticketSearch(room.ports.store).find({ deskId, contactIds, words, limit: 10 });

  it('finds by the beginning of words of a message, a subject and a note, newest tickets first', async () => {
    const desk = room.ports.desks.get('open');
    assert.ok(desk);
    const first = await file('The SHADÉ is broken');
    const second = await file('A shade, please', { subject: 'Réparation' });
    const third = await file('Nothing else');
    await room.ports.store.write.run((trx) =>
      appendMessage(trx, {
        desk,
        ticketId: third.id,
        author: { kind: 'agent', id: 'bob' },
        visibility: 'internal',
        text: 'Wants a lampshade',
        now: room.ports.now(),
      }),
    );
    assert.deepEqual(await find('shade'), [second.id, first.id]);
    assert.deepEqual(await find('shad brok'), [first.id]);
    assert.deepEqual(await find('reparation'), [second.id]);
    assert.deepEqual(await find('LAMPSH'), [third.id]);
    assert.deepEqual(await find('hade'), []);
    assert.deepEqual(await find(`shade" OR "x`), []);
    assert.deepEqual(await find('\'"*():-&|!<>\\'), []);
    assert.deepEqual(await find(third.number), [third.id]);
  });

  it('stays within the contacts asked for, and goes along when another contact takes over', async () => {
    const { id } = await file('zircon');
    assert.deepEqual(await find('zircon', ['service']), [id]);
    assert.deepEqual(await find('zircon', ['sales']), []);
    assert.deepEqual(await find('zircon', []), []);
    assert.deepEqual(await find('zircon', null, 'other'), []);
    await room.ports.store.write.run((trx) => setContact(trx, { deskId: 'open', id }, 'sales'));
    assert.deepEqual(await find('zircon', ['service']), []);
    assert.deepEqual(await find('zircon', ['service', 'sales']), [id]);
  });

  it('finds by the beginning of an address, in its case or another, by an index', async () => {
    const mail = (email: string) => file('A shade', { requester: { name: 'Zoë', email } });
    const [one, two] = [await mail('Zoe.Ö_1@customer.example'), await mail('zoe.ö_1@customer.example.org')];
    await mail('zoe.öx1@customer.example');
    assert.deepEqual(await find('ZOE.Ö_1@customer'), [two.id, one.id]);
    assert.deepEqual(await find('zoe.ö_1@customer.example.'), [two.id]);
    assert.deepEqual(await find('zoe.ö%@'), []);
    const plan = await planOf((db) => requestersFrom(db, 'open', 'zoe@').compile());
    assert.match(plan, /Index Cond: [^"]*email_key|SEARCH requester USING INDEX \S+ \(desk_id=\? AND email_key>\? AND email_key<\?\)/);
  });

  // Postgres keeps figures of its tables, and chooses by them
  it('reads what was found key by key on SQLite, however many there are', { skip: process.env['DATABASE'] === 'postgres' }, async () => {
    const keys = Array.from({ length: 500 }, (_, n) => `key ${n}`);
    for (const [column, name] of [
      ['id', 'id'],
      ['requesterId', 'requester_id'],
    ] as const) {
      const plan = await planOf((db) => ticketsWith('open', column, keys).compile(db));
      assert.ok(plan.includes(`(desk_id=? AND ${name}=?)`), plan);
    }
  });

  it('finds nothing that has been redacted, deleted or rolled back', async () => {
    const { store } = room.ports;
    const { id, messageId } = await file('keep this, hide quartz please', { subject: 'About beryl' });
    await store.write.run((trx) => redact(trx, { deskId: 'open', ticketId: id, messageId, start: 16, end: 22 }));
    assert.deepEqual(await find('quartz'), []);
    assert.deepEqual(await find('keep please'), [id]);
    await store.write.run((trx) => trx.updateTable('message').set({ text: null }).where('id', '=', messageId).execute());
    assert.deepEqual(await find('keep'), []);
    assert.deepEqual(await find('beryl'), [id]);
    await store.write.run((trx) => trx.updateTable('ticket').set({ subject: null }).where('id', '=', id).execute());
    assert.deepEqual(await find('beryl'), []);
    const left = await store.read.selectFrom('searchText').select('words').where('ticketId', '=', id).execute();
    assert.deepEqual(left.map(({ words }) => words).filter(Boolean), []);
    await assert.rejects(
      store.write.run(async (trx) => {
        const draft = newDraft({ message: 'obsidian' });
        await insertTicket(trx, { deskId: 'open', draft, secretHash: 'x', createdAt: room.ports.now(), firstResponseDueAt: null });
        throw new Error('no');
      }),
    );
    assert.deepEqual(await find('obsidian'), []);
  });

  it('leaves no byte of a word in the files of SQLite once its text is gone', async (t) => {
    const { store } = room.ports;
    if (process.env['DATABASE'] === 'postgres') return t.skip('dead rows of Postgres are for VACUUM');
    const { id } = await file('Some CHRYSOPRÁSE among pebbles');
    for (let n = 0; n < 50; n++) await file(`chrysolite pebbles ${n}`);
    assert.ok(filesHolding(room.folder, ['chrysoprase']).length > 0);
    await store.write.run((trx) => trx.updateTable('message').set({ text: null }).where('ticketId', '=', id).execute());
    assert.equal(await store.scrub(), true);
    assert.deepEqual(filesHolding(room.folder, ['chrysoprase', 'oprase']), []);
  });
});
