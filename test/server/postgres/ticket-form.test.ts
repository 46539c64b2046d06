import assert from 'node:assert/strict';
import { it } from 'node:test';
import { HeldKeys } from '../../../packages/server/dist/held/held-keys.js';
import { holdTicket } from '../../../packages/server/dist/held/hold-ticket.js';
import { LinkKeys } from '../../../packages/server/dist/sign-in/link-keys.js';
import { openCounterRoom } from '../../support/counter-room.ts';
import { openDesks } from '../../support/desks.ts';
import { onPostgres } from '../../support/on-postgres.ts';
import { skipPostgres } from '../../support/postgres.ts';
import { newDraft } from '../../support/ticket-request.ts';

await onPostgres('a form without a script', () => import('../ticket-form.test.ts'));

it('holds what twenty processes are posted at once one time, and mails one link to one mailbox', { skip: skipPostgres }, async (t) => {
  const room = await openCounterRoom(openDesks());
  t.after(() => room.close());
  const { store, installSecret, now } = room.ports;
  const desk = room.ports.desks.get('open');
  assert.ok(desk);
  const keys = { held: new HeldKeys(installSecret), addresses: new LinkKeys(installSecret) };
  const hold = (requestHash: string, n: number) =>
    store.write.run((trx) =>
      holdTicket(trx, keys, { desk, draft: newDraft(), secretHash: `s${n}`, fileBytes: 0, requestHash, now: now() }),
    );
  const same = await Promise.all(Array.from({ length: 20 }, (_, n) => hold('same', n)));
  assert.equal(new Set(same.map((held) => (typeof held === 'string' ? held : held.id))).size, 1);
  await store.write.run(async (trx) => {
    await trx.deleteFrom('heldTicket').execute();
    await trx.deleteFrom('outbox').execute();
  });
  // each another message, all of them to the same mailbox
  const others = await Promise.all(Array.from({ length: 20 }, (_, n) => hold(`other ${n}`, n)));
  assert.equal(others.filter((held) => held === 'link-waits').length, 19);
  assert.equal((await store.read.selectFrom('outbox').selectAll().execute()).length, 1);
});
