import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinAgeFile, splitAgeFile } from '@storefront-support/vault/age-header';
import { enrolmentCode, makeBrowserKey, makeKeyPair, recipientOf } from '@storefront-support/vault/device-keys';
import { checkDraft } from '@storefront-support/vault/draft';
import { openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { resealBody, resealFile, resealHeader } from '@storefront-support/vault/reseal';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { enrol, makeTeamKey, nextManifest, openTeamKey, rotate, wrapTeamKey, type Device } from '@storefront-support/vault/team';
import { drafts } from '../support/access-drafts.ts';
import { ageCli } from '../support/age-cli.ts';
import { bind, codeOf, makeTeam, NOW } from '../support/vault-team.ts';

const named = (name: string, { recipient }: { recipient: string }): Device => ({ name, recipient });

describe('the key of a team', () => {
  it('opens on every device it is wrapped to, browsers that cannot export theirs included, and on no other', async () => {
    const [browser, command, recovery, stranger] = [await makeBrowserKey(), await makeKeyPair(), await makeKeyPair(), await makeKeyPair()];
    await assert.rejects(crypto.subtle.exportKey('pkcs8', browser.identity), { name: 'InvalidAccessError' });
    const key = await makeTeamKey(7);
    const file = await wrapTeamKey(key, [named('Dana', browser), named('server', command), named('safe', recovery)]);
    for (const { identity } of [browser, command, recovery]) {
      const opened = await openTeamKey(file, [identity]);
      assert.deepEqual([opened.epoch, opened.recipient, opened.identity.reveal()], [7, key.recipient, key.identity.reveal()]);
    }
    assert.equal(await codeOf(openTeamKey(file, [stranger.identity])), 'wrong-key');
    assert.equal(await recipientOf(browser.identity), browser.recipient);
  });

  it('is an identity file that the age command takes', async () => {
    const device = await makeKeyPair();
    const team = await makeTeam();
    const file = await wrapTeamKey(team.key, [named('Dana', device)]);
    const text = String(ageCli().decrypt(file, device.identity.reveal()));
    assert.match(text, /^# key 1 of the team\n# public key: age1\S+\n# device: age1\S+ Dana\nAGE-SECRET-KEY-1\S+\n$/);
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    assert.match(String(ageCli().decrypt(body, text)), /ssh-secret-1/);
  });

  it('is wrapped to devices of one kind, and to at least one', async () => {
    const key = await makeTeamKey(1);
    const [classical, quantum] = [await makeKeyPair(), await makeKeyPair('mlkem768x25519')];
    assert.equal(await codeOf(wrapTeamKey(key, [])), 'no-recipients');
    assert.equal(await codeOf(wrapTeamKey(key, [named('a', classical), named('b', quantum)])), 'mixed-recipients');
    const file = await wrapTeamKey(key, [named('b', quantum)]);
    assert.equal((await openTeamKey(file, [quantum.identity])).recipient, key.recipient);
  });
});

describe('enrolment', () => {
  it('wraps the key to one device more when the code read out is its own', async () => {
    const [admin, newcomer] = [await makeKeyPair(), await makeBrowserKey()];
    const key = await makeTeamKey(3);
    const file = await wrapTeamKey(key, [named('Ann', admin)]);
    const code = await enrolmentCode(newcomer.recipient);
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const enrolled = await enrol({
      file,
      identities: [admin.identity],
      trusted: key.recipient,
      newcomer: named('Dana', newcomer),
      code: typed,
    });
    for (const { identity } of [admin, newcomer]) {
      const { recipient, devices } = await openTeamKey(enrolled, [identity]);
      assert.deepEqual([recipient, devices.map(({ name }) => name)], [key.recipient, ['Ann', 'Dana']]);
    }
  });

  it('is refused when a server shows a device of its own', async () => {
    const [admin, newcomer, evil] = [await makeKeyPair(), await makeBrowserKey(), await makeKeyPair()];
    const key = await makeTeamKey(3);
    const file = await wrapTeamKey(key, [named('Ann', admin)]);
    const code = await enrolmentCode(newcomer.recipient);
    const attempt = (given: string) =>
      codeOf(enrol({ file, identities: [admin.identity], trusted: key.recipient, newcomer: named('Dana', evil), code: given }));
    for (const given of [code, '', code.slice(0, 5), `${code}-00000`]) assert.equal(await attempt(given), 'code-mismatch');
  });
});

describe('a server that keeps the wrapped key', () => {
  it('cannot have it wrapped to a device of its own, neither by a list nor by a file that it made itself', async () => {
    const [admin, newcomer, evil] = [await makeKeyPair(), await makeBrowserKey(), await makeKeyPair()];
    const key = await makeTeamKey(3);
    const made = await wrapTeamKey(await makeTeamKey(3), [named('Ann', admin), named('Ben', evil)]);
    const enrolment = {
      identities: [admin.identity],
      trusted: key.recipient,
      newcomer: named('Dana\n# device: x', newcomer),
      code: await enrolmentCode(newcomer.recipient),
    };
    assert.equal(await codeOf(enrol({ ...enrolment, file: made })), 'bind-mismatch');
    const enrolled = await enrol({ ...enrolment, file: await wrapTeamKey(key, [named('Ann', admin)]) });
    assert.equal(await codeOf(openTeamKey(enrolled, [evil.identity])), 'wrong-key');
    assert.deepEqual((await openTeamKey(enrolled, [admin.identity])).devices, [named('Ann', admin), named('Dana # device: x', newcomer)]);
  });
});

describe('rotation', () => {
  it('shuts out who has left, and opens every active record for those who stay, without a customer', async () => {
    const [ann, ben] = [await makeKeyPair(), await makeKeyPair()];
    const team = await makeTeam();
    const oldFile = await wrapTeamKey(team.key, [named('Ann', ann), named('Ben', ben)]);
    const lent = new TextEncoder().encode('a key file');
    const data = [...Object.values(drafts), await describeFile(lent, 'a.key', '')].map(checkDraft);
    const sealed = await Promise.all(data.map((item) => sealAccess(bind, item, team.manifest, item.kind === 'file' ? lent : undefined)));

    const next = await rotate(team.key.epoch, [named('Ann', ann)]);
    const manifest = await team.publish([next.key], team.manifest.seq);
    const old = await openTeamKey(oldFile, [ben.identity]);
    const expected = { ...bind, epoch: 2 };

    for (const [i, { body, fileBytes }] of sealed.entries()) {
      const { record, file } = splitBody(body, fileBytes);
      const parts = splitAgeFile(record);
      const header = await resealHeader(parts.header, [team.key.identity], manifest);
      const half = joinAgeFile(header, parts.payload);
      const whole = await resealFile(record, [team.key.identity], manifest);
      assert.equal(header.length, parts.header.length);
      for (const anew of [half, whole]) {
        const { identity } = await openTeamKey(next.file, [ann.identity]);
        const opened = await openAccess(anew, [identity], expected);
        assert.deepEqual(opened.data.reveal(), data[i]);
        assert.equal(await codeOf(openAccess(anew, [old.identity], expected)), 'wrong-key');
        assert.match(String(ageCli().decrypt(anew, identity.reveal())), /^\{"v":1/);
        if (file) {
          const again = await resealBody(body, fileBytes, [team.key.identity], manifest);
          assert.equal(again.epoch, 2);
          const parts = splitBody(again.body, again.fileBytes);
          assert.equal((await openAccess(parts.record, [identity], expected)).kind, 'file');
          assert.deepEqual(await openFile(parts.file as Uint8Array, [identity], opened), lent);
          assert.equal(await codeOf(openFile(parts.file as Uint8Array, [old.identity], opened)), 'wrong-key');
        }
      }
      assert.notDeepEqual(splitAgeFile(whole).payload, parts.payload, 'sealed in full, under another file key');
    }
    assert.equal(await codeOf(openTeamKey(next.file, [ben.identity])), 'wrong-key');
  });

  it('moves a team to post-quantum keys and back', async () => {
    const team = await makeTeam();
    const quantum = await rotate(1, [named('Ann', await makeKeyPair())], 'mlkem768x25519');
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    const { header, payload } = splitAgeFile(body);
    const there = await resealHeader(header, [team.key.identity], await team.publish([quantum.key], 1));
    const opened = await openAccess(joinAgeFile(there, payload), [quantum.key.identity], { ...bind, epoch: 2 });
    assert.equal(opened.kind, 'ssh');
    const back = await resealHeader(there, [quantum.key.identity], await team.publish([{ ...team.key, epoch: 3 }], 2));
    assert.equal((await openAccess(joinAgeFile(back, payload), [team.key.identity], { ...bind, epoch: 3 })).kind, 'ssh');
  });

  it('refuses to write a header around what it cannot open, or around more than a header', async () => {
    const team = await makeTeam();
    const stranger = await makeKeyPair();
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    const { header } = splitAgeFile(body);
    assert.equal(await codeOf(resealHeader(header, [stranger.identity], team.manifest)), 'wrong-key');
    assert.equal(await codeOf(resealHeader(body, [team.key.identity], team.manifest)), 'tampered');
    const changed = new Uint8Array(header);
    changed[header.length - 2] = changed[header.length - 2] === 65 ? 66 : 65;
    assert.equal(await codeOf(resealHeader(changed, [team.key.identity], team.manifest)), 'tampered');
  });
});

describe('the next manifest of a team', () => {
  it('counts on, begins an hour ago for slow clocks, and lasts 30 days or what is asked, 45 at most', () => {
    const keys = [{ epoch: 2, recipient: 'age1x' }];
    const make = (days?: number) => nextManifest({ team: 'T', desks: ['d'], lastSeq: 8, keys, now: NOW, ...(days && { days }) });
    const { seq, notBefore, notAfter, recipients } = make();
    assert.deepEqual([seq, notBefore, notAfter, recipients], [9, '2026-11-22T11:00:00.000Z', '2026-12-22T12:00:00.000Z', keys]);
    assert.equal(make(1).notAfter, '2026-11-23T12:00:00.000Z');
    assert.equal(make(45).notAfter, '2027-01-06T11:00:00.000Z');
  });
});
