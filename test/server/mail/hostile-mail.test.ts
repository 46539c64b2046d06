import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { MAX } from '@storefront-support/contract/schemas';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { composeMail } from '../../../packages/server/dist/mail/compose-mail.js';
import { MailLinks } from '../../../packages/server/dist/mail/mail-links.js';
import { mailSource } from '../../../packages/server/dist/mail/mail-source.js';
import { openCounterRoom, type CounterRoom } from '../../support/counter-room.ts';
import { shopDesks } from '../../support/desks.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { sha256 } from '../../support/stored-files.ts';

const HEADERS =
  'from to reply-to subject message-id date mime-version content-type auto-submitted x-auto-response-suppress x-storefront-support'.split(
    ' ',
  );
const BREAKS = /[\r\n\0\u2028\u2029\u202e\u2066]/;
const CANARY = 'canary5b1e';

let room: CounterRoom;
before(async () => {
  room = await openCounterRoom(shopDesks());
});
after(() => room.close());

/** A ticket whose every text is this one, as it would leave the server. */
async function mailsAbout(text: string, contactId: string) {
  const { store, desks, blobs, now } = room.ports;
  const links = new MailLinks(() => 'http://localhost:8480', room.ports.installSecret);
  const deskId = 'demo';
  const requesterId = randomUUID();
  const ticketId = randomUUID();
  const email = `${requesterId}@example.com`;
  const uploadId = randomBytes(32).toString('base64url');
  const body = Buffer.from('file');
  const rows = (['confirmation', 'notification'] as const).map((kind) => ({
    deskId,
    id: randomUUID(),
    ticketId,
    kind,
    seq: 1,
    messageId: `${randomUUID()}@shop.example`,
    recipientKey: email,
    state: 'waiting' as const,
    attempts: 1,
    dueAt: 0,
    leaseUntil: 0,
    leaseId: null,
    lastError: null,
    createdAt: now(),
  }));
  await blobs.write(deskId, uploadId, 0, body);
  await store.write.run(async (trx) => {
    await trx
      .insertInto('requester')
      .values({ deskId, id: requesterId, emailKey: email, email, name: text.slice(0, MAX.name), createdAt: now() })
      .execute();
    await trx
      .insertInto('ticket')
      .values({
        deskId,
        id: ticketId,
        number: ticketId,
        requesterId,
        contactId,
        kind: 'support',
        status: 'open',
        subject: text.slice(0, MAX.subject),
        orderReference: text.slice(0, MAX.orderReference),
        locale: 'en',
        secretHash: '',
        createdAt: now(),
        updatedAt: now(),
        firstResponseDueAt: now(),
      })
      .execute();
    await trx
      .insertInto('message')
      .values({
        deskId,
        id: ticketId,
        ticketId,
        seq: 1,
        authorKind: 'requester',
        authorId: requesterId,
        visibility: 'public',
        text,
        createdAt: now(),
      })
      .execute();
    await trx
      .insertInto('upload')
      .values({
        deskId,
        id: uploadId,
        secretHash: '',
        contactId,
        name: text.slice(0, 240),
        size: body.length,
        offset: body.length,
        type: 'text/plain',
        expectedSha256: null,
        sha256: sha256(body),
        ticketId,
        messageId: ticketId,
        position: 0,
        quotaKey: '',
        createdAt: now(),
        expiresAt: null,
      })
      .execute();
    await trx.insertInto('outbox').values(rows).execute();
  });
  const transport = createTransport({ streamTransport: true, newline: 'windows' });
  return Promise.all(
    rows.map(async (row) => {
      const mail = await composeMail({ db: store.read, desks, blobs, links, now }, { ...row, linkId: null });
      assert.ok(mail);
      const info = await transport.sendMail(mailSource(mail).options);
      return { row, email, mail, envelope: info.envelope, raw: await buffer(info.message as Readable) };
    }),
  );
}

describe('mails about hostile texts', () => {
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    it(`go where they should and nowhere else: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      for (const { row, email, envelope, raw } of await mailsAbout(text, index % 2 === 0 ? 'customer-service' : 'webmaster')) {
        const notification = row.kind === 'notification';
        const contact = index % 2 === 0 ? 'service@shop.example' : 'webmaster@shop.example';
        assert.deepEqual(envelope, { from: 'support@shop.example', to: [notification ? contact : email] });
        const parsed = await PostalMime.parse(raw);
        const keys = parsed.headers.map(({ key }) => key);
        assert.deepEqual([...keys].sort(), HEADERS.filter((key) => notification || key !== 'reply-to').sort());
        assert.equal(parsed.from?.address, 'support@shop.example');
        assert.deepEqual(
          parsed.to?.map(({ address }) => address),
          envelope.to,
        );
        assert.equal(parsed.messageId, `<${row.messageId}>`);
        assert.doesNotMatch(`${parsed.subject}${parsed.replyTo?.[0]?.name}`, BREAKS);
        if (notification) {
          assert.deepEqual(
            parsed.replyTo?.map(({ address }) => address),
            [email],
          );
          assert.equal(parsed.attachments.length, 1);
          assert.doesNotMatch(parsed.attachments[0]?.filename ?? '', BREAKS);
        }
        const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1');
        assert.doesNotMatch(head, /[^\x20-\x7e\r\n\t]/);
        assert.ok(head.split('\r\n').every((line) => line.length <= 998));
        assert.ok(
          !raw
            .toString('latin1')
            .replaceAll('\r\n', '')
            .match(/[\r\n]/),
          'bare line breaks',
        );
      }
    });
  }

  it('say nothing of it to an address that nobody has verified', async () => {
    const [confirmation] = await mailsAbout(CANARY, 'customer-service');
    assert.ok(confirmation);
    const parsed = await PostalMime.parse(confirmation.raw);
    assert.doesNotMatch(`${confirmation.raw.toString('latin1')}${parsed.text}${parsed.html}`, new RegExp(CANARY));
    assert.match(parsed.text ?? '', /by Monday, 1 June 2026 at 10:00 CEST \(Europe\/Paris\)/);
    assert.match(parsed.text ?? '', /hello@shop\.example/);
    assert.match(parsed.html ?? '', /Customer Service at Lamp Shop/);
  });
});
