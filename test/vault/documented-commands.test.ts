import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkDraft } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
import { sealAccess } from '@storefront-support/vault/seal';
import { root } from '../architecture/workspace.ts';
import { drafts } from '../support/access-drafts.ts';
import { bind } from '../support/vault-team.ts';

const README = 'packages/vault/README.md';
const COMMAND = path.join(root, 'packages/vault/dist/cli/vault.js');

describe('the commands that the vault’s documentation shows', () => {
  let home: string;
  let blocks: string[][];
  /** What stands for values that are another's on every machine. */
  const given = new Map<string, string>();

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'storefront-support-documented-'));
    const text = await readFile(path.join(root, README), 'utf8');
    blocks = Array.from(text.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block = '']) => block.trim().split('\n'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  /** Runs lines of the documentation in a shell; what they print. */
  function run(lines: string[]): string {
    let script = `set -e\nvault() { "${process.execPath}" "${COMMAND}" "$@"; }\n${lines.join('\n')}`;
    for (const [placeholder, value] of given) script = script.replaceAll(placeholder, value);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: home, encoding: 'utf8' });
    assert.equal(status, 0, `${lines.join('\n')}\n${stdout}${stderr}`);
    return stdout;
  }

  async function sealRecord(): Promise<void> {
    const place = (name: string) => path.join(home, 'data/vault', name);
    const { roots } = (await import(`data:text/javascript,${encodeURIComponent(await readFile(place('roots.js'), 'utf8'))}`)) as {
      roots: { shop: string[] };
    };
    const [file, signature] = [await readFile(place('shop/manifest.json')), await readFile(place('shop/manifest.json.sig'), 'utf8')];
    const manifest = await verifyManifest(file, signature, { desk: 'shop', roots: roots.shop, now: Date.now() });
    const { body } = await sealAccess({ ...bind, desk: 'shop' }, checkDraft(drafts.ssh), manifest);
    await writeFile(path.join(home, 'record.age'), body);
  }

  it('make a team, enrol a device and open a record, by the vault’s command and by age alone', async () => {
    const [, team = [], age = []] = blocks;
    const [make = '', device = '', enrol = '', publish = '', open = ''] = team;
    run([make]);
    const [, recipient = '', code = ''] = /^recipient {2}(\S+)\ncode {7}(\S+)$/m.exec(run([device])) ?? [];
    given.set('age1…', recipient).set('QF7K2-…', code);
    assert.ok(enrol.includes('age1…') && enrol.includes('QF7K2-…'));
    run([enrol, publish]);
    await sealRecord();
    assert.match(run([open]), /"password": "ssh-secret-1"/);
    run(age);
    assert.match(await readFile(path.join(home, 'record.json'), 'utf8'), /"password":"ssh-secret-1"/);
  });

  it('check who signed, sign again, and rotate', async () => {
    const [, , , verify = [], rotate = []] = blocks;
    assert.match(run(verify), /^Good "vault-manifest@storefront-support" signature for root/m);
    const said = run(rotate);
    for (const expected of [/Manifest 2 of/, /Key 2 of "Acme Support" opens for: recovery key\./, /record\.age\.new/, /Key 1 is gone/])
      assert.match(said, expected);
    assert.equal(blocks.length, 5, 'every block is run');
  });

  it('begin with one that lists the others', () => {
    const [[list = ''] = []] = blocks;
    assert.match(list, /^npx -p @storefront-support\/vault storefront-support-vault$/);
    assert.match(run(['vault']), /make-team/);
  });
});
