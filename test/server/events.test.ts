import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSession } from '../../packages/server/dist/store/sessions.js';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { LentAccess, read } from '../support/lent-access.ts';
import { startServer } from '../support/server-process.ts';
import { newKeys, postTicket } from '../support/ticket-request.ts';

/** Between two looks at the sessions of open streams. */
const LOOK_MS = 4_000;

/** Reads a stream until what has come satisfies `wanted`, or it ends. */
function listener(answer: Response) {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    async until(wanted: (text: string) => boolean): Promise<string> {
      while (!wanted(text)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended after ${JSON.stringify(text)}`);
        text += decoder.decode(value, { stream: true });
      }
      return text;
    },
    async end(): Promise<string> {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return text;
        text += decoder.decode(value, { stream: true });
      }
    },
    cancel: () => reader.cancel(),
  };
}

describe('events', () => {
  let counter: CounterApp;
  const ending = new AbortController();

  before(async () => {
    counter = await openCounterApp(openDesks(), { streamsEnding: ending.signal });
  });
  after(() => counter.close());

  const follow = async (token: string) => {
    const answer = await counter.call('events', { token, headers: { Accept: 'text/event-stream' } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    return listener(answer);
  };
  const hint = (number: string, seq: number) => `event: ticket\ndata: ${JSON.stringify({ number, seq })}\n\n`;

  it('tell a device of its tickets, and of nothing else', async () => {
    const [mine, theirs] = [await counter.file(), await counter.file()];
    const { token } = await counter.device([mine]);
    const stream = await follow(token);
    await stream.until((text) => text === ': open\n\n');
    await counter.answer(theirs, 'not yours');
    await counter.answer(mine, 'a note', { visibility: 'internal' });
    const seq = await counter.answer(mine, 'yours');
    assert.equal(await stream.until((text) => text.includes('data')), `: open\n\n${hint(mine.number, seq)}`);
    await counter.replied(mine, 'thanks');
    await counter.call(`tickets/${mine.number}`, { method: 'PATCH', token, body: { seen: seq } });
    await counter.call(`tickets/${mine.number}`, { method: 'PATCH', token, body: { status: 'closed' } });
    await stream.until((text) => text.endsWith(hint(mine.number, seq + 1) + hint(mine.number, seq + 2)));
    await stream.cancel();
  });

  it('tell a person of a ticket that was filed elsewhere', async () => {
    const requester = { name: 'Cy', email: 'cy@customer.example' };
    const { id } = await counter.file({ requester });
    const { token } = await counter.room.ports.store.write.run(async (trx) => {
      const { requesterId } = await trx.selectFrom('ticket').select('requesterId').where('id', '=', id).executeTakeFirstOrThrow();
      return openSession(trx, { deskId: 'open', via: 'link', requesterId, now: counter.room.ports.now() });
    });
    const stream = await follow(token);
    await counter.file();
    const { number } = await counter.file({ requester });
    assert.equal(await stream.until((text) => text.includes('data')), `: open\n\n${hint(number, 1)}`);
    await stream.cancel();
  });

  it('end at once when their session is ended here, and with the next look where it is ended elsewhere', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const ticket = await counter.file();
    const [one, two, three] = [await counter.device([ticket]), await counter.device([ticket]), await counter.device([ticket])];
    const [here, elsewhere, other] = [await follow(one.token), await follow(two.token), await follow(three.token)];
    await counter.call('sessions/current', { method: 'DELETE', token: one.token });
    assert.equal(await here.end(), ': open\n\n');
    const { store } = counter.room.ports;
    await store.write.run((trx) => trx.deleteFrom('session').where('id', '=', two.session.id).execute());
    t.mock.timers.tick(LOOK_MS);
    assert.equal(await elsewhere.end(), ': open\n\n');
    await counter.answer(ticket, 'still there');
    await other.until((text) => text.includes('data'));
    await other.cancel();
  });

  it('say that they are there where nothing else has been said for long', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const ticket = await counter.file();
    const { token } = await counter.device([ticket]);
    const stream = await follow(token);
    counter.room.pass(20_999);
    t.mock.timers.tick(LOOK_MS);
    const seq = await counter.answer(ticket, 'an answer');
    assert.equal(await stream.until((text) => text.includes('data')), `: open\n\n${hint(ticket.number, seq)}`);
    counter.room.pass(21_000);
    t.mock.timers.tick(LOOK_MS);
    await stream.until((text) => text.endsWith(': still here\n\n'));
    await stream.cancel();
  });

  it('drop a reader who leaves everything lying, and go on for the others', async () => {
    const ticket = await counter.file();
    const { token } = await counter.device([ticket]);
    const [slow, quick] = [await follow(token), await follow(token)];
    const { events } = counter.room.ports;
    const { requesterId } = await counter.room.ports.store.read
      .selectFrom('ticket')
      .select('requesterId')
      .where('id', '=', ticket.id)
      .executeTakeFirstOrThrow();
    const event = { deskId: 'open', ticketId: ticket.id, number: ticket.number, requesterId, internal: false };
    for (let seq = 1; seq <= 500; seq++) {
      events.publish({ ...event, seq });
      await quick.until((text) => text.includes(`"seq":${seq}}`));
    }
    await assert.rejects(slow.end(), /too slow/);
    await quick.cancel();
  });

  it('tell of a redaction, and of what hangs on a ticket, as of something in its place', async () => {
    const lent = new LentAccess(counter);
    await lent.publish(1);
    const dana = await lent.agent();
    const ticket = await counter.file();
    const told: (boolean | undefined)[] = [];
    const end = counter.room.ports.events.subscribe(({ ticketId, inPlace }) => void (ticketId === ticket.id && told.push(inPlace)));
    await counter.answer(ticket, 'an answer');
    const [first] = (await counter.thread(ticket)).entries;
    const body = { messageId: first?.type === 'message' ? first.id : '', start: 0, end: 3 };
    await read(await lent.atInbox(dana, `tickets/${ticket.number}/redactions`, { method: 'POST', body }), 200);
    await lent.ask(ticket, dana);
    end();
    assert.deepEqual(told, [undefined, true, true]);
  });

  it('end with the server', async () => {
    const { token } = await counter.device([await counter.file()]);
    const stream = await follow(token);
    ending.abort();
    assert.equal(await stream.end(), ': open\n\n');
  });

  it('come over a real connection as they happen', async () => {
    const server = await startServer({ config: openDesks() });
    try {
      const keys = newKeys();
      const { ticket } = (await (await postTicket({ url: server.url, keys })).json()) as { ticket: { number: string } };
      const at = (path: string, token: string, init: RequestInit = {}) =>
        fetch(`${server.url}/v1/desks/open/${path}`, {
          ...init,
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': newKeys().idempotencyKey },
        });
      const body = JSON.stringify({ tickets: [{ number: ticket.number, secret: keys.secret }] });
      const { token } = (await (await at('sessions', keys.secret, { method: 'POST', body })).json()) as { token: string };
      const stream = listener(await at('events', token));
      await stream.until((text) => text === ': open\n\n');
      const reply = JSON.stringify({ text: 'More', attachmentIds: [], secret: newKeys().secret });
      assert.equal((await at(`tickets/${ticket.number}/messages`, token, { method: 'POST', body: reply })).status, 201);
      await stream.until((text) => text.endsWith(hint(ticket.number, 2)));
      const stopped = server.stop();
      await stream.end().catch(() => undefined);
      await stopped;
    } finally {
      await server.stop();
    }
  });
});
