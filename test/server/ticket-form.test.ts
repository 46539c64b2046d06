import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { NumberedReceipt, TicketDraft } from '@storefront-support/contract';
import { sql } from 'kysely';
import { HeldKeys } from '../../packages/server/dist/held/held-keys.js';
import { expireUploads } from '../../packages/server/dist/jobs/expire-uploads.js';
import { sweepBlobs } from '../../packages/server/dist/jobs/sweep-blobs.js';
import { sweepHeld } from '../../packages/server/dist/jobs/sweep-held.js';
import { composeMail } from '../../packages/server/dist/mail/compose-mail.js';
import { LOCALES } from '../../packages/server/dist/locales/index.js';
import { MailLinks } from '../../packages/server/dist/mail/mail-links.js';
import { openCounterApp, PUBLIC_HOST, type CounterApp } from '../support/counter-app.ts';
import { defencesOff, openDesks } from '../support/desks.ts';
import { formFields, multipart, type FormFields, type FormFile } from '../support/posted-form.ts';
import { newDraft, newKeys } from '../support/ticket-request.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Entry = { desk: object; mail: object; defences: object };

/** The desk of the tests, changed. */
function desks(changes: { desk?: object; mail?: object; defences?: object; allowedOrigins?: string[] } = {}): unknown {
  const [open] = openDesks() as [Entry];
  return [
    {
      ...open,
      ...changes,
      desk: { ...open.desk, ...changes.desk },
      mail: { ...open.mail, heldLinksPerHour: 100_000, ...changes.mail },
      defences: { ...defencesOff, ...changes.defences },
    },
  ];
}

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

describe('a form without a script', () => {
  let shared: CounterApp;
  let counter: CounterApp;

  before(async () => {
    shared = await openCounterApp(desks());
  });
  after(() => shared.close());
  beforeEach(async () => {
    counter = shared;
    const tables = [
      'heldTicket',
      'outbox',
      'upload',
      'ticket',
      'message',
      'searchText',
      'ticketTag',
      'requester',
      'idempotencyKey',
    ] as const;
    await counter.room.ports.store.write.run(async (trx) => {
      for (const table of tables) await trx.deleteFrom(table).execute();
    });
    rmSync(path.join(counter.room.folder, 'uploads'), { recursive: true, force: true });
    counter.room.logged.length = 0;
  });
  afterEach(async () => {
    if (counter !== shared) await counter.close();
  });

  /** With another desk. */
  const reopen = async (changes: Parameters<typeof desks>[0]) => {
    counter = await openCounterApp(desks(changes));
  };
  const send = async (body: BodyInit | null, headers: Record<string, string>, desk = 'open'): Promise<Answer> => {
    const request = new Request(`http://${PUBLIC_HOST}/v1/desks/${desk}/tickets/form`, { method: 'POST', body, headers });
    const answer = await counter.app.fetch(request);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const post = (fields: FormFields = formFields(), files: readonly FormFile[] = [], headers: Record<string, string> = {}) => {
    const { type, body } = multipart(fields, files);
    return send(new Uint8Array(body), { 'Content-Type': type, 'Content-Length': String(body.length), ...headers });
  };
  const at = async (address: string, method = 'GET', answer?: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const form = answer === undefined ? {} : { body: new URLSearchParams({ answer }) };
    const response = await counter.app.fetch(new Request(`http://${PUBLIC_HOST}${address}`, { method, headers, ...form }));
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const read = () => counter.room.ports.store.read;
  const held = () => read().selectFrom('heldTicket').selectAll().orderBy('createdAt').execute();
  const tickets = () => read().selectFrom('ticket').selectAll().orderBy('createdAt').execute();
  const uploads = () => read().selectFrom('upload').selectAll().where('expiresAt', '>', 0).execute();
  const mails = () => read().selectFrom('outbox').selectAll().orderBy('createdAt').orderBy('id').execute();
  /** Names of the files on disk. */
  const blobs = () => {
    const folder = path.join(counter.room.folder, 'uploads');
    if (!existsSync(folder)) return [];
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  /** Where the mail of the newest message leads. */
  const link = async () =>
    `/desks/open/confirm/${new HeldKeys(counter.room.ports.installSecret).token('open', (await held()).at(-1)?.id ?? '')}`;
  const confirm = async (address?: string) => at(address ?? (await link()), 'POST', 'confirm');
  const numberIn = ({ text }: Answer) => /<dd dir="ltr">([^<]*)<\/dd>/.exec(text)?.[1];
  /** What stands in a field of the form that came back. */
  const valueOf = (text: string, name: string) => {
    const [, written] =
      name === 'message'
        ? (/<textarea[^>]*>\n([^<]*)<\/textarea>/.exec(text) ?? [])
        : (new RegExp(`name="${name.replace('.', '\\.')}"\\s+type="\\w+"\\s+value="([^"]*)"`).exec(text) ?? []);
    return written?.replace(
      /&(lt|gt|quot|amp|#39);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name] ?? '',
    );
  };

  describe('is held', () => {
    it('and seen by nobody until its sender has confirmed it', async () => {
      const fields = formFields({ subject: 'Zebra lamp' });
      const answer = await post(fields, [{ name: 'a.png', bytes: PNG }]);
      assert.equal(answer.status, 202);
      assert.ok(answer.text.includes(String(fields['requester.email'])));
      assert.deepEqual(await tickets(), []);
      for (const table of ['requester', 'message', 'searchText', 'ticketTag', 'idempotencyKey', 'session'] as const)
        assert.deepEqual(await read().selectFrom(table).selectAll().execute(), [], table);
      assert.deepEqual(
        (await mails()).map(({ kind, state }) => [kind, state]),
        [['held', 'waiting']],
      );
      assert.ok(counter.room.logged.join('\n').includes('"ticket-held"'));
      assert.ok(!/Zebra|customer\.example/.test(counter.room.logged.join('\n')));
    });

    it('and then exactly what the form with a script would have filed, due from then on', async () => {
      const email = 'Ann@Customer.example';
      await post(formFields({ 'requester.email': email, kind: 'pre-sale', orderReference: '' }), [
        { name: 'C:\\fakepath\\lamp “1”.png', bytes: PNG },
        { name: 'note.txt', bytes: Buffer.from('é'.repeat(20_000)) },
      ]);
      counter.room.pass(5 * HOUR);
      const [text, png] = [Buffer.from('é'.repeat(20_000)), PNG];
      const answer = await confirm();
      assert.equal(answer.status, 200);
      const [ticket] = await tickets();
      assert.equal(numberIn(answer), ticket?.number);
      await counter.file(
        newDraft({
          requester: { name: 'Ann Example', email },
          kind: 'pre-sale',
          message: 'It was due on Monday.\nIt is a birthday present.',
        }),
      );
      const [mine, other] = await tickets();
      const alike = ({ id: _1, number: _2, secretHash: _3, ...rest }: NonNullable<typeof mine>) => rest;
      assert.deepEqual(mine && alike(mine), other && alike(other));
      const messages = await read().selectFrom('message').select(['text', 'seq', 'authorKind', 'visibility', 'ticketId']).execute();
      assert.deepEqual(
        new Set(messages.map(({ text: written }) => written)),
        new Set(['It was due on Monday.\nIt is a birthday present.']),
      );
      assert.deepEqual(
        (await read().selectFrom('ticketTag').select('tag').execute()).map(({ tag }) => tag),
        ['pre-sale', 'pre-sale'],
      );
      const files = await read()
        .selectFrom('upload')
        .selectAll()
        .where('ticketId', '=', ticket?.id ?? '')
        .orderBy('position')
        .execute();
      assert.deepEqual(
        files.map(({ name, size, type, sha256: hash }) => [name, size, type, hash]),
        [
          ['lamp “1”.png', png.length, 'image/png', sha256(png)],
          ['note.txt', text.length, 'text/plain', sha256(text)],
        ],
      );
      const kinds = (await mails()).map(({ kind }) => kind).sort();
      assert.deepEqual(kinds, ['confirmation', 'confirmation', 'held', 'notification', 'notification']);
    });

    it('by urlencoded fields, too', async () => {
      const fields = new URLSearchParams(Object.entries(formFields({ message: 'Zoë, 1 + 1 & so on' })) as [string, string][]);
      const answer = await send(fields, {});
      assert.equal(answer.status, 202);
      await confirm();
      const [message] = await read().selectFrom('message').select('text').execute();
      assert.equal(message?.text, 'Zoë, 1 + 1 & so on');
    });

    it('once, however often it is posted within a quarter of an hour, also after it was confirmed', async () => {
      const fields = formFields();
      const files = [{ name: 'a.png', bytes: PNG }];
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(fields, files)));
      assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
      assert.equal((await held()).length, 1);
      assert.equal((await mails()).length, 1);
      assert.equal((await uploads()).length, 1);
      assert.equal(blobs().length, 1);
      const number = numberIn(await confirm());
      assert.ok(number);
      counter.room.pass(14 * MINUTE);
      const again = await post(fields, files);
      assert.equal(again.status, 200);
      assert.equal(numberIn(again), number);
      assert.equal((await tickets()).length, 1);
      assert.equal(blobs().length, 1);
      counter.room.pass(2 * MINUTE);
      assert.equal((await post(fields, files)).status, 202);
      assert.equal((await held()).length, 2);
    });

    it('as another one when a word or a byte of a file is another', async () => {
      const fields = formFields();
      await post(fields, [{ name: 'a.txt', bytes: Buffer.from('one') }]);
      await confirm();
      assert.equal((await post(fields, [{ name: 'a.txt', bytes: Buffer.from('two') }])).status, 202);
      await confirm();
      assert.equal((await post({ ...fields, subject: 'Other' }, [{ name: 'a.txt', bytes: Buffer.from('two') }])).status, 202);
      assert.equal((await held()).length, 3);
    });

    it('for a day, and is then gone with its files', async () => {
      await post(formFields(), [{ name: 'a.png', bytes: PNG }]);
      const address = await link();
      counter.room.pass(24 * HOUR - 1);
      assert.equal(await sweepHeld(counter.room.ports), 0);
      await expireUploads(counter.room.ports);
      assert.equal((await at(address)).status, 200);
      counter.room.pass(1);
      assert.equal((await at(address)).status, 410);
      assert.equal((await confirm(address)).status, 410);
      assert.equal(await sweepHeld(counter.room.ports), 1);
      assert.deepEqual([await held(), blobs(), await uploads(), await tickets()], [[], [], [], []]);
      await post(formFields(), [{ name: 'a.png', bytes: PNG }]);
      counter.room.pass(24 * HOUR);
      assert.equal(await sweepHeld({ ...counter.room.ports, desks: new Map() }), 1, 'of a desk that is there no longer');
      assert.deepEqual([await held(), blobs(), await uploads()], [[], [], []]);
      counter.room.pass(48 * HOUR);
      await expireUploads(counter.room.ports);
      assert.deepEqual(await read().selectFrom('upload').selectAll().execute(), []);
      assert.equal(await sweepBlobs(counter.room.ports), 0);
    });
  });

  describe('is confirmed', () => {
    it('by a press only: looking, as scanners do, does nothing', async () => {
      await post();
      const address = await link();
      for (let n = 0; n < 20; n++) assert.equal((await at(address, n % 2 === 0 ? 'GET' : 'HEAD')).status, 200);
      assert.equal((await at(address, 'POST', 'maybe')).status, 200);
      assert.equal((await at(address, 'POST')).status, 200);
      assert.deepEqual(await tickets(), []);
      const page = await at(address);
      assert.match(page.text, /<button class="first" name="answer" value="confirm">/);
      assert.equal(page.headers.get('Referrer-Policy'), 'no-referrer');
    });

    it('once: a second press, twenty at a time and a later look show the same number', async () => {
      await post();
      const address = await link();
      const numbers = (await Promise.all(Array.from({ length: 20 }, () => confirm(address)))).map(numberIn);
      assert.equal(new Set(numbers).size, 1);
      assert.equal((await tickets()).length, 1);
      assert.equal(numberIn(await at(address)), numbers[0]);
      assert.equal((await mails()).filter(({ kind }) => kind === 'notification').length, 1);
    });

    it('by the same message sent with a script: the link and a later post lead to its ticket', async () => {
      const fields = formFields({ subject: 'Sent twice' });
      const note = { name: 'note.txt', bytes: Buffer.from('scratched') };
      const sendWithScript = async (changes: Partial<TicketDraft> = {}, ...texts: string[]) => {
        const { secret, idempotencyKey } = newKeys();
        const attachmentIds: string[] = [];
        for (const text of texts) attachmentIds.push(await counter.upload(text, 'note.txt', secret));
        const draft = newDraft({
          requester: { name: 'Ann Example', email: String(fields['requester.email']) },
          orderReference: 'A-1',
          subject: 'Sent twice',
          message: String(fields['message']).replaceAll('\r\n', '\n'),
          attachmentIds,
          ...changes,
        });
        const headers = { 'Idempotency-Key': idempotencyKey };
        const { ticket } = await counter.json<NumberedReceipt>('tickets', 201, { method: 'POST', token: secret, headers, body: { draft } });
        return ticket.number;
      };
      await post(fields, [note]);
      const address = await link();
      await sendWithScript({ subject: 'Another' }, 'scratched');
      await sendWithScript({}, 'dented');
      await sendWithScript();
      assert.deepEqual(
        (await held()).map(({ state }) => state),
        ['held'],
        'another message settles nothing',
      );
      const number = await sendWithScript({}, 'scratched');
      assert.equal((await tickets()).length, 4);
      assert.equal(numberIn(await at(address)), number);
      assert.equal(numberIn(await confirm(address)), number);
      assert.equal(numberIn(await post(fields, [note])), number);
      assert.equal((await tickets()).length, 4);
      assert.equal((await held())[0]?.draft, null);
      counter.room.pass(26 * HOUR);
      await sweepHeld(counter.room.ports);
      await expireUploads(counter.room.ports);
      assert.equal(blobs().length, 3, 'what was posted is gone, what was sent is there');
    });

    it('by no message that is sent with a script later than it would be the same post', async () => {
      const fields = formFields({ 'requester.email': 'ann@customer.example', orderReference: undefined, message: 'It was due on Monday.' });
      await post(fields);
      const address = await link();
      counter.room.pass(15 * MINUTE);
      await counter.file();
      assert.equal((await held())[0]?.state, 'held');
      await confirm(address);
      assert.equal((await tickets()).length, 2);
    });

    it('by nobody who guesses, and by no other page', async () => {
      await post();
      const address = await link();
      const guesses = Array.from({ length: 200 }, () => `/desks/open/confirm/${randomBytes(32).toString('base64url')}`);
      for (const guess of [
        ...guesses,
        '/desks/open/confirm/x',
        '/desks/nobody/confirm/x',
        address.slice(0, -1),
        `${address}x`,
        address.replace(/[^/]*$/, (token) => token.toUpperCase()),
      ])
        assert.equal((await confirm(guess)).status, 410);
      const id = (await held())[0]?.id ?? '';
      assert.equal((await confirm(`/desks/open/confirm/${id}`)).status, 410);
      for (const headers of [
        { Origin: 'https://evil.example' },
        { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
      ])
        assert.equal((await at(address, 'POST', 'confirm', headers)).status, 200);
      assert.deepEqual(await tickets(), []);
      assert.equal((await at(address, 'POST', 'confirm', { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status, 200);
      assert.equal((await tickets()).length, 1);
    });

    it('by an answer that is small, and nobody holds the page with another', async () => {
      await post();
      const address = await link();
      const { type, body } = multipart({ answer: 'maybe' }, [{ name: 'x', bytes: PNG, field: '' }]);
      const ask = (body: BodyInit) => {
        const form = { method: 'POST', headers: { 'Content-Type': type }, body, duplex: 'half' };
        return counter.app.fetch(new Request(`http://${PUBLIC_HOST}${address}`, form));
      };
      assert.match(await (await ask(new Uint8Array(body))).text(), /value="confirm"/);
      let given = 0;
      const endless = new ReadableStream({ pull: (out) => (given < 500 ? (given++, out.enqueue(Buffer.alloc(16_384))) : out.close()) });
      assert.match(await (await ask(endless)).text(), /value="confirm"/);
      assert.ok(given < 20, `${given} pieces read`);
      assert.deepEqual(await tickets(), []);
    });

    it('or thrown away, files and all, by whoever did not write it', async () => {
      await post(formFields(), [{ name: 'a.png', bytes: PNG }]);
      const address = await link();
      const answer = await at(address, 'POST', 'discard');
      assert.equal(answer.status, 200);
      assert.ok(answer.text.includes('The message is deleted'));
      assert.deepEqual([blobs(), await uploads(), await tickets()], [[], [], []]);
      assert.equal((await held())[0]?.draft, null);
      assert.equal((await confirm(address)).status, 410);
    });

    it('not any more where the desk has stopped taking it', async () => {
      await post(formFields(), [{ name: 'a.png', bytes: PNG }]);
      const address = await link();
      const desk = counter.room.ports.desks.get('open');
      const { files } = desk?.desk.limits ?? {};
      if (!desk || !files) throw new Error('no desk');
      desk.desk.limits.files = { ...files, types: ['text/plain'] };
      const answer = await confirm(address);
      assert.equal(answer.status, 409);
      assert.deepEqual(await tickets(), []);
      desk.desk.limits.files = files;
      assert.equal((await confirm(address)).status, 200);
    });
  });

  // what it reads and answers is the same on any database
  if (process.env['DATABASE'] !== 'postgres')
    describe('comes back', () => {
      it('with what is to be corrected, each at its field, and all that was written', async () => {
        const fields = formFields({
          'requester.name': '',
          'requester.email': 'not an address',
          subject: 'x'.repeat(301),
          message: '\r\n\r\nfirst <b>line</b>\r\n  second & "third"\r\n',
          orderReference: 'A-1',
          kind: 'true',
        });
        const answer = await post(fields, [
          { name: 'fine.png', bytes: PNG },
          { name: 'virus.exe', bytes: Buffer.from('MZ\u0000\u0001'.repeat(50)) },
        ]);
        assert.equal(answer.status, 422);
        const { text } = answer;
        assert.match(text, /5 things to correct/);
        for (const [name, id] of [['requester-name'], ['requester-email'], ['subject'], ['orderReference'], ['attachmentIds', 'files']] as [
          string,
          string?,
        ][]) {
          const sentence = new RegExp(`<p class="fault" id="fault-${name}"[^>]*>([^<]+)</p>`).exec(text)?.[1] ?? '';
          assert.ok(sentence.length > 5, name);
          assert.ok(text.includes(`<a href="#${id ?? name}">${sentence}</a>`), `${name}: a link with the same words`);
          const control = new RegExp(`<input[^>]*id="${id ?? name}"[^>]*>`).exec(text)?.[0] ?? '';
          assert.ok(control.includes('aria-invalid="true"') && control.includes(`aria-describedby="fault-${name}`), control);
        }
        assert.equal(valueOf(text, 'requester.email'), 'not an address');
        assert.equal(valueOf(text, 'subject'), fields['subject']);
        assert.equal(valueOf(text, 'message'), '\n\nfirst <b>line</b>\n  second & "third"\n');
        assert.equal(valueOf(text, 'orderReference'), 'A-1');
        assert.match(text, /name="kind" value="pre-sale" checked/);
        assert.ok(text.includes('virus.exe') && /choose them again: [^<]*fine\.png/.test(text) && !/again: [^<]*virus/.test(text));
        assert.deepEqual([await held(), blobs(), await uploads()], [[], [], []]);
      });

      it('where a robot has filled in what people do not see, and works from there', async () => {
        const answer = await post(formFields({ website: 'https://spam.example', subject: 'My lamp' }));
        assert.equal(answer.status, 403);
        assert.equal(valueOf(answer.text, 'subject'), 'My lamp');
        assert.ok(!answer.text.includes('spam.example'));
        assert.deepEqual(await mails(), []);
      });

      it('where it has too many files, or too large ones, one or together', async () => {
        await reopen({ desk: { limits: { files: { count: 2, bytesPerFile: 1_000, bytesPerTicket: 1_500, types: ['text/plain'] } } } });
        const file = (name: string, size: number) => ({ name, bytes: Buffer.alloc(size, 'a') });
        const tries: [FormFile[], RegExp][] = [
          [[file('a.txt', 1), file('b.txt', 1), file('c.txt', 1)], /at most 2/],
          [[file('a.txt', 1_001)], /a\.txt[^<]*larger than 1(\.0)?.kB/],
          [[file('a.txt', 999), file('b.txt', 999)], /Files: at most 2.kB/],
        ];
        for (const [files, sentence] of tries) {
          const answer = await post(formFields(), files);
          assert.equal(answer.status, 422);
          assert.match(answer.text, sentence);
          assert.equal(valueOf(answer.text, 'subject'), 'Where is my lamp?');
          assert.deepEqual([blobs(), await uploads()], [[], []]);
        }
        assert.equal((await post(formFields(), [file('a.txt', 1_000), file('b.txt', 500)])).status, 202);
      });

      it('where it is no form, or far too much of one', async () => {
        for (const type of ['text/plain', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=']) {
          const answer = await send('subject=x', { 'Content-Type': type });
          assert.ok([400, 415].includes(answer.status), `${type} ${answer.status}`);
          assert.match(answer.headers.get('Content-Type') ?? '', /^text\/html/);
        }
        await reopen({ desk: { limits: { files: null } } });
        const answer = await post(formFields({ subject: 'Kept', other: 'x'.repeat(2_100_000) }));
        assert.equal(answer.status, 413);
        assert.equal(valueOf(answer.text, 'subject'), 'Kept');
        const many = await post(
          formFields({ 'requester.name': '"'.repeat(300_000), subject: 'Kept', orderReference: '"'.repeat(300_000) }),
        );
        assert.equal(many.status, 413);
        assert.equal(valueOf(many.text, 'subject'), 'Kept');
        assert.ok(many.text.length < 2_500_000, 'and what comes back is bounded');
      });

      it('where it has more parts than any form: what follows is not looked at', async () => {
        const { type, body } = multipart(formFields({ subject: 'Kept' }));
        const [first = ''] = String(body).split('\r\n', 1);
        for (const [extra, status] of [
          [900, 202],
          [1_000, 400],
        ] as const) {
          const answer = await send(String(body).replace(`${first}--`, `${first}\r\n\r\n\r\n`.repeat(extra) + `${first}--`), {
            'Content-Type': type,
          });
          assert.equal(answer.status, status, `${extra}`);
          if (status === 400) assert.equal(valueOf(answer.text, 'subject'), 'Kept');
        }
      });

      it('where its file cannot be kept: it is answered with what was written, and leaves nothing open', async () => {
        await reopen({});
        const { store } = counter.room.ports;
        await store.write.run((trx) =>
          sql`CREATE TRIGGER fails BEFORE INSERT ON upload BEGIN SELECT RAISE(ABORT, 'no room'); END`.execute(trx),
        );
        const large = [{ name: 'a.txt', bytes: Buffer.alloc(300_000, 'text ') }];
        const failed = await post(formFields({ subject: 'Kept' }), large);
        assert.equal(failed.status, 500);
        assert.equal(valueOf(failed.text, 'subject'), 'Kept');
        await store.write.run((trx) => sql`DROP TRIGGER fails`.execute(trx));
        assert.equal((await post(formFields(), large)).status, 202);
      });

      it('with as much as was read where it ends early, at whatever byte, and leaves nothing behind', async () => {
        const { type, body } = multipart(formFields({ subject: 'Kept', message: 'short' }), [
          { name: 'a.txt', bytes: Buffer.from('file '.repeat(8)) },
        ]);
        const from = body.indexOf('name="message"');
        let kept = 0;
        for (let end = 0; end < body.length - 6; end += end < from ? 67 : 5) {
          const answer = await send(new Uint8Array(body.subarray(0, end)), { 'Content-Type': type });
          assert.equal(answer.status, 400, `${end}`);
          if (valueOf(answer.text, 'subject') === 'Kept') kept += 1;
          if (end > from) assert.equal(valueOf(answer.text, 'subject'), 'Kept', `${end}`);
        }
        assert.ok(kept > 50);
        assert.deepEqual([await held(), blobs(), await uploads()], [[], [], []]);
      });

      it('in the language it was asked for in, from the side where that begins, with times of the desk', async () => {
        const french = await post(formFields({ locale: 'fr-CA', subject: '' }));
        assert.match(french.text, /<html lang="fr" dir="ltr">/);
        assert.ok(french.text.includes(LOCALES['fr']?.pages.summary(1, '1') ?? 'none'));
        assert.equal(french.headers.get('Content-Language'), 'fr');
        const browser = await post(formFields({ locale: 'x'.repeat(99), subject: '' }), [], { 'Accept-Language': 'fr;q=0.9, en;q=0.1' });
        assert.match(browser.text, /<html lang="fr"/);
        await reopen({});
        await post(formFields({ locale: 'fr' }));
        assert.match((await at(await link())).text, /lundi 1 juin 2026 à 10:00/);
        assert.equal((await tickets()).length, 0);
        await confirm();
        assert.equal((await tickets())[0]?.locale, 'fr');
      });
    });

  describe('is limited', () => {
    it('by client, more tightly than a form with a proof, and says when to come back', async () => {
      await reopen({ defences: { formPostsPerAddressPerHour: 5 } });
      for (let n = 0; n < 5; n++) assert.equal((await post()).status, 202);
      const answer = await post(formFields({ subject: 'The sixth' }), [{ name: 'a.png', bytes: PNG }]);
      assert.equal(answer.status, 429);
      assert.ok(Number(answer.headers.get('Retry-After')) > 3_000);
      assert.match(answer.text, /try again in (59|60|1) (minutes|hour)/);
      assert.equal(valueOf(answer.text, 'subject'), 'The sixth');
      assert.equal(blobs().length, 0);
      assert.equal((await mails()).length, 5);
    });

    it('by client in how many are read at once: all of an IPv6 network is one', async () => {
      const { type, body } = multipart(formFields());
      const open: ReadableStreamDefaultController[] = [];
      const from = (remoteAddress: string) => {
        const stream = new ReadableStream({ start: (out) => void (out.enqueue(new Uint8Array(body)), open.push(out)) });
        const form = { method: 'POST', headers: { 'Content-Type': type }, body: stream, duplex: 'half' };
        const request = new Request(`http://${PUBLIC_HOST}/v1/desks/open/tickets/form`, form);
        return Promise.resolve(counter.app.fetch(request, { incoming: { socket: { remoteAddress } } } as never));
      };
      const waiting = Array.from({ length: 20 }, (_, n) => from(`2001:db8:1:2::${n + 1}`));
      assert.equal((await from('2001:db8:1:2:3::99')).status, 503);
      waiting.push(from('2001:db8:1:3::1'));
      for (const out of open) out.close();
      const statuses = (await Promise.all(waiting)).map(({ status }) => status);
      assert.ok(!statuses.includes(503), statuses.join());
      assert.equal((await post()).status, 202);
    });

    it('by mailbox: one link at a time that nobody has used, whoever asks and however the address is written', async () => {
      await post(formFields({ 'requester.email': 'vic@customer.example' }));
      for (const email of ['vic@customer.example', 'VIC@customer.example', 'vic+shop@customer.example']) {
        const answer = await post(formFields({ 'requester.email': email, subject: 'Again' }));
        assert.equal(answer.status, 429);
        assert.equal(valueOf(answer.text, 'subject'), 'Again');
        assert.match(answer.text, /already mailed a link/);
      }
      await at(await link(), 'POST', 'discard');
      assert.equal((await post(formFields({ 'requester.email': 'vic@customer.example' }))).status, 429);
      counter.room.pass(24 * HOUR);
      assert.equal((await post(formFields({ 'requester.email': 'vic@customer.example', subject: 'Tomorrow' }))).status, 202);
      await confirm();
      for (const subject of ['second', 'third']) {
        assert.equal((await post(formFields({ 'requester.email': 'vic@customer.example', subject }))).status, 202);
        await confirm();
      }
      // as many as an address may have confirmations in a day
      assert.equal((await post(formFields({ 'requester.email': 'vic@customer.example', subject: 'fourth' }))).status, 429);
      assert.equal((await mails()).filter(({ kind }) => kind === 'held').length, 4);
    });

    it('by desk: a flood to many addresses mails few of them, and the operator is told', async () => {
      await reopen({ mail: { heldLinksPerHour: 10 } });
      const answers = [];
      for (let n = 0; n < 14; n++) answers.push((await post()).status);
      assert.deepEqual(answers, [...Array<number>(10).fill(202), ...Array<number>(4).fill(503)]);
      assert.equal((await mails()).length, 10);
      assert.ok(counter.room.logged.some((line) => line.includes('held-tickets-braked') && line.includes('warn')));
      counter.room.pass(HOUR + 1);
      assert.equal((await post()).status, 202);
    });

    it('in the bytes that wait, and in those that one client sends', async () => {
      await reopen({ defences: { heldFileBytes: 25_000, uploadBytesPerAddressPerDay: 45_000 } });
      const file = () => [{ name: 'a.txt', bytes: Buffer.from(randomBytes(5_000).toString('hex')) }];
      assert.equal((await post(formFields(), file())).status, 202);
      assert.equal((await post(formFields(), file())).status, 202);
      assert.equal((await post(formFields(), file())).status, 503);
      assert.equal(blobs().length, 2);
      assert.equal((await post()).status, 202);
      const last = await post(formFields({ subject: 'No files any more' }), file());
      assert.equal(last.status, 503);
      assert.equal(last.headers.get('retry-after'), '5');
      const over = await post(formFields({ subject: 'No files any more' }), file());
      assert.equal(over.status, 429);
      assert.equal(valueOf(over.text, 'subject'), 'No files any more');
      assert.equal(blobs().length, 2);
    });
  });

  describe('gives nobody a hold', () => {
    const HOSTILE = `"><script>alert(1)</script>'</textarea><img src=x onerror=alert(1)>\u202e&lt;`;

    it('on the pages: what was written is text wherever it stands', async () => {
      const fields = formFields({
        contactId: HOSTILE,
        kind: HOSTILE,
        'requester.name': HOSTILE,
        'requester.email': HOSTILE,
        orderReference: HOSTILE,
        subject: HOSTILE,
        message: HOSTILE,
        locale: HOSTILE,
        [HOSTILE.replaceAll('"', '')]: 'x',
      });
      const answer = await post(fields, [
        { name: HOSTILE.replaceAll('"', '%22'), bytes: Buffer.from('MZ\u0000\u0001'.repeat(50)) },
        { name: '<svg onload=1>.png', bytes: PNG },
      ]);
      assert.equal(answer.status, 422);
      assert.ok(!/<script|<img|onerror=alert\(1\)>'|<svg onload|<\/textarea><img/.test(answer.text.replaceAll(/&lt;/g, '')));
      assert.ok(!/<(script|img)/i.test(answer.text));
      assert.equal(valueOf(answer.text, 'message'), HOSTILE);
      const policy = answer.headers.get('Content-Security-Policy') ?? '';
      assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
      assert.equal(answer.headers.get('X-Content-Type-Options'), 'nosniff');
    });

    it('on the mail: not one character of it was typed by the sender, and none leads a header on', async () => {
      const fields = formFields({
        'requester.name': 'Wombat\r\nBcc: more@evil.example',
        subject: 'Wombat\r\nBcc: more@evil.example',
        message: 'https://wombat.example buy',
        orderReference: 'Wombat',
      });
      assert.equal((await post(fields)).status, 202);
      const { store, desks: all, blobs: files, now, installSecret } = counter.room.ports;
      const links = new MailLinks(() => 'https://support.shop.example', installSecret);
      const [row] = await mails();
      assert.ok(row);
      const mail = await composeMail({ db: store.read, desks: all, blobs: files, links, now }, row);
      assert.ok(mail);
      const { envelope, to, ...rest } = mail;
      assert.deepEqual([envelope.to, to], [fields['requester.email'], { name: '', address: fields['requester.email'] }]);
      assert.ok(!/wombat|evil\.example/i.test(JSON.stringify(rest)));
      assert.ok(mail.text.includes(`https://support.shop.example${await link()}`));
      for (const email of [
        'a@b.example\r\nBcc: c@d.example',
        'a@b.example, c@d.example',
        '"a b"@c.example',
        'a@b.example\0',
        'a@b.example;c@d.example',
        '<a@b.example>',
      ])
        assert.equal((await post(formFields({ 'requester.email': email }))).status, 422, email);
    });

    it('on what is known: an address that somebody has and one that nobody has are answered alike', async () => {
      await counter.file({ requester: { name: 'Ann', email: 'ann@customer.example' } });
      const shape = ({ status, text, headers }: Answer, email: string) => [status, text.replaceAll(email, 'X'), [...headers]];
      const known = await post(formFields({ 'requester.email': 'ann@customer.example' }));
      const unknown = await post(formFields({ 'requester.email': 'zed@customer.example' }));
      assert.deepEqual(shape(known, 'ann@customer.example'), shape(unknown, 'zed@customer.example'));
    });

    it('on members that the form does not have', async () => {
      const answer = await post(
        formFields({ status: 'closed', assigneeId: 'x', __proto__: 'x', constructor: 'x', attachmentIds: 'x'.repeat(43), desk: 'two' }),
      );
      assert.equal(answer.status, 202);
      const draft = JSON.parse((await held())[0]?.draft ?? '') as object;
      assert.deepEqual(Object.keys(draft).sort(), [
        'attachmentIds',
        'contactId',
        'kind',
        'locale',
        'message',
        'orderReference',
        'requester',
        'subject',
      ]);
      assert.deepEqual((draft as { attachmentIds: string[] }).attachmentIds, []);
    });

    it('on the names of files, and on uploads of others', async () => {
      const names = [
        '../../etc/passwd',
        '..',
        'a\u202egnp.exe',
        'CON',
        '.htaccess',
        'a/b\\c.txt',
        '%22;%0D%0Ax.txt',
        'x'.repeat(5_000),
        '\u0000',
      ];
      for (const name of names) await post(formFields(), [{ name, bytes: Buffer.from('text') }]);
      const kept = (await uploads()).map(({ name }) => name);
      assert.equal(kept.length, names.length);
      for (const name of kept) assert.ok(/^[^/\\\p{Cc}\p{Cf}]{1,250}$/u.test(name) && !name.startsWith('.') && name.endsWith('.txt'), name);
      for (const name of blobs()) assert.match(name, /^[\w-]{43}$/);
    });

    it('on other pages: a foreign one is turned away, one that says nothing sends from here', async () => {
      await reopen({ allowedOrigins: ['https://shop.example'] });
      const status = async (headers: Record<string, string>) => (await post(formFields(), [], headers)).status;
      assert.equal(await status({ Origin: 'https://shop.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }), 202);
      assert.equal(await status({ Origin: 'http://localhost:8480' }), 202);
      assert.equal(await status({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' }), 202);
      assert.equal(await status({}), 202);
      const before = (await held()).length;
      for (const origin of ['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'http://localhost:8481'])
        assert.equal(await status({ Origin: origin }), 403, origin);
      for (const mode of ['cors', 'no-cors', 'same-origin', 'websocket'])
        assert.equal(await status({ Origin: 'https://shop.example', 'Sec-Fetch-Mode': mode }), 403, mode);
      for (const headers of [{ Origin: 'null' }, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }] as Record<string, string>[]) {
        const answer = await post(formFields({ subject: 'From a quiet page' }), [{ name: 'a.png', bytes: PNG }], headers);
        assert.equal(answer.status, 403);
        assert.equal(valueOf(answer.text, 'subject'), 'From a quiet page');
        assert.match(answer.text, /send it from here/);
      }
      assert.equal((await held()).length, before);
      assert.equal(blobs().length, 0);
    });

    it('on desks that there are not, with a page all the same', async () => {
      const { type, body } = multipart(formFields());
      const answer = await send(new Uint8Array(body), { 'Content-Type': type, 'Accept-Language': 'fr' }, 'nobody');
      assert.equal(answer.status, 404);
      assert.match(answer.text, /<html lang="fr"/);
      assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
      const back = await at('/v1/desks/open/tickets/form');
      assert.deepEqual([back.status, back.headers.get('Location')], [303, '../../../../desks/open']);
    });
  });
});
