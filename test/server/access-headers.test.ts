import assert from 'node:assert/strict';
import { readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isSupportError } from '@storefront-support/contract';
import { grantRecord } from '../../packages/server/dist/access/grant-record.js';
import { newHeaderName } from '../../packages/server/dist/access/header-store.js';
import { rewrapRecord } from '../../packages/server/dist/access/rewrap-record.js';
import type { SealedBody } from '../../packages/server/dist/access/sealed-body.js';
import type { AuditSource } from '../../packages/server/dist/access/audit-chain.js';
import { sweepAccess, sweepHeaders } from '../../packages/server/dist/jobs/sweep-access.js';
import { erasePerson } from '../../packages/server/dist/privacy/erase-person.js';
import { findPerson } from '../../packages/server/dist/privacy/find-person.js';
import { activeAgent } from '../../packages/server/dist/store/agents.js';
import type { UnitOfWork } from '../../packages/server/dist/store/unit-of-work.js';
import { ageBytes, headerOf, receiptOf } from '../support/age-bytes.ts';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { LentAccess, newRecordId, type LendingAgent } from '../support/lent-access.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SOURCE: AuditSource = { actor: { kind: 'requester', id: null, name: '' }, client: 'web', network: '' };

describe('the header of a record', () => {
  let counter: CounterApp;
  let lent: LentAccess;
  let dana: LendingAgent;

  before(async () => {
    counter = await openCounterApp(openDesks(['https://shop.example']));
    lent = new LentAccess(counter);
    await lent.publish(1, 2);
    dana = await lent.agent('admin');
  });
  after(() => counter.close());

  const filed = async (recordId = '', deskId = lent.deskId) => {
    const names = await readdir(path.join(counter.room.folder, 'headers', deskId)).catch(() => [] as string[]);
    return names.filter((name) => name.startsWith(recordId));
  };
  const bodyOf = (bytes: Buffer): SealedBody => {
    const headers = headerOf(bytes);
    return { headers, payload: bytes.subarray(headers.length), bytes: bytes.length, receipt: receiptOf(bytes) };
  };
  const not = (code: string) => (error: unknown) => isSupportError(error) && error.code === code;
  /** The ports, their transactions begun by this. */
  const writing = (run: UnitOfWork['run']) => ({ ...counter.room.ports, store: { ...counter.room.ports.store, write: { run } } });
  const soon = () => ({ expiresAt: new Date(lent.now + 2 * HOUR).toISOString() });

  it('stays its own when one of two equal sendings fails while the other is under way', async () => {
    const { store, headers, desks } = counter.room.ports;
    const ticket = await counter.file();
    const request = await lent.ask(ticket, dana);
    const bytes = ageBytes();
    const desk = desks.get(lent.deskId);
    assert.ok(desk);
    const sending = (id: string, changes = {}) => ({
      desk,
      id,
      holder: { ticketId: ticket.id, requestId: request.id, origin: 'https://shop.example' },
      meta: { ...lent.meta(request.id, changes), ...soon() },
      sealed: bodyOf(bytes),
      source: SOURCE,
      now: lent.now,
    });
    const id = newRecordId();
    const written = Promise.withResolvers<void>();
    const refusing = writing(async (work) => {
      await written.promise;
      return store.write.run(work);
    });
    const refused = grantRecord(refusing, sending(id, { supersedes: newRecordId() }));
    const waiting = writing(async (work) => {
      written.resolve();
      await refused.catch(() => undefined);
      return store.write.run(work);
    });
    const granted = grantRecord(waiting, sending(id));
    await assert.rejects(refused, not('not-found'));
    const { row, fresh } = await granted;
    assert.deepEqual([fresh, await filed(id)], [true, [row.header]]);
    assert.deepEqual(Buffer.from((await headers.read(lent.deskId, row.header ?? '')) ?? []), headerOf(bytes));

    const other = newRecordId();
    const cut = writing(async (work) => {
      await store.write.run(work);
      throw new Error('The line was cut after the commit.');
    });
    await assert.rejects(grantRecord(cut, sending(other)), /cut/);
    const again = await grantRecord(counter.room.ports, sending(other));
    assert.deepEqual([again.fresh, await filed(other)], [false, [again.row.header]]);
  });

  it('goes at the end of its record where its desk has left the configuration, and nobody is mailed', async () => {
    const { ports, folder } = counter.room;
    const ticket = await counter.file();
    const { record } = await lent.lend(ticket, dana, soon());
    const without = { ...ports, desks: new Map() };
    await sweepAccess(without);
    await sweepHeaders(without);
    assert.equal((await filed(record.id)).length, 1);
    counter.room.pass(2 * HOUR);
    await sweepAccess(without);
    assert.deepEqual(await filed(record.id), []);
    assert.equal((await lent.record(ticket, record.id)).state, 'expired');
    assert.ok(!(await lent.mails(ticket)).includes('access-ended'));

    // of a desk that nothing here knows
    const names = [newHeaderName(newRecordId()), newHeaderName(newRecordId())] as const;
    for (const [index, name] of names.entries()) {
      await ports.headers.write('elsewhere', name, headerOf(ageBytes()));
      const written = (Date.now() - (31 - 2 * index) * DAY) / 1_000;
      await utimes(path.join(folder, 'headers/elsewhere', name), written, written);
    }
    await sweepHeaders(ports);
    assert.deepEqual(await filed('', 'elsewhere'), [names[1]]);
  });

  it('is told of no more once its ticket has been erased, by a sweep or by who seals it anew', async () => {
    const { ports, folder } = counter.room;
    const { store } = ports;
    dana = await lent.proveAgain(dana);
    /** Erased between what is read and what is written. */
    const erasing = (email: string) => {
      let person: Awaited<ReturnType<typeof findPerson>> | null = null;
      return writing(async (work) => {
        if (person === null) {
          person = await findPerson(store.read, ports.installSecret, lent.deskId, email);
          assert.ok(person);
          await erasePerson({ ...ports, dataDir: folder }, person, ports.now());
        }
        return store.write.run(work);
      });
    };
    const lend = async (email: string) => {
      const ticket = await counter.file({ requester: { name: 'Gone', email } });
      return { ticket, ...(await lent.lend(ticket, dana, soon())) };
    };
    const told = async ({ id }: { id: string }) =>
      (await store.read.selectFrom('accessAudit').select('event').where('ticketId', '=', id).execute()).map(({ event }) => event);

    const one = await lend('rewrapped@customer.example');
    await lent.publish(2);
    const { id: revealId } = await lent.revealed(dana, one.record.id, { what: 'rewraps' });
    await lent.publish(1);
    const agent = await activeAgent(store.read, dana.id);
    const desk = ports.desks.get(lent.deskId);
    assert.ok(agent && desk);
    const access = { agent, via: 'session', sessionId: null, provedAt: lent.now, signedInAt: lent.now } as const;
    const rewrap = { desk, access, revealId, epoch: 2, sealed: bodyOf(ageBytes()), fileBytes: 0, source: SOURCE, now: lent.now };
    await assert.rejects(rewrapRecord(erasing('rewrapped@customer.example'), rewrap), not('not-found'));
    assert.deepEqual([await told(one.ticket), await filed(one.record.id)], [[], []]);

    const two = await lend('swept@customer.example');
    await lent.ask(two.ticket, dana);
    counter.room.pass(4 * DAY);
    await sweepAccess(erasing('swept@customer.example'));
    assert.deepEqual([await told(two.ticket), await filed(two.record.id)], [[], []]);
  });
});
