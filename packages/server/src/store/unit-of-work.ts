import type { Kysely, Transaction } from 'kysely';
import type { WordSearch } from '../search/word-search.js';
import type { Database } from './schema.js';

/** Durable writes. Resolves after COMMIT has reached the disk, or rejects with nothing of the unit written. */
export interface UnitOfWork {
  /**
   * Runs `work` in a transaction. It may run more than once (another engine's serialization failure), so it must do nothing
   * but query through `trx`, and never await the network or a file.
   */
  run<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T>;
}

/** What routes and jobs are handed. */
export interface Store {
  readonly write: UnitOfWork;
  /** A connection of its own that sees committed rows only. */
  readonly read: Kysely<Database>;
  /** Finds what was written by its words. */
  readonly words: WordSearch;
  /**
   * Removes what deleted rows have left in the files of the engine. Units wait meanwhile, reading goes on.
   *
   * @returns false: somebody else still reads an older state, so some of it is left; to be tried again.
   */
  scrub(): Promise<boolean>;
  close(): Promise<void>;
}
