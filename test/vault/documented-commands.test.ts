import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkDraft } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
import { sealAccess } from '@storefront-support/vault/seal';
import { drafts } from '../support/access-drafts.ts';
import { blockWith, DocumentedCommands, shellBlocks } from '../support/documented-commands.ts';
import { bind } from '../support/vault-team.ts';

const README = 'packages/vault/README.md';
const GUIDE = 'stories/docs/operators-guide.mdx';
const PROMISES = 'stories/docs/vault-promises.mdx';

describe('the commands that the vault’s documentation shows', () => {
  let home: string;
  let blocks: string[][];
  let commands: DocumentedCommands;
  const run = (lines: string[]) => commands.run(lines);

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'storefront-support-documented-'));
    commands = new DocumentedCommands(home);
    blocks = await shellBlocks(README);
  });
  after(() => rm(home, { recursive: true, force: true }));

  async function sealRecord(at: string, folder: string): Promise<void> {
    const place = (name: string) => path.join(at, folder, name);
    const { roots } = (await import(`data:text/javascript,${encodeURIComponent(await readFile(place('roots.js'), 'utf8'))}`)) as {
      roots: { shop: string[] };
    };
    const [file, signature] = [await readFile(place('shop/manifest.json')), await readFile(place('shop/manifest.json.sig'), 'utf8')];
    const manifest = await verifyManifest(file, signature, { desk: 'shop', roots: roots.shop, now: Date.now() });
    const { body } = await sealAccess({ ...bind, desk: 'shop' }, checkDraft(drafts.ssh), manifest);
    await writeFile(path.join(at, 'record.age'), body);
  }

  it('make a team, enrol a device and open a record, by the vault’s command and by age alone', async () => {
    const [, team = [], age = []] = blocks;
    const [make = '', device = '', enrol = '', publish = '', open = ''] = team;
    run([make]);
    const [, recipient = '', code = ''] = /^recipient {2}(\S+)\ncode {7}(\S+)$/m.exec(run([device])) ?? [];
    commands.given.set('age1…', recipient).set('QF7K2-…', code);
    assert.ok(enrol.includes('age1…') && enrol.includes('QF7K2-…'));
    run([enrol, publish]);
    await sealRecord(home, 'data/vault');
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

  it('of an operator make a team under a root key of OpenSSH, publish it, check it, and open a record with age', async () => {
    const own = await mkdtemp(path.join(home, 'operator-'));
    const operator = new DocumentedCommands(own);
    operator.given.set('/var/lib/storefront-support/vault', 'published');
    await mkdir(path.join(own, '.ssh'));
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(own, '.ssh/acme_root')]);
    assert.equal(made.status, 0, String(made.stderr));
    const [, root = ''] = /\(vault-pin\): {2}(SHA256:\S+)/.exec(operator.run(await blockWith(GUIDE, 'make-team'))) ?? [];
    for (const name of ['manifest.json', 'manifest.json.sig'])
      await writeFile(path.join(own, name), await readFile(path.join(own, 'published/shop', name)));
    operator.given.set('SHA256:…', root);
    assert.match(operator.run(await blockWith(GUIDE, 'vault -- check')), /^Good: manifest 1[^]*^Good "vault-manifest@/m);
    await sealRecord(own, 'published');
    operator.run(await blockWith(GUIDE, 'age -d'));
    assert.match(await readFile(path.join(own, 'record.json'), 'utf8'), /"password":"ssh-secret-1"/);
  });

  it('of the promises show what a sealed file is', async () => {
    await writeFile(path.join(home, 'note.txt'), 'a note of mine\n');
    const said = new DocumentedCommands(home).run(await blockWith(PROMISES, 'age-keygen'));
    assert.match(said, /^age-encryption\.org\/v1a note of mine$/m);
  });
});
