import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { mendDueTimes, nextMailAt } from '../../packages/server/dist/mail/outbox-rows.js';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import { openCounterRoom, type CounterRoom } from '../support/counter-room.ts';
import { openDesks } from '../support/desks.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let room: CounterRoom;
beforeEach(async () => {
  room = await openCounterRoom(openDesks());
});
afterEach(() => room.close());

const prune = () => pruneExpired(room.ports.store, room.ports.desks.keys(), room.ports.now());

async function addMail(id: string, state: 'waiting' | 'accepted' | 'undeliverable', dueAt = room.ports.now()) {
  const row = { deskId: 'open', id, ticketId: 't', kind: 'notification' as const, messageId: `${id}@shop.example`, recipientKey: '' };
  await room.ports.store.write.run((trx) =>
    trx
      .insertInto('outbox')
      .values({ ...row, state, attempts: 1, dueAt, leaseUntil: 0, createdAt: room.ports.now() })
      .execute(),
  );
}
const mails = async () => (await room.ports.store.read.selectFrom('outbox').select('id').orderBy('id').execute()).map(({ id }) => id);

describe('housekeeping', () => {
  it('keeps the answer to a key for more than eight days, and not for ever', async () => {
    const { store, now } = room.ports;
    const keys = async () => (await store.read.selectFrom('idempotencyKey').select('key').execute()).length;
    // more than one batch of them
    await store.write.run(async (trx) => {
      for (let n = 0; n < 1_005; n++)
        await trx
          .insertInto('idempotencyKey')
          .values({ deskId: 'open', secretHash: 's', key: `k${n}`, bodyHash: 'b', status: 201, answer: '{}', createdAt: now() })
          .execute();
    });
    room.pass(8 * DAY + HOUR);
    await prune();
    assert.equal(await keys(), 1_005);
    room.pass(DAY);
    await prune();
    assert.equal(await keys(), 0);
  });

  it('forgets a spent proof when its challenge would have expired, not before', async () => {
    const { store, now } = room.ports;
    const expiresAt = now() + HOUR;
    await store.write.run((trx) => trx.insertInto('spentProof').values({ deskId: 'open', signature: 's', expiresAt }).execute());
    const proofs = async () => (await store.read.selectFrom('spentProof').select('signature').execute()).length;
    await prune();
    assert.equal(await proofs(), 1);
    room.pass(HOUR + 1);
    await prune();
    assert.equal(await proofs(), 0);
  });

  it('forgets a mail a month after it was accepted, and never one that was not', async () => {
    await addMail('accepted', 'accepted');
    await addMail('lost', 'undeliverable');
    await addMail('waiting', 'waiting');
    room.pass(29 * DAY);
    await addMail('young', 'accepted');
    await prune();
    assert.deepEqual(await mails(), ['accepted', 'lost', 'waiting', 'young']);
    room.pass(2 * DAY);
    await prune();
    assert.deepEqual(await mails(), ['lost', 'waiting', 'young']);
  });

  it('sends at the next start what a clock that ran ahead has put off for years', async () => {
    const { store, now } = room.ports;
    await addMail('late', 'waiting', now() + 10 * 365 * DAY);
    await addMail('soon', 'waiting', now() + HOUR);
    await store.write.run((trx) => mendDueTimes(trx, now(), now() + DAY));
    assert.equal(await nextMailAt(store.read, now()), now());
    const due = await store.read.selectFrom('outbox').select(['id', 'dueAt']).orderBy('id').execute();
    assert.deepEqual(due, [
      { id: 'late', dueAt: now() },
      { id: 'soon', dueAt: now() + HOUR },
    ]);
  });
});
