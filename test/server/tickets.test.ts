import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NumberedReceipt, Problem, TicketDetail } from '@storefront-support/contract';
import { problemSchema, ticketDetailAnswerSchema, ticketNumberSchema, ticketReceiptSchema } from '@storefront-support/contract/schemas';
import { dueAt } from '@storefront-support/contract/sla';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { storedRows } from '../support/stored-rows.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

describe('tickets', () => {
  let server: ServerProcess;
  let url: string;

  before(async () => {
    server = await startServer({ config: openDesks() });
    ({ url } = server);
  });
  after(() => server.stop());

  const receiptOf = async (answer: Response): Promise<NumberedReceipt> => {
    assert.equal(answer.status, 201);
    return ticketReceiptSchema.parse(await answer.json()) as NumberedReceipt;
  };
  const problemOf = async (answer: Response): Promise<Problem> => {
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    const problem = problemSchema.parse(await answer.json()) as Problem;
    assert.equal(problem.status, answer.status);
    return problem;
  };
  const rows = (sql: string, ...values: string[]) => storedRows(server, sql, ...values);
  const read = (number: string, secret: string) =>
    fetch(`${url}/v1/desks/open/tickets/${number}`, { headers: { Authorization: `Bearer ${secret}` } });

  it('answers with a receipt and reads the ticket back to the holder of its secret', async () => {
    const keys = newKeys();
    const draft = newDraft({ orderReference: 'A-17', message: 'Zeile\n\u{1F4A1} "quoted"' });
    const { ticket, confirmationMail } = await receiptOf(await postTicket({ url, keys, draft }));
    assert.equal(confirmationMail, 'queued');
    assert.ok(ticketNumberSchema.safeParse(ticket.number).success);
    const answer = await read(ticket.number, keys.secret);
    assert.equal(answer.status, 200);
    const { ticket: detail } = ticketDetailAnswerSchema.parse(await answer.json()) as { ticket: TicketDetail };
    assert.deepEqual(detail, {
      ...ticket,
      contactId: 'service',
      subject: draft.subject,
      message: draft.message,
      orderReference: 'A-17',
      attachments: [],
    });
  });

  it('promises a first answer by the calendar of the desk', async () => {
    const { ticket } = await receiptOf(await postTicket({ url, draft: newDraft() }));
    const [{ desk }] = openDesks() as [{ desk: { promise: Parameters<typeof dueAt>[1]; hours: Parameters<typeof dueAt>[2] } }];
    assert.equal(Date.parse(ticket.firstResponseDueAt as string), Date.parse(dueAt(ticket.createdAt, desk.promise, desk.hours) as string));
  });

  it('tags a pre-sale ticket and no other', async () => {
    const preSale = await receiptOf(await postTicket({ url, draft: newDraft({ kind: 'pre-sale' }) }));
    const support = await receiptOf(await postTicket({ url, draft: newDraft() }));
    const tags = async (id: string) => (await rows('SELECT tag FROM ticket_tag WHERE ticket_id = ?', id)).map((row) => row['tag']);
    assert.deepEqual(await tags(preSale.ticket.id), ['pre-sale']);
    assert.deepEqual(await tags(support.ticket.id), []);
  });

  it('keeps no secret and no second requester for one address', async () => {
    const keys = newKeys();
    await receiptOf(await postTicket({ url, keys, draft: newDraft({ requester: { name: 'Bo', email: 'Bo@Customer.example' } }) }));
    await receiptOf(await postTicket({ url, draft: newDraft({ requester: { name: 'Bo', email: 'bo@customer.example' } }) }));
    assert.equal((await rows('SELECT 1 FROM requester WHERE email_key = ?', 'bo@customer.example')).length, 1);
    assert.equal((await rows('SELECT 1 FROM ticket WHERE secret_hash = ?', keys.secret)).length, 0);
  });

  it('gives 50 parallel requests with one key one ticket and one answer', async () => {
    const keys = newKeys();
    const draft = newDraft({ subject: 'Fifty at once' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => postTicket({ url, keys, draft })));
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(texts.size, 1);
    assert.equal((await rows('SELECT 1 FROM ticket WHERE subject = ?', 'Fifty at once')).length, 1);
  });

  it('takes members of a body in any order for the same request', async () => {
    const keys = newKeys();
    const draft = newDraft();
    const first = await receiptOf(await postTicket({ url, keys, draft }));
    const reversed = Object.fromEntries(Object.entries(draft).reverse());
    assert.deepEqual(await receiptOf(await postTicket({ url, keys, body: { draft: reversed } })), first);
  });

  it('refuses a used key with another body and writes nothing', async () => {
    const keys = newKeys();
    await receiptOf(await postTicket({ url, keys }));
    const count = async () => (await rows('SELECT count(*) AS n FROM ticket'))[0]?.['n'];
    const before = await count();
    const answer = await postTicket({ url, keys, draft: newDraft({ message: 'Something else.' }) });
    assert.equal(answer.status, 422);
    assert.equal((await problemOf(answer)).code, 'idempotency-mismatch');
    assert.equal(await count(), before);
  });

  it('never answers a key with what belongs to another secret', async () => {
    const mine = newKeys();
    const theirs = { ...newKeys(), idempotencyKey: mine.idempotencyKey };
    const first = await receiptOf(await postTicket({ url, keys: mine }));
    const second = await receiptOf(await postTicket({ url, keys: theirs }));
    assert.notEqual(second.ticket.id, first.ticket.id);
    assert.equal((await read(first.ticket.number, theirs.secret)).status, 404);
  });

  it('answers unknown numbers, foreign secrets and no secret alike', async () => {
    const keys = newKeys();
    const { ticket } = await receiptOf(await postTicket({ url, keys }));
    const answers = [
      await read('2222-2222', keys.secret),
      await read(ticket.number, newKeys().secret),
      await read('not a number', keys.secret),
      await fetch(`${url}/v1/desks/open/tickets/${ticket.number}`),
    ];
    const seen = new Set<string>();
    for (const answer of answers) {
      const headers = [...answer.headers].filter(([name]) => name !== 'date');
      seen.add(JSON.stringify([answer.status, headers, await answer.text()]));
    }
    assert.equal(seen.size, 1);
    assert.equal(answers[0]?.status, 404);
  });

  it('does not keep refused requests, so that a mended draft goes through under the same key', async () => {
    const keys = newKeys();
    const answer = await postTicket({ url, keys, draft: newDraft({ contactId: 'nobody' }) });
    assert.equal(answer.status, 422);
    assert.deepEqual(Object.keys((await problemOf(answer)).fields ?? {}), ['contactId']);
    await receiptOf(await postTicket({ url, keys }));
  });

  it('names every broken field, and none of what was written', async () => {
    const canary = 'x'.repeat(9) + '@@';
    const answer = await postTicket({
      url,
      body: { draft: { ...newDraft(), subject: ' ', requester: { name: canary.repeat(40), email: canary }, colour: 'red' } },
    });
    const problem = await problemOf(answer);
    assert.deepEqual(Object.fromEntries(Object.entries(problem.fields ?? {}).map(([name, { code }]) => [name, code])), {
      subject: 'required',
      'requester.name': 'too-long',
      'requester.email': 'invalid',
      colour: 'unknown',
    });
    assert.ok(!JSON.stringify(problem).includes(canary));
  });

  it('refuses an upload that is not there and writes no ticket', async () => {
    const draft = newDraft({ subject: 'With a missing file', attachmentIds: ['A'.repeat(43)] });
    const answer = await postTicket({ url, draft });
    assert.equal((await problemOf(answer)).fields?.['attachmentIds.0']?.code, 'unknown');
    assert.equal((await rows('SELECT 1 FROM ticket WHERE subject = ?', 'With a missing file')).length, 0);
  });

  it('takes what fills a hidden field for a machine', async () => {
    const answer = await postTicket({ url, body: { draft: newDraft(), trap: 'https://spam.example' } });
    assert.equal(answer.status, 403);
    assert.equal((await problemOf(answer)).code, 'looks-automated');
    await receiptOf(await postTicket({ url, body: { draft: newDraft(), trap: '' } }));
  });
});
