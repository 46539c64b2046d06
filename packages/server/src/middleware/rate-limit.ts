import { SupportError } from '@storefront-support/contract';
import type { MiddlewareHandler } from 'hono';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { DeskConfig } from '../desk-config.js';
import type { AppEnv } from '../ports.js';
import { addressBucket } from './client-address.js';

const HOUR_S = 3_600;
/** A page may ask for a challenge and never send; ten for each ticket is generous and still a bound. */
const CHALLENGES_PER_TICKET = 10;

/** Counts in memory: a restart forgives. */
export class Limit {
  readonly #limiters = new Map<string, Promise<RateLimiterMemory>>();

  /**
   * @param points per hour; 0 switches the limit off.
   * @param who an address, or anything else that is counted by itself.
   * @throws {SupportError} `rate-limited` with the time until the next one is welcome.
   */
  async consume(deskId: string, points: number, who: string): Promise<void> {
    if (points === 0) return;
    const name = `${deskId} ${points}`;
    let limiter = this.#limiters.get(name);
    if (!limiter) this.#limiters.set(name, (limiter = memoryLimiter(points)));
    try {
      await (await limiter).consume(addressBucket(who));
    } catch (refusal) {
      const { msBeforeNext } = refusal as { msBeforeNext?: number };
      if (msBeforeNext === undefined) throw refusal;
      throw new SupportError('rate-limited', `At most ${points} of these in an hour.`, { retryAfter: msBeforeNext });
    }
  }
}

/** Limits of one server, by desk and client address. */
export class TicketLimits {
  readonly withProof = new Limit();
  readonly withoutProof = new Limit();
}

/** Limits of what requesters add to a thread, replies and changes of status, by desk: from one client address, and to one ticket. */
export class ReplyLimits {
  readonly #ofAddress = new Limit();
  readonly #ofTicket = new Limit();

  /** @throws {SupportError} `rate-limited` */
  async consume({ desk, defences }: DeskConfig, ticketId: string, address: string): Promise<void> {
    await this.#ofTicket.consume(desk.id, defences.repliesPerTicketPerHour, ticketId);
    await this.#ofAddress.consume(desk.id, defences.repliesPerAddressPerHour, address);
  }
}

/** Keeps one address from having the server make challenges without end. */
export function limitChallenges(): MiddlewareHandler<AppEnv> {
  const limit = new Limit();
  return async (c, next) => {
    const { desk, defences } = c.var.desk;
    await limit.consume(desk.id, defences.ticketsPerAddressPerHour * CHALLENGES_PER_TICKET, c.var.clientAddress);
    await next();
  };
}

// the library loads every backend it has; it waits for the first request that needs it
async function memoryLimiter(points: number): Promise<RateLimiterMemory> {
  // the library is CommonJS: bundled, only its default export is there
  const { RateLimiterMemory } = (await import('rate-limiter-flexible')).default;
  return new RateLimiterMemory({ points, duration: HOUR_S });
}
