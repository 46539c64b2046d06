import type { TicketPage, TicketSummary } from '@storefront-support/contract';
import type { Access, Source } from '../tracking/access.js';
import { unreadIn } from '../tracking/unread-in.js';

/** The two parts a list is read in. */
export type ListPart = 'active' | 'closed';

/** The tickets that a browser may see, as far as they have been read. */
export class TicketList {
  /** By number. */
  readonly tickets = new Map<string, TicketSummary>();
  /** Unread answers in all of them, also in those that have not been read yet. */
  unread = 0;
  /** Where each list goes on, by the parts that have been read; null: nowhere. */
  readonly #cursors: { [part in ListPart]?: { [source in Source]?: string | null } } = {};

  constructor(readonly access: Access) {}

  /** True before the first page, and while a list says that there is another. */
  hasMore(part: ListPart): boolean {
    const cursors = this.#cursors[part];
    return !cursors || Object.values(cursors).some(Boolean);
  }

  /** True once somebody's closed tickets were asked for. */
  get closedRead(): boolean {
    return !!Object.keys(this.#cursors.closed ?? {})[0];
  }

  /** Reads the next page of each list. */
  async more(part: ListPart): Promise<void> {
    const cursors = this.#cursors[part] ?? {};
    const { tracking } = this.access;
    const pages = await this.access.each(async (token, source) => {
      const cursor = cursors[source];
      if (cursor === null) return undefined;
      const page = await tracking.listTickets({ token, status: part, cursor });
      cursors[source] = page.cursor;
      return page;
    });
    this.#cursors[part] = cursors;
    // nothing opens any list
    if (!pages.length) this.#cursors.closed = {};
    this.#take(pages);
  }

  /** Reads what has changed last. */
  async refresh(): Promise<void> {
    this.#take(await this.access.each((token) => this.access.tracking.listTickets({ token })));
  }

  /** Takes over what somebody else has read of a ticket. */
  update(ticket: TicketSummary): void {
    const before = this.tickets.get(ticket.number);
    if (before) this.unread += ticket.unread - before.unread;
    this.tickets.set(ticket.number, ticket);
  }

  #take(pages: (TicketPage | undefined)[]): void {
    for (const page of pages) for (const ticket of page?.tickets ?? []) this.tickets.set(ticket.number, ticket);
    if (pages.every(Boolean)) this.unread = unreadIn(pages);
  }
}
