/** A holder that has heard nothing for so long may be pushed aside: its connection is most likely dead. */
const PATIENCE = 5_000;

/** One request's right to write to an upload. */
export interface Turn {
  /** Aborted when another request takes over. */
  readonly signal: AbortSignal;
  /** Bytes have arrived. */
  heard(): void;
  end(): void;
}

interface Holder {
  stop: AbortController;
  heardAt: number;
  ended: Promise<void>;
}

/**
 * Keeps two requests to this process from writing to one upload at once. Between processes the offset decides: it moves for one of
 * them only, and the bytes of both are the same.
 */
export class UploadTurns {
  readonly #now: () => number;
  readonly #holders = new Map<string, Holder>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns null: another request is writing, and its sender is alive. */
  async take(key: string): Promise<Turn | null> {
    const holder = this.#holders.get(key);
    if (!holder) return this.#hold(key);
    if (this.#now() - holder.heardAt < PATIENCE) return null;
    return this.takeOver(key);
  }

  /** Ends whoever is writing. @returns null: somebody else was faster. */
  async takeOver(key: string): Promise<Turn | null> {
    const holder = this.#holders.get(key);
    if (holder) {
      holder.stop.abort();
      await holder.ended;
    }
    return this.#holders.has(key) ? null : this.#hold(key);
  }

  #hold(key: string): Turn {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const holder: Holder = { stop: new AbortController(), heardAt: this.#now(), ended };
    this.#holders.set(key, holder);
    return {
      signal: holder.stop.signal,
      heard: () => (holder.heardAt = this.#now()),
      end: () => {
        if (this.#holders.get(key) === holder) this.#holders.delete(key);
        resolve();
      },
    };
  }
}
