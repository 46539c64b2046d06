import {
  isSupportError,
  type SupportAdapter,
  type SupportError,
  type SupportErrorCode,
  type TicketDraft,
  type TicketReceipt,
} from '@storefront-support/contract';
import { makeKeys } from './ticket-keys.js';

/** After these a ticket may exist although nobody said so. */
const AMBIGUOUS = new Set<SupportErrorCode | undefined>(['network', 'timeout', 'aborted', 'not-a-receipt', 'internal', 'unavailable']);

export function mayHaveArrived(error: SupportError | undefined): boolean {
  return AMBIGUOUS.has(error?.code);
}

/** Every try of one ticket, under keys that are kept until its receipt. */
export class Delivery {
  readonly keys = makeKeys();
  /** An earlier version that the backend turned out to hold, with its receipt. */
  first: { draft: TicketDraft; receipt: TicketReceipt } | undefined;
  /** Every different draft sent so far, oldest first. */
  readonly #tried: TicketDraft[] = [];
  readonly #abort = new AbortController();

  /**
   * Sends a draft. Rejects with `idempotency-mismatch` where an earlier, different draft was stored although its answer was
   * lost; `first` then holds it.
   *
   * @param trap content of the field that people do not see.
   */
  async send(adapter: SupportAdapter, draft: TicketDraft, trap: string | undefined): Promise<TicketReceipt> {
    const same = JSON.stringify(draft);
    const earlier = this.#tried.filter((tried) => JSON.stringify(tried) !== same);
    if (earlier.length === this.#tried.length) this.#tried.push(draft);
    try {
      return await adapter.createTicket(draft, { keys: this.keys, trap: trap || undefined, signal: this.#abort.signal });
    } catch (error) {
      if (isSupportError(error) && error.code === 'idempotency-mismatch') await this.#replay(adapter, earlier);
      throw error;
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  /** The same keys and the same text bring a stored receipt back. */
  async #replay(adapter: SupportAdapter, earlier: TicketDraft[]): Promise<void> {
    for (const draft of earlier) {
      try {
        const receipt = await adapter.createTicket(draft, { keys: this.keys, trap: undefined, signal: this.#abort.signal });
        this.first = { draft, receipt };
        return;
      } catch {
        // this version was not the one that arrived, or cannot be asked for now
      }
    }
  }
}
