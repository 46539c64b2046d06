import { SupportError } from '@storefront-support/contract';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { sha256 } from '../sha256.js';
import { addressBucket } from './client-address.js';

const WINDOW_S = 15 * 60;
const PER_ACCOUNT = 10;
const PER_ADDRESS = 60;

/**
 * Attempts to sign in, counted for every account that is named, whether there is one or not, and for every client address. In memory:
 * a restart forgives.
 */
export class SignInLimit {
  readonly #accounts = memoryLimiter(PER_ACCOUNT);
  readonly #addresses = memoryLimiter(PER_ADDRESS);

  /**
   * @param account what names the account; absent where the attempt names none.
   * @throws {SupportError} `rate-limited` with the time until the next one is welcome.
   */
  async attempt(address: string, account?: string): Promise<void> {
    await consume(await this.#addresses(), addressBucket(address));
    if (account !== undefined) await consume(await this.#accounts(), keyOf(account));
  }

  /** Forgives an account its failures, and an address this attempt: whoever it was is in. */
  async succeeded(address: string, account?: string): Promise<void> {
    await (await this.#addresses()).reward(addressBucket(address));
    if (account !== undefined) await (await this.#accounts()).delete(keyOf(account));
  }
}

function keyOf(account: string): string {
  return sha256(account.trim().toLowerCase());
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    const { msBeforeNext } = refusal as { msBeforeNext?: number };
    if (msBeforeNext === undefined) throw refusal;
    throw new SupportError('rate-limited', 'Too many attempts to sign in; wait before the next.', { retryAfter: msBeforeNext });
  }
}

/** The library loads every backend it has; it waits for the first attempt. */
function memoryLimiter(points: number): () => Promise<RateLimiterMemory> {
  let made: Promise<RateLimiterMemory> | undefined;
  return () =>
    // the library is CommonJS: bundled, only its default export is there
    (made ??= import('rate-limiter-flexible').then(
      ({ default: { RateLimiterMemory } }) => new RateLimiterMemory({ points, duration: WINDOW_S }),
    ));
}
