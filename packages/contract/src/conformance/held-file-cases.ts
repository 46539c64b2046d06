import type { ConformanceCase } from '../conformance.js';
import { fileLimitsFor } from '../desk.js';
import { attachmentsOf, newKeys, type Bench } from './bench.js';
import { expectUnknownFile } from './attachment-cases.js';
import { expectEqual, expectRejection } from './expect.js';
import { sampleFile } from './sample-files.js';

const SMALL_BYTES = 2_000;

/** Files that travel in the ticket's own request. None where the adapter sends them before it, or its desk takes none. */
export function heldFileCases(bench: Bench): ConformanceCase[] {
  const { harness, contact } = bench;
  const found = fileLimitsFor(bench.desk, contact);
  if (!bench.adapter.attachments?.withTicket || !found) return [];
  const limits = found;

  async function start() {
    const adapter = await harness.adapter();
    await adapter.prepare?.();
    const keys = newKeys();
    const options = { secret: keys.secret, contactId: contact.id };
    return { adapter, keys, options, files: attachmentsOf(adapter) };
  }

  return [
    {
      name: 'sends files with the ticket, in order, as they were',
      async run() {
        const { adapter, keys, options, files } = await start();
        const sent = ['first', 'second'].slice(0, limits.count).map((name, n) => sampleFile(limits, name, SMALL_BYTES + n));
        const ids: string[] = [];
        for (const file of sent) ids.push((await files.upload(file, options)).id);
        const draft = bench.draft({ attachmentIds: ids });
        const receipt = await bench.adding(1, () => adapter.createTicket(draft, { keys }));
        await bench.expectKept(adapter, receipt, draft, keys);
        const [held] = (await harness.stored?.(/[\w-]{12}/.exec(draft.message)?.[0] ?? '')) ?? [];
        if (held)
          expectEqual(
            held.files.map(({ bytes }) => bytes),
            sent.map(({ size }) => size),
            'bytes of the files',
          );
      },
    },
    {
      name: 'holds no file that is too large',
      async run() {
        const { options, files } = await start();
        const file = sampleFile(limits, 'huge', limits.bytesPerFile + 1);
        await expectRejection(files.upload(file, options), ['too-large'], 'a file over the limit');
      },
    },
    {
      name: 'holds no file of a kind that the backend does not take',
      async run() {
        const { options, files } = await start();
        const program = new File(['MZ'], 'setup.exe', { type: 'application/x-msdownload' });
        await expectRejection(files.upload(program, options), ['type-not-allowed'], 'a program');
      },
    },
    {
      name: 'lets go of a file that is taken back',
      async run() {
        const { adapter, keys, options, files } = await start();
        let resume = '';
        const { id } = await files.upload(sampleFile(limits, 'mistake', 500), { ...options, onResume: (next) => (resume = next) });
        await files.remove(resume, { secret: keys.secret });
        await files.remove(resume, { secret: keys.secret });
        await bench.adding(0, () => expectUnknownFile(adapter.createTicket(bench.draft({ attachmentIds: [id] }), { keys })));
      },
    },
    {
      name: 'lets go of files once their ticket is filed',
      async run() {
        const { adapter, keys, options, files } = await start();
        const { id } = await files.upload(sampleFile(limits, 'once', 500), options);
        const draft = bench.draft({ attachmentIds: [id] });
        await bench.adding(1, () => adapter.createTicket(draft, { keys }));
        const again = { keys: { ...newKeys(), secret: keys.secret } };
        await bench.adding(0, () => expectUnknownFile(adapter.createTicket(bench.draft({ attachmentIds: [id] }), again)));
      },
    },
    {
      name: 'does not know on another page what this one holds',
      async run() {
        const [here, there] = [await start(), await start()];
        const { id } = await here.files.upload(sampleFile(limits, 'private', 500), here.options);
        const draft = bench.draft({ attachmentIds: [id] });
        await bench.adding(0, () => expectUnknownFile(there.adapter.createTicket(draft, { keys: here.keys })));
      },
    },
    {
      name: 'rejects at once to hold a file when the signal is aborted already',
      async run() {
        const { options, files } = await start();
        const holding = files.upload(sampleFile(limits, 'late', 500), { ...options, signal: AbortSignal.abort() });
        await expectRejection(bench.promptly(holding, 'an aborted upload'), ['aborted'], 'an aborted upload');
      },
    },
  ];
}
