import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OpenedSession } from '@storefront-support/contract';
import { phpCommands } from '../../.config/php.mjs';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { startIdentityEndpoints, type IdentityEndpoints } from '../support/identity-endpoints.ts';
import { newSharedKey } from '../support/identity-tokens.ts';
import { THEMES, type Customer } from '../support/theme-pages.ts';

interface Identity {
  token: string | null;
  name: string | null;
  email: string | null;
  orders: string[];
}

const zoe: Customer = {
  id: 7,
  firstname: 'Zoë',
  lastname: 'O’Hara "Z"',
  email: 'zoe@customer.example',
  orders: ['000000041', '000000007'],
};
const nobody: Identity = { token: null, name: null, email: null, orders: [] };

describe('identity endpoints of the example themes', { skip: phpCommands().length ? false : 'there is no php here' }, () => {
  const key = newSharedKey('shop-2026');
  let counter: CounterApp;
  let proving: IdentityEndpoints;
  let trusting: IdentityEndpoints;

  before(async () => {
    const [open] = openDesks() as [object];
    counter = await openCounterApp([{ ...open, identity: [key] }]);
    // their clock is the real one
    counter.room.pass(Date.now() - counter.room.ports.now());
    proving = await startIdentityEndpoints(key, 'open', true);
    trusting = await startIdentityEndpoints(key, 'open', false);
  });
  after(async () => {
    await Promise.all([proving?.close(), trusting?.close()]);
    await counter?.close();
  });

  for (const theme of THEMES) {
    it(`say who is signed in and sign it (${theme})`, async () => {
      const answer = await proving.ask(theme, zoe);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store');
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      const { token, ...person } = (await answer.json()) as Identity;
      assert.deepEqual(person, { name: 'Zoë O’Hara "Z"', email: zoe.email, orders: zoe.orders });
      const opened = await counter.json<OpenedSession>('sessions', 201, { method: 'POST', body: { identityToken: token } });
      assert.deepEqual(opened.session.requester, { name: person.name, email: zoe.email });
      const again = await counter.call('sessions', { method: 'POST', body: { identityToken: token } });
      assert.notEqual(again.status, 201, 'a token is good for one session');
    });

    it(`sign nothing where no proof of an address is asked for (${theme})`, async () => {
      const identity = (await (await trusting.ask(theme, zoe)).json()) as Identity;
      assert.deepEqual([identity.token, identity.email], [null, zoe.email]);
    });

    it(`know nothing of a guest (${theme})`, async () => {
      const answer = await proving.ask(theme, null);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store');
      assert.deepEqual(await answer.json(), nobody);
    });
  }

  it('sign nothing for an address that may have been changed without a proof (magento)', async () => {
    const changing = await startIdentityEndpoints(key, 'open', true, false);
    try {
      assert.equal(((await (await changing.ask('magento', zoe)).json()) as Identity).token, null);
    } finally {
      await changing.close();
    }
  });
});
