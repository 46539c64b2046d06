import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Store } from '@storefront-support/server';
import { attachUploads } from '../../packages/server/dist/files/attach-uploads.js';
import { markRemoved, moveOffset, quotaWait } from '../../packages/server/dist/files/upload-rows.js';
import { enqueueTicketMails } from '../../packages/server/dist/mail/enqueue-ticket-mails.js';
import { claimMails, nextMailAt, settleAccepted, settleFailed } from '../../packages/server/dist/mail/outbox-rows.js';
import { storeAnswer, storedAnswer } from '../../packages/server/dist/middleware/idempotency.js';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import { readThread } from '../../packages/server/dist/store/thread-page.js';
import { appendMessage, changeStatus, markSeen } from '../../packages/server/dist/store/threads.js';
import { findTicketById, openTicket } from '../../packages/server/dist/store/ticket-access.js';
import { countUnread, listTickets } from '../../packages/server/dist/store/ticket-list.js';
import { insertTicket, readTicket, spendProof } from '../../packages/server/dist/store/tickets.js';
import { deskConfigs } from '../support/desk-configs.ts';
import { openDesks } from '../support/desks.ts';
import { newDraft } from '../support/ticket-request.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-01T08:00:00Z');

export interface StorePlace {
  /** On an empty database. */
  store: Store;
  /** The store of another process on the same database; the same store where there can be only one. */
  other: Store;
  close(): Promise<void>;
}

/** What every engine must do. Each test takes a desk of its own, so that one database serves them all. */
export function storeSuite(engine: string, open: () => Promise<StorePlace>, skip: string | false): void {
  describe(`the store on ${engine}`, { skip }, () => {
    let place: StorePlace;
    let store: Store;
    let deskId: string;
    before(async () => {
      place = await open();
      ({ store } = place);
    });
    after(() => place.close());

    const test = (title: string, run: () => Promise<void>) =>
      it(title, async () => {
        deskId = `desk-${randomUUID()}`;
        await run();
      });
    /** One unit each, taking turns between the processes. */
    const both = <T>(count: number, unit: (store: Store, n: number) => Promise<T>) =>
      Promise.all(Array.from({ length: count }, (_, n) => unit(n % 2 ? place.other : store, n)));
    const newTicket = (changes = {}, secretHash = 's'.repeat(64)) => ({
      deskId,
      draft: newDraft(changes),
      secretHash,
      createdAt: NOW,
      firstResponseDueAt: NOW + HOUR,
    });
    const desk = async () => {
      const [config] = await deskConfigs(openDesks());
      assert.ok(config);
      return { ...config, desk: { ...config.desk, id: deskId } };
    };

    const readBack = async ({ read }: Store, number: string, tokenHash = 's'.repeat(64)) => {
      const opened = await openTicket(read, { deskId, number, tokenHash, now: NOW });
      return opened && readTicket(read, opened.ticket);
    };
    const addUpload = (changes: object = {}) => {
      const upload = {
        deskId,
        id: randomBytes(32).toString('base64url'),
        secretHash: 's'.repeat(64),
        contactId: null,
        name: 'a.txt',
        metadata: null,
        size: 10,
        offset: 10,
        type: 'text/plain',
        expectedSha256: null,
        sha256: 'f'.repeat(64),
        ticketId: null,
        messageId: null,
        position: null,
        quotaKey: 'somebody',
        createdAt: NOW,
        expiresAt: NOW + DAY,
        ...changes,
      };
      return store.write.run(async (trx) => {
        await trx.insertInto('upload').values(upload).execute();
        return upload;
      });
    };
    const addMails = (count: number) =>
      store.write.run(async (trx) => {
        for (let n = 0; n < count; n++) {
          const id = randomUUID();
          const fixed = { deskId, id, ticketId: 't', kind: 'notification' as const, messageId: `${id}@shop.example`, recipientKey: '' };
          const due = { state: 'waiting' as const, attempts: 0, dueAt: NOW, leaseUntil: 0, createdAt: NOW };
          await trx
            .insertInto('outbox')
            .values({ ...fixed, ...due })
            .execute();
        }
      });

    test('gives a ticket back as it was written', async () => {
      const draft = { message: 'Zeile\n\u{1F4A1} "q" \'a\' \\ $1 ?', orderReference: 'A-17', kind: 'pre-sale' as const };
      const { number, id } = await store.write.run((trx) => insertTicket(trx, newTicket(draft)));
      assert.deepEqual(await readBack(store, number), {
        ...{ id, number, status: 'open', contactId: 'service', subject: 'Where is my lamp?', attachments: [], ...draft },
        createdAt: '2026-06-01T08:00:00.000Z',
        firstResponseDueAt: '2026-06-01T09:00:00.000Z',
      });
      assert.equal(await readBack(store, number, 'x'.repeat(64)), undefined);
      assert.equal(await readBack(place.other, number, 'x'.repeat(64)), undefined);
      const tags = await place.other.read.selectFrom('ticketTag').select('tag').where('ticketId', '=', id).execute();
      assert.deepEqual(tags, [{ tag: 'pre-sale' }]);
    });

    test('gives 60 tickets that come at once 60 numbers and their sender one row', async () => {
      const tickets = await both(60, ({ write }) => write.run((trx) => insertTicket(trx, newTicket())));
      assert.equal(new Set(tickets.map(({ number }) => number)).size, 60);
      assert.equal(new Set(tickets.map(({ id }) => id)).size, 60);
      const requesters = await store.read.selectFrom('requester').select('id').where('deskId', '=', deskId).execute();
      assert.equal(requesters.length, 1);
    });

    test('answers a request and its 30 twins with one ticket', async () => {
      const request = { deskId, secretHash: 's', key: 'k', bodyHash: 'b' };
      const answers = await both(30, ({ write }) =>
        write.run(async (trx) => {
          const before = await storedAnswer(trx, request);
          if (before) return before.answer;
          const { number } = await insertTicket(trx, newTicket());
          await storeAnswer(trx, request, { status: 201, answer: number }, NOW);
          return number;
        }),
      );
      assert.equal(new Set(answers).size, 1);
      assert.equal((await store.read.selectFrom('ticket').select('id').where('deskId', '=', deskId).execute()).length, 1);
      await assert.rejects(storedAnswer(place.other.read, { ...request, bodyHash: 'c' }), { code: 'idempotency-mismatch' });
      assert.equal(await storedAnswer(place.other.read, { ...request, secretHash: 'other' }), undefined);
    });

    test('spends a proof once', async () => {
      const spent = await both(12, ({ write }) => write.run((trx) => spendProof(trx, deskId, 'signature', NOW)));
      assert.equal(spent.filter(Boolean).length, 1);
    });

    test('overwrites nothing that a unit has not seen', async () => {
      await addMails(1);
      await both(24, ({ write }) =>
        write.run(async (trx) => {
          const { attempts } = await trx.selectFrom('outbox').select('attempts').where('deskId', '=', deskId).executeTakeFirstOrThrow();
          await trx
            .updateTable('outbox')
            .set({ attempts: attempts + 1 })
            .where('deskId', '=', deskId)
            .execute();
        }),
      );
      assert.deepEqual(await store.read.selectFrom('outbox').select('attempts').where('deskId', '=', deskId).execute(), [{ attempts: 24 }]);
    });

    test('writes nothing of a unit that throws, and of its neighbours everything', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) =>
          store.write.run(async (trx) => {
            await spendProof(trx, deskId, String(n), NOW);
            if (n % 4 === 3) throw new Error('on purpose');
          }),
        ),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 3);
      assert.equal((await store.read.selectFrom('spentProof').select('signature').where('deskId', '=', deskId).execute()).length, 9);
      await assert.rejects(
        store.write.run(() => {
          throw new Error('before its first query');
        }),
        /before its first query/,
      );
    });

    test('rejects a row that is there twice, and nothing else', async () => {
      const row = { deskId, signature: 'twice', expiresAt: 1 };
      const add = () => store.write.run((trx) => trx.insertInto('spentProof').values(row).execute());
      await add();
      await assert.rejects(add());
      assert.equal((await store.read.selectFrom('spentProof').select('signature').where('deskId', '=', deskId).execute()).length, 1);
    });

    test('moves the offset of an upload for one of those who have read it', async () => {
      const upload = await addUpload({ offset: 0, size: 3_000_000_000, sha256: null, type: null });
      const changes = { offset: 2_500_000_000, name: 'a.txt', type: null, sha256: null, expiresAt: NOW + DAY };
      const moved = await both(8, ({ write }) => write.run((trx) => moveOffset(trx, upload, changes)));
      assert.equal(moved.filter(Boolean).length, 1);
      const row = await place.other.read.selectFrom('upload').select(['offset', 'size']).where('deskId', '=', deskId).execute();
      assert.deepEqual(row, [{ offset: 2_500_000_000, size: 3_000_000_000 }]);
      const removed = await both(8, ({ write }) => write.run((trx) => markRemoved(trx, deskId, upload.id)));
      assert.equal(removed.filter(Boolean).length, 1);
    });

    test('hands files to one of the tickets that want them, in their order', async () => {
      const config = await desk();
      const uploads = [await addUpload({ name: 'b.txt' }), await addUpload({ name: 'a.txt' }), await addUpload({ name: 'c.txt' })];
      const ids = uploads.map(({ id }) => id);
      const outcomes = await both(8, ({ write }) =>
        write.run(async (trx) => {
          const { id, number, messageId } = await insertTicket(trx, newTicket());
          const secretHash = 's'.repeat(64);
          const files = { ticketId: id, messageId, contactId: 'service', secretHash, ids };
          const problems = await attachUploads(trx, { desk: config, ...files, now: NOW });
          return { number, problems: Object.keys(problems) };
        }),
      );
      const [winner, ...more] = outcomes.filter(({ problems }) => problems.length === 0);
      assert.ok(winner && more.length === 0);
      const detail = await readBack(place.other, winner.number);
      assert.deepEqual(
        detail?.attachments.map(({ name }) => name),
        ['b.txt', 'a.txt', 'c.txt'],
      );
    });

    const row = async (id: string) => {
      const found = await findTicketById(place.other.read, deskId, id);
      assert.ok(found);
      return found;
    };
    const agent = { kind: 'agent' as const, id: 'a1' };

    test('numbers the entries of a ticket without a gap, whoever writes at the same time', async () => {
      const config = await desk();
      const { id } = await store.write.run((trx) => insertTicket(trx, newTicket()));
      const author = { kind: 'requester' as const, id: (await row(id)).requesterId };
      const seqs = await both(80, async ({ write }, n) => {
        const text = `reply ${n}`;
        const message = { desk: config, ticketId: id, author: n % 5 ? author : agent, visibility: 'public' as const, text, now: NOW + n };
        return (await write.run((trx) => appendMessage(trx, message))).seq;
      });
      assert.deepEqual(
        seqs.sort((a, b) => a - b),
        Array.from({ length: 80 }, (_, n) => n + 2),
      );
      const { lastSeq, publicSeq, unread } = await row(id);
      assert.deepEqual({ lastSeq, publicSeq, unread }, { lastSeq: 81, publicSeq: 81, unread: 16 });
    });

    test('refuses an agent who has not seen what another has added', async () => {
      const config = await desk();
      const { id } = await store.write.run((trx) => insertTicket(trx, newTicket()));
      const outcomes = await both(6, ({ write }, n) =>
        write
          .run((trx) =>
            appendMessage(trx, {
              ...{ desk: config, ticketId: id, author: { kind: 'agent', id: `a${n}` }, visibility: 'public', text: 'mine', now: NOW },
              ifSeq: 1,
            }),
          )
          .then(
            () => 'kept',
            ({ code }: { code: string }) => code,
          ),
      );
      assert.deepEqual(outcomes.sort(), [...Array<string>(5).fill('conflict'), 'kept']);
      assert.equal((await row(id)).lastSeq, 2);
    });

    test('gives a ticket to the first agent who answers it, and takes it from nobody', async () => {
      const config = await desk();
      const answered = async (author: { id: string; assignable?: boolean }, other: object = {}) => {
        const { id } = await store.write.run((trx) => insertTicket(trx, newTicket()));
        await store.write.run((trx) =>
          trx
            .updateTable('ticket')
            .set({ assigneeId: null, ...other })
            .where('id', '=', id)
            .execute(),
        );
        const message = { desk: config, ticketId: id, author: { kind: 'agent' as const, ...author }, text: 'a', now: NOW };
        await store.write.run((trx) => appendMessage(trx, { ...message, visibility: 'internal' }));
        assert.equal((await row(id)).assigneeId, null, 'a note is no answer');
        await store.write.run((trx) => appendMessage(trx, { ...message, visibility: 'public' }));
        const { assigneeId, assigneeEmail } = await row(id);
        return [assigneeId, assigneeEmail];
      };
      assert.deepEqual(await answered(agent), ['a1', null]);
      assert.deepEqual(await answered({ id: 'operator', assignable: false }), [null, null]);
      assert.deepEqual(await answered(agent, { assigneeEmail: 'depot@partner.example' }), [null, 'depot@partner.example']);
      const open = async (assignable: boolean) =>
        (await row((await store.write.run((trx) => insertTicket(trx, { ...newTicket(), agent: { id: 'a1', assignable } }))).id)).assigneeId;
      assert.deepEqual([await open(true), await open(false)], ['a1', null]);
    });

    test('reads a thread in parts, with and without its internal notes', async () => {
      const config = await desk();
      const { id } = await store.write.run((trx) => insertTicket(trx, newTicket()));
      await store.write.run(async (trx) => {
        const message = { desk: config, ticketId: id, author: agent, now: NOW };
        await appendMessage(trx, { ...message, visibility: 'internal', text: 'note' });
        await appendMessage(trx, { ...message, visibility: 'public', text: 'answer' });
        await changeStatus(trx, { desk: config, ticketId: id, actor: agent, status: 'closed', reason: 'done', now: NOW });
        await changeStatus(trx, { desk: config, ticketId: id, actor: agent, status: 'closed', reason: 'again', now: NOW });
      });
      const ticket = await row(id);
      assert.deepEqual([ticket.lastSeq, ticket.publicSeq, ticket.waitingFor, ticket.assigneeId], [4, 4, null, 'a1']);
      const part = async (range: object, internal = false, limit = 50) => {
        const { entries, hasEarlier, hasLater } = await readThread(place.other.read, { desk: config, ticket, limit, internal, ...range });
        return [entries.map(({ seq }) => seq), hasEarlier, hasLater];
      };
      assert.deepEqual(await part({}), [[1, 3, 4], false, false]);
      assert.deepEqual(await part({}, true), [[1, 2, 3, 4], false, false]);
      assert.deepEqual(await part({}, false, 2), [[3, 4], true, false]);
      assert.deepEqual(await part({ before: 3 }), [[1], false, true]);
      assert.deepEqual(await part({ after: 1 }, false, 1), [[3], true, true]);
      assert.deepEqual(await part({ after: 4 }), [[], true, false]);
      const seen = await store.write.run((trx) => markSeen(trx, deskId, id, 99));
      assert.deepEqual([seen.ticket.seenSeq, seen.ticket.unread, seen.ticket.lastSeq], [4, 0, 4]);
    });

    test('lists tickets in pages, the last changed first, each once', async () => {
      const config = await desk();
      const ids: string[] = [];
      for (let n = 0; n < 7; n++) {
        const { id } = await store.write.run((trx) => insertTicket(trx, newTicket()));
        ids.unshift(id);
        await store.write.run((trx) =>
          // two at the same instant
          appendMessage(trx, { desk: config, ticketId: id, author: agent, visibility: 'public', text: 'a', now: NOW + Math.floor(n / 2) }),
        );
      }
      const scope = { requesterId: (await row(ids[0] as string)).requesterId };
      const listed: { id: string; updatedAt: number }[] = [];
      let cursor: Awaited<ReturnType<typeof listTickets>>['next'] | undefined;
      do {
        const { rows, next } = await listTickets(place.other.read, { deskId, scope, cursor: cursor ?? undefined, limit: 3 });
        listed.push(...rows);
        cursor = next;
      } while (cursor);
      assert.deepEqual(
        listed.map(({ updatedAt }) => updatedAt - NOW),
        [3, 2, 2, 1, 1, 0, 0],
      );
      assert.deepEqual(new Set(listed.map(({ id }) => id)), new Set(ids));
      assert.equal(await countUnread(place.other.read, deskId, scope), 7);
    });

    test('counts what an address has uploaded', async () => {
      await addUpload({ size: 3_000_000_000, offset: 0 });
      await addUpload({ size: 500, offset: 20, expiresAt: 0 });
      const wait = (size: number, perHour = 0) =>
        store.write.run((trx) =>
          quotaWait(trx, { deskId, quotaKey: 'somebody', size, now: NOW + 1 }, { bytesPerDay: 4_000_000_000, perHour }),
        );
      assert.equal(await wait(1_000_000_000 - 20), 0);
      assert.equal(await wait(1_000_000_000 - 19), DAY - 1);
      assert.equal(await wait(1, 2), HOUR - 1);
      assert.equal(await wait(1, 3), 0);
    });

    test('gives each mail to one of several workers', async () => {
      await addMails(90);
      const claimed: string[] = [];
      await both(6, async ({ write, read }) => {
        for (;;) {
          const rows = (await write.run((trx) => claimMails(trx, 4, NOW, HOUR))).filter((row) => row.deskId === deskId);
          claimed.push(...rows.map(({ id }) => id));
          if (rows.length === 0 && ((await nextMailAt(read, NOW)) ?? Infinity) > NOW) return;
        }
      });
      assert.equal(claimed.length, 90);
      assert.equal(new Set(claimed).size, 90);
      await store.write.run((trx) => trx.deleteFrom('outbox').where('deskId', '=', deskId).execute());
    });

    test('lets only the holder of a lease settle a mail', async () => {
      await addMails(1);
      const claim = async (now: number) =>
        (await store.write.run((trx) => claimMails(trx, 100, now, HOUR))).find((row) => row.deskId === deskId);
      const first = await claim(NOW);
      assert.ok(first);
      assert.equal(await claim(NOW + HOUR - 1), undefined);
      const second = await claim(NOW + HOUR);
      assert.ok(second);
      assert.deepEqual([first.attempts, second.attempts], [1, 2]);
      assert.equal(await store.write.run((trx) => settleAccepted(trx, first, false)), null);
      const later = { state: 'waiting' as const, dueAt: NOW + DAY, lastError: '451' };
      assert.equal(await store.write.run((trx) => settleFailed(trx, first, later)), false);
      assert.deepEqual(await place.other.write.run((trx) => settleAccepted(trx, second, false)), []);
      assert.equal((await store.read.selectFrom('outbox').select('state').where('deskId', '=', deskId).execute())[0]?.state, 'accepted');
    });

    test('erases what a contact does not keep with the mail that carried it', async () => {
      const { id, messageId } = await store.write.run((trx) => insertTicket(trx, newTicket()));
      const upload = await addUpload({ ticketId: id, messageId, expiresAt: null });
      await addMails(1);
      const [mail] = (await store.write.run((trx) => claimMails(trx, 100, NOW, HOUR))).filter((row) => row.deskId === deskId);
      assert.ok(mail);
      assert.deepEqual(await store.write.run((trx) => settleAccepted(trx, { ...mail, ticketId: id }, true)), [upload.id]);
      const ticket = await place.other.read.selectFrom('ticket').select('subject').where('id', '=', id).execute();
      assert.deepEqual(ticket, [{ subject: null }]);
      const message = await place.other.read.selectFrom('message').select('text').where('ticketId', '=', id).execute();
      assert.deepEqual(message, [{ text: null }]);
    });

    test('withholds a confirmation when an address has had its share', async () => {
      const config = await desk();
      const most = config.mail.perUnverifiedAddressPerDay;
      const outcomes: string[] = [];
      for (let n = 0; n <= most; n++) {
        outcomes.push(
          await store.write.run(async (trx) => {
            const { id, requester } = await insertTicket(trx, newTicket());
            return enqueueTicketMails(trx, { desk: config, ticketId: id, contactId: 'service', requester, now: NOW + n });
          }),
        );
      }
      assert.deepEqual(outcomes, [...Array<string>(most).fill('queued'), 'withheld']);
      await store.write.run((trx) => trx.deleteFrom('outbox').where('deskId', '=', deskId).execute());
    });

    test('drops what is old, in batches, while another does the same', async () => {
      const row = { deskId, secretHash: 's', bodyHash: 'b', status: 201, answer: '{}', createdAt: NOW };
      await store.write.run(async (trx) => {
        for (let n = 0; n < 1_005; n++)
          await trx
            .insertInto('idempotencyKey')
            .values({ ...row, key: `k${n}` })
            .execute();
        await trx
          .insertInto('idempotencyKey')
          .values({ ...row, key: 'young', createdAt: NOW + 2 * DAY })
          .execute();
        await trx.insertInto('spentProof').values({ deskId, signature: 'old', expiresAt: NOW }).execute();
      });
      await both(2, (one) => pruneExpired(one, [deskId], NOW + 10 * DAY));
      const kept = await store.read.selectFrom('idempotencyKey').select('key').where('deskId', '=', deskId).execute();
      assert.deepEqual(kept, [{ key: 'young' }]);
      assert.deepEqual(await store.read.selectFrom('spentProof').selectAll().where('deskId', '=', deskId).execute(), []);
    });

    test('binds flags, dates and nothing, and reads numbers back', async () => {
      const row = { deskId, id: 'r', emailKey: 'e', email: 'e', name: 'n', createdAt: new Date(5) as unknown as number };
      await store.write.run((trx) =>
        trx
          .insertInto('requester')
          .values({ ...row, verified: true as unknown as 1 })
          .execute(),
      );
      const read = await place.other.read
        .selectFrom('requester')
        .select(({ fn, eb }) => [
          'verified',
          'createdAt',
          fn.countAll<number>().as('count'),
          fn.sum<number>('createdAt').as('sum'),
          eb('createdAt', '>', 4).as('late'),
        ])
        .where('deskId', '=', deskId)
        .groupBy(['verified', 'createdAt'])
        .execute();
      assert.deepEqual(read, [{ verified: 1, createdAt: 5, count: 1, sum: 5, late: 1 }]);
    });
  });
}
