/** A ticket has changed. A hint: what changed is read from the store. */
export interface TicketEvent {
  deskId: string;
  ticketId: string;
  number: string;
  requesterId: string;
  /** Of the last entry, or of the last one that the requester may see. */
  seq: number;
  /** True where a requester may not know of it. */
  internal: boolean;
  /** True where no entry came: something that `seq` counts already, or what hangs on the ticket, is not what it was. */
  inPlace?: boolean;
}

/** Passes on what has been committed. */
export interface EventHub {
  /** To be called once the change is committed. */
  publish(event: TicketEvent): void;
  /** `listener` hears of every later event of this process, and of others where the hub knows of them. @returns ends that. */
  subscribe(listener: (event: TicketEvent) => void): () => void;
}

/** The hub of one process. */
export class LocalEventHub implements EventHub {
  readonly #listeners = new Set<(event: TicketEvent) => void>();

  publish(event: TicketEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: (event: TicketEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
