import { after, before, describe, it } from 'node:test';
import { assertOneTicketEach, flappingOutbox } from '../support/flapping-outbox.ts';
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
    t.diagnostic(`seed ${seed}`);
    t.diagnostic(assertOneTicketEach(outcome));
  });
});
