import type { ConformanceCase } from '../conformance.js';
import { fileLimitsFor } from '../desk.js';
import { isSupportError, type SupportErrorCode } from '../errors.js';
import type { FieldProblem } from '../field.js';
import { attachmentsOf, newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, rejection } from './expect.js';
import { disguisedProgram, sampleFile } from './sample-files.js';

const BIG_BYTES = 1_300_000;
const REFUSALS: readonly SupportErrorCode[] = ['type-not-allowed', 'invalid-fields', 'invalid-request'];

/** Files. None where the adapter or its desk takes none. */
export function attachmentCases(bench: Bench): ConformanceCase[] {
  const { harness, contact } = bench;
  const found = fileLimitsFor(bench.desk, contact);
  if (!bench.adapter.attachments || !found) return [];
  const limits = found;
  const big = Math.min(BIG_BYTES, limits.bytesPerFile, Math.floor(limits.bytesPerTicket / 2));

  async function start() {
    const adapter = await harness.adapter();
    return { adapter, files: attachmentsOf(adapter), keys: newKeys(), contactId: contact.id };
  }

  /** Sends the file and watches what is said meanwhile. */
  async function upload({ files, keys, contactId }: Awaited<ReturnType<typeof start>>, file: File, resume?: string) {
    const told: number[] = [];
    const resumes: string[] = [];
    const attachment = await files
      .upload(file, {
        secret: keys.secret,
        contactId,
        resume,
        onResume: (next) => resumes.push(next),
        onProgress: (bytes) => told.push(bytes),
      })
      .finally(() => {
        for (const [n, bytes] of told.entries()) {
          expect(bytes <= file.size, `progress: ${bytes} of ${file.size} bytes`);
          expect(n === 0 || bytes >= (told[n - 1] as number), `progress went back from ${told[n - 1]} to ${bytes}`);
        }
      });
    expectEqual(told.at(-1), file.size, 'last progress');
    return { attachment, told, resume: resumes.at(-1) as string };
  }

  const cases: ConformanceCase[] = [
    {
      name: 'takes files and shows them on the ticket, in order, as they were',
      async run() {
        const by = await start();
        const sent = [sampleFile(limits, 'Écran cassé – 発票 📎', 2_000), sampleFile(limits, 'big', big)].slice(0, limits.count);
        const ids: string[] = [];
        for (const file of sent) {
          const { attachment } = await upload(by, file);
          expectEqual([attachment.name, attachment.size], [file.name, file.size], 'what was uploaded');
          ids.push(attachment.id);
        }
        // order is the draft's, not that of the uploads
        ids.reverse();
        sent.reverse();
        const draft = bench.draft({ attachmentIds: ids });
        const receipt = await bench.adding(1, () => by.adapter.createTicket(draft, { keys: by.keys }));
        await bench.expectKept(by.adapter, receipt, draft, by.keys);
        const { attachments } = await by.adapter.getTicket(receipt.ticket.number, { secret: by.keys.secret });
        expectEqual(
          attachments.map(({ id }) => id),
          ids,
          'ids in order',
        );
        for (const [n, file] of sent.entries()) {
          const { name, size, type, sha256 } = attachments[n] ?? { name: null, size: null, type: null, sha256: null };
          expectEqual([name, size, type], [file.name, file.size, file.type], `file ${n}`);
          if (sha256 !== null) expectEqual(sha256, await sha256Of(file), `SHA-256 of ${name}`);
        }
      },
    },
    {
      name: 'takes an empty file, or says that it does not',
      async run() {
        const by = await start();
        const empty = new File([], 'empty.txt', { type: 'text/plain' });
        const sent = await upload(by, empty).catch((error: unknown) => error);
        if (isSupportError(sent)) return expect(REFUSALS.includes(sent.code), `an empty file: refused with ${sent.code}`);
        const { attachment } = sent as Awaited<ReturnType<typeof upload>>;
        const { ticket } = await by.adapter.createTicket(bench.draft({ attachmentIds: [attachment.id] }), { keys: by.keys });
        const { attachments } = await by.adapter.getTicket(ticket.number, { secret: by.keys.secret });
        expectEqual(
          attachments.map(({ name, size }) => [name, size]),
          [['empty.txt', 0]],
          'files',
        );
      },
    },
    {
      name: 'takes an upload back',
      async run() {
        const by = await start();
        const { attachment, resume } = await upload(by, sampleFile(limits, 'mistake', 500));
        await by.files.remove(resume, { secret: by.keys.secret });
        await by.files.remove(resume, { secret: by.keys.secret });
        await expectUnknownFile(by.adapter.createTicket(bench.draft({ attachmentIds: [attachment.id] }), { keys: by.keys }));
      },
    },
    {
      name: "refuses another secret's file",
      async run() {
        const [owner, thief] = [await start(), await start()];
        const { attachment, resume } = await upload(owner, sampleFile(limits, 'private', 500));
        const draft = bench.draft({ attachmentIds: [attachment.id] });
        await bench.adding(0, () => expectUnknownFile(thief.adapter.createTicket(draft, { keys: thief.keys })));
        await thief.files.remove(resume, { secret: thief.keys.secret });
        await bench.adding(1, () => owner.adapter.createTicket(draft, { keys: owner.keys }));
        // one file belongs to one ticket
        await expectUnknownFile(owner.adapter.createTicket(draft, { keys: { ...newKeys(), secret: owner.keys.secret } }));
      },
    },
    {
      name: 'refuses a file that is too large',
      async run() {
        const by = await start();
        const file = sampleFile(limits, 'huge', limits.bytesPerFile + 1);
        const sending = by.files.upload(file, { secret: by.keys.secret, contactId: by.contactId });
        await expectRejection(sending, ['too-large'], 'a file over the limit');
      },
    },
    {
      name: 'refuses a program that calls itself a picture',
      async run() {
        const by = await start();
        const sending = by.files.upload(disguisedProgram(), { secret: by.keys.secret, contactId: by.contactId });
        await expectRejection(sending, ['type-not-allowed'], 'a disguised program');
      },
    },
    {
      name: 'rejects an upload at once when the signal is aborted already',
      async run() {
        const by = await start();
        const sending = by.files.upload(sampleFile(limits, 'late', 500), { secret: by.keys.secret, signal: AbortSignal.abort() });
        await expectRejection(bench.promptly(sending, 'an aborted upload'), ['aborted'], 'an aborted upload');
      },
    },
  ];

  if (bench.can('cut-upload')) {
    cases.push({
      name: 'goes on with a cut upload where it stopped',
      async run() {
        const by = await start();
        const file = sampleFile(limits, 'cut', big);
        let resume: string | undefined;
        let acknowledged = 0;
        const cut = bench.during('cut-upload', () =>
          by.files.upload(file, {
            secret: by.keys.secret,
            contactId: by.contactId,
            onResume: (next) => (resume = next),
            onProgress: (bytes) => (acknowledged = bytes),
          }),
        );
        const { error } = await rejection(cut, 'a cut upload');
        expect((error as { retryable?: boolean }).retryable, 'a cut upload: the error says that trying again is no use');
        expect(resume !== undefined && acknowledged > 0, `a cut upload: ${acknowledged} bytes acknowledged`);
        const { attachment, told } = await upload(by, file, resume);
        expect((told[0] as number) >= acknowledged, `went on at ${told[0]}, though ${acknowledged} bytes were acknowledged`);
        const { ticket } = await by.adapter.createTicket(bench.draft({ attachmentIds: [attachment.id] }), { keys: by.keys });
        const [kept] = (await by.adapter.getTicket(ticket.number, { secret: by.keys.secret })).attachments;
        expectEqual(kept?.size, file.size, 'bytes on the ticket');
        if (kept?.sha256) expectEqual(kept.sha256, await sha256Of(file), 'SHA-256 on the ticket');
      },
    });
  }
  return cases;
}

async function expectUnknownFile(sending: Promise<unknown>): Promise<void> {
  const { code, error } = await rejection(sending, 'a ticket with a file that is not there');
  const problems = Object.entries(error.fields ?? {}).map(([field, problem]) => [field, (problem as FieldProblem).code]);
  expectEqual([code, problems], ['invalid-fields', [['attachmentIds.0', 'unknown']]], 'code and fields');
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
