import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AgentReplyReceipt, AgentTicketDetail, AgentTicketPage, AgentTicketSummary } from '@storefront-support/contract';
import { addAgent, signedIn } from '../support/agent-browser.ts';
import { deskCommand, type CommandAnswer } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

describe('the command line', () => {
  let scratch: string;
  let dataDir: string;
  let deskFile: string;
  let server: ServerProcess | undefined;
  let number: string;
  let secret: string;

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-cli-'));
    dataDir = path.join(scratch, 'data');
    deskFile = path.join(scratch, 'desks.yaml');
    await writeFile(deskFile, JSON.stringify(openDesks()));
  });
  after(async () => {
    await server?.stop();
    await rm(scratch, { recursive: true });
  });

  const desk = (...args: string[]) => deskCommand({ dataDir, deskFile }, ...args);
  const done = async (...args: string[]): Promise<CommandAnswer> => {
    const answer = await desk(...args);
    assert.equal(answer.code, 0, answer.err);
    assert.equal(answer.err, '');
    return answer;
  };
  const json = async <T>(...args: string[]): Promise<T> => (await done(...args, '--json')).json<T>();
  const refused = async (code: number, said: RegExp, ...args: string[]) => {
    const answer = await desk(...args);
    assert.equal(answer.code, code, `${args.join(' ')}: ${answer.out}${answer.err}`);
    assert.match(answer.err, said);
    assert.ok(!/\n\s+at /.test(answer.err), answer.err);
  };

  it('explains itself, all of it and each command', async () => {
    const { out } = await done();
    for (const name of ['agents add', 'agents keys', 'tickets reply', 'tickets redact']) assert.ok(out.includes(name), name);
    for (const line of out.split('\n')) {
      const name = /^ {2}(\w+ \w+) {2}/.exec(line)?.[1];
      if (name === undefined || !['tickets reply', 'agents serve'].includes(name)) continue;
      assert.match((await done(...name.split(' '), '--help')).out, new RegExp(`^npm run desk -- ${name} .*\\n\\n.*\\n[^]*--json`));
    }
    assert.match((await done('agents')).out, /agents disable/);
    await refused(2, /"tickets destroy" is no command here/, 'tickets', 'destroy');
    await refused(2, /Unknown option '--nmae'/, 'agents', 'add', '--nmae', 'Ann');
    await refused(2, /--email is needed/, 'agents', 'add', '--name', 'Ann');
    await refused(2, /ADDRESS is missing/, 'agents', 'disable');
    await refused(2, /one word too many/, 'tickets', 'reply', 'K7QF-2M9X', 'Hello');
    await refused(2, /--text or --stdin/, 'tickets', 'reply', 'K7QF-2M9X');
  });

  it('works on the store itself while no server runs', async () => {
    const added = await json<{ agent: { email: string; role: string }; setUp: { url: string } }>(
      ...['agents', 'add', '--admin', '--name', 'Eve', '--email', 'Eve@Shop.Example'],
    );
    assert.deepEqual([added.agent.email, added.agent.role], ['eve@shop.example', 'admin']);
    assert.match(added.setUp.url, /^http:\/\/localhost:8481\/#set-up=[\w-]{43}$/);
    const elsewhere = await deskCommand(
      { dataDir, deskFile, env: { INBOX_URL: 'https://inbox.example' } },
      'agents',
      'invite',
      'eve@shop.example',
    );
    assert.match(elsewhere.out, /https:\/\/inbox\.example\/#set-up=/);
    await refused(1, /There is an agent of this address already/, 'agents', 'add', '--name', 'Eve', '--email', 'eve@shop.example');
    await refused(
      1,
      /contacts\.0: No such contact; there are open\/service/,
      'agents',
      'add',
      '--name',
      'X',
      '--email',
      'x@y.example',
      '--serve',
      'open/lost',
    );
    await refused(2, /write the ids of desk and contact/, 'agents', 'serve', 'eve@shop.example', 'service');
    await refused(1, /no agent of this address/, 'agents', 'disable', 'nobody@shop.example');
    await done('agents', 'add', '--name', 'Ann', '--email', 'ann@shop.example', '--serve', 'open/service');
    assert.match((await done('agents', 'list')).out, /^ann@shop\.example {2}Ann {2}agent {2}open\/service {2}not set up\neve@/);
    const opened = await json<{ ticket: AgentTicketSummary }>(
      ...['tickets', 'open', '--contact', 'service', '--email', 'lou@customer.example', '--name', 'Lou'],
      ...['--subject', 'Your parcel', '--text', 'It came back.', '--order', 'A-1', '--as', 'ann@shop.example'],
    );
    assert.deepEqual(
      [opened.ticket.assignee, opened.ticket.orderReference],
      [
        { kind: 'agent', id: opened.ticket.assignee && 'id' in opened.ticket.assignee ? opened.ticket.assignee.id : '', name: 'Ann' },
        'A-1',
      ],
    );
    assert.match(
      (await done('tickets', 'show', opened.ticket.number)).out,
      /Lou <lou@customer\.example>[^]*#1 .* agent Ann {2}message [\w-]+\n {2}It came back\./,
    );
    assert.ok(!existsSync(path.join(dataDir, 'desk.sock')));
  });

  it('reaches the server while one runs, through a socket of its user alone', async () => {
    server = await startServer({ config: openDesks(), dataDir });
    const socket = await stat(path.join(dataDir, 'desk.sock'));
    assert.ok(socket.isSocket());
    assert.equal(socket.mode & 0o777, 0o600);
    const keys = newKeys();
    ({ secret } = keys);
    const draft = newDraft({ message: 'Where is it?\n\u001b[2Jcleared \u202Eright to left', orderReference: 'A-17' });
    ({ number } = ((await (await postTicket({ url: server.url, keys, draft })).json()) as { ticket: { number: string } }).ticket);
    const page = await json<AgentTicketPage>('tickets', 'list', '--search', number, '--status', 'active');
    assert.deepEqual(
      page.tickets.map((ticket) => ticket.number),
      [number],
    );
    const { out } = await done('tickets', 'show', number);
    assert.ok(out.includes('A-17') && out.includes('<001b>[2Jcleared <202e>right to left'), 'a stranger’s text moves no cursor');
    const replied = await json<AgentReplyReceipt>('tickets', 'reply', number, '--text', 'Tomorrow.', '--as', 'ann@shop.example');
    assert.deepEqual([replied.message.by.name, replied.ticket.assignee?.kind], ['Ann', 'agent']);
    const thread = await (
      await fetch(`${server.url}/v1/desks/open/tickets/${number}/messages`, { headers: { Authorization: `Bearer ${secret}` } })
    ).text();
    assert.ok(thread.includes('Tomorrow.'));
  });

  it('does everything that agents do with tickets', async () => {
    const note = await deskCommand({ dataDir, deskFile, input: 'Call the\nwarehouse.' }, 'tickets', 'note', number, '--stdin', '--json');
    assert.deepEqual(
      [note.json<AgentReplyReceipt>().message.text, note.json<AgentReplyReceipt>().message.visibility],
      ['Call the\nwarehouse.', 'internal'],
    );
    const stale = await desk('tickets', 'reply', number, '--text', 'Late.', '--seq', '1', '--as', 'eve@shop.example');
    assert.equal(stale.code, 1);
    assert.match(stale.err, /Something newer stands in this thread[^]*Tomorrow\.[^]*warehouse/);
    assert.deepEqual(
      (await json<{ ticket: AgentTicketSummary }>('tickets', 'assign', number, 'eve@shop.example')).ticket.assignee?.kind,
      'agent',
    );
    const other = ['tickets', 'assign', number, 'depot@partner.example', '--other', '--comment', 'Parcel 17'];
    assert.deepEqual((await json<{ ticket: AgentTicketSummary }>(...other)).ticket.assignee, {
      kind: 'other',
      email: 'depot@partner.example',
      comment: 'Parcel 17',
    });
    await refused(2, /depot@partner\.example is no agent/, 'tickets', 'assign', number, 'depot@partner.example');
    assert.equal((await json<{ ticket: AgentTicketSummary }>('tickets', 'assign', number, 'nobody')).ticket.assignee, null);
    assert.equal(
      (await json<{ ticket: AgentTicketSummary }>('tickets', 'status', number, 'closed', '--reason', 'Done')).ticket.status,
      'closed',
    );
    await refused(1, /status:/, 'tickets', 'status', number, 'lost');
    assert.match((await done('tickets', 'redact', number, '--find', 'Tomorrow')).out, /1 redacted/);
    const shown = await json<AgentTicketDetail>('tickets', 'show', number);
    assert.ok(shown.entries.some((entry) => entry.type === 'message' && entry.text === '████████.'));
    assert.match((await done('tickets', 'redact', number, '--find', 'Tomorrow')).out, /Nothing was found/);
    await refused(1, /no ticket of this number/, 'tickets', 'show', 'ZZZZ-ZZZZ');
    await refused(1, /no agent of this address that may act/, 'tickets', 'show', number, '--as', 'nobody@shop.example');
    await refused(1, /no agent of this address that may act/, 'tickets', 'show', number, '--as', 'Ünal\n50 %');
    await refused(1, /no desk of this id/, 'tickets', 'list', '--desk', 'lost');
  });

  it('changes agents at once', async () => {
    const running = server as ServerProcess;
    const gil = await addAgent({ dataDir }, { name: 'Gil', serve: ['open/service'] });
    const browser = await signedIn(running, gil);
    assert.equal((await browser.ask(`/v1/desks/open/agent/tickets/${number}`)).status, 200);
    await done('agents', 'serve', gil.email);
    assert.equal((await browser.ask(`/v1/desks/open/agent/tickets/${number}`)).status, 404);
    await done('agents', 'serve', gil.email, 'open/service');
    assert.equal((await browser.ask(`/v1/desks/open/agent/tickets/${number}`)).status, 200);
    const { token, key } = await json<{ token: string; key: { id: string } }>(
      'agents',
      'keys',
      gil.email,
      '--add',
      'report',
      '--days',
      '2',
    );
    const withKey = async () => (await fetch(`${running.inboxUrl}/v1/agent/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
    assert.equal(await withKey(), 200);
    assert.match((await done('agents', 'keys', gil.email)).out, /report {2}until \d/);
    assert.match((await done('agents', 'keys', gil.email, '--remove', key.id)).out, /There is no key/);
    assert.equal(await withKey(), 401);
    const input = 'a new pass phrase\n';
    assert.match((await deskCommand({ dataDir, deskFile, input }, 'agents', 'password', gil.email, '--stdin')).out, /The password is set/);
    assert.equal((await browser.ask('/v1/agent/me')).status, 401, 'a new password ends what was open');
    assert.equal((await browser.signIn({ ...gil, password: 'a new pass phrase' }, 1)).status, 200);
    const short = await deskCommand({ dataDir, deskFile, input: 'short' }, 'agents', 'password', gil.email, '--stdin');
    assert.equal(short.code, 1);
    assert.match(short.err, /password: .*12/);
    assert.match((await done('agents', 'disable', gil.email)).out, /disabled/);
    assert.equal((await browser.ask('/v1/agent/me')).status, 401);
    await refused(1, /enable it first/, 'agents', 'invite', gil.email);
    assert.ok(!/disabled/.test((await done('agents', 'enable', gil.email)).out));
  });

  it('goes on without the server, also after one that was killed and left its socket', async () => {
    await (server as ServerProcess).kill('SIGKILL');
    assert.ok(existsSync(path.join(dataDir, 'desk.sock')));
    assert.match((await done('tickets', 'list')).out, new RegExp(number));
    server = await startServer({ config: openDesks(), dataDir });
    assert.match((await done('tickets', 'list')).out, new RegExp(number));
    await server.kill();
    assert.ok(!existsSync(path.join(dataDir, 'desk.sock')), 'a server that stops takes its socket with it');
    assert.match((await done('tickets', 'list')).out, new RegExp(number));
  });

  it('says in plain words why it cannot work', async () => {
    const answer = await deskCommand({ dataDir, deskFile: path.join(scratch, 'none.yaml') }, 'agents', 'list');
    assert.equal(answer.code, 3);
    assert.match(answer.err, /none\.yaml cannot be read/);
    const holder = await startServer({ config: openDesks(), dataDir });
    await rm(path.join(dataDir, 'desk.sock'));
    await refused(3, /Another process already serves the data folder/, 'agents', 'list');
    await holder.kill();
    await writeFile(path.join(scratch, 'a-file'), '');
    const blocked = await deskCommand({ dataDir: path.join(scratch, 'a-file'), deskFile }, 'agents', 'list');
    assert.equal(blocked.code, 3);
    assert.ok(!/\n\s+at /.test(blocked.err), blocked.err);
  });
});
