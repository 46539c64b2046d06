import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openCounterApp, type CounterApp } from '../../support/counter-app.ts';
import { openDesks } from '../../support/desks.ts';
import { sendDueMails, type ReadMail } from '../../support/room-mails.ts';
import { newKeys } from '../../support/ticket-request.ts';

const [open] = openDesks() as [{ desk: object; mail: object }];
const DIALLED = '+33 1 23 45 67 89';
const OTHER_WAYS = [
  { kind: 'phone', label: { ar: `الهاتف ${DIALLED}`, he: `טלפון ${DIALLED}`, fr: 'Téléphone' }, href: 'tel:+33123456789' },
  { kind: 'phone', label: DIALLED, href: 'tel:+33123456789' },
  { kind: 'address', label: { ar: `المتجر: \u2066${DIALLED}\u2069`, he: 'חנות', fr: 'Boutique' } },
];

describe('mails in other languages', () => {
  const counters = new Map<string, CounterApp>();

  before(async () => {
    for (const language of ['ar', 'he', 'fr']) {
      const desk = { ...open.desk, locales: [language], otherWays: OTHER_WAYS };
      // one byte less than the files have: the mail says why they are not in it
      counters.set(language, await openCounterApp([{ ...open, desk, mail: { ...open.mail, attachUpToBytes: 3 } }]));
    }
  });
  after(() => Promise.all([...counters.values()].map((counter) => counter.close())));

  /** What is sent of one ticket, by its kind. */
  async function mailsIn(locale: string): Promise<{ number: string; mails: Map<string, ReadMail> }> {
    const counter = counters.get(locale) as CounterApp;
    counter.room.pass(24 * 3_600_000);
    const keys = newKeys();
    const requester = { name: 'Ann Example', email: `${locale}@customer.example` };
    const attachmentIds = [
      await counter.upload('text', 'تقرير 3.txt', keys.secret),
      await counter.upload('text', 'photo (1).txt', keys.secret),
    ];
    const draft = {
      contactId: 'service',
      kind: 'support',
      requester,
      subject: 'Where?',
      message: 'Hello',
      orderReference: '#A-1024',
      attachmentIds,
      locale,
    };
    const { ticket } = await counter.json<{ ticket: { number: string } }>('tickets', 201, {
      method: 'POST',
      token: keys.secret,
      headers: { 'Idempotency-Key': keys.idempotencyKey },
      body: { draft },
    });
    const mails = await sendDueMails(counter.room);
    return { number: ticket.number, mails: new Map(mails.map((mail) => [mail.kind, mail])) };
  }

  for (const [locale, phone] of [
    ['ar', 'الهاتف'],
    ['he', 'טלפון'],
  ] as const)
    it(`keep numbers, names and addresses in order in ${locale}`, async () => {
      const { number, mails } = await mailsIn(locale);
      const [confirmation, notification] = [mails.get('confirmation'), mails.get('notification')];
      assert.ok(confirmation && notification);
      assert.ok(confirmation.subject.includes(`\u2068${number}\u2069`), confirmation.subject);
      assert.doesNotMatch(confirmation.subject, / {2}|[([] | [)\]]/);
      for (const body of [confirmation.text, confirmation.html]) {
        assert.ok(body.includes(`${phone} \u2066${DIALLED}\u2069`), body);
        assert.equal(body.match(/\u2066/g)?.length, locale === 'ar' ? 3 : 2, body);
      }
      assert.match(notification.text, /: \u2068Ann Example <\w+@customer\.example>\u2069\n/);
      assert.match(notification.text, /: \u2068#A-1024\u2069\n/);
      for (const body of [notification.text, notification.html]) {
        assert.ok(body.includes('\u2068تقرير 3.txt\u2069 (\u2068text/plain\u2069'), body);
        assert.ok(body.includes('\u2068photo (1).txt\u2069 (\u2068text/plain\u2069'), body);
        assert.equal(body.includes('\u2068text/plain\u2069,'), locale === 'he', 'a comma of the language');
      }
    });

  it('put a space before a colon in French, and leave a name in other letters where it stands', async () => {
    const { mails } = await mailsIn('fr');
    assert.match(mails.get('confirmation')?.text ?? '', /\n- Téléphone\u00a0: \+33123456789\n- \+33 1 23 45 67 89\n/);
    assert.match(
      mails.get('notification')?.text ?? '',
      /\n- \u2068تقرير 3\.txt\u2069 \(text\/plain, .*\)\n- photo \(1\)\.txt \(text\/plain, /,
    );
  });
});
