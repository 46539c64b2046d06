import type { OpenedSession, SupportAdapter, TrackingPort } from '@storefront-support/contract';
import { asSupportError } from '../base/as-support-error.js';
import { keptTickets, readSession, removeSession, saveSession } from './kept-access.js';

/** A device opens no more tickets than this at once. */
const MOST = 200;
const ignore = () => undefined;

/** What of an adapter is needed to see tickets. */
export type TicketSource = Pick<SupportAdapter, 'scope' | 'tracking' | 'signIn'>;

const known = new WeakMap<TrackingPort, Access>();

/** Where a list of tickets comes from: the person who is signed in, and what this device was told to keep. */
export type Source = 'person' | 'device';

/** What opens the tickets of one backend in this browser. */
export class Access {
  /** Session by a token that the shop signed: it lasts as long as the page, so that nobody is met by whoever was here before. */
  identity: Promise<OpenedSession> | undefined;
  /** The token it is opened with, or that was refused. */
  identityToken = '';
  #opening: Promise<string> | undefined;

  private constructor(
    readonly adapter: TicketSource,
    readonly tracking: TrackingPort,
  ) {}

  /** The one of a backend, whoever asks; undefined where tickets cannot be followed. */
  static of(adapter: TicketSource | undefined): Access | undefined {
    if (!adapter?.tracking) return undefined;
    const access = known.get(adapter.tracking) ?? new Access(adapter, adapter.tracking);
    known.set(adapter.tracking, access);
    return access;
  }

  /** `SupportAdapter.scope` */
  get scope(): string {
    return this.adapter.scope;
  }

  /** Token of the person who is signed in, once a session that is being opened stands; empty: nobody is. */
  async person(): Promise<string> {
    const identity = await this.identity?.catch(ignore);
    return identity?.token ?? (await readSession(this.scope, 'link'))?.token ?? '';
  }

  /** Forgets who is signed in, on this device. */
  signOut(): Promise<void> {
    this.identity = undefined;
    return removeSession(this.scope, 'link');
  }

  /** Tokens that list tickets. Rejects where a session has to be opened and cannot be. */
  async tokens(): Promise<{ [source in Source]?: string }> {
    const person = await this.person();
    const device = await this.#device();
    return { ...(person && { person }), ...(device && { device }) };
  }

  /** What opens one ticket; empty: nothing does. */
  async tokenFor(number: string): Promise<string> {
    const kept = (await keptTickets(this.scope)).find((ticket) => ticket.number === number);
    return kept?.secret ?? (await this.person());
  }

  /** Runs `work` with every token there is; one that has ended is opened again, once, or dropped. */
  async each<T>(work: (token: string, source: Source) => Promise<T>): Promise<T[]> {
    const found: T[] = [];
    for (const [source, token] of Object.entries(await this.tokens()) as [Source, string][]) {
      try {
        found.push(await work(token, source));
      } catch (error) {
        if (asSupportError(error).code !== 'not-signed-in') throw error;
        if (source === 'person') {
          await this.signOut();
          throw error;
        }
        await removeSession(this.scope, 'device');
        found.push(await work(await this.#device(), source));
      }
    }
    return found;
  }

  async #device(): Promise<string> {
    const tickets = (await keptTickets(this.scope)).slice(0, MOST);
    const all = tickets.map(({ number }) => number);
    const numbers = all.join();
    if (!numbers) return '';
    const session = await readSession(this.scope, 'device');
    if (session?.numbers.join() === numbers) return session.token;
    this.#opening ??= this.tracking
      .openDevice({ tickets: tickets.map(({ number, secret }) => ({ number, secret })) })
      .then(async ({ token, session: { expiresAt } }) => {
        await saveSession(this.scope, 'device', { token, expiresAt, numbers: all });
        return token;
      })
      .finally(() => (this.#opening = undefined));
    return this.#opening;
  }
}
