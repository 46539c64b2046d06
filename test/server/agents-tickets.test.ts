import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type {
  AgentReplyReceipt,
  AgentTicketDetail,
  AgentTicketPage,
  AgentTicketSummary,
  Problem,
  ThreadEntry,
} from '@storefront-support/contract';
import { agentReplyReceiptSchema, agentTicketDetailSchema, agentTicketPageSchema } from '@storefront-support/contract/agent-schemas';
import { problemSchema } from '@storefront-support/contract/schemas';
import { addAgent, signedIn, type AgentBrowser, type TestAgent } from '../support/agent-browser.ts';
import { openDesks } from '../support/desks.ts';
import { httpRequest, type HttpAnswer } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { storedRows } from '../support/stored-rows.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const [open] = openDesks() as [{ desk: { contacts: object[] }; notify: object }];
const config = [
  {
    ...open,
    desk: { ...open.desk, contacts: [...open.desk.contacts, { id: 'sales', name: 'Sales' }] },
    notify: { ...open.notify, sales: 'sales@shop.example' },
  },
];
const DESK = '/v1/desks/open/agent';

describe('tickets of agents', () => {
  let server: ServerProcess;
  let ann: TestAgent;
  let bob: TestAgent;
  let seller: TestAgent;
  let annsBrowser: AgentBrowser;
  let bobs: AgentBrowser;
  let sellers: AgentBrowser;
  let admins: AgentBrowser;

  before(async () => {
    server = await startServer({ config });
    ann = await addAgent(server, { name: 'Ann', serve: ['open/service'] });
    bob = await addAgent(server, { name: 'Bob', serve: ['open/service'] });
    seller = await addAgent(server, { name: 'Sam', serve: ['open/sales'] });
    const boss = await addAgent(server, { name: 'Eve', admin: true });
    annsBrowser = await signedIn(server, ann);
    bobs = await signedIn(server, bob);
    sellers = await signedIn(server, seller);
    admins = await signedIn(server, boss);
  });
  after(() => server.stop());

  const file = async (changes = {}) => {
    const keys = newKeys();
    const answer = await postTicket({ url: server.url, keys, draft: newDraft(changes) });
    assert.equal(answer.status, 201);
    return { secret: keys.secret, number: ((await answer.json()) as { ticket: { number: string } }).ticket.number };
  };
  const read = async (number: string, one = annsBrowser): Promise<AgentTicketDetail> => {
    const answer = await one.ask(`${DESK}/tickets/${number}`);
    assert.equal(answer.status, 200, answer.text);
    return agentTicketDetailSchema.parse(answer.json()) as AgentTicketDetail;
  };
  const list = async (query = '', one = annsBrowser): Promise<AgentTicketPage> => {
    const answer = await one.ask(`${DESK}/tickets${query}`);
    assert.equal(answer.status, 200, answer.text);
    return agentTicketPageSchema.parse(answer.json()) as AgentTicketPage;
  };
  const send = (number: string, body: object, { one = annsBrowser, key = randomBytes(16).toString('hex') } = {}) =>
    one.ask(`${DESK}/tickets/${number}/messages`, {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: { visibility: 'public', ...body },
    });
  const patch = (number: string, body: object, one = annsBrowser) => one.ask(`${DESK}/tickets/${number}`, { method: 'PATCH', body });
  const receiptOf = (answer: HttpAnswer): AgentReplyReceipt => {
    assert.equal(answer.status, 201, answer.text);
    return agentReplyReceiptSchema.parse(answer.json()) as AgentReplyReceipt;
  };
  const ticketOf = (answer: HttpAnswer): AgentTicketSummary => {
    assert.equal(answer.status, 200, answer.text);
    return answer.json<{ ticket: AgentTicketSummary }>().ticket;
  };
  const problemOf = (answer: HttpAnswer): Problem => problemSchema.parse(answer.json()) as Problem;
  const asCustomer = async (number: string, secret: string, address = '/messages', init: RequestInit = {}) =>
    fetch(`${server.url}/v1/desks/open/tickets/${number}${address}`, {
      ...init,
      headers: { Authorization: `Bearer ${secret}`, ...init.headers },
    });
  const customerReplies = async (number: string, secret: string, text: string) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomBytes(16).toString('hex') };
    const body = JSON.stringify({ text, attachmentIds: [], secret: randomBytes(32).toString('base64url') });
    assert.equal((await asCustomer(number, secret, '/messages', { method: 'POST', headers, body })).status, 201);
  };
  const mails = async () =>
    (await (await fetch(`${server.url}/dev/mail.json`)).json()) as {
      kind: string;
      subject: string;
      text: string;
      envelope: { to: string };
    }[];
  const mailTo = async (address: string) => {
    for (let tries = 0; tries < 100; tries++) {
      const found = (await mails()).filter(({ kind, envelope }) => kind === 'assignment' && JSON.stringify(envelope).includes(address));
      if (found.length > 0) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no mail to ${address}`);
  };
  const stored = async () => {
    const tables = ['ticket', 'message', 'status_change', 'idempotency_key', 'outbox', 'upload'];
    return JSON.stringify(await Promise.all(tables.map((table) => storedRows(server, `select * from ${table}`))));
  };

  it('are those of the contacts that an agent serves; others are not there, in word and in number', async () => {
    const { number } = await file({ subject: 'For service' });
    const missing = await sellers.ask(`${DESK}/tickets/ZZZZ-ZZZZ`);
    assert.equal(missing.status, 404);
    const id = randomBytes(16).toString('base64url');
    const writes: [string, string, object | undefined][] = [
      ['', 'GET', undefined],
      ['', 'PATCH', { status: 'closed' }],
      ['/redactions', 'POST', { messageId: id, start: 0, end: 1 }],
      ['/messages', 'POST', { text: 'x', visibility: 'internal', seq: 1 }],
      [`/attachments/${id}`, 'GET', undefined],
    ];
    for (const [below, method, body] of writes) {
      const headers = { 'idempotency-key': randomBytes(16).toString('hex') };
      const one = await sellers.ask(`${DESK}/tickets/${number}${below}`, { method, body, headers });
      const other = await sellers.ask(`${DESK}/tickets/ZZZZ-ZZZZ${below}`, { method, body, headers });
      assert.equal(one.status, 404, below);
      assert.equal(one.text, other.text);
      assert.deepEqual(Object.keys(one.headers), Object.keys(other.headers));
    }
    assert.deepEqual((await list('', sellers)).tickets, []);
    assert.deepEqual((await list('?contact=service', sellers)).tickets, []);
    assert.deepEqual((await list(`?q=${number}`, sellers)).tickets, []);
    assert.ok((await list('', admins)).tickets.some((ticket) => ticket.number === number));
    assert.equal((await read(number)).entries.length, 1);
    assert.equal((await annsBrowser.ask('/v1/desks/other/agent/tickets')).status, 404);
  });

  it('are found by status, contact, assignee, kind, turn and by what somebody types', async () => {
    const mark = randomBytes(4).toString('hex');
    const email = `${mark}@customer.example`;
    const requester = { name: 'Zoe', email };
    const lamp = await file({ requester, subject: `Broken lamp ${mark}`, orderReference: `ORD-${mark}` });
    const shade = await file({ requester, subject: `A shade, 100%_sure ${mark}` });
    const sale = await file({ requester, subject: `Before buying ${mark}`, kind: 'pre-sale', contactId: 'sales' });
    await send(lamp.number, { text: 'Which lamp?', seq: 1 });
    await patch(shade.number, { status: 'closed' });
    const found = async (query: string, one = annsBrowser) =>
      (await list(`?q=${mark}&${query}`, one)).tickets.map(({ number }) => number).sort();
    const sorted = (...tickets: { number: string }[]) => tickets.map(({ number }) => number).sort();
    assert.deepEqual(await found(''), sorted(lamp, shade));
    assert.deepEqual(await found('', admins), sorted(lamp, shade, sale));
    assert.deepEqual(await found('contact=sales', admins), sorted(sale));
    assert.deepEqual(await found('kind=pre-sale', admins), sorted(sale));
    assert.deepEqual(await found('status=active'), sorted(lamp));
    assert.deepEqual(await found('status=closed'), sorted(shade));
    assert.deepEqual(await found('assignee=me'), sorted(lamp));
    assert.deepEqual(await found(`assignee=${ann.id}`, bobs), sorted(lamp));
    assert.deepEqual(await found('assignee=none', admins), sorted(shade, sale));
    assert.deepEqual(await found('waitingFor=requester'), sorted(lamp));
    assert.deepEqual(await found('waitingFor=desk', admins), sorted(sale));
    const typed = async (text: string) => (await list(`?q=${encodeURIComponent(text)}`)).tickets.map(({ number }) => number).sort();
    assert.deepEqual(await typed(lamp.number.toLowerCase()), sorted(lamp));
    assert.deepEqual(await typed(email.slice(0, 12).toUpperCase()), sorted(lamp, shade));
    assert.deepEqual(await typed(`ord-${mark}`), sorted(lamp));
    assert.deepEqual(await typed(`${mark} broken`), sorted(lamp));
    assert.deepEqual(await typed(`100%_ ${mark}`), sorted(shade));
    assert.deepEqual(await typed(`100% sure ${mark}`), sorted(shade));
    assert.deepEqual(await typed(`10%e ${mark}`), []);
    for (const query of ['?status=open%27', '?limit=0', '?limit=101', '?nonsense=1', `?q=${'x'.repeat(201)}`])
      assert.equal((await annsBrowser.ask(`${DESK}/tickets${query}`)).status, 422, query);
  });

  it('come in pages without a gap', async () => {
    const mark = randomBytes(4).toString('hex');
    const numbers = [];
    for (let n = 0; n < 5; n++) numbers.push((await file({ subject: `Page ${mark}` })).number);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: AgentTicketPage = await list(`?q=${mark}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.tickets.map(({ number }) => number));
      ({ cursor } = page);
    }
    assert.deepEqual(seen, numbers.toReversed());
  });

  it('are answered: the first to answer becomes the assignee, and the customer sees it under their name', async () => {
    const { number, secret } = await file();
    const { message, ticket } = receiptOf(await send(number, { text: 'It is on its way.', seq: 1 }));
    assert.deepEqual([message.seq, message.visibility, message.by], [2, 'public', { kind: 'agent', name: 'Ann' }]);
    assert.deepEqual(ticket.assignee, { kind: 'agent', id: ann.id, name: 'Ann' });
    assert.equal(ticket.waitingFor, 'requester');
    assert.equal(receiptOf(await send(number, { text: 'Indeed.', seq: 2 }, { one: bobs })).ticket.assignee?.kind, 'agent');
    const thread = (await (await asCustomer(number, secret)).json()) as { entries: ThreadEntry[] };
    assert.deepEqual(
      thread.entries.map((entry) => [entry.seq, entry.by.name]),
      [
        [1, 'Ann Example'],
        [2, 'Ann'],
        [3, 'Bob'],
      ],
    );
    assert.equal((await read(number)).ticket.assignee?.kind, 'agent');
  });

  it('carry notes that no customer ever sees', async () => {
    const { number, secret } = await file();
    const text = `only for us ${randomBytes(4).toString('hex')}`;
    const { message, ticket } = receiptOf(await send(number, { text, visibility: 'internal', seq: 1 }));
    assert.equal(message.visibility, 'internal');
    assert.deepEqual([ticket.assignee, ticket.waitingFor, ticket.lastSeq], [null, 'desk', 2]);
    for (const address of ['', '/messages']) assert.ok(!(await (await asCustomer(number, secret, address)).text()).includes(text));
    assert.equal((await read(number, bobs)).entries.length, 2);
  });

  it('are written once per key, and the second answer shows what a redaction has left', async () => {
    const { number } = await file();
    const key = randomBytes(16).toString('hex');
    const body = { text: 'Card 4111', seq: 1 };
    const [one, other] = await Promise.all([send(number, body, { key }), send(number, body, { key })]);
    assert.equal(receiptOf(one).message.id, receiptOf(other).message.id);
    assert.equal((await read(number)).entries.length, 2);
    assert.equal(problemOf(await send(number, { ...body, text: 'Other' }, { key })).code, 'idempotency-mismatch');
    assert.equal(problemOf(await send(number, body, { key: 'short' })).code, 'invalid-request');
    const redaction = { messageId: receiptOf(one).message.id, start: 5, end: 9 };
    ticketOf(await annsBrowser.ask(`${DESK}/tickets/${number}/redactions`, { method: 'POST', body: redaction }));
    assert.equal(receiptOf(await send(number, body, { key })).message.text, 'Card ████');
    assert.equal(
      receiptOf(await send(number, { ...body, seq: 2 }, { one: bobs, key })).message.seq,
      3,
      'another agent has keys of their own',
    );
  });

  it('refuse an answer to what has changed, show what is new, and write nothing', async () => {
    const { number, secret } = await file();
    await customerReplies(number, secret, 'One more thing.');
    const refused = await send(number, { text: 'Too late.', seq: 1 });
    assert.equal(refused.status, 409);
    assert.equal(refused.headers['content-type'], 'application/problem+json');
    assert.equal(problemOf(refused).code, 'conflict');
    const { entries } = refused.json<{ entries: ThreadEntry[] }>();
    assert.deepEqual(
      entries.map((entry) => entry.type === 'message' && entry.text),
      ['One more thing.'],
    );
    assert.equal((await read(number)).ticket.lastSeq, 2);
    receiptOf(await send(number, { text: 'Note of my own.', visibility: 'internal', seq: 2 }));
    receiptOf(await send(number, { text: 'Now.', seq: 2 }));
    const others = await send(number, { text: 'Me too.', seq: 2 }, { one: bobs });
    assert.equal(others.status, 409);
    assert.deepEqual(
      others.json<{ entries: ThreadEntry[] }>().entries.map(({ seq }) => seq),
      [3, 4],
    );
    const closing = { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ status: 'closed' }) };
    assert.equal((await asCustomer(number, secret, '', closing)).status, 200);
    const unread = await send(number, { text: 'Still there?', seq: 4 });
    assert.equal(unread.status, 409, 'the customer has closed it meanwhile');
    assert.deepEqual(
      unread.json<{ entries: ThreadEntry[] }>().entries.map((entry) => [entry.seq, entry.type === 'status' && entry.status]),
      [[5, 'closed']],
    );
    const together = await Promise.all([annsBrowser, bobs].map((one) => send(number, { text: 'At once.', seq: 5 }, { one })));
    assert.deepEqual(together.map(({ status }) => status).sort(), [201, 409]);
  });

  it('change status with a reason that the customer reads, and contact', async () => {
    const { number, secret } = await file();
    assert.equal(ticketOf(await patch(number, { status: 'pending1' })).status, 'pending1');
    const closed = ticketOf(await patch(number, { status: 'closed', reason: 'Sent again' }));
    assert.deepEqual([closed.status, closed.waitingFor], ['closed', null]);
    const { entries } = (await (await asCustomer(number, secret)).json()) as { entries: ThreadEntry[] };
    assert.deepEqual(
      entries.flatMap((entry) => (entry.type === 'status' ? [[entry.status, entry.reason, entry.by.name]] : [])),
      [
        ['pending1', '', 'Ann'],
        ['closed', 'Sent again', 'Ann'],
      ],
    );
    assert.equal(ticketOf(await patch(number, { status: 'closed' })).lastSeq, closed.lastSeq, 'the status it has is no entry');
    for (const body of [
      {},
      { reason: 'x' },
      { status: 'lost' },
      { contactId: 'nobody' },
      { assigneeId: null, assignee: { email: 'a@b.example', comment: '' } },
      { createdAt: 1 },
    ])
      assert.equal((await patch(number, body)).status, 422, JSON.stringify(body));
    assert.equal(ticketOf(await patch(number, { contactId: 'sales' }, admins)).contactId, 'sales');
    assert.equal((await annsBrowser.ask(`${DESK}/tickets/${number}`)).status, 404, 'it is another contact’s now');
    assert.equal((await read(number, sellers)).ticket.number, number);
  });

  it('leave an agent who does not serve the contact that takes over, and stay with one who does', async () => {
    const { number } = await file();
    const move = async (contactId: string, more = {}) => ticketOf(await patch(number, { contactId, ...more }, admins)).assignee;
    const other = { email: 'depot@partner.example', comment: '' };
    await patch(number, { assigneeId: 'me' }, admins);
    assert.equal((await move('sales'))?.kind, 'agent');
    assert.deepEqual(await move('sales', { assigneeId: seller.id }), { kind: 'agent', id: seller.id, name: 'Sam' });
    assert.equal(await move('service'), null);
    assert.equal((await read(number)).ticket.assignee, null);
    assert.deepEqual(await move('service', { assignee: other }), { kind: 'other', ...other });
    assert.deepEqual(await move('sales'), { kind: 'other', ...other });
  });

  it('are assigned to agents who serve the contact, to nobody, and to someone else by a mail without a word of the customer', async () => {
    const secretWord = randomBytes(6).toString('hex');
    const { number } = await file({ subject: `Subject ${secretWord}`, message: `Message ${secretWord}` });
    assert.deepEqual(ticketOf(await patch(number, { assigneeId: bob.id })).assignee, { kind: 'agent', id: bob.id, name: 'Bob' });
    const [told] = await mailTo(bob.email);
    assert.ok(told?.subject.includes(number));
    assert.deepEqual(ticketOf(await patch(number, { assigneeId: 'me' })).assignee, { kind: 'agent', id: ann.id, name: 'Ann' });
    assert.equal((await patch(number, { assigneeId: seller.id })).status, 422);
    assert.equal((await patch(number, { assigneeId: 'unknown' })).status, 422);
    assert.equal(ticketOf(await patch(number, { assigneeId: null })).assignee, null);
    const email = `warehouse.${secretWord}@partner.example`;
    const assignee = { email, comment: 'Please look for\nparcel 17' };
    assert.deepEqual(ticketOf(await patch(number, { assignee })).assignee, { kind: 'other', ...assignee });
    const [mail, ...more] = await mailTo(email);
    assert.deepEqual(more, []);
    assert.ok(mail?.text.includes(number) && mail.text.includes('Please look for\nparcel 17'), mail?.text);
    assert.ok(!`${mail?.subject} ${mail?.text}`.replaceAll(email, '').includes(secretWord));
    assert.ok(!mail?.text.includes('ann@customer.example'));
    receiptOf(await send(number, { text: 'They are looking.', seq: 1 }));
    assert.equal((await read(number)).ticket.assignee?.kind, 'other', 'an answer takes it from nobody');
    assert.ok(
      !(await mails()).some(({ kind, envelope }) => kind === 'assignment' && JSON.stringify(envelope).includes(ann.email)),
      'no mail about what one did oneself',
    );
  });

  it('are opened for a customer and an order', async () => {
    const body = {
      contactId: 'service',
      requester: { name: 'Lou', email: 'lou@customer.example' },
      subject: 'Your parcel came back',
      message: 'Where shall we send it?',
      orderReference: 'A-77',
    };
    const post = (changes: object = {}, one = annsBrowser, key = randomBytes(16).toString('hex')) =>
      one.ask(`${DESK}/tickets`, { method: 'POST', headers: { 'idempotency-key': key }, body: { ...body, ...changes } });
    const key = randomBytes(16).toString('hex');
    const opened = await post({}, annsBrowser, key);
    assert.equal(opened.status, 201, opened.text);
    const { ticket } = opened.json<{ ticket: AgentTicketSummary }>();
    assert.deepEqual(
      [ticket.orderReference, ticket.requester, ticket.waitingFor, ticket.assignee],
      ['A-77', body.requester, 'requester', { kind: 'agent', id: ann.id, name: 'Ann' }],
    );
    const [entry] = (await read(ticket.number)).entries;
    assert.deepEqual(entry?.by, { kind: 'agent', name: 'Ann' });
    assert.equal((await post({}, annsBrowser, key)).json<{ ticket: AgentTicketSummary }>().ticket.number, ticket.number);
    assert.equal((await post({}, sellers)).status, 422, 'of a contact that one does not serve');
    for (const changes of [{ contactId: 'none' }, { subject: '' }, { requester: { name: 'x', email: 'y' } }, { status: 'closed' }])
      assert.equal((await post(changes)).status, 422, JSON.stringify(changes));
  });

  it('are redacted for good, in every place where the text is', async () => {
    const word = `4111-${randomBytes(6).toString('hex')}`;
    const { number, secret } = await file({ message: `My card \u{1F4B3}${word} is lost.` });
    await customerReplies(number, secret, `${word} again`);
    const redact = (body: object) => annsBrowser.ask(`${DESK}/tickets/${number}/redactions`, { method: 'POST', body });
    for (const entry of (await read(number)).entries) {
      assert.equal(entry.type, 'message');
      const start = entry.type === 'message' ? (entry.text?.indexOf(word) ?? -1) : -1;
      ticketOf(await redact({ messageId: (entry as { id: string }).id, start, end: start + word.length }));
    }
    const [first, second] = (await read(number)).entries as { id: string; text: string }[];
    assert.equal(first?.text, `My card \u{1F4B3}${'█'.repeat(word.length)} is lost.`);
    assert.equal(second?.text, `${'█'.repeat(word.length)} again`);
    assert.ok(!(await stored()).includes(word), 'a table still holds it');
    const at = 'My card '.length + 1;
    ticketOf(await redact({ messageId: first?.id, start: at, end: at + 1 }));
    assert.ok(((await read(number)).entries[0] as { text: string }).text.startsWith('My card ███'), 'no half of a character stays');
    for (const body of [
      { messageId: first?.id, start: 3, end: 3 },
      { messageId: first?.id, start: 0, end: 10_000 },
      { messageId: first?.id, start: -1, end: 2 },
    ])
      assert.equal((await redact(body)).status, 422, JSON.stringify(body));
    assert.equal((await redact({ messageId: 'unknown', start: 0, end: 1 })).status, 404);
    const other = await file();
    const { entries } = await read(other.number);
    assert.equal(
      (await redact({ messageId: (entries[0] as { id: string }).id, start: 0, end: 1 })).status,
      404,
      'a message of another ticket',
    );
  });

  it('carry files of agents, whose bytes come back as downloads', async () => {
    const { number, secret } = await file();
    const bytes = Buffer.from('a plain text\n');
    const own = randomBytes(32).toString('base64url');
    const tus = {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${own}`,
      origin: annsBrowser.origin,
      'sec-fetch-site': 'same-origin',
    };
    const { port } = annsBrowser;
    const metadata = `filename ${Buffer.from('note.txt').toString('base64')},type ${Buffer.from('text/plain').toString('base64')},sha256 ${Buffer.from(createHash('sha256').update(bytes).digest('hex')).toString('base64')}`;
    const created = await httpRequest(port, '/v1/desks/open/uploads', {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
    });
    assert.equal(created.status, 201, created.text);
    const id = String(created.headers.location).split('/').at(-1) ?? '';
    const sent = await httpRequest(port, `/v1/desks/open/uploads/${id}`, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: bytes,
    });
    assert.equal(sent.status, 204, sent.text);
    const text = 'See the file.';
    assert.equal((await send(number, { text, seq: 1, attachmentIds: [id] })).status, 422, 'the secret is missing');
    const foreign = { text, seq: 1, attachmentIds: [id], secret: randomBytes(32).toString('base64url') };
    assert.equal((await send(number, foreign)).status, 422);
    const { message } = receiptOf(await send(number, { ...foreign, secret: own, visibility: 'internal' }));
    assert.deepEqual(
      message.attachments.map(({ name }) => name),
      ['note.txt'],
    );
    const got = await annsBrowser.ask(`${DESK}/tickets/${number}/attachments/${id}`);
    assert.equal(got.status, 200);
    assert.equal(got.text, bytes.toString());
    assert.match(String(got.headers['content-disposition']), /^attachment;/);
    assert.match(String(got.headers['content-security-policy']), /sandbox/);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.equal((await asCustomer(number, secret, `/attachments/${id}`)).status, 404, 'a note’s file is a note');
    assert.equal((await sellers.ask(`${DESK}/tickets/${number}/attachments/${id}`)).status, 404);
  });
});
