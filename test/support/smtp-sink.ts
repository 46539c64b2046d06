/** A mail relay in a process of its own, whose moods a test decides. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/**
 * What the relay does with the next mails; each entry is used up by one, then it accepts again.
 * `greylist`: 451 at RCPT. `reject`: 550 at RCPT. `reject-data`: 554 after DATA. `drop`: keeps the mail, closes the connection
 * without an answer. `hold`: keeps the mail and says nothing.
 */
export type Mood = 'greylist' | 'reject' | 'reject-data' | 'drop' | 'hold';

export interface SunkMail {
  from: string;
  to: string[];
  raw: Buffer;
  /** False: the sender was never told that it is accepted. */
  acknowledged: boolean;
}

export interface SmtpSink {
  readonly url: string;
  behave(...moods: Mood[]): Promise<void>;
  mails(): Promise<SunkMail[]>;
  /** Resolves with all mails once there are so many. */
  arrived(count: number): Promise<SunkMail[]>;
  stop(): Promise<void>;
}

type Question = { ask: 'behave'; moods: Mood[] } | { ask: 'mails' } | { ask: 'arrived'; count: number };
type WireMail = Omit<SunkMail, 'raw'> & { raw: string };

const ARRIVAL_LIMIT_MS = 30_000;

export async function startSmtpSink(): Promise<SmtpSink> {
  const child = fork(fileURLToPath(import.meta.url), ['--sink'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  let last = 0;
  const ask = (question: Question) =>
    new Promise<WireMail[]>((resolve, reject) => {
      const id = ++last;
      const timer = setTimeout(() => reject(new Error(`the relay did not answer: ${JSON.stringify(question)}`)), ARRIVAL_LIMIT_MS);
      const hear = (message: { id: number; mails: WireMail[] }) => {
        if (message.id !== id) return;
        clearTimeout(timer);
        child.off('message', hear);
        resolve(message.mails);
      };
      child.on('message', hear);
      child.send({ id, ...question });
    });
  const decoded = (mails: WireMail[]) => mails.map((mail) => ({ ...mail, raw: Buffer.from(mail.raw, 'base64') }));
  return {
    url: `smtp://127.0.0.1:${port}`,
    behave: async (...moods) => void (await ask({ ask: 'behave', moods })),
    mails: async () => decoded(await ask({ ask: 'mails' })),
    arrived: async (count) => decoded(await ask({ ask: 'arrived', count })),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

function sink(send: (message: unknown) => void): void {
  const mails: WireMail[] = [];
  let moods: Mood[] = [];
  let waiting: { count: number; answer: () => void }[] = [];
  const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
  const take = (...wanted: Mood[]) => (moods[0] && wanted.includes(moods[0]) ? moods.shift() : undefined);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, done) {
      const mood = take('greylist', 'reject');
      if (mood === 'greylist') return done(refusal(451, '4.7.1 come back later'));
      if (mood === 'reject') return done(refusal(550, '5.1.1 no such mailbox'));
      done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const mood = take('reject-data', 'drop', 'hold');
        if (mood === 'reject-data') return done(refusal(554, '5.7.1 not this one'));
        const from = session.envelope.mailFrom;
        mails.push({
          from: from === false ? '' : from.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('base64'),
          acknowledged: mood === undefined,
        });
        if (mood === 'drop') socketOf(server, session).destroy();
        else if (mood === undefined) done();
        waiting = waiting.filter(({ count, answer }) => (mails.length >= count ? (answer(), false) : true));
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1', () => send({ port: (server.server.address() as AddressInfo).port }));
  process.on('message', (question: Question & { id: number }) => {
    const answer = () => send({ id: question.id, mails });
    if (question.ask === 'behave') moods = question.moods;
    if (question.ask === 'arrived' && mails.length < question.count) waiting.push({ count: question.count, answer });
    else answer();
  });
  process.on('disconnect', () => process.exit());
}

function socketOf(server: SMTPServer, session: SMTPServerSession): { destroy(): void } {
  // the library has no public way to hang up without an answer
  const connections = (server as unknown as { connections: Set<{ session: { id: string }; _socket: { destroy(): void } }> }).connections;
  const connection = [...connections].find(({ session: { id } }) => id === session.id);
  if (!connection) throw new Error('no such connection');
  return connection._socket;
}

if (process.argv[2] === '--sink') sink((message) => process.send?.(message));
