import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';

const CONNECT_MS = 10_000;
/** A message to itself is back by then, or the connection hears nothing. */
const ECHO_MS = 5_000;

export interface PostgresListenerOptions {
  databaseUrl: string;
  channel: string;
  onMessage: (payload: string) => void;
  /** Hears again what is said on the channel; what was said before may have been missed. */
  onHearing: () => void;
  /** Hears nothing any more. */
  onDeaf: () => void;
  /** Says something on a channel, by a connection that is not the listener's. */
  say: (channel: string, payload: string) => Promise<void>;
  /** How often it makes sure that it still hears. */
  echoEveryMs: number;
  /** First wait before it connects again; it doubles up to a minute. */
  retryMs: number;
}

/**
 * The one connection of a process that listens. A transaction pooler takes LISTEN and passes nothing on, and a dead line looks
 * like a quiet one: so it counts as hearing only while what it is sent on a channel of its own arrives.
 */
export class PostgresListener {
  readonly #options: PostgresListenerOptions;
  readonly #echoChannel = `echo_${randomBytes(8).toString('hex')}`;
  readonly #running: Promise<void>;
  readonly #stop = new AbortController();
  #echo: (() => void) | undefined;
  #hearing = false;

  constructor(options: PostgresListenerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  get hearing(): boolean {
    return this.#hearing;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { retryMs } = this.#options;
    const { signal } = this.#stop;
    let wait = retryMs;
    while (!signal.aborted) {
      const heard = await this.#listen().catch(() => false);
      if (this.#hearing) {
        this.#hearing = false;
        this.#options.onDeaf();
      }
      wait = heard ? retryMs : Math.min(60_000, 2 * wait);
      await pause(wait, signal);
    }
  }

  /** Until the connection hears nothing. @returns whether it ever did. */
  async #listen(): Promise<boolean> {
    const { databaseUrl, channel, onMessage, onHearing, echoEveryMs } = this.#options;
    const { default: pg } = await import('pg');
    const client: Client = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: CONNECT_MS });
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.#stop.signal]);
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    client.on('notification', (message) => {
      if (message.channel === this.#echoChannel) this.#echo?.();
      else onMessage(message.payload ?? '');
    });
    let heard = false;
    try {
      await client.connect();
      await client.query(`listen ${channel}; listen ${this.#echoChannel}`);
      while (await this.#hears(signal)) {
        if (!heard) {
          heard = this.#hearing = true;
          onHearing();
        }
        await pause(echoEveryMs, signal);
      }
    } finally {
      // a line that is cut may never say that it has ended
      void client.end().catch(() => undefined);
    }
    return heard;
  }

  async #hears(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#echo = () => resolve(true);
    const give = () => resolve(false);
    signal.addEventListener('abort', give, { once: true });
    const timer = setTimeout(give, ECHO_MS);
    this.#options.say(this.#echoChannel, '').catch(give);
    const hears = await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
    return hears;
  }
}

/** Ends early, and quietly, when aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
