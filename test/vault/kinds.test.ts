import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCESS, ACCESS_KINDS } from '@storefront-support/contract/access-record';
import type { AccessKind } from '@storefront-support/contract';
import { ACCESS_FIELDS, rowsOf } from '@storefront-support/vault/access-fields';
import { ACCESS_MAX, checkDraft, draftProblems, warningOf } from '@storefront-support/vault/draft';
import { readAccess } from '@storefront-support/vault/kinds';
import { HEADER_LIMIT } from '@storefront-support/vault/age-header';
import { recordIdSchema } from '@storefront-support/contract/access-schemas';
import { describeFile, makeRecordId, RECORD_LIMIT, sealAccess } from '@storefront-support/vault/seal';
import { temporaryPassword } from '@storefront-support/vault/temporary-password';
import { vendorKey } from '@storefront-support/vault/vendor-key';
import { drafts, privateKey } from '../support/access-drafts.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { bind, codeOf, makeTeam } from '../support/vault-team.ts';

const fileDraft = { kind: 'file', name: 'server.key', type: 'text/plain', size: 3, sha256: 'a'.repeat(64) };
const all: Record<AccessKind, { kind: string }> = { ...drafts, file: fileDraft };

describe('a draft of what is lent', () => {
  it('passes for every kind, as it was written', () => {
    for (const [kind, draft] of Object.entries(all)) {
      assert.deepEqual(draftProblems(draft), {}, kind);
      const checked = checkDraft(draft) as unknown as Record<string, unknown>;
      const given = Object.entries(draft).filter(([name]) => name !== 'fields');
      for (const [name, value] of given) assert.deepEqual(checked[name], value, `${kind}.${name}`);
    }
  });

  it('gets its usual values and loses blanks around it, but never those of a password', () => {
    const { kind, ...ssh } = drafts.ssh;
    assert.equal((checkDraft({ kind, ...ssh, port: undefined, host: ' shop.example ' }) as { port: number }).port, 22);
    assert.equal((checkDraft({ ...drafts.ftp, protocol: undefined }) as { protocol: string }).protocol, 'ftps');
    assert.equal((checkDraft({ ...drafts['admin-panel'], login: ' a ' }) as { login: string }).login, 'a');
    assert.equal((checkDraft(drafts['admin-panel']) as { password: string }).password, ' pass word ');
  });

  const wrong: [string, object, { [field: string]: string }][] = [
    ['no kind', {}, { kind: 'required' }],
    ['an unknown kind', { kind: 'constructor' }, { kind: 'invalid' }],
    ['a user in a host', { ...drafts.ssh, host: 'ssh://a@b' }, { host: 'invalid' }],
    ['a path in a host', { ...drafts.ftp, host: 'b/c' }, { host: 'invalid' }],
    ['a password in an address', { ...drafts['admin-panel'], url: 'https://u:p@x' }, { url: 'invalid' }],
    ['an address that runs', { ...drafts['admin-panel'], url: 'javascript:alert(1)' }, { url: 'invalid' }],
    ['an address without a scheme', { ...drafts['admin-panel'], url: 'shop.example/admin' }, { url: 'invalid' }],
    ['a port that is none', { ...drafts.ssh, port: 70_000 }, { port: 'invalid' }],
    ['a port in words', { ...drafts.ssh, port: '22' }, { port: 'invalid' }],
    ['a public key for a private one', { ...drafts.sftp, privateKey: 'ssh-ed25519 AAAAC3Nz' }, { privateKey: 'invalid' }],
    ['half a private key', { ...drafts.sftp, privateKey: privateKey().slice(0, -10) }, { privateKey: 'invalid' }],
    ['a key and a password at once', { ...drafts.ssh, privateKey: privateKey() }, { privateKey: 'unknown' }],
    ['no way in', { ...drafts.ssh, auth: undefined }, { auth: 'required' }],
    ['nothing filled in', { kind: 'ftp' }, { host: 'required', user: 'required', password: 'required' }],
    ['an empty password', { ...drafts.ftp, password: '' }, { password: 'required' }],
    ['two lines for a user', { ...drafts.ftp, user: 'a\nb' }, { user: 'invalid' }],
    ['a long note', { ...drafts.ftp, note: 'n'.repeat(ACCESS_MAX.note + 1) }, { note: 'too-long' }],
    ['a code app without its key', { ...drafts['admin-panel'], codeSecret: undefined }, { codeSecret: 'required' }],
    ['a key of a code app that is not asked for', { ...drafts['admin-panel'], secondFactor: 'off' }, { codeSecret: 'unknown' }],
    ['a fingerprint of another form', { ...drafts.ssh, hostKey: 'MD5:00:11' }, { hostKey: 'invalid' }],
    ['an empty file', { ...fileDraft, size: 0 }, { size: 'invalid' }],
    ['a file of more than 5 MB', { ...fileDraft, size: 5_000_001 }, { size: 'invalid' }],
    ['a folder in the name of a file', { ...fileDraft, name: '../server.key' }, { name: 'invalid' }],
    ['no fields of one’s own', { kind: 'other', fields: [] }, { fields: 'required' }],
    ['too many of them', { kind: 'other', fields: new Array(21).fill(drafts.other.fields[0]) }, { fields: 'too-many' }],
    ['one of them empty', { kind: 'other', fields: [{ name: 'a', value: '' }] }, { 'fields.0.value': 'required' }],
    ['a member nobody knows', { ...drafts.ftp, constructor: 1 }, { constructor: 'unknown' }],
  ];
  for (const [what, draft, problems] of wrong) {
    it(`is refused with the name of the field for ${what}`, () => {
      const found = Object.fromEntries(Object.entries(draftProblems(draft)).map(([name, { code }]) => [name, code]));
      assert.deepEqual(found, problems);
    });
  }

  it('takes the keys of PuTTY and of OpenSSL', () => {
    const putty = `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 2\nAAAA\nBBBB\nPrivate-Lines: 1\nCCCC\nPrivate-MAC: 00\n`;
    const pem =
      '-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00\r\n\r\nQUJD\r\n-----END RSA PRIVATE KEY-----';
    for (const privateKey of [putty, pem]) assert.deepEqual(draftProblems({ ...drafts.sftp, privateKey }), {});
  });

  it('warns of what goes over the net in the clear', () => {
    assert.equal(warningOf(checkDraft(drafts.ftp)), 'unencrypted');
    assert.equal(warningOf(checkDraft({ ...drafts.ftp, protocol: 'ftps' })), undefined);
    assert.equal(warningOf(checkDraft({ ...drafts['admin-panel'], url: 'http://shop.example' })), 'unencrypted');
    assert.equal(warningOf(checkDraft(drafts['admin-panel'])), undefined);
    assert.equal(warningOf(checkDraft({ ...drafts.database, webTool: 'http://x.example' })), 'unencrypted');
  });
});

describe('the check of the customer’s page and the schemas', () => {
  /** Values that a rule somewhere is about. */
  const odd = [
    undefined,
    null,
    '',
    ' ',
    'x',
    ' x ',
    0,
    1,
    22,
    22.5,
    65_536,
    5_000_001,
    true,
    [],
    {},
    'off',
    'ask-me',
    'code-app',
    'password',
    'private-key',
    'vendor-key',
    'ftp',
    'mysql',
    'a\nb',
    'n'.repeat(81),
    'n'.repeat(201),
    'n'.repeat(254),
    'n'.repeat(1001),
    'n'.repeat(4001),
    'n'.repeat(16_001),
    'https://x.example',
    'HTTP://X',
    'https://u@x',
    'ftp://x',
    'x.example',
    '[::1]',
    'SHA256:x',
    'JBSWY3DPEHPK3PXP',
    privateKey(),
    [{}],
    [{ name: 'a', value: 'b' }],
    [{ name: ' ', value: 1, secret: 'no', more: 1 }, null],
    new Array(21).fill({ name: 'a', value: 'b' }),
  ];
  const names = [
    ...new Set(
      Object.values(ACCESS_FIELDS)
        .flat()
        .map(({ name }) => name),
    ),
    'kind',
    'constructor',
    '__proto__',
    'more',
  ];

  it('say the same of every draft', () => {
    const random = seededRandom(5);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const outcomes = { passed: 0, refused: 0 };
    for (let i = 0; i < 6000; i++) {
      const draft: { [name: string]: unknown } = { ...structuredClone(pick(Object.values(all))) };
      for (let changes = Math.floor(random() * 4); changes > 0; changes--) {
        Object.defineProperty(draft, pick(names), { value: pick(odd), enumerable: true, configurable: true, writable: true });
      }
      const heavy = readAccess(draft);
      const light = draftProblems(draft);
      const codes = (problems: object) => Object.fromEntries(Object.entries(problems).map(([name, { code }]) => [name, code]));
      assert.deepEqual(codes(light), 'problems' in heavy ? codes(heavy.problems) : {}, JSON.stringify(draft));
      if ('data' in heavy) assert.deepEqual({ ...checkDraft(draft) }, heavy.data);
      outcomes['data' in heavy ? 'passed' : 'refused']++;
    }
    assert.ok(outcomes.passed > 1000 && outcomes.refused > 1000, JSON.stringify(outcomes));
  });

  it('know the kinds and the limits of the wire', () => {
    assert.deepEqual(Object.keys(ACCESS_FIELDS).sort(), [...ACCESS_KINDS].sort());
    assert.deepEqual(Object.keys(all).sort(), [...ACCESS_KINDS].sort());
    assert.equal(ACCESS_MAX.file, ACCESS.fileBytes);
    assert.equal(HEADER_LIMIT, ACCESS.headerBytes);
    assert.ok(recordIdSchema.safeParse(makeRecordId()).success);
  });
});

describe('the fields of a kind', () => {
  it('mark as secret whatever opens something', () => {
    for (const [kind, fields] of Object.entries(ACCESS_FIELDS)) {
      for (const { name, secret } of fields) {
        assert.equal(secret, ['password', 'privateKey', 'passphrase', 'secret', 'codeSecret'].includes(name), `${kind}.${name}`);
      }
    }
  });

  it('come out of an opened record in their order, secrets marked', () => {
    const rows = rowsOf(checkDraft(drafts.sftp)).map(({ name, secret, value }) => [name, secret, value.reveal()]);
    assert.deepEqual(rows, [
      ['host', false, '[2001:db8::1]'],
      ['port', false, '22'],
      ['user', false, 'files'],
      ['auth', false, 'private-key'],
      ['privateKey', true, privateKey()],
      ['passphrase', true, 'open sesame'],
    ]);
    const own = rowsOf(checkDraft(drafts.other)).map(({ title, secret, value }) => [title?.reveal(), secret, value.reveal()]);
    assert.deepEqual(own, [
      ['Door', true, '0000'],
      ['Floor', false, '3'],
    ]);
  });
});

describe('what is sealed', () => {
  it('describes any file so that it passes', async () => {
    const bytes = new TextEncoder().encode('x');
    const cases: [string, string, string, string][] = [
      ['server.key', 'text/plain; charset=utf-8', 'server.key', 'text/plain'],
      ['C:\\keys/../a\nb', 'nonsense', 'C:_keys_.._a_b', ''],
      ['..', '', 'file', ''],
      [' ', `a/${'b'.repeat(200)}`, 'file', ''],
      [`${'n'.repeat(300)}.pem`, 'application/x-pem-file', `${'n'.repeat(196)}.pem`, 'application/x-pem-file'],
    ];
    for (const [name, type, kept, media] of cases) {
      const described = await describeFile(bytes, name, type);
      assert.deepEqual([described.name, described.type, draftProblems(described)], [kept, media, {}]);
    }
  });

  it('tells by its size a bucket and nothing else', async () => {
    const { manifest } = await makeTeam();
    const sizes = new Map<number, number[]>();
    for (const length of [1, 200, 600, 700, 1500, 1800, 3000, 4000]) {
      const { body } = await sealAccess(bind, checkDraft({ ...drafts.ftp, note: 'n'.repeat(length) }), manifest);
      sizes.set(body.length, [...(sizes.get(body.length) ?? []), length]);
    }
    assert.deepEqual(
      [...sizes],
      [
        [1024 + 200, [1, 200, 600]],
        [2048 + 200, [700, 1500]],
        [4096 + 200, [1800, 3000]],
        [8192 + 200, [4000]],
      ],
    );
  });

  it('is refused above 64 KiB of UTF-8', async () => {
    const { manifest } = await makeTeam();
    const fields = (value: string) => checkDraft({ kind: 'other', fields: new Array(20).fill({ name: 'n', value }) });
    assert.equal(await codeOf(sealAccess(bind, fields('x'.repeat(2000)), manifest)), undefined);
    assert.equal(await codeOf(sealAccess(bind, fields('漢'.repeat(2000)), manifest)), 'too-large');
    assert.equal(RECORD_LIMIT, 65_536);
  });
});

describe('a temporary password', () => {
  it('is long, has all kinds of characters and none that look alike', () => {
    const many = Array.from({ length: 500 }, () => temporaryPassword());
    assert.equal(new Set(many).size, many.length);
    for (const password of many) {
      assert.match(password, /^[A-HJ-NP-Za-km-z2-9._+!-]{24}$/);
      for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[._+!-]/]) assert.match(password, kind);
    }
    assert.equal(temporaryPassword(12).length, 12);
    assert.throws(() => temporaryPassword(11), RangeError);
  });

  it('has every character as often as any other', () => {
    const text = Array.from({ length: 1000 }, () => temporaryPassword(64)).join('');
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    const mean = text.length / counts.size;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // 62 characters; a skew such as that of a plain remainder (256 % 62) would be in the thousands
    assert.ok(counts.size === 62 && chiSquare < 160, `${counts.size} characters, χ² ${chiSquare}`);
  });
});

describe('the line of a vendor’s key', () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMj/ByPOATuP8uMA5s5vhEeLe5jzVEPT+UyDPFp/laG+ acme "support"';

  it('ends the day after the record does, opens a shell for SSH and files alone for SFTP', async () => {
    const { line, fingerprint } = await vendorKey('ssh', key, '2026-12-05T18:00:00Z', '4711');
    assert.equal(line, `expiry-time="20261206",restrict,pty ${key.split(' ', 2).join(' ')} acme support ticket-4711`);
    assert.match(fingerprint, /^SHA256:[\w+/]{43}$/);
    assert.match(
      (await vendorKey('sftp', key, '2026-12-31T00:00:00Z', '4711')).line,
      /^expiry-time="20270101",restrict,command="internal-sftp" ssh-ed25519 /,
    );
    assert.equal(await codeOf(vendorKey('ssh', 'no key', '2026-12-05T18:00:00Z', '1')), 'invalid-recipient');
  });

  it('carries nothing that could be read as an option', async () => {
    const { line } = await vendorKey('ssh', key, '2026-12-05T18:00:00Z', '1"\ncommand="x" ssh-rsa');
    assert.equal(line.split('\n').length, 1);
    assert.equal(line.split('"').length, 3);
  });
});
