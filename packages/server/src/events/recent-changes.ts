import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.js';
import type { TicketEvent } from './event-hub.js';

/**
 * A change carries the clock of the process that made it and is seen once that one has committed: as far as clocks differ and
 * commits last, it can lie before one that was seen already.
 */
const OVERLAP_MS = 60_000;
const PAGE = 500;

/** Finds by reading what was not heard: changes that the requester may know of. */
export class RecentChanges {
  readonly #db: Kysely<Database>;
  readonly #deskIds: readonly string[];
  readonly #now: () => number;
  /** Highest sequence number passed on, by ticket, when, and whether it was found by reading. */
  readonly #known = new Map<string, { seq: number; at: number; read: boolean }>();
  #since: number;

  constructor(db: Kysely<Database>, deskIds: readonly string[], now: () => number) {
    this.#db = db;
    this.#deskIds = deskIds;
    this.#now = now;
    this.#since = now();
  }

  /** Keeps an event that is passed on from being found. @returns false: it has been found before. */
  note({ deskId, ticketId, seq, internal, inPlace }: TicketEvent): boolean {
    // reading goes by the numbers of entries, and finds none of these
    if (internal || inPlace) return true;
    const known = this.#known.get(`${deskId}/${ticketId}`);
    if (known?.read && known.seq >= seq) return false;
    this.#note(deskId, ticketId, seq, false);
    return true;
  }

  /** What has changed since the last look, and a while before it, and has not been noted. */
  async unheard(): Promise<TicketEvent[]> {
    const now = this.#now();
    const since = this.#since - OVERLAP_MS;
    const found: TicketEvent[] = [];
    for (const deskId of this.#deskIds) {
      for (let at = since, after = ''; ;) {
        const rows = await this.#page(deskId, at, after);
        for (const { id, number, requesterId, publicSeq } of rows) {
          if ((this.#known.get(`${deskId}/${id}`)?.seq ?? 0) >= publicSeq) continue;
          this.#note(deskId, id, publicSeq, true);
          found.push({ deskId, ticketId: id, number, requesterId, seq: publicSeq, internal: false });
        }
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) break;
        [at, after] = [last.updatedAt, last.id];
      }
    }
    this.#since = now;
    for (const [key, { at }] of this.#known) if (at < now - 2 * OVERLAP_MS) this.#known.delete(key);
    return found;
  }

  #page(deskId: string, at: number, after: string) {
    return (
      this.#db
        .selectFrom('ticket')
        .select(['id', 'number', 'requesterId', 'publicSeq', 'updatedAt'])
        .where('deskId', '=', deskId)
        // as the index of the inbox begins
        .where('status', 'in', ['open', 'pending1', 'pending2', 'closed'])
        .where((eb) => eb.or([eb('updatedAt', '>', at), eb.and([eb('updatedAt', '=', at), eb('id', '>', after)])]))
        .orderBy('updatedAt')
        .orderBy('id')
        .limit(PAGE)
        .execute()
    );
  }

  #note(deskId: string, ticketId: string, seq: number, read: boolean): void {
    const key = `${deskId}/${ticketId}`;
    const known = this.#known.get(key);
    if (!known || known.seq < seq) this.#known.set(key, { seq, at: this.#now(), read });
    else known.at = this.#now();
  }
}
