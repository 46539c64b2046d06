import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Plugin } from 'vite';
import * as real from '@storefront-support/contract/schemas';
// @ts-expect-error a build script without types
import { pureSchemas } from '../../.config/embed-build/pure-schemas.mjs';
// @ts-expect-error a build script without types
import { smallZod } from '../../.config/embed-build/small-zod.mjs';
import { buildProbe } from '../support/build-probe.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

/** Schemas that code of the embed build parses with. */
const USED = [
  'createTicketSchema',
  'ticketDraftSchema',
  'ticketReceiptSchema',
  'ticketDetailAnswerSchema',
  'challengeAnswerSchema',
  'problemSchema',
] as const;

type Schemas = Pick<typeof real, (typeof USED)[number]>;

const DRAFT = {
  contactId: 'service',
  kind: 'support',
  requester: { name: 'Ada Martin', email: 'ada@example.com' },
  subject: 'Parcel',
  message: 'It flickers.',
  orderReference: 'A-1',
  attachmentIds: ['a'.repeat(22), 'b'.repeat(30)],
  locale: 'en-GB',
};
const TICKET = {
  id: '1',
  number: '2345-6789',
  status: 'open',
  kind: 'pre-sale',
  createdAt: '2028-02-29T12:00:00Z',
  firstResponseDueAt: null,
};
const VALID: Record<(typeof USED)[number], unknown> = {
  createTicketSchema: { draft: DRAFT, trap: '' },
  ticketDraftSchema: DRAFT,
  ticketReceiptSchema: { ticket: TICKET, confirmationMail: 'queued' },
  ticketDetailAnswerSchema: {
    ticket: {
      ...TICKET,
      contactId: 'service',
      subject: 'Parcel',
      message: null,
      orderReference: null,
      attachments: [{ id: 'a', name: 'a.png', size: 3, type: 'image/png', sha256: null }],
    },
  },
  challengeAnswerSchema: { challenge: { parameters: { cost: 1 }, signature: 'x' } },
  problemSchema: {
    type: 'about:blank',
    title: 'No',
    status: 422,
    code: 'invalid-fields',
    detail: 'No.',
    fields: { subject: { code: 'too-long', detail: 'No.', limit: 3 } },
  },
};

/** What stands in for each value in turn. */
const STRANGERS: unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  NaN,
  Infinity,
  10n,
  Symbol.iterator,
  () => 1,
  new Date(0),
  new Map(),
  Object.create(null),
  '',
  ' ',
  '\n\t ',
  'x',
  ' padded ',
  'support',
  'pre-sale',
  'open',
  'constructor',
  '__proto__',
  'toString',
  'queued',
  '2028-02-30T00:00:00Z',
  '2028-02-29T23:59:59.123Z',
  '2028-02-29T12:00:00+01:00',
  '2028-02-29 12:00:00Z',
  '2028-02-29T24:00:00Z',
  'ada@example',
  'ada@@example.com',
  'ada@example..com',
  'a'.repeat(250) + '@example.com',
  'en_US',
  'en-',
  'e',
  ...[64, 65, 80, 81, 120, 121, 254, 255, 300, 301, 2_000, 2_001].flatMap((length) => [
    'x'.repeat(length),
    '💡'.repeat(length),
    ` ${'x'.repeat(length)} `,
  ]),
  'x'.repeat(100_001),
  '\ud83d'.repeat(301),
  '💡\udca1'.repeat(150),
  [],
  [[]],
  [null],
  ['x'],
  ['a'.repeat(22)],
  Array(3),
  Array.from({ length: 51 }, () => 'a'.repeat(22)),
  Array.from({ length: 51 }, () => 1),
  {},
  { length: 3 },
  { fields: 1 },
  JSON.parse('{"__proto__":{"code":"unknown","detail":"x"},"constructor":{"code":1}}'),
  ...HOSTILE_TEXTS,
];

/** Every value that differs from a valid one in one place, or by one member. */
function* mutants(value: unknown): Generator<unknown> {
  yield* STRANGERS;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of mutants(item)) yield value.with(index, other);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    for (const other of mutants(member)) yield { ...value, [key]: other };
    const { [key as never]: _, ...others } = value;
    yield others;
  }
  yield { ...value, more: 1 };
  yield { ...value, ...JSON.parse('{"__proto__":1}'), toString: 2 };
}

const MEMBERS = ['code', 'path', 'message', 'minimum', 'maximum', 'keys', 'params', 'input'] as const;

/** What the contract reads of an outcome. */
function told(schema: Schemas[keyof Schemas], value: unknown): unknown {
  const { success, data, error } = schema.safeParse(value, { reportInput: true });
  if (success) return { data };
  return error.issues.map((issue) => {
    const members = issue as unknown as Record<string, unknown>;
    const origin = issue.code === 'too_big' || issue.code === 'too_small' ? issue.origin : '';
    return { origin, ...Object.fromEntries(MEMBERS.map((name) => [name, members[name]])) };
  });
}

describe('the small zod of the embed build', () => {
  let small: Schemas;

  before(async () => {
    const code = await buildProbe(`export { ${USED.join()} } from '@storefront-support/contract/schemas';`, {
      outer: [smallZod() as Plugin],
      inner: [pureSchemas() as Plugin],
    });
    assert.ok(!code.includes('ZodMini'), 'zod itself is not part of it');
    small = (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as Schemas;
  });

  for (const name of USED) {
    it(`finds in every value what zod finds: ${name}`, () => {
      assert.deepEqual(told(small[name], VALID[name]), { data: VALID[name] });
      let count = 0;
      for (const value of mutants(VALID[name])) {
        assert.deepEqual(told(small[name], value), told(real[name], value));
        count++;
      }
      assert.ok(count > 100, `${count} values`);
    });
  }

  it('reads a member that is inherited, as zod does, but none that its schema does not name', () => {
    const inherits = (own: object, inherited: object) => Object.assign(Object.create(inherited) as object, own);
    const { subject, ...others } = DRAFT;
    const value = inherits(others, { subject });
    assert.deepEqual(told(small.ticketDraftSchema, value), told(real.ticketDraftSchema, value));
    const stranger = { ...(VALID.problemSchema as object), fields: inherits({}, { polluted: 1 }) };
    assert.deepEqual(told(small.problemSchema, stranger), { data: { ...stranger, fields: {} } });
  });

  it('tells a field of a draft as wrong in two places as zod does', () => {
    for (const [first, second] of [
      [{ kind: 'pre-sale' }, { orderReference: 'x'.repeat(81) }],
      [{ kind: 'other' }, { orderReference: 'x' }],
      [{ kind: 'pre-sale', subject: '' }, { message: '' }],
      [{ kind: 'pre-sale', attachmentIds: Array.from({ length: 51 }, () => 'x') }, { more: 1 }],
    ]) {
      const value = { ...DRAFT, ...first, ...second };
      assert.deepEqual(told(small.ticketDraftSchema, value), told(real.ticketDraftSchema, value));
    }
  });
});
