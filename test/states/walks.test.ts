import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLayout, someViewsOfPage } from '../support/layout.ts';
import { checkDressed, DRESSES, someDresses } from '../support/state-check.ts';
import { STATES } from '../support/states.ts';
import { walkInbox } from './inbox-walk.ts';
import { walkShop } from './shop-walk.ts';

const whole = process.env['TRIALS'] === 'all';

/** Every state that belongs to these pages. */
const namesOf = (...pages: string[]) => STATES.filter(({ of }) => pages.includes(of)).map(({ name }) => name);

describe('the states of pages of the server', { timeout: 1_800_000 }, () => {
  for (const [title, walk, names] of [
    ['are reached in the inbox, axe finds nothing, and all of it fits', walkInbox, namesOf('inbox')],
    [
      'are reached by customers and by whom they lend something to, axe finds nothing, and all of it fits',
      walkShop,
      namesOf('server', 'form page', 'doctor', 'shop page', 'vault page', 'agents’ vault'),
    ],
  ] as const)
    it(title, async (t) => {
      const seen: string[] = [];
      await walk(async (name, page) => {
        const state = STATES.find((one) => one.name === name);
        assert.ok(state, `${name} is in the list`);
        seen.push(name);
        await t.test(name, () =>
          checkDressed(page, state, whole ? DRESSES : someDresses(state), () => checkLayout(page, state, someViewsOfPage(state))),
        );
      });
      assert.deepEqual(seen.toSorted(), names.toSorted());
    });

  it('and those of the elements are all that the list has', () => {
    const walked = namesOf('inbox', 'server', 'form page', 'doctor', 'shop page', 'vault page', 'agents’ vault');
    assert.deepEqual(
      STATES.filter(({ story, name }) => !story && !walked.includes(name)),
      [],
    );
  });
});
