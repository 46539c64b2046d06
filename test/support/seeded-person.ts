import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { TicketKeys } from '@storefront-support/contract';
import { deskCommand, type CommandPlace } from './desk-command.ts';
import type { ServerProcess } from './server-process.ts';
import { formFields, postForm } from './posted-form.ts';
import { newDraft, newKeys, postTicket } from './ticket-request.ts';

/** Words of one person that nobody else uses, in pieces: whatever holds one of them holds something of theirs. */
export interface Canaries {
  email: string;
  name: string;
  /** Every word, the pieces of name and address included. */
  words: string[];
  word(): string;
}

export function newCanaries(): Canaries {
  const words: string[] = [];
  const word = () => {
    const made = `zq${randomBytes(7).toString('hex')}`;
    words.push(made);
    return made;
  };
  const [first, last, box, host] = [word(), word(), word(), word()];
  return { email: `${box}@${host}.example`, name: `${first} ${last}`, words, word };
}

/** A person with something in every place where the server keeps anything. */
export interface SeededPerson extends Canaries {
  numbers: string[];
  keys: TicketKeys[];
  /** Of the files: name and bytes as they were sent. */
  files: { name: string; bytes: string }[];
  /** What agents wrote among themselves. */
  internal: string[];
  /** Of files that were uploaded and never sent. */
  unsent: string[];
}

const tus = { 'Tus-Resumable': '1.0.0' };

export async function uploadTo(url: string, secret: string, name: string, bytes: string): Promise<string> {
  const answer = await fetch(`${url}/v1/desks/open/uploads`, {
    method: 'POST',
    headers: {
      ...tus,
      Authorization: `Bearer ${secret}`,
      'Upload-Length': String(Buffer.byteLength(bytes)),
      'Upload-Metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  const sent = await fetch(new URL(answer.headers.get('Location') ?? '', `${url}/v1/desks/open/uploads`), {
    method: 'PATCH',
    headers: { ...tus, Authorization: `Bearer ${secret}`, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' },
    body: bytes,
  });
  if (sent.status !== 204) throw new Error(`${sent.status} ${await sent.text()}`);
  return (answer.headers.get('Location') ?? '').split('/').at(-1) ?? '';
}

/** Writes as a customer and as the operator, through the interface of a running server. */
export async function seedPerson(
  server: Pick<ServerProcess, 'url'>,
  place: CommandPlace,
  canaries: Canaries = newCanaries(),
  tickets = 3,
): Promise<SeededPerson> {
  const { word, email, name } = canaries;
  const person: SeededPerson = { ...canaries, numbers: [], keys: [], files: [], internal: [], unsent: [] };
  const socket = path.join(place.dataDir, 'desk.sock');
  const desk = async (...args: string[]) => {
    if (existsSync(socket)) return askSocket(socket, args);
    const answer = await deskCommand(place, ...args);
    if (answer.code !== 0) throw new Error(answer.err);
  };
  const customer = async (to: string, secret: string, method: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}/v1/desks/open/${to}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}`, ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${to} ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const file = async (secret: string) => {
    const sent = { name: `${word()}.txt`, bytes: `${word()} ${'lamp '.repeat(2_000)}${word()}` };
    person.files.push(sent);
    return uploadTo(server.url, secret, sent.name, sent.bytes);
  };
  for (let i = 0; i < tickets; i++) {
    const keys = newKeys();
    const draft = newDraft({
      requester: { name, email: i % 2 === 0 ? email : email.toUpperCase() },
      subject: `${word()} Überraschung`,
      message: `${word()}\n${'A lamp. '.repeat(i * 400)}${word()}`,
      orderReference: word(),
      attachmentIds: [await file(keys.secret)],
    });
    const answer = await postTicket({ url: server.url, keys, draft });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    const { number } = ((await answer.json()) as { ticket: { number: string } }).ticket;
    person.numbers.push(number);
    person.keys.push(keys);
    await desk('tickets', 'reply', number, '--text', `Dear ${name}, ${word()}`);
    const note = word();
    person.internal.push(note);
    await desk('tickets', 'note', number, '--text', `${note} rings often`);
    const reply = newKeys();
    const body = { text: `${word()} ${word()}`, attachmentIds: [await file(reply.secret)], secret: reply.secret };
    await customer(`tickets/${number}/messages`, keys.secret, 'POST', body, { 'Idempotency-Key': reply.idempotencyKey });
    const rated = { rating: { score: 'good', comment: word() }, ...(i === 0 && { status: 'closed', reason: word() }) };
    await customer(`tickets/${number}`, keys.secret, 'PATCH', rated);
    const comment = word();
    person.internal.push(comment);
    await desk('tickets', 'assign', number, 'depot@partner.example', '--other', '--comment', comment);
    const before = canaries.words.length;
    await file(keys.secret);
    person.files.pop();
    person.unsent.push(...canaries.words.slice(before));
  }
  const held = { name: `${word()}.txt`, bytes: Buffer.from(`${word()} ${'lamp '.repeat(2_000)}${word()}`) };
  const fields = {
    'requester.name': name,
    'requester.email': email,
    subject: word(),
    message: `${word()}\n${word()}`,
    orderReference: word(),
  };
  const posted = await postForm(server.url, formFields(fields), [held]);
  if (posted.status !== 202) throw new Error(`${posted.status} ${posted.text}`);
  const pairs = person.numbers.map((number, i) => ({ number, secret: person.keys[i]?.secret }));
  await customer('sign-in-links', '', 'POST', { email, browserSecret: newKeys().secret, locale: 'en' });
  await customer('sessions', person.keys[0]?.secret ?? '', 'POST', { tickets: pairs });
  return person;
}

/** What the command line would ask of a running server, without a process for each question. */
async function askSocket(socketPath: string, [, verb, number = '', ...args]: string[]): Promise<void> {
  const [where, method, body] =
    verb === 'assign'
      ? ['', 'PATCH', { assignee: { email: args[0], comment: args[3] } }]
      : ['/messages', 'POST', { text: args[1], visibility: verb === 'note' ? 'internal' : 'public', seq: 1_000 }];
  const text = JSON.stringify(body);
  const headers = {
    Host: 'localhost',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Idempotency-Key': randomBytes(16).toString('hex'),
  };
  const address = `/v1/desks/open/agent/tickets/${number}${where}`;
  await new Promise<void>((resolve, reject) => {
    const request = http.request({ socketPath, path: address, method, headers, agent: false }, (answer) => {
      answer.resume();
      if ((answer.statusCode ?? 500) < 400) resolve();
      else reject(new Error(`${verb}: ${answer.statusCode}`));
    });
    request.on('error', reject);
    request.end(text);
  });
}
