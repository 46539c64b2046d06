import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OpenedSession, Problem, Session } from '@storefront-support/contract';
import { openedSessionSchema, sessionsAnswerSchema } from '@storefront-support/contract/thread-schemas';
import { openSession } from '../../packages/server/dist/store/sessions.js';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { newKeys } from '../support/ticket-request.ts';

const DAY = 24 * 3_600_000;

describe('sessions', () => {
  let counter: CounterApp;

  before(async () => {
    counter = await openCounterApp(openDesks());
  });
  after(() => counter.close());

  const statusOf = async (path: string, token: string | undefined) => (await counter.call(path, { token })).status;
  /** A session of the requester of a ticket, as a mailed link would open it. */
  const signIn = (ticketId: string) =>
    counter.room.ports.store.write.run(async (trx) => {
      const { requesterId } = await trx.selectFrom('ticket').select('requesterId').where('id', '=', ticketId).executeTakeFirstOrThrow();
      return openSession(trx, { deskId: 'open', via: 'link', requesterId, now: counter.room.ports.now() });
    });

  it('of a device open just the tickets whose secrets are right', async () => {
    const [mine, theirs] = [await counter.file(), await counter.file()];
    const opened = await counter.json<OpenedSession>('sessions', 201, {
      method: 'POST',
      body: {
        tickets: [
          { number: mine.number.toLowerCase(), secret: mine.keys.secret },
          { number: theirs.number, secret: mine.keys.secret },
          { number: '2222-2222', secret: newKeys().secret },
        ],
      },
    });
    assert.ok(openedSessionSchema.safeParse(opened).success);
    assert.deepEqual(opened.numbers, [mine.number]);
    assert.deepEqual([opened.session.via, opened.session.requester, opened.session.current], ['device', null, true]);
    const { token } = opened;
    assert.deepEqual(
      (await counter.list(token)).tickets.map(({ number }) => number),
      [mine.number],
    );
    assert.equal(await statusOf(`tickets/${mine.number}`, token), 200);
    assert.equal(await statusOf(`tickets/${mine.number}/messages`, token), 200);
    // the same person, and still not this device's
    assert.equal(await statusOf(`tickets/${theirs.number}`, token), 404);
    const rows = await counter.room.ports.store.read.selectFrom('session').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(token));
  });

  it('of a person open all of their tickets and nobody else’s', async () => {
    const requester = { name: 'Bo', email: 'bo@customer.example' };
    const [one, two, foreign] = [await counter.file({ requester }), await counter.file({ requester }), await counter.file()];
    const { token, session } = await signIn(one.id);
    assert.deepEqual(new Set((await counter.list(token)).tickets.map(({ number }) => number)), new Set([one.number, two.number]));
    assert.equal(await statusOf(`tickets/${two.number}`, token), 200);
    assert.equal(await statusOf(`tickets/${foreign.number}`, token), 404);
    const other = await signIn(two.id);
    const stranger = await signIn(foreign.id);
    const answer = await counter.json<{ sessions: Session[] }>('sessions', 200, { token });
    assert.ok(sessionsAnswerSchema.safeParse(answer).success);
    assert.deepEqual(new Set(answer.sessions.map(({ id }) => id)), new Set([session.id, other.session.id]));
    assert.deepEqual(
      answer.sessions.map(({ id, current }) => current === (id === session.id)),
      [true, true],
    );
    assert.deepEqual(answer.sessions[0]?.requester, requester);
    const end = async (id: string) => (await counter.call(`sessions/${id}`, { method: 'DELETE', token })).status;
    assert.equal(await end(stranger.session.id), 204);
    assert.equal(await statusOf('tickets', stranger.token), 200);
    assert.equal(await end(other.session.id), 204);
    assert.equal(await end(other.session.id), 204);
    assert.equal(await statusOf('tickets', other.token), 401);
    assert.equal(await end('current'), 204);
    assert.equal(await statusOf('sessions', token), 401);
    assert.equal(await statusOf(`tickets/${one.number}`, token), 404);
  });

  it('that have ended, never were, or are secrets of tickets have one answer', async () => {
    const ticket = await counter.file();
    const { token } = await counter.device([ticket]);
    await counter.call('sessions/current', { method: 'DELETE', token });
    for (const path of ['tickets', 'sessions', 'events']) {
      const seen = new Set<string>();
      for (const bearer of [token, ticket.keys.secret, newKeys().secret, 'short', undefined]) {
        const answer = await counter.call(path, { token: bearer });
        seen.add(JSON.stringify([answer.status, [...answer.headers].sort(), await answer.text()]));
      }
      assert.equal(seen.size, 1);
      assert.match([...seen][0] ?? '', /^\[401,.*not-signed-in/);
    }
  });

  it('last while they are used, and thirty days otherwise', async () => {
    const ticket = await counter.file();
    const device = await counter.device([ticket]);
    const idle = await counter.device([ticket]);
    const person = await signIn(ticket.id);
    for (let days = 0; days < 30; days += 10) {
      counter.room.pass(10 * DAY - 1);
      assert.equal(await statusOf('tickets', device.token), 200);
      assert.equal(await statusOf('tickets', person.token), 200);
    }
    counter.room.pass(3);
    assert.equal(await statusOf('tickets', idle.token), 401);
    assert.equal(await statusOf('tickets', person.token), 200);
    assert.equal(await statusOf('tickets', device.token), 200);
    counter.room.pass(30 * DAY);
    assert.equal(await statusOf('tickets', person.token), 401);
    await pruneExpired(counter.room.ports.store, ['open'], counter.room.ports.now());
    const { read } = counter.room.ports.store;
    assert.equal((await read.selectFrom('session').select('id').where('id', '=', idle.session.id).execute()).length, 0);
    assert.equal((await read.selectFrom('sessionTicket').select('ticketId').where('sessionId', '=', idle.session.id).execute()).length, 0);
  });

  it('refuse what is none of the three ways in', async () => {
    for (const body of [{}, { tickets: [{ number: 'x' }] }, { tickets: [], linkToken: 'a'.repeat(43) }, { password: 'x' }, []]) {
      const answer = await counter.call('sessions', { method: 'POST', body });
      assert.equal(answer.status, 422, JSON.stringify(body));
    }
    const many = Array.from({ length: 201 }, () => ({ number: '2222-2222', secret: 'a'.repeat(43) }));
    assert.equal((await counter.call('sessions', { method: 'POST', body: { tickets: many } })).status, 422);
  });

  it('say that a desk takes no tokens of a shop, where it has no key for them', async () => {
    const answer = await counter.call('sessions', { method: 'POST', body: { identityToken: 'e30.e30.x' } });
    assert.equal(answer.status, 422);
    assert.equal(((await answer.json()) as Problem).fields?.['identityToken']?.code, 'not-allowed');
  });

  it('are limited for one address', async () => {
    const [open] = openDesks() as [{ defences: object }];
    const limited = await openCounterApp([{ ...open, defences: { ...open.defences, sessionsPerAddressPerHour: 2 } }]);
    try {
      const statuses = [];
      for (let n = 0; n < 3; n++) statuses.push((await limited.call('sessions', { method: 'POST', body: { tickets: [] } })).status);
      assert.deepEqual(statuses, [201, 201, 429]);
    } finally {
      await limited.close();
    }
  });
});
