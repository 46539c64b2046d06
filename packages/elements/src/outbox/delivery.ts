import {
  isSupportError,
  SupportError,
  type ReplyDraft,
  type ReplyReceipt,
  type SupportAdapter,
  type SupportErrorCode,
  type TicketDraft,
  type TicketKeys,
  type TicketReceipt,
} from '@storefront-support/contract';
import { keepTicket } from '../tracking/kept-tickets.js';
import type { Entry, Sendable } from './entry.js';
import { removeEntry, saveEntry } from './store.js';
import { makeKeys } from './ticket-keys.js';

/** After these a ticket may exist although nobody said so. */
const AMBIGUOUS = new Set<SupportErrorCode>(['offline', 'network', 'timeout', 'aborted', 'not-a-receipt', 'internal', 'unavailable']);
/** A backend remembers the keys of a ticket for longer than this, so that sending again makes no second one. */
const SAFE_MS = 7 * 24 * 3_600_000;

export function newEntry(scope: string, form: string): Entry {
  const { idempotencyKey: id, secret } = makeKeys();
  const never = { draft: null, files: 0, triedAt: 0, doubt: false, code: '', retryAt: 0, receipt: null, savedAt: 0 } as const;
  return { id, scope, form, secret, values: {}, tried: [], ...never };
}

/** True where sending again may make a second ticket, so that a person decides. */
export function isDoubtful({ doubt, triedAt }: Pick<Entry, 'doubt' | 'triedAt'>, adapter: SupportAdapter | undefined): boolean {
  return doubt && (adapter?.delivery === 'unknown' || Date.now() - triedAt > SAFE_MS);
}

type ReceiptOf<D extends Sendable> = D extends TicketDraft ? TicketReceipt : ReplyReceipt;

/** Every try of one entry, under keys that are kept until its receipt. */
export class Delivery<D extends Sendable = TicketDraft> {
  /** False once this device has refused to keep it. */
  kept = true;
  /** An earlier version that the backend turned out to hold, with its receipt. */
  first: { draft: D; receipt: ReceiptOf<D> } | undefined;
  readonly #abort = new AbortController();

  /** @param known says that the entry is on the device: once it is not, somebody has deleted it, and nothing is sent. */
  constructor(
    readonly entry: Entry<D>,
    private readonly known = false,
  ) {}

  get keys(): TicketKeys {
    return { idempotencyKey: this.entry.id, secret: this.entry.secret };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Writes the entry as it is now. Never rejects: see `kept`. */
  async save(): Promise<void> {
    // a try that ends after it was given up brings nothing back
    if (this.signal.aborted) return;
    this.kept = await saveEntry(this.entry as Entry<Sendable>, this.known).then(
      () => true,
      () => false,
    );
  }

  /**
   * Sends a draft. What is needed to send it again is on this device before the request is made, and its receipt before this
   * resolves. Rejects with `idempotency-mismatch` where an earlier, different draft was stored although its answer was lost;
   * `first` then holds it.
   *
   * @param trap content of the field that people do not see.
   */
  async send(adapter: SupportAdapter, draft: D, trap: string | undefined): Promise<ReceiptOf<D>> {
    const { entry } = this;
    const same = JSON.stringify(draft);
    const earlier = entry.tried.filter((tried) => JSON.stringify(tried) !== same);
    if (earlier.length === entry.tried.length) entry.tried.push(draft);
    const doubted = entry.doubt;
    entry.triedAt ||= Date.now();
    Object.assign(entry, { draft, files: draft.attachmentIds.length, doubt: true, code: '', retryAt: 0 });
    await this.save();
    if (this.known && !this.kept) throw new SupportError('aborted', 'The message was deleted, or cannot be kept.');
    try {
      const receipt = await this.#submit(adapter, draft, trap || undefined);
      await this.#settle(adapter, receipt);
      return receipt;
    } catch (error) {
      if (!isSupportError(error)) throw error;
      if (!AMBIGUOUS.has(error.code)) entry.doubt = doubted;
      // what kept an adapter from sending says more than that it did
      const why = error.code === 'load-failed' && isSupportError(error.cause) ? error.cause : error;
      const { code, retryAfter, retryable } = why;
      Object.assign(entry, { code, retryAt: retryAfter ? Date.now() + retryAfter : 0 });
      // what cannot succeed as it is needs the person
      if (!retryable) entry.draft = null;
      if (code === 'idempotency-mismatch') await this.#replay(adapter, earlier);
      await this.save();
      throw why;
    }
  }

  /** Keeps nothing but the receipt, until somebody has seen it, and what opens the ticket. Of a reply nothing is kept. */
  async #settle({ scope, tracking }: SupportAdapter, receipt: ReceiptOf<D>): Promise<void> {
    const { entry } = this;
    if (entry.ticket) return removeEntry(entry.id).catch(() => undefined);
    const { subject = '' } = entry.draft as Partial<TicketDraft>;
    const { ticket } = receipt as TicketReceipt;
    if (tracking && ticket) await keepTicket({ scope, number: ticket.number, secret: entry.secret, subject, createdAt: ticket.createdAt });
    Object.assign(entry, { receipt, values: { subject }, tried: [], doubt: false });
    return this.save();
  }

  #submit(adapter: SupportAdapter, draft: Sendable, trap: string | undefined): Promise<ReceiptOf<D>> {
    const { keys, signal } = this;
    const { ticket } = this.entry;
    const receipt = ticket
      ? adapter.tracking?.reply(ticket.number, draft as ReplyDraft, { keys, signal, token: ticket.token })
      : adapter.createTicket(draft as TicketDraft, { keys, trap, signal });
    return (receipt ?? Promise.reject(new SupportError('misconfigured', 'No replies here.'))) as Promise<ReceiptOf<D>>;
  }

  /** Gives the entry up, and a try that is under way. */
  stop(): void {
    this.#abort.abort();
  }

  /** The same keys and the same text bring a stored receipt back. */
  async #replay(adapter: SupportAdapter, earlier: D[]): Promise<void> {
    for (const draft of earlier) {
      try {
        const receipt = await this.#submit(adapter, draft, undefined);
        this.first = { draft, receipt };
        return;
      } catch {
        // this version was not the one that arrived, or cannot be asked for now
      }
    }
  }
}
