import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ID, file, secret, startTus } from './scripted-tus.ts';

describe('an upload that is resumed', () => {
  it('begins again where the server has forgotten it', async () => {
    const tus = await startTus();
    try {
      let resume = '';
      const onResume = (text: string) => (resume = text);
      await tus.upload({ onResume });
      await tus.adapter.attachments.remove(resume, { secret });
      const known = resume;
      await tus.upload({ resume, onResume });
      assert.equal(tus.stored(), await file.text());
      assert.equal(resume, known);
      assert.deepEqual([tus.asked('POST'), tus.asked('HEAD')], [2, 1]);
    } finally {
      await tus.close();
    }
  });

  const text = 'abcdefgh'.repeat(400_000);
  const kept = new File([text], 'video.txt', { lastModified: 1, type: 'text/plain' });
  for (const [what, changed] of [
    ['first MiB', `x${text.slice(1)}`],
    ['last MiB', `${text.slice(0, -1)}x`],
    ['size', `${text}x`],
  ] as const) {
    it(`begins again, without asking, where the file has another ${what}, and knows it beforehand`, async () => {
      const tus = await startTus();
      const port = tus.adapter.attachments;
      try {
        let resume = '';
        await port.upload(kept, { secret, onResume: (next) => (resume = next) });
        const renamed = new File([text], 'copy.txt', { lastModified: 2 });
        assert.equal(await port.matches(renamed, resume), true);
        const other = new File([changed], kept.name, { lastModified: 1, type: 'text/plain' });
        assert.equal(await port.matches(other, resume), false);
        await port.upload(other, { secret, resume });
        assert.equal(tus.stored(), changed);
        assert.deepEqual([tus.asked('POST'), tus.asked('HEAD')], [2, 0]);
      } finally {
        await tus.close();
      }
    });
  }

  it('begins again after a resume string without a fingerprint, and takes such an upload back', async () => {
    const tus = await startTus();
    try {
      await tus.upload();
      assert.equal(await tus.adapter.attachments.matches(file, ID), false);
      await tus.upload({ resume: ID });
      assert.equal(tus.asked('POST'), 2);
      await tus.adapter.attachments.remove(ID, { secret });
      assert.equal(tus.received.at(-1)?.path, `/v1/desks/demo/uploads/${ID}`);
    } finally {
      await tus.close();
    }
  });

  for (const [what, status, headers] of [
    ['a page of the network', 200, { 'Content-Type': 'text/html' }],
    ['a firewall', 403, {}],
  ] as const) {
    it(`is not begun again because of ${what} in between`, async () => {
      let between = false;
      const tus = await startTus((_, response) => {
        if (between) response.writeHead(status, headers).end('<title>Hotel</title>');
        return between;
      });
      try {
        let resume = '';
        await tus.upload({ onResume: (next) => (resume = next) });
        between = true;
        await assert.rejects(tus.upload({ resume }), { code: 'not-a-receipt', retryable: true });
        between = false;
        await tus.upload({ resume });
        assert.equal(tus.asked('POST'), 1);
      } finally {
        await tus.close();
      }
    });
  }
});
