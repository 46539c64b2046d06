import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  STATUSES,
  SupportError,
  fileLimitsFor,
  isSupportError,
  isSupportErrorCode,
  textIn,
  type SupportErrorCode,
} from '@storefront-support/contract';

/** What a person has to change first: sending the same again cannot help. */
const FINAL =
  'invalid-request origin-not-allowed not-signed-in confirmation-needed ticket-closed not-found desk-not-found method-not-allowed gone too-large type-not-allowed wrong-host invalid-fields idempotency-mismatch misconfigured'.split(
    ' ',
  );
/** Of lent access: all but `busy` are final. */
const FINAL_OF_ACCESS =
  'not-assigned second-factor-needed request-closed expiry-required expiry-too-short expiry-too-long not-age epoch-old'.split(' ');

describe('an error', () => {
  it('is known by its brand, not by its class', () => {
    const fromAnotherCopy = Object.assign(new Error('x'), { '@storefront-support/error': true, code: 'gone' });
    assert.ok(isSupportError(new SupportError('gone', 'x')));
    assert.ok(isSupportError(fromAnotherCopy));
    for (const value of [new Error('x'), null, undefined, 'gone', {}]) assert.ok(!isSupportError(value));
  });

  for (const code of Object.keys(STATUSES) as SupportErrorCode[]) {
    it(`says of ${code} whether a retry can help, and carries what it was given`, () => {
      const cause = new Error('deeper');
      const fields = { subject: { code: 'required', detail: 'x' } } as const;
      const error = new SupportError(code, 'why', { cause, fields, retryAfter: 5 });
      assert.deepEqual([error.code, error.message, error.cause, error.fields, error.retryAfter], [code, 'why', cause, fields, 5]);
      assert.equal(error.retryable, ![...FINAL, ...FINAL_OF_ACCESS].includes(code));
      assert.ok(error instanceof Error && error.name === 'SupportError');
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(isSupportErrorCode(code));
    });
  }

  it('has no code that every object has as a member', () => {
    for (const code of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '', 7, null]) assert.ok(!isSupportErrorCode(code));
  });
});

describe('a text', () => {
  it('is the one of the exact language, its base, English, or the first', () => {
    const text = { de: 'Hallo', en: 'Hello', fr: 'Bonjour', 'fr-CA': 'Allô' };
    assert.equal(textIn(text, 'fr-CA'), 'Allô');
    assert.equal(textIn(text, 'fr-BE'), 'Bonjour');
    assert.equal(textIn(text, 'ja'), 'Hello');
    assert.equal(textIn({ de: 'Hallo', it: 'Ciao' }, 'ja'), 'Hallo');
    assert.equal(textIn('Hi', 'fr'), 'Hi');
    assert.equal(textIn({}, 'fr'), '');
  });

  it('is never a member that every object has', () => {
    assert.equal(textIn({ en: 'Hello' }, 'constructor'), 'Hello');
    assert.equal(textIn({ en: 'Hello' }, '__proto__'), 'Hello');
    assert.equal(textIn({ en: 'Hello' }, ''), 'Hello');
  });
});

describe('file limits', () => {
  const files = { count: 5, bytesPerFile: 50, bytesPerTicket: 100, types: ['image/png', 'text/plain'] };
  const desk = { limits: { subjectLength: 1, messageLength: 1, files } };

  it("are the desk's, tightened by the contact's and never widened", () => {
    assert.deepEqual(fileLimitsFor(desk, undefined), files);
    const tighter = fileLimitsFor(desk, { files: { count: 9, bytesPerFile: 15, types: ['text/plain', 'application/x-elf'] } });
    assert.deepEqual(tighter, { count: 5, bytesPerFile: 15, bytesPerTicket: 100, types: ['text/plain'] });
  });

  it('are null where the desk takes no files', () => {
    assert.equal(fileLimitsFor({ limits: { ...desk.limits, files: null } }, { files: { count: 1 } }), null);
  });
});
