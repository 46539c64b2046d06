import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { enqueueTicketMails } from '../../../packages/server/dist/mail/enqueue-ticket-mails.js';
import { retryDelay, mailTiming } from '../../../packages/server/dist/mail/mail-timing.js';
import { openCounterRoom, type CounterRoom } from '../../support/counter-room.ts';
import { openDesks } from '../../support/desks.ts';

const HOUR = 3_600_000;

let room: CounterRoom;
beforeEach(async () => {
  const [entry] = openDesks() as { mail: object }[];
  room = await openCounterRoom([{ ...entry, mail: { ...entry?.mail, confirmationsPerHour: 10 } }]);
});
afterEach(() => room.close());

async function file(emailKey: string) {
  const { store, desks, now, log } = room.ports;
  const desk = desks.get('open');
  assert.ok(desk);
  return store.write.run((trx) =>
    enqueueTicketMails(trx, { desk, ticketId: randomUUID(), contactId: 'service', requester: { emailKey }, now: now(), log }),
  );
}
async function rows(kind: 'confirmation' | 'notification') {
  return (await room.ports.store.read.selectFrom('outbox').selectAll().where('kind', '=', kind).execute()).length;
}

describe('confirmations', () => {
  it('come three times a day to one unverified address; the contact hears of every ticket', async () => {
    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await file('ada@example.com'));
    assert.deepEqual(answers, ['queued', 'queued', 'queued', 'withheld', 'withheld']);
    assert.equal(await file('eve@example.com'), 'queued');
    assert.deepEqual([await rows('confirmation'), await rows('notification')], [4, 6]);
    room.pass(24 * HOUR);
    assert.equal(await file('ada@example.com'), 'queued');
  });

  it('count the names that one mailbox has as one', async () => {
    const answers = [];
    for (const name of ['ada', 'ada+1', 'ada+2', 'ada+3', 'ada+']) answers.push(await file(`${name}@example.com`));
    assert.deepEqual(answers, ['queued', 'queued', 'queued', 'withheld', 'withheld']);
    assert.equal(await file('+ada@example.com'), 'queued');
  });

  it('come three times to one address that asks for twenty at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => file('ada@example.com')));
    assert.equal(answers.filter((answer) => answer === 'queued').length, 3);
    assert.equal(await rows('confirmation'), 3);
  });

  it('are capped for an address that its owner has signed in with too: anybody can type it', async () => {
    const { store, now } = room.ports;
    const ada = { deskId: 'open', id: 'ada', emailKey: 'ada@example.com', email: 'ada@example.com', name: 'Ada', createdAt: now() };
    await store.write.run((trx) =>
      trx
        .insertInto('requester')
        .values({ ...ada, verified: 1 })
        .execute(),
    );
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await file('ada@example.com'));
    assert.deepEqual(answers, ['queued', 'queued', 'queued', 'withheld']);
  });

  it('stop for the whole desk when too many go out in an hour, and the operator reads of it once', async () => {
    for (let n = 0; n < 10; n++) assert.equal(await file(`a${n}@example.com`), 'queued');
    for (let n = 0; n < 3; n++) assert.equal(await file(`b${n}@example.com`), 'withheld');
    assert.deepEqual(room.logged, ['{"level":"warn","event":"confirmations-braked","desk":"open","perHour":10}']);
    room.pass(HOUR);
    assert.equal(await file('c@example.com'), 'queued');
  });

  it('vanish with a ticket that is rolled back', async () => {
    const { store, desks, now } = room.ports;
    const desk = desks.get('open');
    assert.ok(desk);
    const failing = store.write.run(async (trx) => {
      await enqueueTicketMails(trx, {
        desk,
        ticketId: 't',
        contactId: 'service',
        requester: { emailKey: 'a@example.com' },
        now: now(),
      });
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual([await rows('confirmation'), await rows('notification')], [0, 0]);
  });
});

describe('the wait between two attempts', () => {
  it('doubles from a minute to six hours, spread by a quarter', () => {
    const timing = mailTiming({});
    const waits = Array.from({ length: 12 }, (_, n) => retryDelay(n + 1, timing, () => 0.5) / 60_000);
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    assert.equal(
      retryDelay(1, timing, () => 0),
      45_000,
    );
    assert.equal(
      retryDelay(1, timing, () => 1),
      75_000,
    );
  });
  it('is set by the operator, who is told of a typo', () => {
    assert.equal(mailTiming({ MAIL_RETRY_BASE_MS: '5' }).retryBaseMs, 5);
    assert.throws(() => mailTiming({ MAIL_RETRY_BASE_MS: 'soon' }), /MAIL_RETRY_BASE_MS/);
  });
});
