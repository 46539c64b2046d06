import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flappingOutbox, mostAtOnce } from '../support/flapping-outbox.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { ShopRoom } from '../support/shop-room.ts';

describe('five tabs, two forms on one of their pages and 50 messages', () => {
  const seed = chosenSeed();
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open();
  });
  after(() => room?.close());

  it(`make 50 tickets through a network that changes every two seconds (SEED=${seed})`, { timeout: 1_800_000 }, async (t) => {
    const outcome = await flappingOutbox(room, { seed, tabs: 5, entries: 50, flapMs: 2_000, clock: 1, limitMs: 1_500_000 });
    const { stored, told, tries, requests, faults, flaps, seconds } = outcome;
    t.diagnostic(`seed ${seed}`);
    t.diagnostic(
      `${stored.size} entries, ${tries} tries in ${seconds.toFixed(1)} s, ${flaps} changes of the network: ${JSON.stringify(faults)}`,
    );
    for (const [subject, numbers] of stored) assert.deepEqual(numbers, [told.get(subject)], subject);
    assert.equal(requests.size, stored.size, 'as many keys as messages');
    for (const [key, sent] of requests) assert.equal(mostAtOnce(sent), 1, `${key} is sent twice at a time`);
    assert.ok(tries <= 3 * stored.size, `${tries} tries`);
    assert.ok(tries > stored.size, 'the network was never down');
  });
});
