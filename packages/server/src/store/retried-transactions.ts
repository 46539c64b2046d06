import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.js';
import type { UnitOfWork } from './unit-of-work.js';

/**
 * How often a unit is begun at most, by SQLSTATE: serialization failure, deadlock, unique violation. The last is what the slower
 * of two equal requests meets; begun again it reads what the faster one has written. Where it is a defect, three are enough.
 */
const ATTEMPTS = new Map([
  ['40001', 12],
  ['40P01', 12],
  ['23505', 3],
]);
const LONGEST_WAIT_MS = 200;

/** True for what goes away by running the same unit again. */
export function isRetryable(error: unknown, attempt: number): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && attempt < (ATTEMPTS.get(code) ?? 0);
}

/** Resolves after a wait that grows with the attempts, by chance, so that those who met do not meet again. */
export function beforeRetry(attempt: number): Promise<void> {
  return wait(Math.random() * Math.min(LONGEST_WAIT_MS, 4 * 2 ** attempt));
}

/**
 * Each unit is a transaction that sees the database as it was at its first query. A row that somebody else has changed since then
 * fails it, and it runs again: whoever reads and then writes never overwrites what it has not seen.
 */
export class RetriedTransactions implements UnitOfWork {
  readonly #db: Kysely<Database>;
  readonly #running = new Set<Promise<unknown>>();
  /** Ends with the last unit that runs again: one at a time, or twenty who want one row would meet until their attempts are spent. */
  #again: Promise<unknown> = Promise.resolve();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  run<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    const running = this.#run(work);
    this.#running.add(running);
    const ended = () => this.#running.delete(running);
    running.then(ended, ended);
    return running;
  }

  /** Resolves when every unit accepted so far is settled. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #run<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    try {
      return await this.#begin(work);
    } catch (error) {
      if (!isRetryable(error, 1)) throw error;
    }
    const again = this.#again.then(() => this.#runAgain(work));
    this.#again = again.catch(() => undefined);
    return again;
  }

  async #runAgain<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    for (let attempt = 2; ; attempt++) {
      try {
        return await this.#begin(work);
      } catch (error) {
        if (!isRetryable(error, attempt)) throw error;
        await beforeRetry(attempt);
      }
    }
  }

  #begin<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    return this.#db.transaction().setIsolationLevel('repeatable read').execute(work);
  }
}
