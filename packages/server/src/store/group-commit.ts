import type { ControlledTransaction, Kysely, Transaction } from 'kysely';
import type { Database } from './schema.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { UnitOfWork } from './unit-of-work.js';

interface Unit {
  work: (trx: Transaction<Database>) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * One transaction, and so one wait for the disk, for all units that arrive in the same turn of the event loop. Each unit
 * has a savepoint: one that throws is rolled back alone. Nobody is answered before COMMIT has returned; a failing COMMIT
 * rejects all.
 */
export class GroupCommit implements UnitOfWork {
  readonly #db: Kysely<Database>;
  readonly #connection: SqliteConnection;
  #queue: Unit[] = [];
  #pauses: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;

  constructor(db: Kysely<Database>, connection: SqliteConnection) {
    this.#db = db;
    this.#connection = connection;
  }

  run<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as Unit['resolve'], reject });
      this.#running ??= this.#drain();
    });
  }

  /** Runs `work` while no unit does: units that arrive meanwhile wait for it, and this process has no write open. */
  pause<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pauses.push(() => work().then(resolve, reject));
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when every unit and pause accepted so far is settled. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    do {
      await new Promise(setImmediate);
      const units = this.#queue;
      this.#queue = [];
      if (units.length > 0) await this.#commit(units);
      for (const pause of this.#pauses.splice(0)) await pause();
    } while (this.#queue.length > 0 || this.#pauses.length > 0);
    this.#running = undefined;
  }

  async #commit(units: Unit[]): Promise<void> {
    const answers: (() => void)[] = [];
    let trx: ControlledTransaction<Database> | undefined;
    try {
      trx = await this.#db.startTransaction().execute();
      for (const unit of units) answers.push(await this.#runUnit(trx, unit));
      await trx.commit().execute();
    } catch (error) {
      // COMMIT or the engine may have ended it already and say so; the connection is given back all the same
      await trx
        ?.rollback()
        .execute()
        .catch(() => undefined);
      for (const unit of units) unit.reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  async #runUnit(trx: Transaction<Database>, unit: Unit): Promise<() => void> {
    this.#exec('savepoint unit');
    try {
      const value = await unit.work(trx);
      this.#exec('release unit');
      return () => unit.resolve(value);
    } catch (error) {
      // the engine ends the whole transaction on a full disk or an I/O error: then no unit of it is written
      if (!this.#connection.inTransaction) throw error;
      this.#exec('rollback to unit');
      this.#exec('release unit');
      return () => unit.reject(error);
    }
  }

  #exec(sql: string): void {
    this.#connection.prepare(sql).run([]);
  }
}
