import type { Ports } from '../ports.js';
import { inParts } from '../store/in-parts.js';
import type { SessionRow } from '../store/sessions.js';
import type { TicketEvent } from './event-hub.js';

/** How often it is asked whether the sessions of open streams still stand. */
const CHECK_MS = 4_000;
/** A stream that has been silent for so long says that it is there; with the interval of the checks, every 25 seconds at most. */
const SILENT_MS = 21_000;
/** What may wait for a reader; whoever leaves more lying is cut off, and reads up when it comes back. */
const WAITING_BYTES = 8_192;
const MOST_PER_SESSION = 10;

const OPEN = new TextEncoder().encode(': open\n\n');
const BEAT = new TextEncoder().encode(': still here\n\n');

interface Live {
  session: Pick<SessionRow, 'deskId' | 'id' | 'requesterId'>;
  /** Of a device: what it opens. */
  ticketIds: ReadonlySet<string> | null;
  controller: ReadableStreamDefaultController<Uint8Array>;
  writtenAt: number;
}

/** Server-sent events of this process: one stream for each browser that follows its tickets. */
export class LiveStreams {
  readonly #ports: Pick<Ports, 'store' | 'events' | 'log' | 'now'>;
  readonly #live = new Set<Live>();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checking = false;

  /** @param ending once aborted, every stream ends. */
  constructor(ports: Pick<Ports, 'store' | 'events' | 'log' | 'now'>, ending?: AbortSignal) {
    this.#ports = ports;
    ending?.addEventListener('abort', () => {
      for (const live of this.#live) this.#end(live);
    });
  }

  /** @param ticketIds of a device's session; null: everything of its requester. */
  open(session: SessionRow, ticketIds: ReadonlySet<string> | null): ReadableStream<Uint8Array> {
    let live: Live | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const { deskId, id, requesterId } = session;
          live = { session: { deskId, id, requesterId }, ticketIds, controller, writtenAt: this.#ports.now() };
          this.#add(live);
          this.#write(live, OPEN);
        },
        cancel: () => {
          if (live) this.#remove(live);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES }),
    );
  }

  /** Ends the streams of a session that has ended here; what ends elsewhere is noticed when it is next asked about. */
  endSession(id: string): void {
    for (const live of this.#live) if (live.session.id === id) this.#end(live);
  }

  #add(live: Live): void {
    const same = [...this.#live].filter(({ session }) => session.id === live.session.id);
    if (same.length >= MOST_PER_SESSION && same[0]) this.#end(same[0]);
    this.#live.add(live);
    this.#unsubscribe ??= this.#ports.events.subscribe((event) => this.#tell(event));
    this.#timer ??= setInterval(() => void this.#check(), CHECK_MS).unref();
  }

  #remove(live: Live): void {
    this.#live.delete(live);
    if (this.#live.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #end(live: Live): void {
    this.#remove(live);
    live.controller.close();
  }

  #tell(event: TicketEvent): void {
    if (event.internal) return;
    let bytes: Uint8Array | undefined;
    for (const live of this.#live) {
      const { deskId, requesterId } = live.session;
      if (deskId !== event.deskId) continue;
      if (live.ticketIds ? !live.ticketIds.has(event.ticketId) : requesterId !== event.requesterId) continue;
      bytes ??= new TextEncoder().encode(`event: ticket\ndata: ${JSON.stringify({ number: event.number, seq: event.seq })}\n\n`);
      this.#write(live, bytes);
    }
  }

  #write(live: Live, bytes: Uint8Array): void {
    if ((live.controller.desiredSize ?? 0) <= 0) {
      this.#remove(live);
      live.controller.error(new Error('The reader is too slow.'));
      return;
    }
    live.controller.enqueue(bytes);
    live.writtenAt = this.#ports.now();
  }

  async #check(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    try {
      const now = this.#ports.now();
      const asked = [...this.#live];
      const standing = await this.#standing(asked, now);
      for (const live of asked) {
        if (!this.#live.has(live)) continue;
        if (!standing.has(live.session.id)) this.#end(live);
        else if (now - live.writtenAt >= SILENT_MS) this.#write(live, BEAT);
      }
    } catch (error) {
      this.#ports.log.error('streams-not-checked', { error: error instanceof Error ? error.name : 'unknown' });
    } finally {
      this.#checking = false;
    }
  }

  /** Ids of those sessions that have neither ended nor expired. */
  async #standing(asked: readonly Live[], now: number): Promise<Set<string>> {
    const byDesk = new Map<string, Set<string>>();
    for (const { session } of asked) byDesk.set(session.deskId, (byDesk.get(session.deskId) ?? new Set()).add(session.id));
    const standing = new Set<string>();
    for (const [deskId, ids] of byDesk) {
      const found = await inParts([...ids], (some) =>
        this.#ports.store.read
          .selectFrom('session')
          .select('id')
          .where('deskId', '=', deskId)
          .where('id', 'in', some)
          .where('expiresAt', '>', now)
          .execute(),
      );
      for (const { id } of found) standing.add(id);
    }
    return standing;
  }
}
