import type { ConformanceCase } from '../conformance.js';
import { sessionsAnswerSchema } from '../thread-schemas.js';
import { newKeys, signInOf, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, expectShape } from './expect.js';
import { deviceToken, fileTicket, type FollowedTicket } from './followed-ticket.js';

/** Coming in from any device. None where nobody can sign in. */
export function signInCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  if (!bench.adapter.tracking || !bench.adapter.signIn) return [];
  const cases: ConformanceCase[] = [
    {
      name: 'lists the session of a device alone, and ends it',
      async run() {
        const mine = await fileTicket(bench);
        await deviceToken([mine]);
        const token = await deviceToken([mine]);
        const port = signInOf(mine.adapter);
        const sessions = await port.listSessions({ token });
        expectShape({ sessions }, sessionsAnswerSchema, 'the sessions');
        expectEqual(
          sessions.map(({ via, requester, current }) => [via, requester, current]),
          [['device', null, true]],
          'sessions',
        );
        await port.endSession('no-such-session', { token });
        await port.endSession(sessions[0]?.id as string, { token });
        await expectRejection(mine.port.listTickets({ token }), ['not-signed-in'], 'a session that was ended');
        // the secret of the ticket still opens it
        await mine.port.getThread(mine.number, mine.access);
      },
    },
    {
      name: 'rejects every call about sessions at once when the signal is aborted already',
      async run() {
        const port = signInOf(await harness.adapter());
        const { secret: token } = newKeys();
        const options = { token, signal: AbortSignal.abort() };
        for (const [what, call] of [
          ['asking for a link', () => port.requestLink({ email: 'zoe@example.com', browserSecret: token, locale: 'en' }, options)],
          ['opening', () => port.openSession({ linkToken: token }, options)],
          ['listing', () => port.listSessions(options)],
          ['ending', () => port.endSession('current', options)],
        ] as const)
          await expectRejection(bench.promptly<unknown>(call(), what), ['aborted'], what);
      },
    },
  ];

  const { mailedLink, identityToken } = harness;
  if (mailedLink) {
    /** Asks for a link as the writer of this ticket. */
    const ask = async ({ adapter, draft }: FollowedTicket, browserSecret = newKeys().secret) => {
      const { email } = draft.requester;
      await signInOf(adapter).requestLink({ email, browserSecret, locale: 'en' });
      const linkToken = await mailedLink(email);
      expect(linkToken, `no link was mailed to ${email}`);
      return { linkToken, browserSecret };
    };
    cases.push(
      {
        name: 'lets nobody in by a link that it does not know',
        async run() {
          const port = signInOf(await harness.adapter());
          await expectRejection(port.openSession({ linkToken: newKeys().secret, confirmed: true }), ['gone'], 'an unknown link');
          await expectRejection(port.listSessions({ token: newKeys().secret }), ['not-signed-in'], 'an unknown session');
        },
      },
      {
        name: 'mails a link that opens one session with all tickets of the address',
        async run() {
          const first = await fileTicket(bench);
          const second = await fileTicket(bench, { requester: first.draft.requester });
          const stranger = await fileTicket(bench);
          const link = await ask(first);
          const port = signInOf(await harness.adapter());
          const { session, token } = await port.openSession(link);
          expectEqual([session.via, session.requester?.email], ['link', first.draft.requester.email], 'the session');
          const { tickets } = await first.port.listTickets({ token });
          expectEqual(tickets.map(({ number }) => number).toSorted(), [first.number, second.number].toSorted(), 'tickets');
          await expectRejection(first.port.getThread(stranger.number, { token }), ['not-found'], "a stranger's ticket");
          await expectRejection(port.openSession(link), ['gone'], 'a link that was used');
        },
      },
      {
        name: 'asks another browser to confirm, and keeps the link until it does',
        async run() {
          const filed = await fileTicket(bench);
          const { linkToken, browserSecret } = await ask(filed);
          const port = signInOf(await harness.adapter());
          for (const other of [{ browserSecret: newKeys().secret }, {}])
            await expectRejection(port.openSession({ linkToken, ...other }), ['confirmation-needed'], 'another browser');
          const { session } = await port.openSession({ linkToken, confirmed: true });
          expectEqual(session.requester?.email, filed.draft.requester.email, 'whom the session speaks for');
          await expectRejection(port.openSession({ linkToken, browserSecret }), ['gone'], 'a link that was used');
        },
      },
      {
        name: 'answers for an unknown address alike, and mails nothing to it',
        async run() {
          const port = signInOf(await harness.adapter());
          const { email } = bench.draft().requester;
          await port.requestLink({ email, browserSecret: newKeys().secret, locale: 'en' });
          expectEqual(await mailedLink(email), undefined, 'a link for an address that nobody knows');
        },
      },
      {
        name: 'lists all sessions of a person, and ends any of them',
        async run() {
          const filed = await fileTicket(bench);
          const port = signInOf(filed.adapter);
          const one = await port.openSession(await ask(filed));
          const other = await port.openSession(await ask(filed));
          const sessions = await port.listSessions({ token: other.token });
          expectEqual(sessions.map(({ id }) => id).toSorted(), [one.session.id, other.session.id].toSorted(), 'sessions');
          expectEqual(sessions.find(({ current }) => current)?.id, other.session.id, 'the one that asks');
          const stranger = await fileTicket(bench);
          await port.endSession(one.session.id, { token: await deviceToken([stranger]) });
          await filed.port.listTickets({ token: one.token });
          await port.endSession(one.session.id, { token: other.token });
          await expectRejection(filed.port.listTickets({ token: one.token }), ['not-signed-in'], 'a session that was ended');
          await port.endSession('current', { token: other.token });
          await expectRejection(port.listSessions({ token: other.token }), ['not-signed-in'], 'a session that ended itself');
        },
      },
    );
  }
  if (identityToken) {
    cases.push({
      name: 'lets in whom the shop has signed a token for, once',
      async run() {
        const filed = await fileTicket(bench);
        const port = signInOf(await harness.adapter());
        const token = await identityToken(filed.draft.requester);
        const opened = await port.openSession({ identityToken: token });
        expectEqual([opened.session.via, opened.session.requester?.email], ['identity-token', filed.draft.requester.email], 'the session');
        expectEqual((await filed.port.getThread(filed.number, { token: opened.token })).ticket.number, filed.number, 'the ticket');
        await expectRejection(port.openSession({ identityToken: token }), ['invalid-fields'], 'a token that was used');
        await expectRejection(port.openSession({ identityToken: 'no.such.token' }), ['invalid-fields'], 'an unknown token');
      },
    });
  }
  return cases;
}
