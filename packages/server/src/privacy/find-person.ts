import type { Kysely, Selectable } from 'kysely';
import { LinkKeys } from '../sign-in/link-keys.js';
import type { HeldTicketRow } from '../store/held-tickets.js';
import { inParts } from '../store/in-parts.js';
import type { Database, RequesterTable, TicketTable } from '../store/schema.js';

/** A requester of a desk, and what is theirs. */
export interface Person {
  deskId: string;
  requester: Selectable<RequesterTable>;
  tickets: Selectable<TicketTable>[];
  /** Posted with their address, and no ticket unless they have confirmed it. */
  held: HeldTicketRow[];
}

/** How much there is of a person. */
export interface PersonCounts {
  tickets: number;
  messages: number;
  statusChanges: number;
  ratings: number;
  files: number;
  fileBytes: number;
  sessions: number;
  signInLinks: number;
  mails: number;
  heldTickets: number;
}

/** @param email in any case. */
export async function findPerson(
  db: Kysely<Database>,
  installSecret: Uint8Array,
  deskId: string,
  email: string,
): Promise<Person | undefined> {
  const emailKey = email.trim().toLowerCase();
  const found = await db
    .selectFrom('requester')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('emailKey', '=', emailKey)
    .executeTakeFirst();
  const { addressHash } = new LinkKeys(installSecret).address(deskId, emailKey);
  const held = await db
    .selectFrom('heldTicket')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('addressHash', '=', addressHash)
    .orderBy('createdAt')
    .execute();
  const requester = found ?? strangerOf(held, emailKey);
  return requester && { deskId, requester, tickets: found ? await ticketsOf(db, deskId, found.id) : [], held };
}

/** Somebody of whom there is nothing but what they have not confirmed: a requester who is nowhere, with an empty id. */
function strangerOf(held: readonly HeldTicketRow[], emailKey: string): Selectable<RequesterTable> | undefined {
  const [first] = held;
  if (!first) return undefined;
  const { email = emailKey, name = '' } =
    (JSON.parse(first.draft ?? '{}') as { requester?: { email: string; name: string } }).requester ?? {};
  return { deskId: first.deskId, id: '', emailKey, email, name, verified: 0, createdAt: first.createdAt };
}

/** All tickets of a requester, the oldest first. */
export function ticketsOf(db: Kysely<Database>, deskId: string, requesterId: string): Promise<Selectable<TicketTable>[]> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('requesterId', '=', requesterId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** Sessions of the person, and of devices that have one of the tickets. */
export async function sessionsOf(db: Kysely<Database>, { deskId, requester, tickets }: Person) {
  const own = await db.selectFrom('session').selectAll().where('deskId', '=', deskId).where('requesterId', '=', requester.id).execute();
  const ofDevices = await inParts(tickets, (some) =>
    db
      .selectFrom('session')
      .selectAll()
      .where('deskId', '=', deskId)
      .where('id', 'in', (eb) =>
        eb.selectFrom('sessionTicket').select('sessionId').where('deskId', '=', deskId).where('ticketId', 'in', idsOf(some)),
      )
      .execute(),
  );
  return [...new Map([...own, ...ofDevices].map((session) => [session.id, session])).values()];
}

/** What `--preview` says. */
export async function countPerson(db: Kysely<Database>, person: Person): Promise<PersonCounts> {
  const { deskId, tickets, held } = person;
  const count = async (table: 'message' | 'statusChange' | 'outbox') => {
    const counts = await inParts(tickets, (some) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number | string>().as('n'))
        .where('deskId', '=', deskId)
        .where('ticketId', 'in', idsOf(some))
        .execute(),
    );
    return counts.reduce((sum, { n }) => sum + Number(n), 0);
  };
  const files = await inParts(tickets, (some) =>
    db.selectFrom('upload').select('size').where('deskId', '=', deskId).where('ticketId', 'in', idsOf(some)).execute(),
  );
  return {
    tickets: tickets.length,
    messages: await count('message'),
    statusChanges: await count('statusChange'),
    ratings: tickets.filter(({ ratedAt }) => ratedAt !== null).length,
    files: files.length,
    fileBytes: files.reduce((sum, { size }) => sum + size, 0),
    sessions: (await sessionsOf(db, person)).length,
    signInLinks: await countLinks(db, person),
    mails: await count('outbox'),
    heldTickets: held.filter(({ state }) => state === 'held').length,
  };
}

async function countLinks(db: Kysely<Database>, { deskId, requester }: Person): Promise<number> {
  const { n } = await db
    .selectFrom('signInLink')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('deskId', '=', deskId)
    .where('requesterId', '=', requester.id)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Their ids. */
export function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
