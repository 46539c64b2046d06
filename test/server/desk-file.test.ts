import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { DeskFileError, parseDeskFile } from '@storefront-support/server';

const GOOD = `- desk:
    id: shop
    name: Lamp Shop
    contacts:
      - id: service
        name: { en: Service, fr: Service client }
  notify:
    service: service@shop.example
  mail:
    from: Lamp Shop <support@shop.example>
`;

const reasonOf = (text: string) => {
  try {
    parseDeskFile(text, 'desks.yaml');
  } catch (error) {
    assert.ok(error instanceof DeskFileError, String(error));
    return error.message;
  }
  throw new assert.AssertionError({ message: 'the desk file was taken' });
};
const withLine = (after: string, ...lines: string[]) => GOOD.replace(`${after}\n`, `${after}\n${lines.join('\n')}\n`);
const replaced = (line: string, by: string) => {
  assert.ok(GOOD.includes(line));
  return GOOD.replace(line, by);
};

describe('desk file', () => {
  it('fills in everything that has a sensible default', () => {
    const [config] = parseDeskFile(GOOD, 'desks.yaml');
    assert.deepEqual(config?.desk.locales, ['en']);
    assert.equal(config?.desk.promise, null);
    assert.equal(config?.desk.contacts[0]?.keepsMessages, true);
    assert.ok(config?.desk.limits.files?.types.includes('image/png'));
    assert.deepEqual(config?.mail, {
      from: 'Lamp Shop <support@shop.example>',
      perUnverifiedAddressPerDay: 3,
      confirmationsPerHour: 600,
      answersPerAddressPerDay: 10,
      signInLinksPerAddressPerDay: 12,
      signInLinksPerHour: 600,
      heldLinksPerHour: 60,
      attachUpToBytes: 10_000_000,
    });
    assert.ok((config?.defences.proofOfWork ?? 0) > 0);
    assert.deepEqual(config?.allowedOrigins, []);
  });

  it('keeps the groups of a phone number in order beside letters that run from right to left', () => {
    const labels = ['Call +33 1 99 00', 'חייגו +33 1 99 00 12', 'חייגו \u2066+33 1 99 00 12\u2069', 'עד 18:00'];
    const ways = labels.map((label) => `      - { kind: phone, label: { he: ${JSON.stringify(label)}, en: Phone } }`);
    const [config] = parseDeskFile(withLine('    name: Lamp Shop', '    otherWays:', ...ways), 'desks.yaml');
    assert.deepEqual(
      config?.desk.otherWays.map(({ label }) => label),
      [labels[0], labels[2], labels[2], labels[3]].map((he) => ({ he, en: 'Phone' })),
    );
  });

  it('caps the files of a contact that keeps no messages', () => {
    const [config] = parseDeskFile(withLine('      - id: service', '        keepsMessages: false'), 'desks.yaml');
    assert.deepEqual(config?.desk.contacts[0]?.files, { bytesPerFile: 15_000_000, bytesPerTicket: 15_000_000 });
    const tighter = withLine('      - id: service', '        keepsMessages: false', '        files: { bytesPerTicket: 5000000 }');
    assert.deepEqual(parseDeskFile(tighter, 'desks.yaml')[0]?.desk.contacts[0]?.files, {
      bytesPerFile: 5_000_000,
      bytesPerTicket: 5_000_000,
    });
  });

  it('takes the desk file of the demo shop', async () => {
    const file = new URL('../../examples/plain-html/desks.yaml', import.meta.url);
    const [config] = parseDeskFile(await readFile(file, 'utf8'), 'desks.yaml');
    assert.equal(config?.desk.id, 'demo');
    assert.deepEqual(
      config?.desk.contacts.map(({ id }) => id),
      ['customer-service', 'webmaster'],
    );
  });

  const bad: [what: string, text: string, line: number, ...reasons: RegExp[]][] = [
    ['a syntax error', replaced('name: Lamp Shop', 'name: @lamps'), 3, /cannot start with reserved character/],
    ['a member twice', withLine('    id: shop', '    id: shop'), 3, /unique/i],
    ['an unknown member', withLine('    id: shop', '    colour: red'), 3, /\[0\]\.desk\.colour: .*not known.*spelling/],
    ['a missing member', replaced('    name: Lamp Shop\n', ''), 1, /\[0\]\.desk\.name/],
    ['a missing mail section', GOOD.slice(0, GOOD.indexOf('  mail:')), 1, /\[0\]\.mail: is missing: an object is expected/],
    ['a wrong kind of value', withLine('    id: shop', '    limits: { subjectLength: many }'), 3, /subjectLength: .*whole number/],
    ['an id with a space', replaced('id: shop', 'id: my shop'), 2, /a desk id is 1 to 64 of a-z, 0-9 and "-"/],
    [
      'a contact without a notify address',
      replaced('    service: service@shop.example', '    {}'),
      5,
      /contact "service" has no address: add it below notify/,
    ],
    [
      'a notify address of nobody',
      withLine('  notify:', '    webmaster: web@shop.example'),
      8,
      /no contact has the id "webmaster"; the contacts are service/,
    ],
    ['a notify address that is none', replaced('service@shop.example', 'service at shop'), 8, /must be a mail address, for example/],
    [
      'an unknown time zone',
      withLine('    id: shop', '    hours: { timeZone: Europe/Pari, week: {} }'),
      3,
      /"Europe\/Pari" is not a time zone: write an IANA name/,
    ],
    [
      'hours that overlap',
      withLine(
        '    id: shop',
        '    hours:',
        '      timeZone: UTC',
        '      week:',
        "        mon: [['09:00', '12:00'],",
        "              ['11:00', '18:00']]",
      ),
      7,
      /begins at 11:00, before the pair above ends at 12:00/,
    ],
    [
      'hours that end before they begin',
      withLine('    id: shop', "    hours: { timeZone: UTC, week: { tue: [['18:00', '09:00']] } }"),
      3,
      /a pair must close after it opens/,
    ],
    [
      'a time that is none',
      withLine('    id: shop', "    hours: { timeZone: UTC, week: { tue: [['9:00', '17:00']] } }"),
      3,
      /a time is written "09:00"/,
    ],
    [
      'an origin with a path',
      withLine('  notify:', '    service: a@b.example')
        .replace('  notify:', '  allowedOrigins:\n    - https://ok.example\n    - https://shop.example/\n  notify:')
        .replace('    service: a@b.example\n', ''),
      9,
      /"https:\/\/shop\.example\/" is not an origin: write scheme and host/,
    ],
    ['an origin of every shop', GOOD.replace('  notify:', "  allowedOrigins: ['*']\n  notify:"), 7, /"\*" is not an origin/],
    [
      'the same contact twice',
      withLine('    contacts:', '      - { id: service, name: Twice }'),
      6,
      /another contact has the id "service" already/,
    ],
    ['the same desk twice', GOOD + GOOD, 12, /another desk has the id "shop" already/],
    ['a sender that is no address', replaced('Lamp Shop <support@shop.example>', 'Lamp Shop'), 10, /must be an address or Name <address>/],
    [
      'a text that a desk cannot put otherwise',
      withLine('    id: shop', '    texts: { heding: Ask the potters }'),
      3,
      /texts\.heding: this member is not known here/,
    ],
    ['a text of its own that is empty', withLine('    id: shop', "    texts: { heading: '' }"), 3, /texts\.heading: must not be empty/],
    ['no desk', '[]', 1, /at least one desk/],
    ['an empty file', '', 1, /must be a list of desks/],
  ];
  for (const [what, text, line, ...reasons] of bad) {
    it(`refuses ${what} and names line ${line}`, () => {
      const message = reasonOf(text);
      assert.ok(message.startsWith(`desks.yaml:${line}: `), message);
      for (const reason of reasons) assert.match(message, reason);
    });
  }

  it('names every line that is wrong at once', () => {
    const text = replaced('id: shop', 'id: my shop').replace('service@shop.example', 'nowhere');
    assert.deepEqual(
      reasonOf(text)
        .split('\n')
        .map((line) => line.split(': ')[0]),
      ['desks.yaml:2', 'desks.yaml:8'],
    );
  });
});
