import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenSeed, interruptedUpload } from '../support/interrupted-upload.ts';

const MIB = 1_048_576;
const CHUNK = 327_680;

describe('an upload of 20 MiB', () => {
  const seed = chosenSeed();

  it(`arrives whole through 2 connection resets and a killed server, and costs a chunk for each (SEED=${seed})`, async () => {
    const { whole, resent, handedAgain } = await interruptedUpload({ bytes: 20 * MIB, resets: 2, kills: 1, seed });
    assert.ok(whole, 'the stored bytes are others');
    assert.equal(resent.length, 3, 'not every interruption has struck');
    assert.ok(Math.max(...resent) <= CHUNK, `sent again: ${resent.join(', ')}`);
    assert.ok(handedAgain <= 3 * CHUNK, `${handedAgain} bytes handed over again`);
  });
});
