import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { checkDraft } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { runVault } from '../../packages/vault/dist/cli/run-vault.js';
import { root } from '../architecture/workspace.ts';
import { drafts } from '../support/access-drafts.ts';
import { ageCli } from '../support/age-cli.ts';
import { bind, codeOf, DESK, NOW } from '../support/vault-team.ts';

const DAY = 86_400_000;

describe('the command line of the vault', () => {
  let home: string;
  let now: number;
  const at = (...names: string[]) => path.join(home, ...names);
  const text = (...names: string[]) => readFile(at(...names), 'utf8');

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'storefront-support-vault-'));
    now = NOW;
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  /** Runs one command; its code, and what it printed. */
  async function vault(...args: string[]) {
    let out = '';
    let err = '';
    const folder = args.includes('--folder') || args.length === 0 || args[0] === 'nonsense' ? [] : ['--folder', at('team')];
    const code = await runVault([...args, ...folder], { out: (said) => (out += said), err: (said) => (err += said) }, now);
    return { code, out, err };
  }
  async function done(...args: string[]): Promise<string> {
    const { code, out, err } = await vault(...args);
    assert.deepEqual([code, err], [0, ''], args.join(' '));
    return out;
  }
  const makeTeam = (...more: string[]) => done('make-team', '--team', 'Acme Support', '--desk', DESK, ...more);
  async function published(desk = DESK) {
    const { roots } = (await import(`data:text/javascript,${encodeURIComponent(await text('public/roots.js'))}`)) as {
      roots: { [desk: string]: string[] };
    };
    const manifest = new Uint8Array(await readFile(at('public', desk, 'manifest.json')));
    return verifyManifest(manifest, await text('public', desk, 'manifest.json.sig'), { desk, roots: roots[desk] ?? [], now });
  }
  async function makeDevice(name: string) {
    const [, recipient = '', code = ''] = /^recipient {2}(\S+)\ncode {7}(\S+)$/m.exec(await done('device', at(name))) ?? [];
    return { recipient, code };
  }
  const enrol = (name: string, { recipient, code }: { recipient: string; code: string }, identity = at('team/recovery.txt')) =>
    vault('enrol', '--name', name, '--recipient', recipient, '--code', code, '--identity', identity);

  it('makes a team whose published manifest a browser trusts, and keeps secrets to its user', async () => {
    assert.match(await makeTeam(), /Root key, to be pinned \(vault-pin\): {2}SHA256:\S{43}\n/);
    await done('publish', '--to', at('public'));
    const manifest = await published();
    assert.deepEqual([manifest.team, manifest.seq, manifest.recipients.length], ['Acme Support', 1, 1]);
    for (const name of ['root', 'recovery.txt', 'team.json', 'keys/team-1.age']) {
      assert.equal((await stat(at('team', name))).mode & 0o777, 0o600, name);
    }
    assert.doesNotMatch(await text('team/team.json'), /SECRET|PRIVATE/);
    const again = await vault('make-team', '--team', 'Other', '--desk', 'x');
    assert.deepEqual([again.code, /already/.test(again.err)], [1, true]);
    assert.match(
      await done('check', '--manifest', at('public', DESK, 'manifest.json'), '--desk', DESK, '--root', manifest.signer),
      /^Good: manifest 1 of "Acme Support"/,
    );
  });

  it('opens a record from nothing, by its own command and by age alone', async () => {
    await makeTeam();
    await done('publish', '--to', at('public'));
    const dana = await makeDevice('dana.txt');
    assert.equal((await enrol('Dana', dana)).code, 0);
    const lent = new TextEncoder().encode('a key file');
    const file = await sealAccess(bind, checkDraft(await describeFile(lent, 'a.key', '')), await published(), lent);
    await writeFile(at('body'), file.body);
    await done('split', at('body'), '--file-bytes', String(file.fileBytes));
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), await published());
    await writeFile(at('record.age'), body);

    const key = ['--identity', at('dana.txt'), '--team-key', at('team/keys/team-1.age')];
    const opened = JSON.parse(await done('open', at('record.age'), ...key)) as { data: { password: string } };
    assert.equal(opened.data.password, 'ssh-secret-1');
    await done('open', at('body.record.age'), ...key, '--file', at('body.file.age'), '--out', at('a.key'));
    assert.equal(await text('a.key'), 'a key file');

    const age = ageCli();
    const teamKey = String(age.decrypt(await readFile(at('team/keys/team-1.age')), await text('dana.txt')));
    assert.equal((JSON.parse(String(age.decrypt(body, teamKey))) as typeof opened).data.password, 'ssh-secret-1');
    assert.equal(String(age.decrypt(await readFile(at('body.file.age')), teamKey)), 'a key file');
  });

  it('enrols nobody whose code is another one, and changes nothing then', async () => {
    await makeTeam();
    const before = await text('team/keys/team-1.age');
    const [dana, evil] = [await makeDevice('dana.txt'), await makeDevice('evil.txt')];
    const { code, err } = await enrol('Dana', { recipient: evil.recipient, code: dana.code });
    assert.deepEqual([code, err.split(':')[0]], [1, 'code-mismatch']);
    assert.equal((await enrol('Dana', dana, at('evil.txt'))).code, 1);
    assert.equal(await text('team/keys/team-1.age'), before);
    assert.doesNotMatch(await text('team/team.json'), /Dana/);
  });

  it('rotates: who has left opens nothing that was sealed anew, who stays opens all of it', async () => {
    await makeTeam();
    await done('publish', '--to', at('public'));
    for (const name of ['dana', 'ben']) assert.equal((await enrol(name, await makeDevice(`${name}.txt`))).code, 0);
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), await published());
    await writeFile(at('record.age'), body);

    const before = await text('team/team.json');
    const shown = await done('rotate', '--without', 'ben');
    assert.match(
      shown,
      /would open for:\n {2}recovery key {2}age1\S+\n {2}dana {2}age1\S+\nand no longer for:\n {2}ben {2}age1\S+\nNothing/,
    );
    assert.equal(await text('team/team.json'), before);
    // let in at a vault page: the folder does not know them, the file that the server keeps does
    const held = ['--team-key', at('team/keys/team-1.age'), '--identity', at('dana.txt')];
    const { devices, ...team } = JSON.parse(before) as { devices: { name: string }[] };
    await writeFile(at('team/team.json'), JSON.stringify({ ...team, devices: devices.slice(0, 1) }));
    assert.equal(await done('rotate', '--without', 'ben', ...held), shown);
    await done('rotate', '--without', 'ben', ...held, '--yes');
    await done('publish', '--to', at('public'));
    const manifest = await published();
    assert.deepEqual([manifest.seq, manifest.recipients.map(({ epoch }) => epoch)], [2, [2]]);
    await done('reseal', at('record.age'), '--identity', at('dana.txt'), '--team-key', at('team/keys/team-1.age'));
    const open = (name: string, epoch: number) =>
      vault('open', at('record.age.new'), '--identity', at(`${name}.txt`), '--team-key', at(`team/keys/team-${epoch}.age`));
    assert.match((await open('dana', 2)).out, /ssh-secret-1/);
    for (const epoch of [1, 2]) assert.deepEqual((await open('ben', epoch)).err.split(':')[0], 'wrong-key');

    await done('forget', '1');
    await assert.rejects(text('team/keys/team-1.age'), { code: 'ENOENT' });
    assert.equal((await vault('forget', '2')).code, 1);
    assert.equal((await vault('rotate', '--without', 'nobody')).code, 1);
  });

  it('signs again before the end, with a higher number, and says no to 46 days', async () => {
    await makeTeam('--days', '10');
    now += 9 * DAY;
    await done('re-sign', '--days', '45');
    await done('publish', '--to', at('public'));
    assert.equal((await published()).seq, 2);
    now += 44 * DAY;
    await published();
    now += DAY;
    assert.equal(await codeOf(published()), 'manifest-expired');
    assert.deepEqual([(await vault('re-sign', '--days', '46')).code, (await vault('re-sign', '--days', 'x')).code], [2, 2]);
  });

  it('takes a root key of ssh-keygen, locked ones by way of OpenSSH', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'root@acme', '-f', at('own')]);
    const [, root] = execFileSync('ssh-keygen', ['-lf', at('own.pub')], { encoding: 'utf8' }).split(' ');
    assert.match(await makeTeam('--root', at('own')), new RegExp((root as string).replace(/[+/]/g, '\\$&')));
    await done('publish', '--to', at('public'));
    assert.equal((await published()).signer, root);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'locked up', '-f', at('own')]);
    await writeFile(at('askpass'), '#!/bin/sh\necho locked up\n', { mode: 0o700 });
    const asking = { SSH_ASKPASS: at('askpass'), SSH_ASKPASS_REQUIRE: 'force' };
    Object.assign(process.env, asking);
    try {
      await done('re-sign');
    } finally {
      for (const name of Object.keys(asking)) delete process.env[name];
    }
    await done('publish', '--to', at('public'));
    assert.equal((await published()).seq, 2);
  });

  it('makes post-quantum teams, and goes over to them and back', async () => {
    await makeTeam('--post-quantum');
    await done('publish', '--to', at('public'));
    assert.match((await published()).recipients[0]?.recipient ?? '', /^age1pq1/);
    await done('rotate', '--classical', '--yes');
    await done('publish', '--to', at('public'));
    assert.match((await published()).recipients[0]?.recipient ?? '', /^age1(?!pq1)/);
  });

  it('publishes for several desks, and leaves the roots of others alone', async () => {
    await makeTeam('--desk', 'second');
    await done('publish', '--to', at('public'));
    await done('make-team', '--team', 'Other', '--desk', 'third', '--folder', at('other'));
    await done('publish', '--to', at('public'), '--folder', at('other'));
    for (const desk of [DESK, 'second', 'third']) assert.equal((await published(desk)).desks.includes(desk), true);
    await writeFile(at('public/roots.js'), 'export const roots = mine;');
    assert.equal((await vault('publish', '--to', at('public'))).code, 1);
  });

  it('keeps a demonstration signed at every start', async () => {
    const start = () => done('demo', '--desk', DESK, '--to', at('public'));
    assert.match(await start(), /demo key.*SHA256:/);
    const first = await published();
    now += 40 * DAY;
    await start();
    const second = await published();
    assert.equal(second.signer, first.signer);
    assert.deepEqual(second.recipients, first.recipients);
    assert.ok(second.seq > first.seq);
  });

  it('leaves a desk of another team alone in a demonstration, and takes on new desks', async () => {
    await makeTeam('--folder', at('own'));
    await done('publish', '--to', at('public'), '--folder', at('own'));
    const own = await published();
    await done('demo', '--desk', DESK, '--desk', 'second', '--to', at('public'));
    assert.deepEqual((await published()).recipients, own.recipients);
    assert.equal((await published('second')).team, 'Demo Support');
    await done('demo', '--desk', DESK, '--desk', 'second', '--desk', 'third', '--to', at('public'));
    assert.equal((await published('third')).seq > 1, true);
  });

  it('says how it is used', async () => {
    assert.match(await done(), /make-team[^]*rotate[^]*open RECORD/);
    assert.match(await done('make-team', '--help'), /--post-quantum/);
    for (const typed of [
      'nonsense',
      'make-team',
      'make-team --team x',
      'open',
      'device a b',
      'rotate --nonsense',
      'check --manifest x --desk x',
    ]) {
      const { code, out, err } = await vault(...typed.split(' '));
      assert.deepEqual([code, out], [2, ''], typed);
      assert.match(err, /\n {2}--help|Each has its own --help/, typed);
    }
    const { code, err } = await vault('re-sign');
    assert.deepEqual([code, /There is no team in/.test(err)], [1, true]);
    const bin = path.join(root, 'packages/vault/dist/cli/vault.js');
    assert.match(execFileSync(process.execPath, [bin], { encoding: 'utf8' }), /^vault: keys of a support team/);
  });
});
