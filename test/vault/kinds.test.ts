import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCESS_FIELDS, rowsOf } from '@storefront-support/vault/access-fields';
import { ACCESS_MAX, accessProblems, checkAccess, warningOf, type AccessKind } from '@storefront-support/vault/kinds';
import { RECORD_LIMIT, sealAccess } from '@storefront-support/vault/seal';
import { temporaryPassword } from '@storefront-support/vault/temporary-password';
import { vendorKey } from '@storefront-support/vault/vendor-key';
import { drafts, privateKey } from '../support/access-drafts.ts';
import { bind, codeOf, makeTeam } from '../support/vault-team.ts';

const fileDraft = { kind: 'file', name: 'server.key', type: 'text/plain', size: 3, sha256: 'a'.repeat(64) };
const all: Record<AccessKind, { kind: string }> = { ...drafts, file: fileDraft };

describe('a draft of what is lent', () => {
  it('passes for every kind, as it was written', () => {
    for (const [kind, draft] of Object.entries(all)) {
      assert.deepEqual(accessProblems(draft), {}, kind);
      const checked = checkAccess(draft) as unknown as Record<string, unknown>;
      const given = Object.entries(draft).filter(([name]) => name !== 'fields');
      for (const [name, value] of given) assert.deepEqual(checked[name], value, `${kind}.${name}`);
    }
  });

  it('gets its usual values and loses blanks around it, but never those of a password', () => {
    const { kind, ...ssh } = drafts.ssh;
    assert.equal((checkAccess({ kind, ...ssh, port: undefined, host: ' shop.example ' }) as { port: number }).port, 22);
    assert.equal((checkAccess({ ...drafts.ftp, protocol: undefined }) as { protocol: string }).protocol, 'ftps');
    assert.equal((checkAccess({ ...drafts['admin-panel'], login: ' a ' }) as { login: string }).login, 'a');
    assert.equal((checkAccess(drafts['admin-panel']) as { password: string }).password, ' pass word ');
  });

  const wrong: [string, object, { [field: string]: string }][] = [
    ['no kind', {}, { kind: 'invalid' }],
    ['an unknown kind', { kind: 'constructor' }, { kind: 'invalid' }],
    ['a user in a host', { ...drafts.ssh, host: 'ssh://a@b' }, { host: 'invalid' }],
    ['a path in a host', { ...drafts.ftp, host: 'b/c' }, { host: 'invalid' }],
    ['a password in an address', { ...drafts['admin-panel'], url: 'https://u:p@x' }, { url: 'invalid' }],
    ['an address that runs', { ...drafts['admin-panel'], url: 'javascript:alert(1)' }, { url: 'invalid' }],
    ['an address without a scheme', { ...drafts['admin-panel'], url: 'shop.example/admin' }, { url: 'invalid' }],
    ['a port that is none', { ...drafts.ssh, port: 70_000 }, { port: 'too-long' }],
    ['a port in words', { ...drafts.ssh, port: '22' }, { port: 'invalid' }],
    ['a public key for a private one', { ...drafts.sftp, privateKey: 'ssh-ed25519 AAAAC3Nz' }, { privateKey: 'invalid' }],
    ['half a private key', { ...drafts.sftp, privateKey: privateKey().slice(0, -10) }, { privateKey: 'invalid' }],
    ['a key and a password at once', { ...drafts.ssh, privateKey: privateKey() }, { privateKey: 'unknown' }],
    ['no way in', { ...drafts.ssh, auth: undefined }, { auth: 'invalid' }],
    ['nothing filled in', { kind: 'ftp' }, { host: 'required', user: 'required', password: 'required' }],
    ['an empty password', { ...drafts.ftp, password: '' }, { password: 'required' }],
    ['two lines for a user', { ...drafts.ftp, user: 'a\nb' }, { user: 'invalid' }],
    ['a long note', { ...drafts.ftp, note: 'n'.repeat(ACCESS_MAX.note + 1) }, { note: 'too-long' }],
    ['a code app without its key', { ...drafts['admin-panel'], codeSecret: undefined }, { codeSecret: 'required' }],
    ['a key of a code app that is not asked for', { ...drafts['admin-panel'], secondFactor: 'off' }, { codeSecret: 'not-allowed' }],
    ['a fingerprint of another form', { ...drafts.ssh, hostKey: 'MD5:00:11' }, { hostKey: 'invalid' }],
    ['an empty file', { ...fileDraft, size: 0 }, { size: 'required' }],
    ['a file of more than 5 MB', { ...fileDraft, size: 5_000_001 }, { size: 'too-long' }],
    ['a folder in the name of a file', { ...fileDraft, name: '../server.key' }, { name: 'invalid' }],
    ['no fields of one’s own', { kind: 'other', fields: [] }, { fields: 'required' }],
    ['too many of them', { kind: 'other', fields: new Array(21).fill(drafts.other.fields[0]) }, { fields: 'too-many' }],
    ['one of them empty', { kind: 'other', fields: [{ name: 'a', value: '' }] }, { 'fields.0.value': 'required' }],
    ['a member nobody knows', { ...drafts.ftp, constructor: 1 }, { constructor: 'unknown' }],
  ];
  for (const [what, draft, problems] of wrong) {
    it(`is refused with the name of the field for ${what}`, () => {
      const found = Object.fromEntries(Object.entries(accessProblems(draft)).map(([name, { code }]) => [name, code]));
      assert.deepEqual(found, problems);
    });
  }

  it('takes the keys of PuTTY and of OpenSSL', () => {
    const putty = `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 2\nAAAA\nBBBB\nPrivate-Lines: 1\nCCCC\nPrivate-MAC: 00\n`;
    const pem =
      '-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00\r\n\r\nQUJD\r\n-----END RSA PRIVATE KEY-----';
    for (const privateKey of [putty, pem]) assert.deepEqual(accessProblems({ ...drafts.sftp, privateKey }), {});
  });

  it('warns of what goes over the net in the clear', () => {
    assert.equal(warningOf(checkAccess(drafts.ftp)), 'unencrypted');
    assert.equal(warningOf(checkAccess({ ...drafts.ftp, protocol: 'ftps' })), undefined);
    assert.equal(warningOf(checkAccess({ ...drafts['admin-panel'], url: 'http://shop.example' })), 'unencrypted');
    assert.equal(warningOf(checkAccess(drafts['admin-panel'])), undefined);
    assert.equal(warningOf(checkAccess({ ...drafts.database, webTool: 'http://x.example' })), 'unencrypted');
  });
});

describe('the fields of a kind', () => {
  it('are those of its schema, required and secret alike', () => {
    for (const [kind, fields] of Object.entries(ACCESS_FIELDS)) {
      const names = fields.map(({ name }) => name);
      const written = Object.keys(checkAccess(all[kind as AccessKind]));
      const described = ['kind', ...names, ...(kind === 'file' ? ['name', 'type', 'size', 'sha256'] : [])];
      assert.deepEqual(
        written.filter((name) => !described.includes(name)),
        [],
        kind,
      );
      const secrets = fields.filter(({ secret }) => secret).map(({ name }) => name);
      for (const name of ['password', 'privateKey', 'passphrase', 'secret', 'codeSecret']) {
        assert.equal(secrets.includes(name), names.includes(name), `${kind}.${name}`);
      }
      const empty = accessProblems({ kind, auth: 'private-key', secondFactor: 'code-app', engine: 'mysql' });
      const required = fields.filter(
        (field) =>
          field.required &&
          field.usual === undefined &&
          !field.options &&
          (!field.when || ['private-key', 'code-app'].includes(field.when.is)),
      );
      if (kind !== 'admin-panel' && kind !== 'hosting-panel')
        assert.deepEqual(
          Object.keys(empty)
            .filter((name) => names.includes(name))
            .sort(),
          required
            .map(({ name }) => name)
            .filter((name) => empty[name])
            .sort(),
        );
      for (const { name } of required) if (name !== 'codeSecret') assert.equal(empty[name]?.code, 'required', `${kind}.${name}`);
    }
  });

  it('come out of an opened record in their order, secrets marked', () => {
    const rows = rowsOf(checkAccess(drafts.sftp)).map(({ name, secret, value }) => [name, secret, value.reveal()]);
    assert.deepEqual(rows, [
      ['host', false, '[2001:db8::1]'],
      ['port', false, '22'],
      ['user', false, 'files'],
      ['auth', false, 'private-key'],
      ['privateKey', true, privateKey()],
      ['passphrase', true, 'open sesame'],
    ]);
    const own = rowsOf(checkAccess(drafts.other)).map(({ title, secret, value }) => [title?.reveal(), secret, value.reveal()]);
    assert.deepEqual(own, [
      ['Door', true, '0000'],
      ['Floor', false, '3'],
    ]);
  });
});

describe('what is sealed', () => {
  it('tells by its size a bucket and nothing else', async () => {
    const { manifest } = await makeTeam();
    const sizes = new Map<number, number[]>();
    for (const length of [1, 200, 600, 700, 1500, 1800, 3000, 4000]) {
      const { body } = await sealAccess(bind, checkAccess({ ...drafts.ftp, note: 'n'.repeat(length) }), manifest);
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
    const fields = (value: string) => checkAccess({ kind: 'other', fields: new Array(20).fill({ name: 'n', value }) });
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
