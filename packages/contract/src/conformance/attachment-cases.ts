import type { ConformanceCase } from '../conformance.js';
import { fileLimitsFor } from '../desk.js';
import { isSupportError, type SupportErrorCode } from '../errors.js';
import type { FieldProblem } from '../field.js';
import { attachmentsOf, newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, rejection } from './expect.js';
import { disguisedProgram, sampleFile } from './sample-files.js';

const BIG_BYTES = 1_300_000;
const REFUSALS: readonly SupportErrorCode[] = ['type-not-allowed', 'invalid-fields', 'invalid-request'];

/** Files that are sent before their ticket. None where the adapter or its desk takes none. */
export function attachmentCases(bench: Bench): ConformanceCase[] {
  const { harness, contact } = bench;
  const found = fileLimitsFor(bench.desk, contact);
  if (!bench.adapter.attachments || bench.adapter.attachments.withTicket || !found) return [];
  const limits = found;
  const big = Math.min(BIG_BYTES, limits.bytesPerFile, Math.floor(limits.bytesPerTicket / 2));

  async function start() {
    const adapter = await harness.adapter();
    return { adapter, files: attachmentsOf(adapter), keys: newKeys(), contactId: contact.id };
  }

  /** Files a ticket with these uploads and compares the hashes that the backend gives, where it gives any. */
  async function expectSha256({ adapter, keys }: Awaited<ReturnType<typeof start>>, ids: string[], files: File[]) {
    const { ticket } = await bench.file(adapter, bench.draft({ attachmentIds: ids }), { keys });
    const { attachments } = await bench.read(adapter, ticket.number, { secret: keys.secret });
    for (const [n, { name, sha256 }] of attachments.entries())
      if (sha256) expectEqual(sha256, await sha256Of(files[n] as File), `SHA-256 of ${name}`);
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
        const receipt = await bench.adding(1, () => bench.file(by.adapter, draft, { keys: by.keys }));
        await bench.expectKept(by.adapter, receipt, draft, by.keys);
        const { attachments } = await bench.read(by.adapter, receipt.ticket.number, { secret: by.keys.secret });
        expectEqual(
          attachments.map(({ id }) => id),
          ids,
          'ids in order',
        );
        for (const [n, file] of sent.entries()) {
          const { name, size, type, sha256 } = attachments[n] ?? { name: null, size: null, type: null, sha256: null };
          expectEqual([name, size, type], [file.name, file.size, file.type], `file ${n}`);
          if (sha256) expectEqual(sha256, await sha256Of(file), `SHA-256 of ${name}`);
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
        const { ticket } = await bench.file(by.adapter, bench.draft({ attachmentIds: [attachment.id] }), { keys: by.keys });
        const { attachments } = await bench.read(by.adapter, ticket.number, { secret: by.keys.secret });
        expectEqual(
          attachments.map(({ name, size }) => [name, size]),
          [['empty.txt', 0]],
          'files',
        );
      },
    },
    {
      name: 'knows the file that an upload is resumed for, by its content',
      async run() {
        const by = await start();
        const file = sampleFile(limits, 'scan', big);
        const { resume } = await upload(by, file);
        const bytes = new Uint8Array(await file.arrayBuffer());
        const copy = new File([bytes], 'renamed', { type: file.type });
        expect(await by.files.matches(copy, resume), 'the same content under another name: not recognised');
        const later = attachmentsOf(await harness.adapter());
        expect(await later.matches(file, resume), 'the same file on the next visit: not recognised');
        for (const at of [0, big - 1]) {
          const other = withOtherByte(file, bytes, at);
          expect(!(await by.files.matches(other, resume)), `another file of the same name and size, different at byte ${at}: taken for it`);
        }
        const longer = new File([bytes, 'x'], file.name, { type: file.type });
        expect(!(await by.files.matches(longer, resume)), 'a longer file: taken for it');
      },
    },
    {
      name: 'begins anew with another file of the same name and size',
      async run() {
        const by = await start();
        const file = sampleFile(limits, 'scan', big);
        const first = await upload(by, file);
        const other = withOtherByte(file, new Uint8Array(await file.arrayBuffer()), big - 1);
        const second = await upload(by, other, first.resume);
        expect(second.attachment.id !== first.attachment.id, 'the other file became the first one');
        expect(second.resume !== undefined && second.resume !== first.resume, 'no other string to resume with');
        await expectSha256(by, [first.attachment.id, second.attachment.id].slice(0, limits.count), [file, other]);
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
        const { ticket } = await bench.file(by.adapter, bench.draft({ attachmentIds: [attachment.id] }), { keys: by.keys });
        const [kept] = (await bench.read(by.adapter, ticket.number, { secret: by.keys.secret })).attachments;
        expectEqual(kept?.size, file.size, 'bytes on the ticket');
        if (kept?.sha256) expectEqual(kept.sha256, await sha256Of(file), 'SHA-256 on the ticket');
      },
    });
    cases.push({
      name: 'never puts the rest of one file behind the beginning of another',
      async run() {
        const by = await start();
        const file = sampleFile(limits, 'cut', big);
        let resume: string | undefined;
        const options = { secret: by.keys.secret, contactId: by.contactId, onResume: (next: string) => void (resume = next) };
        await rejection(
          bench.during('cut-upload', () => by.files.upload(file, options)),
          'a cut upload',
        );
        const begun = resume;
        // what has arrived of the first file is different in this one
        const other = withOtherByte(file, new Uint8Array(await file.arrayBuffer()), 100);
        const { attachment } = await upload(by, other, begun);
        await expectSha256(by, [attachment.id], [other]);
      },
    });
  }
  return cases;
}

/** A file of the same name, type and size, one byte of which is another. */
function withOtherByte({ name, type }: File, bytes: Uint8Array<ArrayBuffer>, at: number): File {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ 1;
  return new File([changed], name, { type, lastModified: 0 });
}

export async function expectUnknownFile(sending: Promise<unknown>): Promise<void> {
  const { code, error } = await rejection(sending, 'a ticket with a file that is not there');
  const problems = Object.entries(error.fields ?? {}).map(([field, problem]) => [field, (problem as FieldProblem).code]);
  expectEqual([code, problems], ['invalid-fields', [['attachmentIds.0', 'unknown']]], 'code and fields');
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
