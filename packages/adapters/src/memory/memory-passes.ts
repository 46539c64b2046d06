import { SupportError, type VaultPass } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';
import { randomToken } from '../random-token.js';

/** What opens the vault page, each for one request and one page of a shop. */
export class MemoryPasses {
  readonly #now: () => number;
  readonly #passes = new Map<string, { requestId: string; origin: string; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  make(requestId: string, origin: string): Omit<VaultPass, 'url'> {
    const until = this.#now() + ACCESS.passMs;
    const token = randomToken();
    this.#passes.set(token, { requestId, origin, until });
    return { token, expiresAt: new Date(until).toISOString() };
  }

  find(token: string): { requestId: string; origin: string } {
    const pass = this.#passes.get(token);
    if (!pass || pass.until <= this.#now()) throw new SupportError('not-signed-in', 'This pass opens nothing, or nothing any more.');
    return pass;
  }
}
