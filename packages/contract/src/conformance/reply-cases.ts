import type { ConformanceCase, ConformanceFault } from '../conformance.js';
import { fileLimitsFor } from '../desk.js';
import { replyReceiptSchema } from '../thread-schemas.js';
import { attachmentsOf, newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, expectShape, rejection } from './expect.js';
import { fileTicket, isMessage, messagesOf, say } from './followed-ticket.js';
import { sampleFile } from './sample-files.js';

const FAULTS: [fault: ConformanceFault, name: string][] = [
  ['status-500', 'a failing server'],
  ['drop-answer', 'a lost answer'],
  ['html-answer', 'a page of a proxy'],
  ['no-content', 'an answer without content'],
];

/** Writing in a thread: one message, once. None where the adapter cannot follow tickets. */
export function replyCases(bench: Bench): ConformanceCase[] {
  if (!bench.adapter.tracking) return [];
  const once = bench.adapter.delivery === 'exactly-once';
  const cases: ConformanceCase[] = [
    {
      name: 'adds a reply and reads it back',
      async run() {
        const filed = await fileTicket(bench);
        const text = '  Still nothing –\n\n<b>where</b> is it?\u202e 📦';
        const receipt = await say(filed, text);
        expectShape(receipt, replyReceiptSchema, 'the receipt');
        const { message, ticket } = receipt;
        expectEqual([message.by.kind, message.visibility, message.attachments], ['requester', 'public', []], 'the message');
        expectEqual([ticket.number, ticket.lastSeq, ticket.waitingFor], [filed.number, message.seq, 'desk'], 'the ticket');
        const [, kept] = await messagesOf(filed);
        expectEqual(kept, message, 'the message read back, compared with its receipt');
        if (bench.contact.keepsMessages) expectEqual(kept?.text?.trim(), text.trim(), 'text');
      },
    },
    {
      name: 'refuses a reply that says nothing, and one that is too long',
      async run() {
        const filed = await fileTicket(bench);
        for (const text of ['', ' \n ', 'x'.repeat(bench.desk.limits.messageLength + 1)]) {
          const { code, error } = await rejection(say(filed, text), `a reply of ${text.length} characters`);
          expectEqual([code, Object.keys(error.fields ?? {})], ['invalid-fields', ['text']], 'code and broken fields');
        }
        expectEqual((await messagesOf(filed)).length, 1, 'messages');
      },
    },
    {
      name: 'reopens a closed ticket with a reply',
      async run() {
        const filed = await fileTicket(bench);
        await filed.port.setStatus(filed.number, { status: 'closed' }, filed.access);
        const { ticket } = await say(filed, 'It broke again.');
        expectEqual([ticket.status, ticket.waitingFor], ['open', 'desk'], 'status and who is waited for');
        if (filed.port.bareStatus === true) return;
        const { entries } = await filed.port.getThread(filed.number, filed.access);
        expect(
          entries.some((entry) => entry.type === 'status' && entry.status === 'open'),
          'no entry tells of the reopening',
        );
      },
    },
  ];
  if (once) cases.push(...idempotencyCases(bench));

  for (const [fault, name] of FAULTS) {
    if (!bench.can(fault)) continue;
    cases.push({
      name: `takes ${name} after a reply for a failure${once ? ' and adds one message when it is sent again' : ''}`,
      async run() {
        const filed = await fileTicket(bench);
        const keys = newKeys();
        const { error } = await rejection(
          bench.during(fault, () => say(filed, 'Hello', keys)),
          `replying into ${name}`,
        );
        expect((error as { retryable?: boolean }).retryable, `${name}: the error says that sending again is no use`);
        if (!once) return;
        const { message } = await say(filed, 'Hello', keys);
        expectEqual((await messagesOf(filed)).slice(1), [message], 'replies');
      },
    });
  }

  const limits = fileLimitsFor(bench.desk, bench.contact);
  if (bench.adapter.attachments && limits && bench.contact.keepsMessages) {
    cases.push({
      name: 'takes a file with a reply, and gives it to whoever may read the ticket',
      async run() {
        const [filed, other] = [await fileTicket(bench), await fileTicket(bench)];
        const { port, number, access } = filed;
        const file = sampleFile(limits, 'Écran', 70_000);
        const keys = newKeys();
        const { secret } = keys;
        const uploaded = await attachmentsOf(filed.adapter).upload(file, { secret, contactId: bench.contact.id });
        const draft = { text: 'See for yourself.', attachmentIds: [uploaded.id] };
        await expectUnknownFile(port.reply(number, draft, { ...access, keys: newKeys() }));
        const { message } = await port.reply(number, draft, { ...access, keys });
        const [attachment] = message.attachments;
        expect(attachment, 'the message has no file');
        expectEqual([attachment.name, attachment.size, attachment.type], [file.name, file.size, file.type], 'the file');
        const bytes = await port.getAttachment?.(number, attachment.id, access);
        if (bytes) {
          const [got, sent] = [new Uint8Array(await bytes.arrayBuffer()), new Uint8Array(await file.arrayBuffer())];
          expect(got.length === sent.length && got.every((byte, n) => byte === sent[n]), 'other bytes than were sent');
        }
        const { url, expiresAt } = await port.linkAttachment(number, attachment.id, access);
        expect(URL.canParse(url), `"${url.slice(0, 80)}" is no address`);
        expect(Date.parse(expiresAt) > Date.now(), `a link until ${expiresAt}`);
        for (const [from, token] of [
          [number, other.keys.secret],
          [other.number, other.keys.secret],
        ] as const)
          await expectRejection(port.linkAttachment(from, attachment.id, { token }), ['not-found'], 'a file of another ticket');
        // one file belongs to one message
        await expectUnknownFile(port.reply(number, draft, { ...access, keys: { ...newKeys(), secret } }));
      },
    });
  }
  return cases;
}

function idempotencyCases(bench: Bench): ConformanceCase[] {
  return [
    {
      name: 'adds one message for the same keys, however often it is sent at the same time',
      async run() {
        const filed = await fileTicket(bench);
        const keys = newKeys();
        const receipts = await Promise.all(Array.from({ length: 10 }, () => say(filed, 'Once', keys)));
        expectEqual(new Set(receipts.map(({ message }) => message.id)).size, 1, 'different messages');
        const again = await say({ ...filed, port: (await fileTicket(bench)).port }, 'Once', { ...keys });
        expectEqual((await messagesOf(filed)).slice(1), [again.message], 'replies');
      },
    },
    {
      name: 'refuses the same keys with another reply, or on another ticket',
      async run() {
        const [filed, other] = [await fileTicket(bench), await fileTicket(bench)];
        const keys = newKeys();
        await say(filed, 'This', keys);
        await expectRejection(say(filed, 'That', keys), ['idempotency-mismatch'], 'another reply');
        await expectRejection(say(other, 'This', keys), ['idempotency-mismatch'], 'another ticket');
        expectEqual([(await messagesOf(filed)).length, (await messagesOf(other)).length], [2, 1], 'messages');
      },
    },
    {
      name: 'gives every reply a number of its own, also when many come at the same time',
      async run() {
        const filed = await fileTicket(bench);
        const texts = Array.from({ length: 8 }, (_, n) => `Reply ${n}`);
        await Promise.all(texts.map((text) => say(filed, text)));
        const { entries } = await filed.port.getThread(filed.number, filed.access);
        const first = entries[0]?.seq ?? 0;
        expectEqual(
          entries.map(({ seq }) => seq - first),
          [0, ...texts.map((_, n) => n + 1)],
          'sequence numbers',
        );
        if (bench.contact.keepsMessages)
          expectEqual(
            entries
              .slice(1)
              .filter(isMessage)
              .map(({ text }) => text)
              .toSorted(),
            texts,
            'replies',
          );
      },
    },
  ];
}

async function expectUnknownFile(replying: Promise<unknown>): Promise<void> {
  const { code, error } = await rejection(replying, 'a reply with a file that is not there');
  const problems = Object.entries(error.fields ?? {}).map(([field, problem]) => [field, (problem as { code: string }).code]);
  expectEqual([code, problems], ['invalid-fields', [['attachmentIds.0', 'unknown']]], 'code and fields');
}
