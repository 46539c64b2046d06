import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openCounterApp, type CounterApp, type FiledTicket } from '../../support/counter-app.ts';
import { openDesks } from '../../support/desks.ts';
import { linkTokenIn, sendDueMails } from '../../support/room-mails.ts';
import { newKeys } from '../../support/ticket-request.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('mails about a thread', () => {
  let counter: CounterApp;
  let people = 0;
  let email = '';

  before(async () => {
    counter = await openCounterApp(openDesks());
  });
  after(() => counter.close());
  beforeEach(async () => {
    counter.room.pass(DAY);
    await sendDueMails(counter.room);
    email = `person-${++people}@customer.example`;
  });

  const file = (locale = 'en') =>
    counter.file({ requester: { name: 'Canary Name', email }, subject: 'Canary Subject', message: 'Canary Message', locale });
  /** What reaches the requester within the next minute. */
  const toRequester = async (ms = MINUTE) => {
    counter.room.pass(ms);
    return (await sendDueMails(counter.room)).filter(({ to }) => to === email);
  };
  const verify = async () => {
    await counter.call('sign-in-links', { method: 'POST', body: { email, browserSecret: newKeys().secret, locale: 'en' } });
    const [mail] = (await sendDueMails(counter.room)).filter(({ kind }) => kind === 'sign-in');
    const linkToken = linkTokenIn(mail?.text ?? '');
    assert.equal((await counter.call('sessions', { method: 'POST', body: { linkToken, confirmed: true } })).status, 201);
  };
  const confirmed = async (ticket: FiledTicket) => {
    const [mail] = await toRequester(0);
    assert.equal(mail?.kind, 'confirmation');
    assert.ok(mail.text.includes(ticket.number));
    return mail;
  };

  it('say where to follow the ticket, and carry nothing that opens it', async () => {
    const ticket = await file();
    const mail = await confirmed(ticket);
    assert.ok(mail.text.includes(`\nhttp://localhost:8480/desks/open#support-ticket=${ticket.number}\n`));
    assert.ok(mail.html.includes(`href="http://localhost:8480/desks/open#support-ticket=${ticket.number}"`));
    assert.ok(!mail.everything.includes(ticket.keys.secret));
    assert.doesNotMatch(mail.everything, /Canary/);
  });

  it('tell a stranger’s address that there is an answer, and not a word of it', async () => {
    const ticket = await file('fr');
    await confirmed(ticket);
    await counter.answer(ticket, 'Canary Answer');
    const [mail, ...more] = await toRequester();
    assert.ok(mail);
    assert.deepEqual(more, []);
    assert.equal(mail.subject, `Réponse à votre demande ${ticket.number} auprès de Lamp Shop`);
    assert.match(mail.text, /Lisez la réponse ici/);
    assert.ok(mail.text.includes(`#support-ticket=${ticket.number}`));
    assert.doesNotMatch(mail.everything, /Canary/);
    assert.ok(!mail.everything.includes(ticket.keys.secret));
    assert.equal(mail.header('auto-submitted'), 'auto-generated');
  });

  it('bring the answer to whoever has signed in, in text and HTML', async () => {
    const ticket = await file();
    await verify();
    await counter.answer(ticket, 'Take <b>two</b> & call.\nBest,');
    const [mail] = await toRequester();
    assert.ok(mail);
    assert.equal(mail.kind, 'answer');
    assert.match(mail.text, /Take <b>two<\/b> & call\.\nBest,/);
    assert.match(mail.html, /Take &#60;b&#62;two&#60;\/b&#62; &#38; call\.<br>/);
    // the subject was typed by whoever filed the ticket
    assert.doesNotMatch(mail.everything, /Canary/);
  });

  it('stand below the first mail of the ticket', async () => {
    const ticket = await file();
    const first = await confirmed(ticket);
    await counter.answer(ticket, 'one');
    const [answer] = await toRequester();
    await counter.status(ticket, 'closed');
    const [closed] = await toRequester();
    assert.ok(answer && closed);
    assert.deepEqual([answer.inReplyTo, answer.references, closed.inReplyTo], [first.messageId, first.messageId, first.messageId]);
    assert.equal(new Set([first, answer, closed].map(({ messageId }) => messageId)).size, 3);
  });

  it('gather the answers of a minute, and no internal note', async () => {
    const ticket = await file();
    await verify();
    await counter.answer(ticket, 'first answer');
    counter.room.pass(30_000);
    assert.deepEqual(await toRequester(0), []);
    await counter.answer(ticket, 'a note', { visibility: 'internal' });
    await counter.answer(ticket, 'second answer');
    const [mail, ...more] = await toRequester(30_000);
    assert.deepEqual(more, []);
    assert.match(mail?.text ?? '', /first answer[^]*second answer/);
    assert.doesNotMatch(mail?.everything ?? '', /a note/);
    await counter.answer(ticket, 'a note', { visibility: 'internal' });
    assert.deepEqual(await toRequester(), []);
    await counter.answer(ticket, 'third answer');
    const [next] = await toRequester();
    assert.match(next?.text ?? '', /third answer/);
    assert.doesNotMatch(next?.everything ?? '', /second answer/);
  });

  it('tell of a closed ticket until when it may be reopened, and nothing where it is open again', async () => {
    const ticket = await file();
    await verify();
    await counter.status(ticket, 'closed');
    const [mail] = await toRequester();
    assert.equal(mail?.subject, `Your ticket ${ticket.number} at Lamp Shop is closed`);
    assert.match(mail.text, /You can reopen it until \w+/);
    await counter.status(ticket, 'open');
    await counter.status(ticket, 'closed');
    await counter.status(ticket, 'open');
    assert.deepEqual(await toRequester(), []);
  });

  it('do not tell customers what they have done themselves', async () => {
    const ticket = await file();
    await confirmed(ticket);
    await counter.replied(ticket, 'one more thing');
    await counter.json(`tickets/${ticket.number}`, 200, { method: 'PATCH', token: ticket.keys.secret, body: { status: 'closed' } });
    assert.deepEqual(await toRequester(), []);
  });

  it('come ten times a day to an address nobody has signed in with, and as often as needed to any other', async () => {
    const ticket = await file();
    await confirmed(ticket);
    const answers = async (count: number) => {
      let mails = 0;
      for (let n = 0; n < count; n++) {
        await counter.answer(ticket, `answer ${n}`);
        mails += (await toRequester()).length;
      }
      return mails;
    };
    assert.equal(await answers(12), 10);
    await verify();
    assert.equal(await answers(12), 12);
  });
});
