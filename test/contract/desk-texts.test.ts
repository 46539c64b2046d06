import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeskTexts } from '@storefront-support/contract';
import { withDeskTexts } from '@storefront-support/contract/desk-texts';

const builtIn = { heading: 'Write to us', send: 'Send message', close: 'Close' };

describe('a desk’s own words', () => {
  it('stand in the place of the built-in ones, in the languages they are given in', () => {
    const own: DeskTexts = { heading: { en: 'Ask the potters', 'pt-BR': 'Fale com a oficina' }, send: 'OK' };
    assert.deepEqual({ ...withDeskTexts(builtIn, own, 'en') }, { ...builtIn, heading: 'Ask the potters', send: 'OK' });
    assert.equal(withDeskTexts(builtIn, own, 'en-GB').heading, 'Ask the potters');
    assert.equal(withDeskTexts(builtIn, own, 'pt-BR').heading, 'Fale com a oficina');
    assert.equal(withDeskTexts(builtIn, own, 'pl').heading, 'Write to us');
    assert.deepEqual({ ...withDeskTexts(builtIn, undefined, 'en') }, { ...builtIn });
  });

  it('are those of the list, whatever else a desk or a page’s prototypes bring', () => {
    const own = JSON.parse('{"close":"x","toString":"y","__proto__":{"heading":"z"},"heading":{"en":""}}') as DeskTexts;
    assert.deepEqual({ ...withDeskTexts(builtIn, own, 'en') }, builtIn);
  });
});
