import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenSeed, interruptedUpload } from '../support/interrupted-upload.ts';

const MIB = 1_048_576;
const CHUNK = 327_680;
const MOST_AGAIN = 5 * MIB;

describe('an upload of 200 MiB', () => {
  const seed = chosenSeed();

  it(`arrives whole through 10 connection resets and 5 killed servers (SEED=${seed})`, { timeout: 300_000 }, async (t) => {
    const bytes = 200 * MIB;
    const undisturbed = await interruptedUpload({ bytes, resets: 0, kills: 0, seed });
    assert.ok(undisturbed.whole, 'undisturbed: the stored bytes are others');
    assert.equal(undisturbed.handedAgain, 0);
    const { whole, seconds, resent, handedAgain } = await interruptedUpload({ bytes, resets: 10, kills: 5, seed });
    const again = resent.reduce((sum, n) => sum + n, 0);
    const mib = (n: number) => `${(n / MIB).toFixed(2)} MiB`;
    t.diagnostic(`seed ${seed}`);
    t.diagnostic(
      `undisturbed ${undisturbed.seconds.toFixed(1)} s, interrupted ${seconds.toFixed(1)} s, ${(seconds - undisturbed.seconds).toFixed(1)} s longer`,
    );
    t.diagnostic(
      `sent again: ${mib(again)} as the proxy saw it, ${mib(handedAgain)} as handed to fetch; most after one interruption: ${mib(Math.max(...resent))}`,
    );
    assert.ok(whole, 'the stored bytes are others');
    assert.equal(resent.length, 15, 'not every interruption has struck');
    assert.ok(Math.max(...resent) <= CHUNK, `sent again: ${resent.join(', ')}`);
    assert.ok(again <= MOST_AGAIN && handedAgain <= MOST_AGAIN, `sent again: ${mib(again)}, handed over again: ${mib(handedAgain)}`);
  });
});
