import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { checkDraft } from '@storefront-support/vault/draft';
import { openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { drafts, padded } from '../support/access-drafts.ts';
import { ageCli, type AgeCli } from '../support/age-cli.ts';
import { bind, makeTeam } from '../support/vault-team.ts';

const FILE_BYTES = 5_000_000;
/** Further commands of the format, as `AGE_OTHERS=/opt/age-1.3/age:/opt/rage`. */
const others = (process.env['AGE_OTHERS'] ?? '').split(':').filter(Boolean);

describe('what is sealed here and what the age command makes', () => {
  const commands: AgeCli[] = [];
  let team: Awaited<ReturnType<typeof makeTeam>>;
  let identity: string;
  let expected: Parameters<typeof openAccess>[2];

  before(async () => {
    commands.push(ageCli(), ...others.map(ageCli));
    console.log(`age ${commands.map(({ version }) => version).join(', ')}`);
    team = await makeTeam();
    identity = team.key.identity.reveal();
    expected = { ...bind, epoch: 1 };
  });

  for (const [kind, draft] of Object.entries(drafts)) {
    it(`opens on the other side, ${kind} of 2 kB`, async () => {
      const data = checkDraft(padded(draft, 2000));
      const sealed = await sealAccess(bind, data, team.manifest);
      for (const command of commands) {
        const plaintext = command.decrypt(sealed.body, identity);
        assert.equal(plaintext.length, 2048);
        assert.deepEqual(JSON.parse(String(plaintext)), { v: 1, bind: { ...bind, epoch: 1 }, data });
        const theirs = command.encrypt(plaintext, [team.key.recipient]);
        const opened = await openAccess(theirs, [team.key.identity], expected);
        assert.deepEqual(opened.data.reveal(), data);
      }
    });
  }

  it('opens on the other side, a file of 5 MB with its record', async () => {
    const bytes = randomBytes(FILE_BYTES);
    const data = checkDraft({ ...(await describeFile(bytes, 'server.key', 'application/x-pem-file')), label: 'Key' });
    const sealed = await sealAccess(bind, data, team.manifest, bytes);
    const { record, file } = splitBody(sealed.body, sealed.fileBytes);
    assert.ok(file);
    const opened = await openAccess(record, [team.key.identity], expected);
    assert.ok(bytes.equals(await openFile(file, [team.key.identity], opened)));
    for (const command of commands) {
      assert.deepEqual(JSON.parse(String(command.decrypt(record, identity))).data, data);
      assert.ok(bytes.equals(command.decrypt(file, identity)));
      const theirs = command.encrypt(bytes, [team.key.recipient]);
      assert.ok(bytes.equals(await openFile(theirs, [team.key.identity], opened)));
    }
  });

  it('opens by either of two keys', async () => {
    const second = await makeTeam();
    const manifest = await team.publish([team.key, { ...second.key, epoch: 2 }]);
    const sealed = await sealAccess(bind, checkDraft(drafts.ssh), manifest);
    assert.equal(sealed.epoch, 2);
    for (const { identity } of [team.key, second.key]) {
      for (const command of commands) assert.match(String(command.decrypt(sealed.body, identity.reveal())), /ssh-secret-1/);
      assert.equal((await openAccess(sealed.body, [identity], { ...expected, epoch: 2 })).kind, 'ssh');
    }
  });

  it('opens among the post-quantum keys of this side, and on the other where the command knows them', async () => {
    const quantum = await makeTeam('mlkem768x25519');
    const bytes = randomBytes(FILE_BYTES);
    const sealed = await sealAccess(bind, checkDraft(await describeFile(bytes, 'a', '')), quantum.manifest, bytes);
    const { record, file } = splitBody(sealed.body, sealed.fileBytes);
    const opened = await openAccess(record, [quantum.key.identity], expected);
    assert.ok(bytes.equals(await openFile(file as Uint8Array, [quantum.key.identity], opened)));
    for (const command of commands) {
      if (!/^v?1\.([3-9]|\d\d)/.test(command.version)) continue;
      assert.ok(bytes.equals(command.decrypt(file as Uint8Array, quantum.key.identity.reveal())));
      assert.ok(bytes.equals(await openFile(command.encrypt(bytes, [quantum.key.recipient]), [quantum.key.identity], opened)));
    }
  });
});
