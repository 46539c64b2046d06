import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { OpenedSession, Problem, Session } from '@storefront-support/contract';
import { openedSessionSchema } from '@storefront-support/contract/thread-schemas';
import { pruneExpired } from '../../packages/server/dist/store/prune-expired.js';
import { openCounterApp, type CounterApp } from '../support/counter-app.ts';
import { openDesks } from '../support/desks.ts';
import { linkTokenIn, sendDueMails } from '../support/room-mails.ts';
import { newKeys } from '../support/ticket-request.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const secret = () => newKeys().secret;
const [open] = openDesks() as [{ desk: object; defences: object; mail: object }];
const shownOf = async (answer: Response) => JSON.stringify([answer.status, [...answer.headers].sort(), await answer.text()]);

describe('sign-in links', () => {
  let counter: CounterApp;
  let people = 0;
  let email = '';

  before(async () => {
    counter = await openCounterApp([
      ...(openDesks() as object[]),
      { ...open, desk: { ...open.desk, id: 'other' } },
      {
        ...open,
        desk: { ...open.desk, id: 'own-page' },
        allowedOrigins: ['https://shop.example'],
        trackerUrl: 'https://shop.example/help?from=mail',
      },
    ]);
  });
  after(() => counter.close());
  beforeEach(() => {
    email = `person-${++people}@customer.example`;
  });

  const ask = (address = email, browserSecret = secret(), desk = 'open', locale = 'en') =>
    counter.call(`/v1/desks/${desk}/sign-in-links`, { method: 'POST', body: { email: address, browserSecret, locale } });
  const post = (body: object, desk = 'open') => counter.call(`/v1/desks/${desk}/sessions`, { method: 'POST', body });
  const file = () => counter.file({ requester: { name: 'Bo', email } });
  const mailed = async () => (await sendDueMails(counter.room)).filter(({ kind }) => kind === 'sign-in');
  /** Asks for a link and reads its mail. */
  const link = async (browserSecret = secret()) => {
    assert.equal((await ask(email, browserSecret)).status, 202);
    const mails = await mailed();
    assert.equal(mails.length, 1);
    const linkToken = linkTokenIn(mails[0]?.text ?? '');
    assert.ok(linkToken);
    return { linkToken, browserSecret };
  };
  const opened = async (body: object) => {
    const answer = await post(body);
    assert.equal(answer.status, 201);
    return (await answer.json()) as OpenedSession;
  };

  it('open one session, in the browser that asked', async () => {
    const ticket = await file();
    const asked = await link();
    const session = await opened(asked);
    assert.ok(openedSessionSchema.safeParse(session).success);
    assert.deepEqual([session.session.via, session.session.requester], ['link', { name: 'Bo', email }]);
    assert.deepEqual(
      (await counter.list(session.token)).tickets.map(({ number }) => number),
      [ticket.number],
    );
    assert.equal((await post(asked)).status, 410);
  });

  it('open all tickets of the address, however it is written, and beside the secrets of a device', async () => {
    const first = await file();
    email = email.toUpperCase();
    const second = await file();
    const { token } = await opened(await link());
    assert.equal((await counter.list(token)).tickets.length, 2);
    assert.equal((await counter.call(`tickets/${first.number}`, { token: first.keys.secret })).status, 200);
    assert.equal((await counter.call(`tickets/${second.number}`, { token })).status, 200);
  });

  it('ask another browser to confirm, and stay unspent until it does', async () => {
    await file();
    const { linkToken, browserSecret } = await link();
    for (const other of [{}, { browserSecret: secret() }, { browserSecret: secret(), confirmed: false }]) {
      const answer = await post({ linkToken, ...other });
      assert.equal(answer.status, 409);
      assert.equal(((await answer.json()) as Problem).code, 'confirmation-needed');
    }
    await opened({ linkToken, confirmed: true });
    assert.equal((await post({ linkToken, browserSecret })).status, 410);
  });

  it('that are spent, too old, replaced, of another desk or never made have one answer', async () => {
    await file();
    const spent = await link();
    await opened(spent);
    const replaced = await link();
    const old = await link();
    counter.room.pass(10 * MINUTE);
    const shown = new Set<string>();
    for (const body of [spent, replaced, old, { linkToken: secret() }, { linkToken: secret(), confirmed: true }])
      shown.add(await shownOf(await post(body)));
    counter.room.pass(HOUR);
    shown.add(await shownOf(await post(await link(), 'other')));
    assert.equal(shown.size, 1);
    assert.match([...shown][0] ?? '', /^\[410,.*"gone/);
  });

  it('are spent by one of twenty that come at once', async () => {
    await file();
    const asked = await link();
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await post(asked)).status));
    assert.deepEqual(statuses.toSorted(), [201, ...Array<number>(19).fill(410)]);
  });

  it('are answered alike for unknown addresses, with as many rows and no mail', async () => {
    await file();
    await sendDueMails(counter.room);
    const { read } = counter.room.ports.store;
    const rows = async () => [
      (await read.selectFrom('signInLink').select('id').execute()).length,
      (await read.selectFrom('outbox').select('id').execute()).length,
    ];
    const cost = async (address: string) => {
      const before = await rows();
      const shown = await shownOf(await ask(address));
      return { shown, rows: (await rows()).map((count, n) => count - (before[n] ?? 0)) };
    };
    const known = await cost(email);
    const unknown = await cost('nobody@nowhere.example');
    assert.deepEqual(known, unknown);
    assert.deepEqual(known.rows, [1, 1]);
    assert.match(known.shown, /^\[202,.*"\{\}"\]$/);
    assert.deepEqual(
      (await mailed()).map(({ to }) => to),
      [email],
    );
    const kept = JSON.stringify([
      await read.selectFrom('signInLink').selectAll().execute(),
      await read.selectFrom('outbox').selectAll().execute(),
    ]);
    assert.ok(!kept.includes('nowhere'), 'an address that nobody has is not kept');
  });

  it('are kept as hashes', async () => {
    await file();
    const { linkToken, browserSecret } = await link();
    const { read } = counter.room.ports.store;
    const kept = JSON.stringify([
      await read.selectFrom('signInLink').selectAll().execute(),
      await read.selectFrom('outbox').selectAll().execute(),
    ]);
    assert.ok(!kept.includes(linkToken) && !kept.includes(browserSecret));
    assert.ok(!counter.room.logged.join('').includes(linkToken));
  });

  it('go to one mailbox three times in fifteen minutes and twelve times a day, verified or not, and the newest stays good', async () => {
    await file();
    await opened(await link());
    const browserSecret = secret();
    assert.equal((await ask(email.replace('@', '+shop@'))).status, 202);
    const { linkToken } = await link(browserSecret);
    for (let n = 0; n < 5; n++) assert.deepEqual(await (await ask()).json(), {});
    assert.deepEqual(await mailed(), []);
    await opened({ linkToken, browserSecret });
    let mails = 0;
    for (let n = 0; n < 40; n++) {
      counter.room.pass(20 * MINUTE);
      await ask();
      mails += (await mailed()).length;
    }
    // three of the twelve are those above
    assert.equal(mails, 9);
    counter.room.pass(DAY);
    await link();
  });

  it('are braked for addresses nobody has signed in with, and for no others', async () => {
    const braked = await openCounterApp([{ ...open, mail: { ...open.mail, signInLinksPerHour: 2 } }]);
    const askThere = (address: string) =>
      braked.call('sign-in-links', { method: 'POST', body: { email: address, browserSecret: secret(), locale: 'en' } });
    try {
      for (const name of ['ann', 'bo', 'cy']) await braked.file({ requester: { name, email: `${name}@customer.example` } });
      await sendDueMails(braked.room);
      await askThere('ann@customer.example');
      const [mail] = await sendDueMails(braked.room);
      const linkToken = linkTokenIn(mail?.text ?? '');
      assert.equal((await braked.call('sessions', { method: 'POST', body: { linkToken, confirmed: true } })).status, 201);
      for (const name of ['bo', 'cy', 'ann']) assert.equal((await askThere(`${name}@customer.example`)).status, 202);
      assert.deepEqual(
        (await sendDueMails(braked.room)).map(({ to }) => to),
        ['bo@customer.example', 'ann@customer.example'],
      );
    } finally {
      await braked.close();
    }
  });

  it('can be asked for so often by one client', async () => {
    const limited = await openCounterApp([{ ...open, defences: { ...open.defences, signInLinksPerAddressPerHour: 2 } }]);
    try {
      const statuses = [];
      for (let n = 0; n < 3; n++) {
        const body = { email: `a${n}@customer.example`, browserSecret: secret(), locale: 'en' };
        statuses.push((await limited.call('sign-in-links', { method: 'POST', body })).status);
      }
      assert.deepEqual(statuses, [202, 202, 429]);
    } finally {
      await limited.close();
    }
  });

  it('are refused where a member is missing or wrong', async () => {
    for (const body of [
      {},
      { email, browserSecret: secret() },
      { email: 'no address', browserSecret: secret(), locale: 'en' },
      { email, browserSecret: 'short', locale: 'en' },
      { email, browserSecret: secret(), locale: 'en', to: 'other@customer.example' },
    ])
      assert.equal((await counter.call('sign-in-links', { method: 'POST', body })).status, 422);
  });

  it('belong to one desk', async () => {
    await file();
    assert.equal((await ask(email, secret(), 'other')).status, 202);
    assert.deepEqual(await mailed(), []);
    const { token } = await opened(await link());
    assert.equal((await counter.call('/v1/desks/other/tickets', { token })).status, 401);
  });

  it('are mailed in the language asked for, and say nothing of tickets', async () => {
    const ticket = await counter.file({ requester: { name: 'Canary Name', email }, subject: 'Canary Subject' });
    await sendDueMails(counter.room);
    await ask(email, secret(), 'open', 'fr-CA');
    const [mail] = await mailed();
    assert.ok(mail);
    assert.equal(mail.subject, 'Connexion à Lamp Shop');
    assert.match(mail.text, /^http:\/\/localhost:8480\/desks\/open#support-sign-in=[\w-]{43}$/m);
    assert.match(mail.html, /lang="fr"[^]*href="http:\/\/localhost:8480\/desks\/open#support-sign-in=[\w-]{43}"/);
    assert.doesNotMatch(mail.everything, /Canary/);
    assert.ok(!mail.everything.includes(ticket.number));
    assert.equal(mail.header('auto-submitted'), 'auto-generated');
    await ask(email, secret(), 'open', 'sv');
    assert.equal((await mailed())[0]?.subject, 'Sign in to Lamp Shop');
  });

  it('lead to the page of the shop that carries the tracker', async () => {
    const keys = newKeys();
    const requester = { name: 'Bo', email };
    const draft = { contactId: 'service', kind: 'support', requester, subject: 'S', message: 'M', attachmentIds: [], locale: 'en' };
    await counter.json('/v1/desks/own-page/tickets', 201, {
      method: 'POST',
      token: keys.secret,
      headers: { 'Idempotency-Key': keys.idempotencyKey },
      body: { draft },
    });
    await ask(email, secret(), 'own-page');
    assert.match((await mailed())[0]?.text ?? '', /^https:\/\/shop\.example\/help\?from=mail#support-sign-in=[\w-]{43}$/m);
  });

  it('are not mailed once they have become useless', async () => {
    await file();
    await sendDueMails(counter.room);
    await ask();
    counter.room.pass(10 * MINUTE);
    assert.deepEqual(await mailed(), []);
    await ask();
    await ask();
    assert.equal((await mailed()).length, 1);
  });

  it('are forgotten after a day', async () => {
    await file();
    await ask();
    const { store, now } = counter.room.ports;
    counter.room.pass(DAY + 1);
    await pruneExpired(store, ['open', 'other'], now());
    assert.equal((await store.read.selectFrom('signInLink').select('id').where('deskId', '=', 'open').execute()).length, 0);
  });

  it('make the person’s other sessions visible, and end them', async () => {
    await file();
    const one = await opened(await link());
    const two = await opened(await link());
    const { sessions } = await counter.json<{ sessions: Session[] }>('sessions', 200, { token: two.token });
    assert.deepEqual(new Set(sessions.map(({ id }) => id)), new Set([one.session.id, two.session.id]));
    await counter.call(`sessions/${one.session.id}`, { method: 'DELETE', token: two.token });
    assert.equal((await counter.call('tickets', { token: one.token })).status, 401);
  });
});
