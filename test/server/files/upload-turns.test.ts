import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UploadTurns } from '../../../packages/server/dist/files/upload-turns.js';

describe('turns at one upload', () => {
  let now = 0;
  const turns = () => new UploadTurns(() => now);

  it('go to one request at a time', async () => {
    const all = turns();
    const first = await all.take('a');
    assert.ok(first);
    assert.equal(await all.take('a'), null);
    assert.ok(await all.take('b'));
    first.end();
    assert.ok(await all.take('a'));
  });

  it('pass from a holder that has fallen silent, once it has let go', async () => {
    const all = turns();
    const first = await all.take('a');
    assert.ok(first);
    now += 4_000;
    first.heard();
    now += 4_000;
    assert.equal(await all.take('a'), null);
    now += 4_000;
    first.signal.addEventListener('abort', () => setImmediate(() => first.end()));
    const [second, third] = await Promise.all([all.take('a'), all.take('a')]);
    assert.ok(first.signal.aborted);
    assert.ok(second);
    assert.equal(third, null);
    first.end();
    assert.equal(await all.take('a'), null);
  });
});
