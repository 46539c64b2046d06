import type { Kysely, Selectable } from 'kysely';
import type { Database, RequesterTable, TicketTable } from '../store/schema.js';

/** SQLite takes some 32,000 values in a statement; this stays far below. */
const AT_ONCE = 500;

/** A requester of a desk, and what is theirs. */
export interface Person {
  deskId: string;
  requester: Selectable<RequesterTable>;
  tickets: Selectable<TicketTable>[];
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
}

/** @param email in any case. */
export async function findPerson(db: Kysely<Database>, deskId: string, email: string): Promise<Person | undefined> {
  const requester = await db
    .selectFrom('requester')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('emailKey', '=', email.trim().toLowerCase())
    .executeTakeFirst();
  if (!requester) return undefined;
  return { deskId, requester, tickets: await ticketsOf(db, deskId, requester.id) };
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
  const { deskId, tickets } = person;
  const counts: PersonCounts = {
    tickets: tickets.length,
    messages: 0,
    statusChanges: 0,
    ratings: tickets.filter(({ ratedAt }) => ratedAt !== null).length,
    files: 0,
    fileBytes: 0,
    sessions: (await sessionsOf(db, person)).length,
    signInLinks: await countLinks(db, person),
    mails: 0,
  };
  for (let at = 0; at < tickets.length; at += AT_ONCE) {
    const ids = idsOf(tickets.slice(at, at + AT_ONCE));
    const count = async (table: 'message' | 'statusChange' | 'outbox') => {
      const { n } = await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number | string>().as('n'))
        .where('deskId', '=', deskId)
        .where('ticketId', 'in', ids)
        .executeTakeFirstOrThrow();
      return Number(n);
    };
    const files = await db.selectFrom('upload').select('size').where('deskId', '=', deskId).where('ticketId', 'in', ids).execute();
    counts.messages += await count('message');
    counts.statusChanges += await count('statusChange');
    counts.mails += await count('outbox');
    counts.files += files.length;
    counts.fileBytes += files.reduce((sum, { size }) => sum + size, 0);
  }
  return counts;
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

/** Asks in parts that fit into a statement. */
export async function inParts<T, R>(all: readonly T[], ask: (some: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) found.push(...(await ask(all.slice(at, at + AT_ONCE))));
  return found;
}

/** Their ids. */
export function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
