import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openPostgresStore, type PostgresStore } from '@storefront-support/server';
import type { TicketEvent } from '../../../packages/server/dist/events/event-hub.js';
import { PostgresEventHub, type PostgresEventsTiming } from '../../../packages/server/dist/events/postgres-event-hub.js';
import { insertTicket } from '../../../packages/server/dist/store/tickets.js';
import { newDatabase, runSql, skipPostgres } from '../../support/postgres.ts';
import { newDraft } from '../../support/ticket-request.ts';

/** Far apart: whatever arrives in a test comes by the way that the test is about. */
const NEVER = 3_600_000;
const HEARING: PostgresEventsTiming = { deafPollMs: 20, hearingPollMs: NEVER, echoEveryMs: 50, retryMs: 20 };

describe('events between processes', { skip: skipPostgres, timeout: 60_000 }, () => {
  let url: string;
  let store: PostgresStore;
  const hubs: PostgresEventHub[] = [];
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  const log = {
    info: (event: string) => note(event),
    warn: (event: string) => note(event),
    error: (event: string) => note(event),
  };
  function note(event: string): void {
    logged.push(event);
    for (const wake of waiting) wake();
    waiting.clear();
  }

  const nextLine = () => new Promise<void>((resolve) => void waiting.add(resolve));

  before(async () => {
    url = await newDatabase();
    store = await openPostgresStore(url);
  });
  after(async () => {
    await Promise.all(hubs.map((hub) => hub.close()));
    await store.close();
  });

  function openHub(deskId: string, timing: Partial<PostgresEventsTiming> = {}, databaseUrl = url) {
    const hub = new PostgresEventHub({
      databaseUrl,
      db: store.read,
      deskIds: [deskId],
      log,
      now: Date.now,
      timing: { ...HEARING, ...timing },
    });
    hubs.push(hub);
    const heard: TicketEvent[] = [];
    let woken: (() => void) | undefined;
    hub.subscribe((event) => {
      heard.push(event);
      woken?.();
    });
    const arrived = async (count: number) => {
      while (heard.length < count) await new Promise<void>((resolve) => (woken = resolve));
      return heard;
    };
    const hearing = async () => {
      while (!hub.hearing) await nextLine();
    };
    return { hub, heard, arrived, hearing };
  }

  /** A committed ticket, and the event that tells of it. */
  async function newTicket(deskId: string, updatedAt = Date.now()): Promise<TicketEvent> {
    const draft = newDraft({ requester: { name: 'Ann', email: `${randomUUID()}@customer.example` } });
    const row = { deskId, draft, secretHash: 's', createdAt: updatedAt, firstResponseDueAt: null };
    const { id, number } = await store.write.run((trx) => insertTicket(trx, row));
    const [ticket] = await runSql(url, 'select requester_id, public_seq from ticket where id = $1', [id]);
    return {
      deskId,
      ticketId: id,
      number,
      requesterId: String(ticket?.['requester_id']),
      seq: Number(ticket?.['public_seq']),
      internal: false,
    };
  }
  const numbers = (events: TicketEvent[]) => events.map(({ number }) => number).sort();

  it('reach every process once, the one that publishes too', async () => {
    const deskId = randomUUID();
    const [one, two, three] = [openHub(deskId), openHub(deskId), openHub(deskId)];
    await Promise.all([one.hearing(), two.hearing(), three.hearing()]);
    // somebody else on the same database
    await runSql(url, `notify storefront_support, 'nothing of ours'`);
    const events: TicketEvent[] = [];
    for (let n = 0; n < 50; n++) events.push(await newTicket(deskId));
    events.forEach((event, n) => [one, two][n % 2]?.hub.publish(event));
    for (const { arrived } of [one, two, three]) await arrived(50);
    await one.hub.close();
    for (const { heard } of [one, two, three]) assert.deepEqual(numbers(heard), numbers(events));
    const [first] = events;
    assert.deepEqual(
      three.heard.find(({ number }) => number === first?.number),
      first,
    );
  });

  it('arrive once, by reading, while the line is down, and by the line when it is back', async () => {
    const deskId = randomUUID();
    const one = openHub(deskId);
    const two = openHub(deskId);
    await Promise.all([one.hearing(), two.hearing()]);
    const before = await newTicket(deskId);
    one.hub.publish(before);
    await two.arrived(1);
    await runSql(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
    );
    const during = [await newTicket(deskId), await newTicket(deskId)];
    for (const event of during) one.hub.publish(event);
    await two.arrived(3);
    while (!logged.includes('events-not-heard')) await nextLine();
    await Promise.all([one.hearing(), two.hearing()]);
    const later = await newTicket(deskId);
    one.hub.publish(later);
    await two.arrived(4);
    assert.deepEqual(numbers(two.heard), numbers([before, ...during, later]));
    assert.deepEqual(numbers(one.heard), numbers([before, ...during, later]));
  });

  it('arrive by reading alone where a pooler takes LISTEN and passes nothing on', async () => {
    const deskId = randomUUID();
    const [one, two] = [openHub(deskId), openHub(deskId, {}, await newDatabase())];
    const first = await newTicket(deskId);
    one.hub.publish(first);
    await two.arrived(1);
    // committed late, with the clock of a process that is behind
    const second = await newTicket(deskId, Date.now() - 20_000);
    one.hub.publish(second);
    await two.arrived(2);
    assert.equal(two.hub.hearing, false);
    assert.deepEqual(numbers(two.heard), numbers([first, second]));
  });

  it('tell of what has changed in place, although its ticket was found by reading a moment before', async () => {
    const deskId = randomUUID();
    const [one, two] = [openHub(deskId), openHub(deskId, { hearingPollMs: 20 })];
    await Promise.all([one.hearing(), two.hearing()]);
    const event = await newTicket(deskId);
    await two.arrived(1);
    const redacted = { ...event, inPlace: true };
    one.hub.publish(redacted);
    assert.deepEqual(await two.arrived(2), [event, redacted]);
  });

  it('arrive although the process that committed was killed before it said so', async () => {
    const deskId = randomUUID();
    const two = openHub(deskId, { hearingPollMs: 20 });
    await two.hearing();
    const event = await newTicket(deskId);
    assert.deepEqual(await two.arrived(1), [event]);
  });
});
