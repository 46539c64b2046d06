import { transact, type Shape } from '../outbox/database.js';
import { TICKETS } from '../outbox/kept.js';
import { lockFor } from '../outbox/locks.js';
import { channelTo } from '../outbox/store.js';

const SHAPE: Shape = {
  name: TICKETS,
  make(database) {
    for (const name of ['tickets', 'sessions']) database.createObjectStore(name);
  },
};

/** A ticket that was sent from this device and may be followed from it. */
export interface KeptTicket {
  /** `SupportAdapter.scope` of the backend it was sent to. */
  scope: string;
  number: string;
  /** `TicketKeys.secret` it was sent with. */
  secret: string;
  subject: string;
  /** ISO 8601 instant in UTC. */
  createdAt: string;
}

type Name = 'tickets' | 'sessions';
/** Finds a store of the running transaction. */
export type Store = (name: Name) => IDBObjectStore;

/** Runs one transaction; see `transact`. */
export const run = <T = undefined>(
  mode: IDBTransactionMode & ('readonly' | 'readwrite'),
  work: (store: Store) => IDBRequest<T> | undefined,
) => transact<T, Name>(['tickets', 'sessions'], mode, work, 'strict', SHAPE);

/** Nobody removes the database while somebody writes; without locks, as on plain http, it may have to be written again. */
export const alone = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? lockFor('tickets', 'exclusive', false, work) : work();

/** Keeps a ticket. Never rejects; false where this device keeps nothing. */
export function keepTicket(ticket: KeptTicket): Promise<boolean> {
  const { scope, number } = ticket;
  return alone(() => run('readwrite', (store) => void store('tickets').put(ticket, `${scope} ${number}`))).then(
    () => (tell(), true),
    () => false,
  );
}

/** Tells everybody who watches, in whatever tab. */
export function tell(): void {
  const speaker = channelTo(TICKETS, () => undefined);
  speaker?.postMessage(0);
  speaker?.close();
}
