import type { VaultLend } from './vault-lend.js';

const DAY_MS = 86_400_000;

/** Lives of a record to choose from, in days. */
export const DAYS = ['1', '3', '7', '30'] as const;
/** One of them, or a time of one's own. */
export type ExpiryChoice = (typeof DAYS)[number] | 'own';

/** How long a record is lent, as the page has it. */
export class Expiry {
  readonly #page: VaultLend;
  choice: ExpiryChoice = '7';
  /** As a field for date and time has it. */
  own = '';
  /** True: it can be opened only once. */
  once = false;

  constructor(page: VaultLend) {
    this.#page = page;
  }

  reset(): void {
    Object.assign(this, { choice: '7', own: '', once: false });
  }

  set(change: Partial<Pick<Expiry, 'choice' | 'own' | 'once'>>): void {
    Object.assign(this, change);
    this.#page.requestUpdate();
    void this.#page.drawLine();
  }

  /** ISO 8601 in UTC; empty: none is chosen yet. */
  instant(): string {
    const at = this.choice === 'own' ? Date.parse(this.own) : this.#page.now() + Number(this.choice) * DAY_MS;
    return Number.isNaN(at) ? '' : new Date(at).toISOString();
  }
}
