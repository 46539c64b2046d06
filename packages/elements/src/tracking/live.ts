import type { TicketHint } from '@storefront-support/contract';
import { asSupportError } from '../base/as-support-error.js';
import { bare } from '../base/bare.js';
import { TICKETS } from '../outbox/kept.js';
import { channelTo } from '../outbox/store.js';
import type { Access } from './access.js';

const POLL_SEEN_MS = 30_000;
const POLL_HIDDEN_MS = 300_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Coming back to a tab reads again, but not more often than this. */
const CALM_MS = 5_000;
const MOMENTS = ['online', 'pageshow', 'pagehide'];

/** Told of a change. Null: anything may have changed, everything is to be read again. */
export type Listener = (hint: TicketHint | null) => void;

const lives = new Map<string, Live>();

/**
 * Calls `told` of every change of the tickets that a browser may see, until what it returns is called. One tab of the browser
 * keeps the stream and tells the others; while there is none, everybody looks again from time to time.
 */
export function listen(access: Access, told: Listener): () => void {
  let live = lives.get(access.scope);
  if (!live) lives.set(access.scope, (live = new Live(access.scope)));
  return live.add(told, access);
}

/** Has everybody in this browser read again: something was changed here. */
export function tellAll(scope: string): void {
  lives.get(scope)?.say(null);
}

/** Has the stream begin again: what opens it has changed. */
export function renewStream(scope: string): void {
  lives.get(scope)?.renew();
}

/** Messages between tabs: a hint, `null`: read again, `up`: the stream stands, `down`: it does not, `ask`: does it stand? */
type Word = TicketHint | null | 'up' | 'down' | 'ask';

class Live {
  readonly #scope: string;
  readonly #listeners = new Map<Listener, Access>();
  #channel: BroadcastChannel | undefined;
  #kept: BroadcastChannel | undefined;
  /** Of everything that goes on while somebody listens on a page that is not left. */
  #stop: AbortController | undefined;
  #leads = false;
  #up = false;
  #poll: ReturnType<typeof setTimeout> | undefined;
  #readAt = 0;
  #hurry: () => void = () => undefined;
  /** Ends the streams that stand. */
  #cut: () => void = () => undefined;

  constructor(scope: string) {
    this.#scope = scope;
  }

  add(told: Listener, access: Access): () => void {
    const before = this.#access;
    this.#listeners.set(told, access);
    if (!this.#stop) this.#start();
    else if (before !== access) this.renew();
    return () => {
      const left = this.#access;
      this.#listeners.delete(told);
      if (!this.#listeners.size) this.#end();
      else if (this.#access !== left) this.renew();
    };
  }

  /** Of whoever came last: an element may have been handed another adapter of the same backend, which opens other tickets. */
  get #access(): Access | undefined {
    return [...this.#listeners.values()].at(-1);
  }

  say(word: Word): void {
    this.#channel?.postMessage(word);
    this.#hear(word);
  }

  renew(): void {
    this.#cut();
    this.#hurry();
  }

  #start(): void {
    const { signal } = (this.#stop = new AbortController());
    // an origin that lets no tab speak: each listens for itself
    this.#channel = channelTo(`storefront-support-live ${this.#scope}`, ({ data }) => this.#hear(data as Word));
    this.#channel?.postMessage('ask');
    // tickets, or the person who is signed in, are others in whatever tab
    this.#kept = channelTo(TICKETS, () => {
      this.renew();
      this.#tell(null);
    });
    document.addEventListener('visibilitychange', this.#look);
    for (const type of MOMENTS) addEventListener(type, this.#look);
    this.#readAt = Date.now();
    this.#wait();
    const lead = () => this.#lead(signal);
    // without locks, as on plain http, a page that is seen has a stream of its own
    if (!('locks' in navigator)) void lead();
    else
      navigator.locks.request(`storefront-support-live ${this.#scope}`, bare({ mode: 'exclusive', signal }), lead).catch(() => undefined);
  }

  /** @param left what is kept for back and forward has neither lock, stream nor channel, and begins again when it is shown. */
  #end(left = false): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#up = this.#leads = false;
    clearTimeout(this.#poll);
    this.#channel?.close();
    this.#kept?.close();
    this.#channel = this.#kept = undefined;
    this.#hurry();
    if (left) return;
    document.removeEventListener('visibilitychange', this.#look);
    for (const type of MOMENTS) removeEventListener(type, this.#look);
  }

  /** Keeps the stream, for as long as this tab has the lock. */
  async #lead(signal: AbortSignal): Promise<void> {
    this.#leads = true;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const began = Date.now();
      await this.#follow(signal).catch(() => undefined);
      if (signal.aborted) break;
      if (this.#up) this.say('down');
      // a stream that stood for a while is worth asking for again soon
      if (Date.now() - began > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
      await this.#rest(pause * (0.75 + Math.random() / 2));
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    if (document.hidden && !('locks' in navigator)) return;
    const access = this.#access;
    const tokens = Object.values((await access?.tokens()) ?? {});
    if (!access || !tokens.length) return;
    const stop = new AbortController();
    const abort = (this.#cut = () => stop.abort());
    signal.addEventListener('abort', abort, bare({ once: true }));
    try {
      const follow = (token: string) =>
        access.tracking.follow({
          token,
          signal: stop.signal,
          onHint: (hint) => this.say(hint),
          onOpen: () => (this.say('up'), this.say(null)),
        });
      await Promise.race(tokens.map(follow));
    } catch (error) {
      // whoever reads next notices, and opens another session
      if (asSupportError(error).code === 'not-signed-in') this.say(null);
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      abort();
    }
  }

  #hear(word: Word): void {
    if (word === 'ask') {
      if (this.#leads && this.#up) this.#channel?.postMessage('up');
    } else if (word === 'up' || word === 'down') {
      this.#up = word === 'up';
      this.#wait();
    } else this.#tell(word);
  }

  #tell(hint: TicketHint | null): void {
    if (!hint) this.#readAt = Date.now();
    for (const told of this.#listeners.keys()) told(hint);
  }

  /** Looks again later; a stream makes that needless. */
  #wait(): void {
    clearTimeout(this.#poll);
    if (this.#up || !this.#stop) return;
    this.#poll = setTimeout(
      () => {
        this.#tell(null);
        this.#wait();
      },
      document.hidden ? POLL_HIDDEN_MS : POLL_SEEN_MS,
    );
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#hurry = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  /** A machine that slept, a line that was cut and a page that comes back have missed something. */
  #look = ({ type }: Event): void => {
    if (type === 'pagehide') return this.#end(true);
    if (!this.#stop) this.#start();
    this.#hurry();
    this.#wait();
    if (!document.hidden && Date.now() - this.#readAt > CALM_MS) this.#tell(null);
  };
}
