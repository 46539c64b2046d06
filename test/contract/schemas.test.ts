import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toJSONSchema, type $ZodType } from 'zod/v4/core';
import type { Desk, TicketDraft } from '@storefront-support/contract';
import * as schemas from '@storefront-support/contract/schemas';

const { draftProblems, idempotencyKeySchema, otherWaySchema, secretSchema, ticketDraftSchema, ticketNumberSchema, ticketReceiptSchema } =
  schemas;

const desk: Pick<Desk, 'contacts' | 'limits'> = {
  contacts: [
    { id: 'service', name: 'Service', keepsMessages: true },
    { id: 'webmaster', name: 'Webmaster', keepsMessages: false, files: { count: 1 } },
  ],
  limits: { subjectLength: 20, messageLength: 50, files: { count: 2, bytesPerFile: 10, bytesPerTicket: 15, types: ['text/plain'] } },
};
const draft: TicketDraft = {
  contactId: 'service',
  kind: 'support',
  requester: { name: 'Zoë', email: 'zoe@example.com' },
  subject: 'Parcel',
  message: 'Where?',
  attachmentIds: [],
  locale: 'en',
};
const id = 'u'.repeat(43);

/** Faulty drafts: what is changed, the field it is reported under, and how. */
const FAULTY: [changes: object, field: string, code: string, limit?: number][] = [
  [{ contactId: 'nobody' }, 'contactId', 'invalid'],
  [{ contactId: '' }, 'contactId', 'required'],
  [{ contactId: undefined }, 'contactId', 'required'],
  [{ kind: 'complaint' }, 'kind', 'invalid'],
  [{ requester: undefined }, 'requester', 'required'],
  [{ requester: { name: ' ', email: 'a@b.example' } }, 'requester.name', 'required'],
  [{ requester: { name: 'x'.repeat(121), email: 'a@b.example' } }, 'requester.name', 'too-long', 120],
  [{ requester: { name: 'Zoë', email: '' } }, 'requester.email', 'required'],
  [{ requester: { name: 'Zoë', email: 'zoe' } }, 'requester.email', 'invalid'],
  [{ requester: { name: 'Zoë', email: 'a@b.example\nBcc: c@d.example' } }, 'requester.email', 'invalid'],
  [{ requester: { name: 'Zoë', email: 'a@b.example', admin: true } }, 'requester.admin', 'unknown'],
  [{ subject: '\u2003\n' }, 'subject', 'required'],
  [{ subject: 'x'.repeat(21) }, 'subject', 'too-long', 20],
  [{ message: 'x'.repeat(51) }, 'message', 'too-long', 50],
  [{ message: 7 }, 'message', 'invalid'],
  [{ orderReference: 'x'.repeat(81) }, 'orderReference', 'too-long', 80],
  [{ kind: 'pre-sale', orderReference: 'ORD-1' }, 'orderReference', 'not-allowed'],
  [{ attachmentIds: ['../../etc/passwd'] }, 'attachmentIds.0', 'invalid'],
  [{ attachmentIds: [id, id, id] }, 'attachmentIds', 'too-many', 2],
  [{ contactId: 'webmaster', attachmentIds: [id, id] }, 'attachmentIds', 'too-many', 1],
  [{ locale: 'en_US; drop' }, 'locale', 'invalid'],
  [{ status: 'closed' }, 'status', 'unknown'],
  [{ constructor: 1 }, 'constructor', 'unknown'],
  [{ toString: 1 }, 'toString', 'unknown'],
  [{ hasOwnProperty: 1 }, 'hasOwnProperty', 'unknown'],
];

describe('a draft', () => {
  it('has no problems when it is right', () => {
    assert.deepEqual(draftProblems(draft, desk), {});
    assert.deepEqual(draftProblems({ ...draft, kind: 'pre-sale', orderReference: '' }, desk), {});
    assert.deepEqual(draftProblems({ ...draft, attachmentIds: [id, id] }, desk), {});
  });

  for (const [changes, field, code, limit] of FAULTY) {
    it(`is reported under ${field} as ${code}: ${JSON.stringify(changes).slice(0, 60)}`, () => {
      const problems = draftProblems({ ...draft, ...changes }, desk);
      assert.deepEqual(Object.keys(problems), [field]);
      const problem = Object.getOwnPropertyDescriptor(problems, field)?.value;
      assert.equal(problem.code, code);
      if (limit !== undefined) assert.equal(problem.limit, limit);
    });
  }

  it('is refused with a member named __proto__', () => {
    const problems = draftProblems(JSON.parse(JSON.stringify(draft).replace('{', '{"__proto__":{"admin":true},')), desk);
    assert.deepEqual(Object.keys(problems), ['__proto__']);
    assert.equal(Object.getPrototypeOf(problems), Object.prototype);
  });

  it('is refused when it is no object', () => {
    for (const value of [null, undefined, 'draft', 7, []]) assert.notDeepEqual(draftProblems(value, desk), {});
  });

  it('is never repeated in its problems', () => {
    const problems = draftProblems(
      { ...draft, subject: 'secret words '.repeat(99), requester: { name: 'n', email: 'secret words' } },
      desk,
    );
    assert.equal(Object.keys(problems).length, 2);
    assert.doesNotMatch(JSON.stringify(problems), /secret words/);
  });

  it('is trimmed', () => {
    assert.equal(ticketDraftSchema.parse({ ...draft, subject: '  Parcel\n' }).subject, 'Parcel');
  });

  it('takes no files where the desk takes none', () => {
    const without = { ...desk, limits: { ...desk.limits, files: null } };
    assert.equal(draftProblems({ ...draft, attachmentIds: [id] }, without)['attachmentIds']?.code, 'not-allowed');
  });
});

describe('a schema', () => {
  for (const [name, schema] of Object.entries(schemas).filter(([name]) => name.endsWith('Schema'))) {
    it(`becomes JSON Schema: ${name}`, () => {
      for (const io of ['input', 'output'] as const)
        assert.ok(toJSONSchema(schema as $ZodType, { io, target: 'draft-2020-12' })['$schema']);
    });
  }

  it('takes keys of the promised strength only', () => {
    assert.ok(idempotencyKeySchema.safeParse('A-z_0123456789ab').success);
    for (const key of ['short', 'x'.repeat(129), 'with space in it', 'ünïcödé-ünïcödé-'])
      assert.ok(!idempotencyKeySchema.safeParse(key).success);
    assert.ok(secretSchema.safeParse('x'.repeat(43)).success);
    for (const secret of ['x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`]) assert.ok(!secretSchema.safeParse(secret).success);
  });

  it('takes ticket numbers without letters that look alike', () => {
    for (const number of ['K7QF-2M9X', '2222-ZZZZ']) assert.ok(ticketNumberSchema.safeParse(number).success);
    for (const number of ['K7QF2M9X', 'K7QI-2M9X', 'K7QL-2M9X', 'K7QO-2M9X', 'K7QU-2M9X', 'K7Q0-2M9X', 'K7Q1-2M9X', 'k7qf-2m9x']) {
      assert.ok(!ticketNumberSchema.safeParse(number).success, number);
    }
  });

  it('takes no address that runs a script', () => {
    for (const href of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//evil.example', 'vbscript:x']) {
      assert.ok(!otherWaySchema.safeParse({ kind: 'link', label: 'x', href }).success, href);
    }
    for (const href of ['https://shop.example', 'tel:+33', 'mailto:a@b.example'])
      assert.ok(otherWaySchema.safeParse({ kind: 'link', label: 'x', href }).success);
  });

  it('takes a receipt with members of a later version, and none without what a receipt is', () => {
    const ticket = { id: '1', number: '2', status: 'open', kind: 'support', createdAt: '2026-11-22T10:00:00Z', firstResponseDueAt: null };
    assert.ok(ticketReceiptSchema.safeParse({ ticket: { ...ticket, later: 1 }, confirmationMail: 'queued', later: 1 }).success);
    for (const member of Object.keys(ticket)) {
      const { [member as 'id']: _, ...rest } = ticket;
      assert.ok(!ticketReceiptSchema.safeParse({ ticket: rest, confirmationMail: 'queued' }).success, member);
    }
    assert.ok(
      !ticketReceiptSchema.safeParse({ ticket: { ...ticket, createdAt: '2026-11-22T10:00:00+01:00' }, confirmationMail: 'queued' }).success,
    );
  });
});
