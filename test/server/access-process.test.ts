import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AccessReveal, AccessRequest, AuditExport, VaultPass } from '@storefront-support/contract';
import { ageText } from '../support/age-bytes.ts';
import { addAgent, codeOf, type TestAgent } from '../support/agent-browser.ts';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpAnswer } from '../support/http-request.ts';
import { newKey, newRecordId } from '../support/lent-access.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newKeys, postTicket } from '../support/ticket-request.ts';

const HOUR = 3_600_000;
const DESK = '/v1/desks/open';

/** Files below the folders that hold one of these, as it is. */
function filesWith(folders: readonly string[], words: readonly Buffer[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => {
        // a log file may have got another name meanwhile
        const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
        return words.some((word) => bytes.includes(word));
      }),
  );
}

interface Question {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

describe('a server with lent access', { timeout: 120_000 }, () => {
  let scratch: string;
  let dataDir: string;
  let headerDir: string;
  let server: ServerProcess;
  let agent: TestAgent;
  let inboxCookie: string;
  let vaultCookie: string;
  const start = () => startServer({ config: openDesks(), dataDir, env: { HEADER_DIR: headerDir } });

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-lent-'));
    dataDir = path.join(scratch, 'data');
    headerDir = path.join(scratch, 'headers');
    await mkdir(path.join(dataDir, 'vault/open'), { recursive: true });
    await writeFile(path.join(dataDir, 'vault/open/manifest.json'), JSON.stringify({ recipients: [{ epoch: 1 }] }));
    server = await start();
    agent = await addAgent(server, { name: 'Dana', serve: ['open/service'] });
  });
  after(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  const ask = (origin: string, where: string, { method = 'GET', body, headers = {} }: Question = {}, cookie = ''): Promise<HttpAnswer> => {
    const { host, port, origin: page } = new URL(origin);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const agents = cookie === '' ? {} : { cookie, ...(method !== 'GET' && { origin: page, 'sec-fetch-site': 'same-origin' }) };
    const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
    const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
    return httpRequest(Number(port), where, {
      method,
      headers: { host, ...agents, ...type, ...length, ...headers },
      ...(text !== undefined && { body: text }),
    });
  };
  const signIn = async (origin: string, body: object): Promise<HttpAnswer> =>
    ask(origin, '/v1/agent/sign-in', { method: 'POST', body, headers: { origin, 'sec-fetch-site': 'same-origin' } });
  const cookieOf = (answer: HttpAnswer) => (answer.headers['set-cookie']?.[0] ?? '').split(';', 1)[0] ?? '';
  const json = <T>(answer: HttpAnswer, status: number): T => {
    assert.equal(answer.status, status, answer.text);
    return answer.json<T>();
  };
  /** Asked for and sealed. */
  const lend = async () => {
    const keys = newKeys();
    const filed = (await (await postTicket({ url: server.url, keys })).json()) as { ticket: { number: string } };
    const { number } = filed.ticket;
    const draft = { kinds: ['ssh'], reason: 'To look', neededUntil: new Date(Date.now() + 24 * HOUR).toISOString() };
    const asked = await ask(
      server.inboxUrl,
      `${DESK}/agent/tickets/${number}/access/requests`,
      { method: 'POST', body: draft, headers: newKey() },
      inboxCookie,
    );
    const { request } = json<{ request: AccessRequest }>(asked, 201);
    const own = { authorization: `Bearer ${keys.secret}` };
    const access = `${DESK}/tickets/${number}/access`;
    const pass = json<VaultPass>(await ask(server.url, `${access}/requests/${request.id}/passes`, { method: 'POST', headers: own }), 201);
    const [id, sealed] = [newRecordId(), ageText()];
    const meta = {
      requestId: request.id,
      kind: 'ssh',
      epoch: 1,
      createdAt: new Date().toISOString(),
      expiresAt: draft.neededUntil,
      maxReveals: 1,
      fileBytes: 0,
    };
    const headers = {
      authorization: `Bearer ${pass.token}`,
      'content-type': 'application/octet-stream',
      'vault-meta': JSON.stringify(meta),
    };
    json(await ask(server.vaultUrl, `${DESK}/vault/records/${id}`, { method: 'PUT', body: sealed, headers }), 201);
    return { id, sealed, own, access };
  };
  const reveal = (id: string, cookie: string, headers = newKey()) =>
    ask(
      server.agentVaultUrl,
      `${DESK}/agent/vault/records/${id}/reveals`,
      { method: 'POST', body: { reason: 'To look' }, headers },
      cookie,
    );

  it('lets agents in at the vault page by a second factor alone, and apart from the inbox', async () => {
    const { email, password, secret } = agent;
    inboxCookie = cookieOf(await signIn(server.inboxUrl, { email, password, code: codeOf(secret) }));
    assert.match(inboxCookie, /^__Host-support-agent=/);
    // this is a demo: at the inbox an account without a code is opened by its password
    const plain = await addAgent(server, { name: 'Eve', serve: ['open/service'] });
    assert.equal((await signIn(server.agentVaultUrl, { email: plain.email, password: plain.password })).status, 401);
    const signedIn = await signIn(server.agentVaultUrl, { email, password, code: codeOf(secret, 1) });
    assert.equal(signedIn.status, 200, signedIn.text);
    vaultCookie = cookieOf(signedIn);
    assert.match(vaultCookie, /^__Host-support-vault=/);
    const where = `${DESK}/agent/vault/records`;
    assert.equal((await ask(server.agentVaultUrl, where, {}, vaultCookie)).status, 200);
    assert.equal((await ask(server.agentVaultUrl, where, {}, inboxCookie)).status, 401);
    assert.equal((await ask(server.agentVaultUrl, where, {}, vaultCookie.replace('vault', 'agent'))).status, 401);
    // what opens records is no part of the inbox, nor of any other origin
    for (const origin of [server.inboxUrl, server.url, server.vaultUrl, server.attachmentsUrl])
      assert.equal((await ask(origin, where, {}, `${inboxCookie}; ${vaultCookie}`)).status, 421, origin);
    // a page of the inbox may not ask for the vault page
    const foreign = {
      method: 'POST',
      body: { reason: 'x' },
      headers: { ...newKey(), cookie: vaultCookie, origin: server.inboxUrl, 'sec-fetch-site': 'same-site' },
    };
    assert.equal((await ask(server.agentVaultUrl, `${DESK}/agent/vault/records/${newRecordId()}/reveals`, foreign)).status, 403);
  });

  it('gives out after a crash what it had promised before, and tells of it once', async () => {
    const { id, sealed, access, own } = await lend();
    const key = newKey();
    const released = json<AccessReveal>(await reveal(id, vaultCookie, key), 201);
    await server.kill('SIGKILL');
    server = await start();
    const again = json<AccessReveal>(await reveal(id, vaultCookie, key), 201);
    assert.equal(again.id, released.id);
    const bytes = await ask(server.agentVaultUrl, `${DESK}/agent/vault/reveals/${again.id}/sealed`, {}, vaultCookie);
    assert.equal(bytes.text, sealed);
    const { entries } = json<AuditExport>(await ask(server.url, `${access}/audit`, { headers: own }), 200);
    assert.deepEqual(
      entries.map(({ event }) => event),
      ['request.asked', 'record.granted', 'reveal.opened'],
    );
    const ack = { method: 'POST', body: { outcome: 'opened' } };
    const done = json<{ record: { state: string } }>(
      await ask(server.agentVaultUrl, `${DESK}/agent/vault/reveals/${again.id}/ack`, ack, vaultCookie),
      200,
    );
    assert.equal(done.record.state, 'consumed');
  });

  it('has nothing of a header in any file once its record has ended', async (t) => {
    const { id, sealed, access, own } = await lend();
    const lines = sealed.split('\n');
    const texts = [lines[1]?.split(' ')[2] ?? '', lines[2] ?? '', (lines[3] ?? '').slice(4)];
    for (const text of texts) assert.equal(text.length, 43);
    // as they were sent, and the bytes that they stand for
    const words = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'base64')]);
    const places = [dataDir, headerDir];
    if (server.databaseUrl !== undefined) {
      const { runSql } = await import('../support/postgres.ts');
      await runSql(server.databaseUrl, 'checkpoint');
      const [row] = await runSql(server.databaseUrl, "select current_setting('data_directory') as place");
      const place = String(row?.['place']);
      if (existsSync(place)) places.push(place);
    }
    const before = filesWith(places, words);
    assert.deepEqual(
      before.map((file) => path.dirname(file)),
      [path.join(headerDir, 'open')],
    );
    assert.ok(path.basename(before[0] ?? '').startsWith(id));
    // what is kept beside the header lies in the database
    assert.ok(filesWith(places, [Buffer.from(sealed.slice(-32))]).length > 0);
    json(await ask(server.url, `${access}/records/${id}`, { method: 'DELETE', headers: own }), 200);
    assert.deepEqual(filesWith(places, words), []);
    t.diagnostic(`searched ${places.join(' and ')}`);
  });
});
