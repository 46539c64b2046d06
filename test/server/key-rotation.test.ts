import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import type { AccessRecord, AccessRequest, AccessReveal, AuditExport, VaultPass, VaultRequest } from '@storefront-support/contract';
import { checkDraft } from '@storefront-support/vault/draft';
import { verifyManifest } from '@storefront-support/vault/manifest';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { runVault } from '../../packages/vault/dist/cli/run-vault.js';
import { drafts } from '../support/access-drafts.ts';
import { ageCli } from '../support/age-cli.ts';
import { addAgent, codeOf, signedIn } from '../support/agent-browser.ts';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import { newKey, newRecordId, read } from '../support/lent-access.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newKeys, postTicket } from '../support/ticket-request.ts';

const DAY = 86_400_000;
const DESK = '/v1/desks/open';

let home: string;
let server: ServerProcess;

before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'storefront-rotation-'));
  server = await startServer({ config: openDesks(), dataDir: path.join(home, 'data') });
});
after(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const at = (...names: string[]) => path.join(home, ...names);
const text = (...names: string[]) => readFile(at(...names), 'utf8');

async function vault(...args: string[]): Promise<string> {
  let out = '';
  let err = '';
  const code = await runVault([...args, '--folder', at('team')], { out: (said) => (out += said), err: (said) => (err += said) });
  assert.deepEqual([code, err], [0, ''], args.join(' '));
  return out;
}

async function published() {
  const { root } = JSON.parse(await text('team/team.json')) as { root: string };
  const folder = at('data/vault/open');
  const [file, signature] = [await readFile(path.join(folder, 'manifest.json')), await text('data/vault/open/manifest.json.sig')];
  return verifyManifest(new Uint8Array(file), signature, { desk: 'open', roots: [root], now: Date.now() });
}

it('after a change of keys the new one opens every active record, the old one none, and no customer has done anything', async () => {
  await vault('make-team', '--team', 'Acme Support', '--desk', 'open');
  for (const name of ['dana', 'ben']) {
    const [, recipient = '', code = ''] = /^recipient {2}(\S+)\ncode {7}(\S+)$/m.exec(await vault('device', at(`${name}.txt`))) ?? [];
    await vault('enrol', '--name', name, '--recipient', recipient, '--code', code, '--identity', at('team/recovery.txt'));
  }
  await vault('publish', '--to', at('data/vault'));
  const desk = (...args: string[]) => deskCommand(server, ...args);
  assert.equal((await desk('access', 'load-key', '1', at('team/keys/team-1.age'))).code, 0);

  const boss = await addAgent(server, { name: 'Boss', admin: true });
  const inbox = await signedIn(server, boss, -1);
  const keys = newKeys();
  const filed = (await (await postTicket({ url: server.url, keys })).json()) as { ticket: { number: string } };
  const { number } = filed.ticket;
  const asked = await inbox.ask(`${DESK}/agent/tickets/${number}/access/requests`, {
    method: 'POST',
    headers: newKey(),
    body: { kinds: ['ssh', 'file'], reason: 'To look', neededUntil: new Date(Date.now() + DAY).toISOString() },
  });
  const { request } = asked.json<{ request: AccessRequest }>();
  const own = { Authorization: `Bearer ${keys.secret}` };
  const access = `${server.url}${DESK}/tickets/${number}/access`;
  const { token } = await read<VaultPass>(await fetch(`${access}/requests/${request.id}/passes`, { method: 'POST', headers: own }), 201);
  const pass = { Authorization: `Bearer ${token}` };
  const { origin } = await read<VaultRequest>(await fetch(`${server.vaultUrl}${DESK}/vault/request`, { headers: pass }), 200);
  const lent = new TextEncoder().encode('a key file');
  for (const draft of [drafts.ssh, await describeFile(lent, 'a.key', '')]) {
    const record = newRecordId();
    const facts = { createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + DAY).toISOString(), maxReveals: 9 };
    const bind = { desk: 'open', ticket: number, request: request.id, record, origin, ...facts };
    const data = checkDraft(draft);
    const { body, epoch, fileBytes } = await sealAccess(bind, data, await published(), data.kind === 'file' ? lent : undefined);
    const meta = { requestId: request.id, kind: data.kind, epoch, fileBytes, ...facts };
    const headers = { ...pass, 'Content-Type': 'application/octet-stream', 'Vault-Meta': JSON.stringify(meta) };
    await read(await fetch(`${server.vaultUrl}${DESK}/vault/records/${record}`, { method: 'PUT', headers, body }), 201);
  }

  assert.equal((await desk('access', 'save-key', '1', '--out', at('held.age'))).code, 0);
  await vault('rotate', '--without', 'ben', '--team-key', at('held.age'), '--identity', at('dana.txt'), '--yes');
  await vault('publish', '--to', at('data/vault'));
  assert.equal((await desk('access', 'load-key', '2', at('team/keys/team-2.age'))).code, 0);
  assert.match((await desk('access', 'forget-key', '1')).err, /still sealed to this key/);
  await writeFile(at('password'), `${boss.password}\n`);
  const typed = ['--email', boss.email, '--password-file', at('password'), '--code', codeOf(boss.secret)];
  const moved = await vault('reseal-records', '--at', server.agentVaultUrl, ...typed, '--identity', at('dana.txt'));
  assert.equal(moved.match(/key 1 to 2$/gm)?.length, 2);
  assert.equal((await desk('access', 'forget-key', '1')).code, 0);

  const page = { Origin: server.agentVaultUrl, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };
  const proof = JSON.stringify({ email: boss.email, password: boss.password, code: codeOf(boss.secret, 1) });
  const signIn = await fetch(`${server.agentVaultUrl}/v1/agent/sign-in`, { method: 'POST', headers: page, body: proof });
  const Cookie = signIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const below = `${server.agentVaultUrl}${DESK}/agent/vault`;
  const { records } = await read<{ records: { record: AccessRecord }[] }>(await fetch(`${below}/records`, { headers: { Cookie } }), 200);
  assert.deepEqual(
    records.map(({ record }) => [record.state, record.epoch]),
    [
      ['active', 2],
      ['active', 2],
    ],
  );
  const age = ageCli();
  const old = String(age.decrypt(await readFile(at('held.age')), await text('ben.txt')));
  const team2 = await readFile(at('team/keys/team-2.age'));
  const present = String(age.decrypt(team2, await text('dana.txt')));
  const ben = await text('ben.txt');
  assert.throws(() => age.decrypt(team2, ben), /no identity matched/);
  const opened: string[] = [];
  for (const { record } of records) {
    const headers = { ...page, ...newKey(), Cookie };
    const body = JSON.stringify({ reason: 'To look' });
    const reveal = await read<AccessReveal>(await fetch(`${below}/records/${record.id}/reveals`, { method: 'POST', headers, body }), 201);
    const bytes = new Uint8Array(await (await fetch(`${below}/reveals/${reveal.id}/sealed`, { headers: { Cookie } })).arrayBuffer());
    const files = reveal.fileBytes ? [bytes.subarray(0, -reveal.fileBytes), bytes.subarray(-reveal.fileBytes)] : [bytes];
    for (const file of files) {
      opened.push(String(age.decrypt(file, present)));
      assert.throws(() => age.decrypt(file, old), /no identity matched/);
    }
  }
  assert.ok(opened.some((said) => said.includes('ssh-secret-1')) && opened.includes('a key file'));
  const { entries } = await read<AuditExport>(await fetch(`${access}/audit`, { headers: own }), 200);
  const later = entries.slice(entries.findLastIndex(({ event }) => event === 'record.granted') + 1);
  assert.deepEqual(
    later.slice(0, 4).map(({ event }) => event),
    ['rewrap.opened', 'record.rewrapped', 'rewrap.opened', 'record.rewrapped'],
  );
  assert.ok(later.every(({ actor }) => actor.kind === 'agent'));
});
