import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentTicketDetail, AttachmentLink, OpenedSession, Problem } from '@storefront-support/contract';
import { FILES_HOST, PUBLIC_HOST, openCounterApp, type Call, type CounterApp, type FiledTicket } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { addAgent } from '../../packages/server/dist/store/agents.js';
import { addAgentKey } from '../../packages/server/dist/store/agent-keys.js';
import { newDraft, newKeys } from '../support/ticket-request.ts';

const INBOX_HOST = 'localhost:8481';
/** Members that rows have and nobody may send, and some that objects have. */
const FORBIDDEN = [
  'id',
  'deskId',
  'number',
  'requesterId',
  'requester',
  'authorId',
  'authorKind',
  'actorId',
  'by',
  'secretHash',
  'tokenHash',
  'verified',
  'role',
  'admin',
  'isAdmin',
  'internal',
  'lastSeq',
  'publicSeq',
  'seenSeq',
  'unread',
  'waitingFor',
  'createdAt',
  'updatedAt',
  'firstRespondedAt',
  'firstResponseDueAt',
  'closedAt',
  'ratedAt',
  'assigneeEmail',
  'via',
  'now',
  'constructor',
  '__proto__',
];

describe('attacks', () => {
  let counter: CounterApp;
  let mine: FiledTicket;
  let theirs: FiledTicket;
  let key: string;

  before(async () => {
    const [open] = openDesks() as [{ desk: object }];
    counter = await openCounterApp([open, { ...open, desk: { ...open.desk, id: 'other' } }]);
    const person = (name: string) => ({ requester: { name, email: `${name}@customer.example` } });
    [mine, theirs] = [await counter.file(person('mallory')), await counter.file({ ...person('victim'), subject: 'Canary 50% off_' })];
    key = await counter.room.ports.store.write.run(async (trx) => {
      const agent = await addAgent(trx, { name: 'Mallory', email: 'mallory@shop.example', role: 'admin' }, 1);
      return (await addAgentKey(trx, agent?.id ?? '', { name: 'script', expiresAt: null }, 1)).token;
    });
  });
  after(() => counter.close());

  const keyed = (body: unknown, more: Call = {}): Call => ({
    method: 'POST',
    body,
    ...more,
    headers: { 'Idempotency-Key': newKeys().idempotencyKey, ...more.headers },
  });
  const asAgent = (call: Call = {}): Call => ({ ...call, host: INBOX_HOST, token: key });
  const statusOf = async (path: string, call?: Call) => (await counter.call(path, call)).status;
  /** Everything that the victim can see of theirs. */
  const victimSees = async () => JSON.stringify([await counter.thread(theirs), await counter.summary(theirs)]);
  /** A body with members that objects in JavaScript do not let one write. */
  const raw = (body: object, member: string, value: unknown) =>
    JSON.stringify(body).replace(/\}$/, `${Object.keys(body).length > 0 ? ',' : ''}"${member}":${JSON.stringify(value)}}`);
  const sendRaw = (path: string, body: string, { method = 'POST', token, host = PUBLIC_HOST }: Call) =>
    counter.app.fetch(
      new Request(`http://${host}${path.startsWith('/') ? path : `/v1/desks/open/${path}`}`, {
        method,
        headers: {
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...(host === INBOX_HOST && token === undefined && { Origin: `http://${INBOX_HOST}`, 'Sec-Fetch-Site': 'same-origin' }),
          'Content-Type': 'application/json',
          'Idempotency-Key': newKeys().idempotencyKey,
        },
        body,
      }),
    );

  it('with members that nobody may send change nothing, on any body that is taken', async () => {
    const before = await victimSees();
    const token = mine.keys.secret;
    const secret = newKeys().secret;
    const draft = newDraft();
    const bodies: [string, object, Call][] = [
      ['tickets', { draft }, { token: newKeys().secret }],
      [`tickets/${mine.number}/messages`, { text: 'x', attachmentIds: [], secret }, { token }],
      [`tickets/${mine.number}`, { seen: 1 }, { method: 'PATCH', token }],
      ['sessions', { tickets: [] }, {}],
      ['sessions', { linkToken: secret }, {}],
      [`agent/tickets/${mine.number}/messages`, { text: 'x', visibility: 'internal', seq: 99 }, asAgent()],
      [`agent/tickets/${mine.number}`, { status: 'open' }, asAgent({ method: 'PATCH' })],
      [`agent/tickets/${mine.number}/redactions`, { messageId: 'x', start: 0, end: 1 }, asAgent()],
      ['/v1/agent/sign-in', { email: 'a@b.example', password: 'x' }, { host: INBOX_HOST }],
      ['/v1/agent/set-up', { token: secret }, { host: INBOX_HOST }],
    ];
    for (const [path, body, call] of bodies) {
      for (const member of FORBIDDEN) {
        const answer = await sendRaw(path, raw(body, member, { role: 'admin', status: 'closed' }), call);
        assert.equal(answer.status, 422, `${path} with ${member}`);
        assert.equal(((await answer.json()) as Problem).code, 'invalid-fields');
      }
    }
    for (const member of FORBIDDEN.filter((name) => name !== 'requester')) {
      const inDraft = `{"draft":${raw(draft, member, true)}}`;
      assert.equal((await sendRaw('tickets', inDraft, { token: newKeys().secret })).status, 422, member);
      const inRequester = JSON.stringify({ draft }).replace('"requester":{', `"requester":{"${member}":1,`);
      assert.equal((await sendRaw('tickets', inRequester, { token: newKeys().secret })).status, 422, member);
    }
    assert.equal(await victimSees(), before);
    assert.equal(({} as { role?: string }).role, undefined);
  });

  it('with characters and numbers that an engine cannot keep are answered, and never with a failure', async () => {
    const token = mine.keys.secret;
    const { token: device } = await counter.device([mine]);
    const [nul, text] = ['%00', 'a\0b\ud800c'];
    const asked: [string, Call][] = [
      [
        'tickets',
        keyed({ draft: newDraft({ requester: { name: text, email: 'a@b.example' }, orderReference: text }) }, { token: newKeys().secret }),
      ],
      ['tickets', keyed({ draft: newDraft({ subject: text, message: text }) }, { token: newKeys().secret })],
      [`tickets/${mine.number}/messages`, keyed({ text, attachmentIds: [], secret: newKeys().secret }, { token })],
      [
        `tickets/${mine.number}`,
        { method: 'PATCH', token, body: { status: 'closed', reason: text, rating: { score: 'bad', comment: text } } },
      ],
      [`tickets/${mine.number}`, { method: 'PATCH', token, body: { seen: 2_147_483_647 } }],
      [`tickets/${mine.number}/messages?after=2147483647`, { token }],
      [`tickets/${nul}`, { token }],
      ['tickets?cursor=999999999999999.x', { token: device }],
      ['sessions', { method: 'POST', body: { tickets: [{ number: text, secret: token }] } }],
      [`sessions/${nul}`, { method: 'DELETE', token: device }],
      [`tickets/${mine.number}/attachments/${nul}`, { token }],
      [`tickets/${mine.number}/attachments/${nul}/links`, { method: 'POST', token }],
      [`/v1/desks/open/attachments/${nul}?expires=999999999999999&signature=${nul}`, { host: FILES_HOST }],
      [`agent/tickets/${nul}`, asAgent()],
      [`agent/tickets?q=${nul}`, asAgent()],
      ['agent/tickets?cursor=999999999999999.x', asAgent()],
      [`agent/tickets/${mine.number}/attachments/${nul}`, asAgent()],
      [`agent/tickets/${mine.number}/messages`, asAgent(keyed({ text, visibility: 'internal', seq: 2_147_483_647 }))],
      [`agent/tickets/${mine.number}/messages`, asAgent(keyed({ text, visibility: 'internal', seq: Number.MAX_SAFE_INTEGER }))],
      [`agent/tickets/${mine.number}`, asAgent({ method: 'PATCH', body: { status: 'pending1', reason: text } })],
      [`agent/tickets/${mine.number}`, asAgent({ method: 'PATCH', body: { assignee: { email: 'a@b.example', comment: text } } })],
      [`agent/tickets/${mine.number}/redactions`, asAgent(keyed({ messageId: 'x', start: 0, end: Number.MAX_SAFE_INTEGER }))],
      ['/v1/agent/keys/x', asAgent({ method: 'DELETE' })],
    ];
    for (const [path, call] of asked) {
      const answer = await counter.call(path, call);
      assert.ok(answer.status < 500, `${call.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`);
    }
    for (const body of [
      '['.repeat(300_000),
      '{"rating":'.repeat(60_000) + '1' + '}'.repeat(60_000),
      '{"seen":1e400}',
      '"\\ud800"',
      '',
      'null',
    ]) {
      const { status } = await sendRaw(`tickets/${mine.number}`, body, { method: 'PATCH', token });
      assert.ok(status === 400 || status === 422, `${body.slice(0, 20)}: ${status}`);
    }
    assert.equal(
      (await sendRaw(`tickets/${mine.number}`, `{"reason":"${'x'.repeat(1_000_000)}"}`, { method: 'PATCH', token })).status,
      413,
    );
    assert.deepEqual(
      counter.room.logged.filter((line) => line.includes('request-failed')),
      [],
    );
  });

  it('with wildcards find what is written, and nothing else', async () => {
    const found = async (q: string) =>
      (await counter.json<{ tickets: { number: string }[] }>(`agent/tickets?q=${encodeURIComponent(q)}`, 200, asAgent())).tickets.map(
        ({ number }) => number,
      );
    assert.deepEqual(await found('50%'), [theirs.number]);
    assert.deepEqual(await found('off_'), [theirs.number]);
    for (const q of ['%', '_', '%%', '____-____', '!', '!%', '\\', '*', '?', `' or 1=1 --`, 'c_nary', 'canary" OR "x', 'NEAR('])
      assert.ok(!(await found(q)).includes(theirs.number), q);
  });

  it('with headers of proxies, methods and other hosts reach nothing more', async () => {
    const at = `tickets/${theirs.number}`;
    const token = mine.keys.secret;
    const headers: Record<string, string>[] = [
      { 'X-Forwarded-Host': INBOX_HOST },
      { 'X-Original-URL': `/v1/desks/open/${at}` },
      { 'X-Rewrite-URL': `/v1/desks/open/${at}` },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { 'X-Forwarded-For': '127.0.0.1' },
      { Cookie: `__Host-support-agent=${key}` },
      { Authorization: `Bearer ${token}, Bearer ${theirs.keys.secret}` },
      { Authorization: `Basic ${Buffer.from(`x:${theirs.keys.secret}`).toString('base64')}` },
      { Authorization: `Bearer  ${theirs.keys.secret}` },
      { Authorization: `Bearer ${theirs.keys.secret}=` },
    ];
    for (const one of headers) assert.equal(await statusOf(at, { token, headers: one }), 404, JSON.stringify(one));
    for (const host of [INBOX_HOST, FILES_HOST, 'evil.example']) assert.equal(await statusOf(at, { token: theirs.keys.secret, host }), 421);
    assert.equal(await statusOf(`agent/${at}`, { token: key }), 421);
    for (const path of [
      `tickets/${mine.number}/../${theirs.number}`,
      `tickets/${mine.number}%2f..%2f${theirs.number}`,
      `tickets/${theirs.number}%00`,
    ])
      assert.equal(await statusOf(path, { token }), 404, path);
  });

  it('from the desk beside it meet nothing of this one', async () => {
    const keys = mine.keys;
    const other = (path: string) => `/v1/desks/other/${path}`;
    const { token } = await counter.device([mine]);
    for (const bearer of [keys.secret, token]) assert.equal(await statusOf(other(`tickets/${mine.number}`), { token: bearer }), 404);
    assert.equal(await statusOf(other('tickets'), { token }), 401);
    const opened = await counter.json<OpenedSession>(other('sessions'), 201, {
      method: 'POST',
      body: { tickets: [{ number: mine.number, secret: keys.secret }] },
    });
    assert.deepEqual(opened.numbers, []);
    const upload = await counter.upload('mine', 'a.txt', keys.secret);
    const elsewhere = { draft: newDraft({ attachmentIds: [upload] }) };
    assert.equal(await statusOf(other('tickets'), keyed(elsewhere, { token: keys.secret })), 422);
  });

  it('with another’s upload are told what is told of one that never was', async () => {
    const stolen = await counter.upload('private', 'a.txt', theirs.keys.secret);
    const faces = new Set<string>();
    for (const id of [stolen, 'x'.repeat(43)]) {
      const answer = await counter.reply(mine, 'with a file', { attachmentIds: [id] });
      faces.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
    }
    assert.equal(faces.size, 1);
    assert.match([...faces][0] ?? '', /^\[422/);
  });

  it('with another’s idempotency key are answered nothing of theirs', async () => {
    const keys = newKeys();
    assert.equal((await counter.reply(theirs, 'confidential', { keys })).status, 201);
    const answer = await counter.reply(mine, 'confidential', { keys: { ...newKeys(), idempotencyKey: keys.idempotencyKey } });
    assert.equal(answer.status, 201);
    assert.equal(((await answer.json()) as { ticket: { number: string } }).ticket.number, mine.number);
    // with the secret of the reply as well: it is another's ticket still
    const both = await counter.reply(theirs, 'confidential', { keys, token: mine.keys.secret });
    assert.equal(both.status, 404);
  });

  it('with a link to a file open that file, for its minutes, and nothing else', async () => {
    const keys = newKeys();
    const [one, two] = [await counter.upload('one', 'a.txt', keys.secret), await counter.upload('two', 'a.txt', keys.secret)];
    assert.equal((await counter.reply(theirs, 'files', { keys, attachmentIds: [one, two] })).status, 201);
    const links = `tickets/${theirs.number}/attachments/${one}/links`;
    const { url } = await counter.json<AttachmentLink>(links, 201, { method: 'POST', token: theirs.keys.secret });
    const open = (change: (url: URL) => void) => {
      const link = new URL(url);
      change(link);
      return statusOf(link.pathname + link.search, { host: FILES_HOST });
    };
    assert.equal(await open(() => undefined), 200);
    const changes: ((url: URL) => void)[] = [
      (link) => (link.pathname = link.pathname.replace(one, two)),
      (link) => (link.pathname = link.pathname.replace('/open/', '/other/')),
      (link) => link.searchParams.set('expires', '999999999999999'),
      (link) => link.searchParams.set('expires', `${link.searchParams.get('expires')}.5`),
      (link) => link.searchParams.set('expires', `-${link.searchParams.get('expires')}`),
      (link) => link.searchParams.set('signature', ''),
      (link) => link.searchParams.set('signature', 'A'.repeat(43)),
      (link) => link.searchParams.set('signature', 'A'.repeat(10_000)),
      (link) => (link.search = link.search.replace('expires=', 'expires=999999999999999&expires=')),
      (link) => (link.search = ''),
    ];
    for (const change of changes) assert.equal(await open(change), 404, String(change));
    counter.room.pass(5 * 60_000);
    assert.equal(await open(() => undefined), 410);
  });

  it('on the stream hear of one’s own tickets only, and nothing once the session has ended', async () => {
    const { token } = await counter.device([mine]);
    const answer = await counter.call('events', { token });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let heard = '';
    const read = async () => {
      const { done, value } = await reader.read();
      heard += new TextDecoder().decode(value);
      return !done;
    };
    await read();
    await counter.answer(theirs, 'not yours');
    await counter.answer(mine, 'a note', { visibility: 'internal' });
    const seq = await counter.answer(mine, 'yours');
    await read();
    assert.equal(heard, `: open\n\nevent: ticket\ndata: {"number":"${mine.number}","seq":${seq}}\n\n`);
    assert.equal(await statusOf('sessions/current', { method: 'DELETE', token }), 204);
    await counter.answer(mine, 'after the end');
    while (await read());
    assert.ok(!heard.includes(`"seq":${seq + 1}`));
  });

  it('on the stream are not told by a redaction that there is a note, nor of one in a note', async () => {
    const ticket = await counter.file();
    const { token } = await counter.device([ticket]);
    await counter.answer(ticket, 'a note', { visibility: 'internal' });
    const { entries } = await counter.json<AgentTicketDetail>(`agent/tickets/${ticket.number}`, 200, asAgent());
    const [first = '', note = ''] = entries.map((entry) => (entry.type === 'message' ? entry.id : ''));
    const answer = await counter.call('events', { token });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    for (const messageId of [note, first])
      await counter.json(
        `agent/tickets/${ticket.number}/redactions`,
        200,
        asAgent({ method: 'POST', body: { messageId, start: 0, end: 2 } }),
      );
    assert.equal(new TextDecoder().decode((await reader.read()).value), `event: ticket\ndata: {"number":"${ticket.number}","seq":1}\n\n`);
    const seq = await counter.answer(ticket, 'yours');
    assert.equal(
      new TextDecoder().decode((await reader.read()).value),
      `event: ticket\ndata: {"number":"${ticket.number}","seq":${seq}}\n\n`,
    );
    await reader.cancel();
  });

  it('by guessing numbers and tokens leave no trace and open nothing', async () => {
    const before = await victimSees();
    const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
    const guesses = Array.from({ length: 60 }, (_, n) => `${theirs.number.slice(0, -2)}${alphabet[n % 30]}${alphabet[(n * 7) % 30]}`);
    const statuses = await Promise.all(guesses.map((number) => statusOf(`tickets/${number}`, { token: newKeys().secret })));
    assert.deepEqual(new Set(statuses), new Set([404]));
    const tickets = guesses.map((number) => ({ number, secret: newKeys().secret }));
    const opened = await counter.json<OpenedSession>('sessions', 201, { method: 'POST', body: { tickets } });
    assert.deepEqual(opened.numbers, []);
    assert.deepEqual((await counter.list(opened.token)).tickets, []);
    assert.equal(await victimSees(), before);
  });
});
