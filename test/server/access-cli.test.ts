import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import type { AccessRequest, AgentTicketSummary, AuditExport, TicketAccessState } from '@storefront-support/contract';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';

it('asks for access at the terminal, in an agent’s name, and takes it back', async (t) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'storefront-access-cli-'));
  t.after(() => rm(scratch, { recursive: true }));
  const dataDir = path.join(scratch, 'data');
  const deskFile = path.join(scratch, 'desks.yaml');
  await writeFile(deskFile, JSON.stringify(openDesks()));
  const desk = (...args: string[]) => deskCommand({ dataDir, deskFile }, ...args);
  const json = async <T>(...args: string[]): Promise<T> => {
    const answer = await desk(...args, '--json');
    assert.equal(answer.code, 0, answer.err);
    return answer.json<T>();
  };
  const as = ['--as', 'dana@shop.example'];
  await json('agents', 'add', '--admin', '--name', 'Dana', '--email', 'dana@shop.example');
  const opened = ['--contact', 'service', '--name', 'Ann', '--email', 'ann@customer.example', '--subject', 'Lamp', '--text', 'Hello'];
  const { number } = (await json<{ ticket: AgentTicketSummary }>('tickets', 'open', ...opened, ...as)).ticket;
  const ask = ['access', 'ask', number, '--kind', 'ssh', '--kind', 'sftp', '--reason', 'To see the error'];
  assert.match((await desk(...ask, ...as)).err, /No keys have been published/);
  await mkdir(path.join(dataDir, 'vault/open'), { recursive: true });
  await writeFile(path.join(dataDir, 'vault/open/manifest.json'), JSON.stringify({ recipients: [{ epoch: 1 }] }));
  assert.match((await desk(...ask)).err, /name an agent/);
  assert.match((await desk('access', 'ask', number, '--reason', 'x', ...as)).err, /--kind is needed/);
  const { request } = await json<{ request: AccessRequest }>(...ask, ...as);
  assert.deepEqual([request.state, request.agent?.name, request.kinds], ['asked', 'Dana', ['ssh', 'sftp']]);
  assert.match((await desk('access', 'list', number)).out, new RegExp(`^request {2}${request.id} {2}asked {2}ssh,sftp {2}Dana`));
  await json('access', 'withdraw', number, request.id, ...as);
  const [only] = (await json<TicketAccessState>('access', 'list', number)).requests;
  assert.equal(only?.state, 'withdrawn');
  const { entries } = await json<AuditExport>('access', 'audit', number);
  assert.deepEqual(
    entries.map(({ event, client }) => `${event} ${client}`),
    ['request.asked cli', 'request.withdrawn cli'],
  );
  assert.match((await desk('access', 'devices')).out, /^keys {2}none/);
});
