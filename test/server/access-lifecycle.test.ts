import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AuditExport } from '@storefront-support/contract';
import { auditText } from '@storefront-support/contract/access-audit';
import { ACCESS } from '@storefront-support/contract/access-record';
import { auditExportSchema, ticketAccessSchema, vaultRequestSchema, accessRevealSchema } from '@storefront-support/contract/access-schemas';
import type { KyselyPlugin } from 'kysely';
import { composeMail } from '../../packages/server/dist/mail/compose-mail.js';
import { MailLinks } from '../../packages/server/dist/mail/mail-links.js';
import { erasePerson } from '../../packages/server/dist/privacy/erase-person.js';
import { exportPerson } from '../../packages/server/dist/privacy/export-person.js';
import { findPerson } from '../../packages/server/dist/privacy/find-person.js';
import { ageBytes, headerOf, receiptOf } from '../support/age-bytes.ts';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { LentAccess, newKey, newRecordId, read, refusal, type LendingAgent } from '../support/lent-access.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const [open] = openDesks() as [object];
const VERIFY = fileURLToPath(new URL('../../examples/lent-access/verify-audit.mjs', import.meta.url));

describe('lent access', () => {
  let counter: CounterApp;
  let lent: LentAccess;
  let dana: LendingAgent;

  before(async () => {
    counter = await openCounterApp([{ ...open, accessOffers: true, allowedOrigins: ['https://shop.example'] }]);
    lent = new LentAccess(counter);
    await lent.publish(1);
    dana = await lent.agent();
  });
  after(() => counter.close());
  beforeEach(() => fresh());

  const fresh = async () => (dana = await lent.proveAgain(dana));
  const headersOf = () => readdir(path.join(counter.room.folder, 'headers', lent.deskId)).catch(() => [] as string[]);
  const filed = async (recordId: string) => (await headersOf()).some((name) => name.startsWith(recordId));

  it('is asked for, answered, opened, acknowledged and revoked, and every step is told', async () => {
    const ticket = await counter.file();
    assert.deepEqual(await lent.state(ticket), { offers: true, requests: [], records: [], audit: null });
    const request = await lent.ask(ticket, dana, ['admin-panel', 'ssh']);
    assert.deepEqual([request.state, request.agent, request.by.name], ['asked', { id: dana.id, name: dana.name }, dana.name]);
    assert.equal((await counter.summary(ticket)).access, 'asked');

    const pass = await lent.pass(ticket, request.id);
    assert.equal(pass.url, `http://127.0.0.1:8480/desks/${lent.deskId}/vault`);
    const shown = await lent.request(pass);
    assert.ok(vaultRequestSchema.safeParse(shown).success);
    assert.deepEqual([shown.origin, shown.ticket.number, shown.request.id], ['https://shop.example', ticket.number, request.id]);

    const [id, sealed, meta] = [newRecordId(), ageBytes(), lent.meta(request.id)];
    const { record } = await read<{ record: { receipt: string } }>(await lent.put(pass, id, meta, sealed), 201);
    assert.equal(record.receipt, receiptOf(sealed));
    assert.equal((await counter.summary(ticket)).access, 'lent');
    const file = ageBytes({ payload: 200_000 });
    const second = Buffer.concat([ageBytes(), file]);
    const twoParts = lent.meta(request.id, { kind: 'file', fileBytes: file.length });
    await read(await lent.put(pass, newRecordId(), twoParts, second), 201);

    await fresh();
    const reveal = await lent.revealed(dana, id);
    assert.ok(accessRevealSchema.safeParse(reveal).success);
    assert.deepEqual([reveal.bind.record, reveal.bind.ticket, reveal.bind.origin], [id, ticket.number, 'https://shop.example']);
    assert.deepEqual(Buffer.from(await (await lent.sealedOf(dana, reveal.id)).arrayBuffer()), sealed);
    assert.equal((await lent.record(ticket, id)).lease?.agent.name, dana.name);
    const done = await lent.acknowledge(dana, reveal.id, 'opened');
    assert.deepEqual([done.reveals, done.lease, done.state], [1, null, 'active']);
    assert.equal((await lent.sealedOf(dana, reveal.id)).status, 410);

    const two = (await lent.state(ticket)).records.find(({ kind }) => kind === 'file');
    const other = await lent.revealed(dana, two?.id ?? '');
    assert.equal(other.fileBytes, twoParts.fileBytes);
    assert.deepEqual(Buffer.from(await (await lent.sealedOf(dana, other.id)).arrayBuffer()), second);

    assert.ok(await filed(id));
    const revoked = await read<{ record: { state: string } }>(await lent.asCustomer(ticket, `records/${id}`, { method: 'DELETE' }), 200);
    assert.equal(revoked.record.state, 'revoked');
    assert.ok(!(await filed(id)));
    assert.deepEqual(await refusal(await lent.reveal(dana, id)), [410, 'gone']);
    const state = await lent.state(ticket);
    assert.ok(ticketAccessSchema.safeParse(state).success);
    assert.deepEqual(
      state.records.find((one) => one.id === id)?.afterCare.map(({ item }) => item),
      ['delete-account', 'change-password'],
    );
    assert.deepEqual(await lent.events(ticket), [
      'request.asked',
      'record.granted',
      'record.granted',
      'reveal.opened',
      'reveal.done',
      'reveal.opened',
      'record.revoked',
    ]);
    assert.deepEqual(await lent.mails(ticket), ['access-asked', 'access-opened', 'access-opened']);
  });

  it('is told in a chain that anybody can check', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana);
    await lent.acknowledge(dana, (await lent.revealed(dana, record.id)).id, 'opened');
    const { chain, entries } = await lent.audit(ticket);
    assert.ok(auditExportSchema.safeParse({ chain, entries }).success);
    let prev = '0'.repeat(64);
    for (const [index, entry] of entries.entries()) {
      assert.deepEqual([entry.seq, entry.prev], [index + 1, prev]);
      prev = createHash('sha256').update(auditText(chain, entry)).digest('hex');
      assert.equal(entry.hash, prev);
    }
    assert.deepEqual((await lent.state(ticket)).audit, { seq: entries.length, hash: prev });
    const check = async (changes: (copy: AuditExport) => void, noted = '') => {
      const copy = structuredClone({ chain, entries });
      changes(copy);
      const file = path.join(counter.room.folder, 'audit.json');
      await writeFile(file, JSON.stringify(copy));
      return spawnSync(process.execPath, [VERIFY, file, ...(noted === '' ? [] : [noted])], { encoding: 'utf8' }).status;
    };
    assert.equal(await check(() => undefined, entries[0]?.hash), 0);
    assert.equal(await check(() => undefined, '0'.repeat(64)), 1);
    assert.equal(await check((copy) => copy.entries.splice(1, 1)), 1);
    assert.equal(await check((copy) => Object.assign(copy.entries[0] ?? {}, { reason: 'Another' })), 1);
    const opened = entries.find(({ event }) => event === 'reveal.opened');
    assert.deepEqual([opened?.actor.name, opened?.reason, opened?.client], [dana.name, 'To see the checkout error', 'web']);
  });

  it('is the same record when the same bytes come again, and refused when others do', async () => {
    const ticket = await counter.file();
    const request = await lent.ask(ticket, dana);
    const pass = await lent.pass(ticket, request.id);
    const [id, sealed, meta] = [newRecordId(), ageBytes(), lent.meta(request.id)];
    const answers = await Promise.all([lent.put(pass, id, meta, sealed), lent.put(pass, id, meta, sealed)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 201]);
    assert.deepEqual(await refusal(await lent.put(pass, id, meta, ageBytes())), [422, 'idempotency-mismatch']);
    assert.equal((await headersOf()).filter((name) => name.startsWith(id)).length, 1);
    assert.deepEqual((await lent.events(ticket)).filter((event) => event === 'record.granted').length, 1);
    await fresh();
    const { id: reveal } = await lent.revealed(dana, id);
    assert.deepEqual(Buffer.from(await (await lent.sealedOf(dana, reveal)).arrayBuffer()), sealed);
  });

  it('takes nothing but what age has sealed to a key', async () => {
    const ticket = await counter.file();
    const request = await lent.ask(ticket, dana);
    const pass = await lent.pass(ticket, request.id);
    const good = ageBytes();
    const swap = (from: string, to: string) => Buffer.from(good.toString('latin1').replace(from, to), 'latin1');
    const many = Array.from({ length: 200 }, () => 'X25519');
    for (const [what, bytes] of [
      ['plain text', Buffer.from('user: admin, password: hunter2')],
      ['JSON', Buffer.from(JSON.stringify({ password: 'hunter2' }))],
      ['nothing', Buffer.alloc(0)],
      ['no stanza', ageBytes({ stanzas: [] })],
      ['a passphrase', ageBytes({ stanzas: ['scrypt'] })],
      ['a passphrase beside a key', ageBytes({ stanzas: ['X25519', 'scrypt'] })],
      ['only what is unknown', ageBytes({ stanzas: ['ssh-rsa'] })],
      ['another version', swap('age-encryption.org/v1', 'age-encryption.org/v2')],
      ['no end of the header', swap('\n--- ', '\n-+- ')],
      ['a short mac', swap('\n--- ', '\n--- A')],
      ['a header without a payload', headerOf(good)],
      ['a header of more than 16 KiB', ageBytes({ stanzas: many })],
      ['armour', Buffer.from(`-----BEGIN AGE ENCRYPTED FILE-----\n${good.toString('base64')}\n`)],
    ] as const) {
      assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), lent.meta(request.id), bytes)), [422, 'not-age'], what);
    }
    const large = ageBytes({ payload: ACCESS.sealedBytes });
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), lent.meta(request.id), large)), [413, 'too-large']);
    const meta = lent.meta(request.id);
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), meta, good, 'text/plain')), [415, 'type-not-allowed']);
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), { ...meta, epoch: 2 }, good)), [409, 'epoch-old']);
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), { ...meta, expiresAt: undefined }, good)), [422, 'expiry-required']);
    const at = (ms: number) => ({ ...meta, expiresAt: new Date(lent.now + ms).toISOString() });
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), at(54 * MINUTE), good)), [422, 'expiry-too-short']);
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), at(30 * DAY + 6 * MINUTE), good)), [422, 'expiry-too-long']);
    assert.deepEqual((await lent.state(ticket)).records, []);
    // a browser's clock may be five minutes wrong
    for (const ms of [56 * MINUTE, 30 * DAY + 4 * MINUTE]) await read(await lent.put(pass, newRecordId(), at(ms), ageBytes()), 201);
    const mixed = ageBytes({ stanzas: ['X25519', 'abc-grease'] });
    await read(await lent.put(pass, newRecordId(), meta, mixed), 201);
  });

  it('expires by the clock, whether a job runs or not', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana, { expiresAt: new Date(lent.now + 2 * HOUR).toISOString() });
    counter.room.pass(2 * HOUR - 1);
    await fresh();
    const { id } = await lent.revealed(dana, record.id);
    assert.equal((await lent.sealedOf(dana, id)).status, 200);
    counter.room.pass(1);
    assert.equal((await lent.record(ticket, record.id)).state, 'expired');
    assert.equal((await lent.sealedOf(dana, id)).status, 410);
    // the job was down for a day
    counter.room.pass(DAY);
    await fresh();
    assert.ok(await filed(record.id));
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id)), [410, 'gone']);
    await lent.sweep();
    assert.ok(!(await filed(record.id)));
    assert.equal((await lent.record(ticket, record.id)).state, 'expired');
    const expired = (await lent.audit(ticket)).entries.find(({ event }) => event === 'record.expired');
    assert.deepEqual([expired?.at, expired?.actor.kind], [record.expiresAt, 'desk']);
    assert.deepEqual((await lent.mails(ticket)).filter((kind) => kind === 'access-ended').length, 1);
  });

  it('keeps to what was written down where a clock is five minutes wrong', async () => {
    const ticket = await counter.file();
    const meta = { expiresAt: new Date(lent.now + 2 * HOUR).toISOString() };
    const [{ record }, other] = [await lent.lend(ticket, dana, meta), await lent.lend(ticket, dana, meta)];
    counter.room.pass(2 * HOUR - 5 * MINUTE);
    counter.room.pass(5 * MINUTE);
    await fresh();
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id)), [410, 'gone']);
    assert.ok(!(await filed(record.id)));
    counter.room.pass(-10 * MINUTE);
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id)), [410, 'gone']);
    assert.equal((await lent.record(ticket, record.id)).state, 'expired');
    const { id } = await lent.revealed(dana, other.record.id);
    counter.room.pass(-5 * MINUTE);
    assert.deepEqual(await refusal(await lent.reveal(dana, other.record.id)), [409, 'busy']);
    assert.equal((await lent.sealedOf(dana, id)).status, 200);
    counter.room.pass(5 * MINUTE + ACCESS.leaseMs);
    assert.equal((await lent.sealedOf(dana, id)).status, 410);
    const { lease, reveals } = await lent.record(ticket, other.record.id);
    assert.deepEqual([lease, reveals], [null, 1]);
  });

  it('is listed by as many questions to the database, however many are open', async () => {
    const { store } = counter.room.ports;
    const { read } = store;
    let asked = 0;
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => ((asked += 1), node),
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const list = async () => {
      Object.assign(store, { read: read.withPlugin(counting) });
      asked = 0;
      try {
        const { records } = (await (await lent.atVault(dana, 'vault/records')).json()) as { records: unknown[] };
        return { asked, count: records.length };
      } finally {
        Object.assign(store, { read });
      }
    };
    const lendOpen = async () => lent.revealed(dana, (await lent.lend(await counter.file(), dana)).record.id);
    await lendOpen();
    const few = await list();
    await lendOpen();
    await lendOpen();
    assert.deepEqual(await list(), { asked: few.asked, count: few.count + 2 });
  });

  it('is open to one agent at a time, for two minutes', async () => {
    const ticket = await counter.file();
    const eve = await lent.agent('admin');
    const { record } = await lent.lend(ticket, dana);
    await counter.room.ports.store.write.run((trx) =>
      trx.updateTable('ticket').set({ assigneeId: eve.id }).where('id', '=', ticket.id).execute(),
    );
    const answers = await Promise.all([lent.reveal(dana, record.id), lent.reveal(eve, record.id)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    const busy = answers.find(({ status }) => status === 409);
    assert.equal(((await busy?.json()) as { code: string }).code, 'busy');
    // nobody acknowledges: it counts as seen
    counter.room.pass(ACCESS.leaseMs);
    const free = await lent.record(ticket, record.id);
    assert.deepEqual([free.lease, free.reveals], [null, 1]);
    const { id } = await lent.revealed(eve, record.id);
    assert.equal((await lent.acknowledge(eve, id, 'opened')).reveals, 2);
    assert.deepEqual((await lent.events(ticket)).slice(2), ['reveal.opened', 'reveal.lapsed', 'reveal.opened', 'reveal.done']);
  });

  it('survives a lost answer: the same key is the same release, and the same acknowledgement is fine', async () => {
    const ticket = await counter.file();
    const { record, sealed } = await lent.lend(ticket, dana, { maxReveals: 1 });
    const key = newKey();
    const first = await lent.revealed(dana, record.id, { key });
    // the process may have died between the audit and the release: what is asked again is the same
    const again = await lent.revealed(dana, record.id, { key });
    assert.equal(again.id, first.id);
    assert.deepEqual(Buffer.from(await (await lent.sealedOf(dana, again.id)).arrayBuffer()), sealed);
    assert.equal((await lent.acknowledge(dana, first.id, 'opened')).state, 'consumed');
    assert.equal((await lent.acknowledge(dana, first.id, 'opened')).state, 'consumed');
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id, { key })), [410, 'gone']);
    assert.equal((await lent.events(ticket)).filter((event) => event === 'reveal.opened').length, 1);
    assert.ok(!(await filed(record.id)));
  });

  it('is given back after three failures and not after a fourth', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana, { maxReveals: 1 });
    for (const outcome of ['wrong-key', 'tampered', 'bind-mismatch'] as const) {
      const back = await lent.acknowledge(dana, (await lent.revealed(dana, record.id)).id, outcome);
      assert.equal(back.state, 'active', outcome);
    }
    const last = await lent.acknowledge(dana, (await lent.revealed(dana, record.id)).id, 'wrong-key');
    assert.deepEqual([last.state, last.failures], ['consumed', 3]);
  });

  it('is opened by whom it concerns alone, with a second factor of the last five minutes and a reason', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana);
    const eve = await lent.agent();
    assert.deepEqual(await refusal(await lent.reveal(eve, record.id)), [403, 'not-assigned']);
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id, { reason: '  ' })), [422, 'invalid-fields']);
    counter.room.pass(5 * MINUTE + 1);
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id)), [403, 'second-factor-needed']);
    // a session of the inbox is none of the vault page
    assert.deepEqual(await refusal(await lent.reveal({ ...dana, vault: dana.inbox }, record.id)), [401, 'not-signed-in']);
    assert.deepEqual((await lent.events(ticket)).at(-1), 'reveal.denied');
    await fresh();
    const { id } = await lent.revealed(dana, record.id);
    assert.equal((await lent.sealedOf(eve, id)).status, 404);
  });

  it('lets the customer alone have it last longer', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana);
    const at = (ms: number) => ({ method: 'PATCH', body: { expiresAt: new Date(lent.now + ms).toISOString() } });
    const place = `records/${record.id}`;
    assert.deepEqual(await refusal(await lent.atInbox(dana, `tickets/${ticket.number}/access/${place}`, at(2 * DAY))), [
      422,
      'expiry-too-long',
    ]);
    await read(await lent.atInbox(dana, `tickets/${ticket.number}/access/${place}`, at(2 * HOUR)), 200);
    await read(await lent.asCustomer(ticket, place, at(29 * DAY)), 200);
    assert.deepEqual(await refusal(await lent.asCustomer(ticket, place, at(31 * DAY))), [422, 'expiry-too-long']);
    assert.deepEqual(await refusal(await lent.asCustomer(ticket, place, at(0))), [422, 'expiry-too-short']);
  });

  it('ends a day after its ticket, and stays where the ticket is opened again before', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana, { expiresAt: new Date(lent.now + 5 * DAY).toISOString() });
    await counter.status(ticket, 'closed');
    assert.ok((await lent.record(ticket, record.id)).closesAt);
    counter.room.pass(DAY - 1);
    await lent.sweep();
    await counter.status(ticket, 'open');
    counter.room.pass(1);
    await lent.sweep();
    assert.equal((await lent.record(ticket, record.id)).state, 'active');
    await counter.status(ticket, 'closed');
    counter.room.pass(DAY);
    assert.equal((await lent.record(ticket, record.id)).state, 'closed');
    await lent.sweep();
    assert.ok(!(await filed(record.id)));
    assert.equal((await counter.summary(ticket)).access, 'after-care');
  });

  it('is followed by a list for the customer until everything on it is ticked', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana);
    const put = (done: string[]) => lent.asCustomer(ticket, `records/${record.id}/after-care`, { method: 'PUT', body: { done } });
    assert.deepEqual(await refusal(await put(['change-password'])), [409, 'conflict']);
    await read(await lent.asCustomer(ticket, `records/${record.id}`, { method: 'DELETE' }), 200);
    await lent.sweep();
    counter.room.pass(DAY);
    await lent.sweep();
    await lent.sweep();
    assert.equal((await lent.mails(ticket)).filter((kind) => kind === 'access-reminder').length, 1);
    assert.deepEqual(await refusal(await put(['remove-key'])), [422, 'invalid-fields']);
    await read(await put(['change-password']), 200);
    counter.room.pass(6 * DAY);
    await lent.sweep();
    assert.equal((await lent.mails(ticket)).filter((kind) => kind === 'access-reminder').length, 2);
    await read(await put(['change-password', 'delete-account']), 200);
    assert.deepEqual((await lent.events(ticket)).at(-1), 'aftercare.done');
    assert.equal((await counter.summary(ticket)).access, null);
    counter.room.pass(83 * DAY);
    await lent.sweep();
    assert.deepEqual((await lent.state(ticket)).records, []);
    assert.deepEqual((await lent.events(ticket)).at(-1), 'record.purged');
  });

  it('is superseded by what takes its place', async () => {
    const ticket = await counter.file();
    const { record, request } = await lent.lend(ticket, dana);
    const meta = lent.meta(request.id, { supersedes: record.id });
    const answer = await lent.put(await lent.pass(ticket, request.id), newRecordId(), meta, ageBytes());
    const { record: next } = await read<{ record: { id: string } }>(answer, 201);
    const before = await lent.record(ticket, record.id);
    assert.deepEqual([before.state, before.supersededBy, before.afterCare], ['superseded', next.id, []]);
    assert.ok(!(await filed(record.id)));
    const foreign = await lent.lend(await counter.file(), dana);
    const theirs = lent.meta(request.id, { supersedes: foreign.record.id });
    assert.equal((await lent.put(await lent.pass(ticket, request.id), newRecordId(), theirs, ageBytes())).status, 404);
    const elsewhere = await lent.lend(ticket, dana);
    const other = lent.meta(request.id, { supersedes: elsewhere.record.id });
    assert.equal((await lent.put(await lent.pass(ticket, request.id), newRecordId(), other, ageBytes())).status, 404);
    assert.equal((await lent.record(ticket, elsewhere.record.id)).state, 'active');
  });

  it('is held back where more arrive at a time than a page sends', async () => {
    const ticket = await counter.file();
    const request = await lent.ask(ticket, dana);
    const pass = await lent.pass(ticket, request.id);
    const ends: (() => void)[] = [];
    let slow: Promise<Response>[] = [];
    await new Promise<void>((begun) => {
      // read from for the first time once it is its turn
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => void (ends.push(() => controller.close()) === 4 && begun());
      slow = Array.from({ length: 4 }, () =>
        lent.put(pass, newRecordId(), lent.meta(request.id), new ReadableStream({ pull }, { highWaterMark: 0 })),
      );
    });
    assert.deepEqual(await refusal(await lent.put(pass, newRecordId(), lent.meta(request.id), ageBytes())), [429, 'rate-limited']);
    for (const end of ends) end();
    for (const answer of slow) assert.deepEqual(await refusal(await answer), [422, 'not-age']);
    await read(await lent.put(pass, newRecordId(), lent.meta(request.id), ageBytes()), 201);
  });

  it('is declined, withdrawn or forgotten, and then takes no record', async () => {
    const ticket = await counter.file();
    const [declined, withdrawn, forgotten] = [await lent.ask(ticket, dana), await lent.ask(ticket, dana), await lent.ask(ticket, dana)];
    const early = await lent.pass(ticket, declined.id);
    const no = { method: 'POST', body: { reason: 'Not yet' } };
    await read(await lent.asCustomer(ticket, `requests/${declined.id}/decline`, no), 200);
    await read(
      await lent.atInbox(dana, `tickets/${ticket.number}/access/requests/${withdrawn.id}/withdraw`, { method: 'POST', body: {} }),
      200,
    );
    assert.deepEqual(await refusal(await lent.put(early, newRecordId(), lent.meta(declined.id), ageBytes())), [409, 'request-closed']);
    for (const { id } of [declined, withdrawn])
      assert.deepEqual(await refusal(await lent.asCustomer(ticket, `requests/${id}/passes`, { method: 'POST' })), [409, 'request-closed']);
    counter.room.pass(ACCESS.answerMs);
    assert.deepEqual(await refusal(await lent.asCustomer(ticket, `requests/${forgotten.id}/passes`, { method: 'POST' })), [
      409,
      'request-closed',
    ]);
    await lent.sweep();
    assert.deepEqual((await lent.state(ticket)).requests.map(({ state }) => state).sort(), ['declined', 'expired', 'withdrawn']);
    assert.deepEqual(
      (await headersOf()).filter((name) => name.length > 39),
      [],
    );
  });

  it('is offered where the desk takes offers, and no field is open before an agent has accepted', async () => {
    const ticket = await counter.file();
    const offer = { method: 'POST', body: { kinds: ['ssh'], reason: 'You may look yourselves' }, headers: newKey() };
    const { request } = await read<{ request: { id: string; state: string } }>(await lent.asCustomer(ticket, 'offers', offer), 201);
    assert.equal(request.state, 'offered');
    const twice = await read<{ request: { id: string } }>(await lent.asCustomer(ticket, 'offers', offer), 201);
    assert.equal(twice.request.id, request.id);
    assert.deepEqual(await refusal(await lent.asCustomer(ticket, `requests/${request.id}/passes`, { method: 'POST' })), [
      409,
      'request-closed',
    ]);
    const accept = { method: 'POST', body: {} };
    const accepted = await lent.atInbox(dana, `tickets/${ticket.number}/access/requests/${request.id}/accept`, accept);
    assert.equal((await read<{ request: { state: string } }>(accepted, 200)).request.state, 'asked');
    await lent.pass(ticket, request.id);
    assert.deepEqual(await lent.events(ticket), ['request.offered', 'request.accepted']);
    assert.deepEqual(await lent.mails(ticket), ['access-offered']);
  });

  it('is sealed to another key by an admin, and the old header goes', async () => {
    const ticket = await counter.file();
    const boss = await lent.agent('admin');
    const { record } = await lent.lend(ticket, dana);
    // without a newer key it would be a way to read
    assert.deepEqual(await refusal(await lent.reveal(boss, record.id, { what: 'rewraps' })), [409, 'epoch-old']);
    assert.ok(!(await lent.events(ticket)).includes('rewrap.opened'));
    await lent.publish(1, 2);
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id, { what: 'rewraps' })), [403, 'not-assigned']);
    const key = newKey();
    const { id } = await lent.revealed(boss, record.id, { what: 'rewraps', key });
    assert.deepEqual(await refusal(await lent.reveal(boss, record.id, { key })), [422, 'idempotency-mismatch']);
    const again = ageBytes();
    const headers = { 'Vault-Meta': JSON.stringify({ epoch: 2, fileBytes: 0 }), 'Content-Type': 'application/octet-stream' };
    const answer = await lent.atVault(boss, `vault/reveals/${id}/sealed`, { method: 'PUT', headers, bytes: again });
    const { record: moved } = await read<{ record: { epoch: number; reveals: number; receipt: string } }>(answer, 200);
    assert.deepEqual([moved.epoch, moved.reveals, moved.receipt], [2, 0, record.receipt]);
    assert.equal((await headersOf()).filter((name) => name.startsWith(record.id)).length, 1);
    const reveal = await lent.revealed(dana, record.id);
    assert.deepEqual(Buffer.from(await (await lent.sealedOf(dana, reveal.id)).arrayBuffer()), again);
    assert.deepEqual((await lent.events(ticket)).slice(2), ['rewrap.opened', 'record.rewrapped', 'reveal.opened']);
    await lent.publish(1);
  });

  it('loses what no row stands for, and ends what has lost its header', async () => {
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana);
    const { headers } = counter.room.ports;
    const [name = ''] = (await headersOf()).filter((one) => one.startsWith(record.id));
    await headers.shred(lent.deskId, name);
    assert.deepEqual(await refusal(await lent.reveal(dana, record.id)), [410, 'gone']);
    assert.equal((await lent.record(ticket, record.id)).state, 'expired');
    const other = await lent.lend(ticket, dana);
    const [also = ''] = (await headersOf()).filter((one) => one.startsWith(other.record.id));
    await headers.shred(lent.deskId, also);
    await lent.sweepHeaders();
    assert.equal((await lent.record(ticket, other.record.id)).state, 'expired');
  });

  it('is told by mails that say that something happened and when, and never what', async () => {
    const { store, desks, blobs, installSecret, now } = counter.room.ports;
    const links = new MailLinks(() => 'http://localhost:8480', installSecret);
    for (const locale of ['en', 'fr']) {
      const ticket = await counter.file({ locale });
      const { record } = await lent.lend(ticket, dana);
      await lent.revealed(dana, record.id);
      await lent.atInbox(dana, `tickets/${ticket.number}/access/records/${record.id}`, { method: 'DELETE' });
      await lent.asCustomer(ticket, 'offers', { method: 'POST', body: { kinds: ['ssh'], reason: 'Canary offer' }, headers: newKey() });
      counter.room.pass(DAY);
      await lent.sweep();
      await fresh();
      const rows = await store.read.selectFrom('outbox').selectAll().where('ticketId', '=', ticket.id).orderBy('seq').execute();
      const kinds = [];
      const checks: string[] = [];
      for (const row of rows.filter(({ kind }) => kind.startsWith('access-'))) {
        const mail = await composeMail({ db: store.read, desks, blobs, links, now }, row);
        kinds.push(row.kind);
        const text = `${mail?.subject} ${mail?.text} ${mail?.html}`;
        assert.ok(mail && text.includes(ticket.number), row.kind);
        assert.match(text, /2026/);
        for (const word of ['To see the checkout error', 'Canary', 'admin-panel', 'ssh', dana.name, record.id, record.receipt])
          assert.ok(!text.includes(word), `${row.kind}: ${word}`);
        const [check] = /(?:[0-9a-f]{4}-){4}[0-9a-f]{4}/.exec(mail.text) ?? [];
        if (check) checks.push(check);
        const toDesk = row.kind === 'access-offered';
        assert.equal(mail.envelope.to, toDesk ? 'service@shop.example' : 'ann@customer.example');
      }
      assert.deepEqual(kinds.sort(), ['access-asked', 'access-ended', 'access-offered', 'access-opened', 'access-reminder']);
      // what the mailbox has kept tells of a list whose end was cut off, each link of it right
      const audit = await lent.audit(ticket);
      const list = path.join(counter.room.folder, 'audit.json');
      const verify = async (entries: AuditExport['entries']) => {
        await writeFile(list, JSON.stringify({ ...audit, entries }));
        return spawnSync(process.execPath, [VERIFY, list, ...checks], { encoding: 'utf8' });
      };
      assert.equal(checks.length, 4);
      assert.match((await verify(audit.entries)).stdout, /^Good/);
      assert.match((await verify(audit.entries.slice(0, 2))).stderr, /was shortened or rewritten/);
    }
  });

  it('has a chain for the keys of its team, too: none is put in the place of another unnoticed', async () => {
    const boss = await lent.agent('admin');
    const put = (wrapped: string, headers: Record<string, string>) =>
      lent.atVault(boss, 'vault/identities/7', { method: 'PUT', body: { wrapped, devices: [] }, headers });
    await read(await put('b25l', { 'If-None-Match': '*' }), 200);
    assert.deepEqual(await refusal(await put('dHdv', { 'If-Match': '"9"' })), [409, 'conflict']);
    await read(await put('dHdv', { 'If-Match': '"1"' }), 200);
    const { entries } = await read<AuditExport>(await lent.atVault(boss, 'vault/audit'), 200);
    const told = entries.filter(({ epoch }) => epoch === 7);
    assert.deepEqual(
      told.map(({ event, actor }) => [event, actor.name]),
      [
        ['key.rotated', boss.name],
        ['key.rotated', boss.name],
      ],
    );
  });

  it('goes with the person who is erased, and what opens it is shredded', async () => {
    const { ports, folder } = counter.room;
    const email = 'gone@customer.example';
    const ticket = await counter.file({ requester: { name: 'Gone', email } });
    const { record } = await lent.lend(ticket, dana);
    await lent.revealed(dana, record.id);
    assert.ok(await filed(record.id));
    const person = await findPerson(ports.store.read, ports.installSecret, lent.deskId, email);
    assert.ok(person);
    const told = JSON.stringify((await exportPerson(ports.store.read, person, [], ports.now())).document);
    for (const word of ['To see the checkout error', 'reveal.opened', record.receipt]) assert.ok(told.includes(word), word);
    await erasePerson({ ...ports, dataDir: folder }, person, ports.now());
    assert.ok(!(await filed(record.id)));
    for (const table of ['accessRequest', 'accessRecord', 'accessReveal', 'accessPass', 'accessAudit'] as const)
      assert.deepEqual(await ports.store.read.selectFrom(table).selectAll().where('ticketId', '=', ticket.id).execute(), [], table);
    assert.equal(
      await ports.store.read.selectFrom('accessPayload').select('recordId').where('recordId', '=', record.id).executeTakeFirst(),
      undefined,
    );
  });
});
