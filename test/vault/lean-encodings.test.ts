import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as scure from '@scure/base';
import * as lean from '../../packages/vault/dist/age/lean/base.js';
import { seededRandom } from '../support/seeded-random.ts';

/** What a call gives, or that it throws. */
const outcomeOf = (work: () => unknown): unknown => {
  try {
    return JSON.stringify(work());
  } catch {
    return 'refused';
  }
};

describe('the encodings of the customer’s page', () => {
  const random = seededRandom(20_261_122);
  const bytesOf = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));

  it('write what the library’s own write, and read it back', () => {
    for (let length = 0; length < 300; length += 7) {
      const bytes = bytesOf(length);
      const text = scure.base64nopad.encode(bytes);
      assert.equal(lean.base64nopad.encode(bytes), text);
      assert.deepEqual(lean.base64nopad.decode(text), bytes);
      const words = scure.bech32.toWords(bytes);
      assert.deepEqual(lean.bech32.toWords(bytes), words);
      const written = scure.bech32.encode('age1pq', words, false);
      assert.equal(lean.bech32.encode('age1pq', words, false), written);
      assert.deepEqual(lean.bech32.decode(written, false), scure.bech32.decode(written as `${string}1${string}`, false));
      assert.deepEqual(lean.bech32.fromWords(words), bytes);
    }
    const key = bytesOf(32);
    assert.equal(lean.bech32.encodeFromBytes('AGE-SECRET-KEY-', key), scure.bech32.encodeFromBytes('AGE-SECRET-KEY-', key));
  });

  it('refuse what the library’s own refuse: every changed character, every cut, and what is not canonical', () => {
    const key = scure.bech32.encodeFromBytes('age', bytesOf(32));
    const texts = [key.toUpperCase(), `A${key.slice(1)}`, `${key}q`, ` ${key}`, key.replace('1', 'l'), 'age1', '1qqqqqq', ''];
    for (let i = 0; i <= key.length; i += 1) {
      texts.push(key.slice(0, i), key.slice(i));
      for (const character of 'q0bAé~1') texts.push(key.slice(0, i) + character + key.slice(i + 1));
    }
    for (const text of texts) {
      const given = text as `${string}1${string}`;
      assert.equal(
        outcomeOf(() => lean.bech32.decodeToBytes(text)),
        outcomeOf(() => scure.bech32.decodeToBytes(given)),
        text,
      );
    }
    for (const words of [[1], [0, 1], [31, 31, 31], [0, 0, 0, 0, 0, 0], [0, 0]])
      assert.equal(
        outcomeOf(() => lean.bech32.fromWords(words)),
        outcomeOf(() => scure.bech32.fromWords(words)),
        words.join(),
      );
    for (const text of ['AA', 'AB', 'AA==', 'A', 'AAA', 'AAB', 'A-_A', 'AA A', 'AAAA='])
      assert.equal(
        outcomeOf(() => lean.base64nopad.decode(text)),
        outcomeOf(() => scure.base64nopad.decode(text)),
        text,
      );
  });
});
