import { after, before, describe, it } from 'node:test';
import { shopDesks } from '../support/desks.ts';
import { assertOneTicketEach, flappingOutbox } from '../support/flapping-outbox.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { ShopRoom } from '../support/shop-room.ts';

const CLOCK = 10;

describe('two tabs and two forms on one page', () => {
  const seed = chosenSeed();
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({ desks: (origins) => shopDesks(origins, { proofOfWork: 100 / CLOCK }) });
  });
  after(() => room?.close());

  it(`empty one outbox through a network that comes and goes: one ticket each (SEED=${seed})`, { timeout: 120_000 }, async (t) => {
    const outcome = await flappingOutbox(room, { seed, tabs: 2, entries: 12, flapMs: 300, clock: CLOCK, limitMs: 60_000 });
    t.diagnostic(`seed ${seed}, clocks of the pages ${CLOCK} times as fast`);
    t.diagnostic(assertOneTicketEach(outcome));
  });
});
