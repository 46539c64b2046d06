import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Log } from '../ports.js';
import type { Database } from '../store/schema.js';
import { LocalEventHub, type EventHub, type TicketEvent } from './event-hub.js';
import { PostgresListener } from './postgres-listener.js';
import { RecentChanges } from './recent-changes.js';

const CHANNEL = 'storefront_support';
/** The engine refuses longer ones; ids never come near. */
const MOST_AT_ONCE = 200;

export interface PostgresEventsTiming {
  /** Polls so often while nothing is heard. */
  deafPollMs: number;
  /** And so often while it hears: a process that was killed between its commit and its word has told nobody. */
  hearingPollMs: number;
  echoEveryMs: number;
  retryMs: number;
}

const TIMING: PostgresEventsTiming = { deafPollMs: 1_000, hearingPollMs: 10_000, echoEveryMs: 15_000, retryMs: 500 };

export interface PostgresEventHubOptions {
  databaseUrl: string;
  db: Kysely<Database>;
  deskIds: readonly string[];
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  timing?: Partial<PostgresEventsTiming>;
}

/**
 * The hub of several processes on one database: what one publishes, all hear. Ids travel by NOTIFY; where that does not arrive,
 * behind a transaction pooler or while the line is down, and now and then anyway, the tickets changed of late are read again.
 */
export class PostgresEventHub implements EventHub {
  readonly #local = new LocalEventHub();
  readonly #sender = randomBytes(6).toString('base64url');
  readonly #db: Kysely<Database>;
  readonly #log: Log;
  readonly #timing: PostgresEventsTiming;
  readonly #changes: RecentChanges;
  readonly #listener: PostgresListener;
  #queue: string[] = [];
  #sending: Promise<void> | undefined;
  #polling: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ databaseUrl, db, deskIds, log, now, timing }: PostgresEventHubOptions) {
    this.#db = db;
    this.#log = log;
    this.#timing = { ...TIMING, ...timing };
    this.#changes = new RecentChanges(db, deskIds, now);
    const { echoEveryMs, retryMs } = this.#timing;
    this.#listener = new PostgresListener({
      databaseUrl,
      channel: CHANNEL,
      echoEveryMs,
      retryMs,
      onMessage: (payload) => this.#hear(payload),
      onHearing: () => {
        log.info('events-heard');
        this.#pollNow();
      },
      onDeaf: () => {
        log.warn('events-not-heard');
        this.#pollNow();
      },
      say: async (channel, payload) => void (await sql`select pg_notify(${channel}, ${payload})`.execute(db)),
    });
    this.#plan();
  }

  /** True while what other processes publish arrives at once. */
  get hearing(): boolean {
    return this.#listener.hearing;
  }

  publish(event: TicketEvent): void {
    if (this.#changes.note(event)) this.#local.publish(event);
    this.#queue.push(JSON.stringify({ from: this.#sender, ...event }));
    this.#sending ??= this.#send();
  }

  subscribe(listener: (event: TicketEvent) => void): () => void {
    return this.#local.subscribe(listener);
  }

  /** Says what is still to be said, then hears no more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#listener.close();
    await this.#sending;
    await this.#polling;
  }

  async #send(): Promise<void> {
    while (this.#queue.length > 0) {
      const payloads = this.#queue.splice(0, MOST_AT_ONCE);
      // who does not hear of it reads it with the next poll
      await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`
        .execute(this.#db)
        .catch((error: unknown) => this.#log.warn('events-not-sent', { error: error instanceof Error ? error.name : 'unknown' }));
    }
    this.#sending = undefined;
  }

  #hear(payload: string): void {
    let heard: TicketEvent & { from: string };
    try {
      heard = JSON.parse(payload) as TicketEvent & { from: string };
    } catch {
      // whoever may use the database may say anything on the channel
      return this.#log.warn('events-not-understood');
    }
    const { from, ...event } = heard;
    if (from === this.#sender) return;
    if (this.#changes.note(event)) this.#local.publish(event);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const { deafPollMs, hearingPollMs } = this.#timing;
    this.#timer = setTimeout(() => this.#pollNow(), this.hearing ? hearingPollMs : deafPollMs).unref();
  }

  #pollNow(): void {
    if (this.#closed) return;
    this.#polling ??= this.#poll().finally(() => {
      this.#polling = undefined;
      this.#plan();
    });
  }

  async #poll(): Promise<void> {
    try {
      for (const event of await this.#changes.unheard()) this.#local.publish(event);
    } catch (error) {
      this.#log.warn('events-not-polled', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }
}
