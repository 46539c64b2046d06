import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { HeaderStore } from '../access/header-store.js';
import type { BlobStore } from '../files/blob-store.js';
import { LinkKeys } from '../sign-in/link-keys.js';
import { inParts } from '../store/in-parts.js';
import { lockRequesters } from '../store/requesters.js';
import type { Database } from '../store/schema.js';
import type { Store } from '../store/unit-of-work.js';
import { eraseHeld } from './erase-held.js';
import { eraseTickets, type Leftovers } from './erase-tickets.js';
import { ErasureHashes, ErasureList, type Erasure } from './erasure-list.js';
import { idsOf, ticketsOf, type Person } from './find-person.js';
import { forgetCaughtMails } from './forget-caught-mails.js';

/** Others write between two batches. */
const TICKETS_AT_ONCE = 20;
/** Begins the name of what a database notes of each erasure that is done in it. */
export const DONE = 'erasure:';
const UNSCRUBBED = 'unscrubbed';

/** What erasing works on. */
export interface ErasurePlace {
  store: Store;
  blobs: BlobStore;
  headers: HeaderStore;
  dataDir: string;
  installSecret: Uint8Array;
  /** Resolves once no mail is on its way to where mails are caught. */
  mailsSettled?: (() => Promise<void>) | undefined;
}

/**
 * Erases a person from the database, the files and the caught mails; what has to be found again in a backup is noted first, so that
 * whatever interrupts it is made good by the next start.
 *
 * @param now milliseconds since 1970.
 * @returns false: everything is gone but what a reader of an older state keeps alive in the engine's files; see `Store.scrub`.
 */
export async function erasePerson(place: ErasurePlace, person: Person, now: number): Promise<boolean> {
  const { deskId, requester, tickets } = person;
  const hashes = new ErasureHashes(place.installSecret);
  const erasure = await new ErasureList(place.dataDir).add({
    at: Math.max(now, requester.createdAt),
    person: hashes.person(deskId, requester.emailKey),
    tickets: tickets.map(({ number }) => hashes.ticket(deskId, number)),
  });
  await eraseRows(place, { deskId, requesterId: requester.id, email: requester.emailKey, ticketIds: idsOf(tickets) }, now);
  await markDone(place.store, [erasure], now);
  return scrub(place.store);
}

/**
 * Erases everybody whom the list in the data folder names and this database still knows, as after putting a backup back. To be called
 * before anything is answered.
 *
 * @returns how many people, and tickets of nobody else, were erased.
 */
export async function applyErasures(place: ErasurePlace, now: number): Promise<number> {
  const { store } = place;
  const erasures = await new ErasureList(place.dataDir).read();
  if (erasures.length === 0) return 0;
  const done = await doneIn(store.read);
  const open = erasures.filter(({ id }) => !done.has(DONE + id));
  if (open.length === 0) return 0;
  const hashes = new ErasureHashes(place.installSecret);
  const people = new Map<string, number>();
  for (const { person, at } of open) people.set(person, Math.max(at, people.get(person) ?? 0));
  const numbers = new Set(open.flatMap(({ tickets }) => tickets));
  let erased = 0;
  for (const { deskId, id, emailKey, createdAt } of await store.read
    .selectFrom('requester')
    .select(['deskId', 'id', 'emailKey', 'createdAt'])
    .execute()) {
    if ((people.get(hashes.person(deskId, emailKey)) ?? -Infinity) < createdAt) continue;
    const ticketIds = idsOf(await ticketsOf(store.read, deskId, id));
    await eraseRows(place, { deskId, requesterId: id, email: emailKey, ticketIds }, now);
    erased += 1;
  }
  // never confirmed
  for (const { deskId, id, draft, createdAt } of await store.read
    .selectFrom('heldTicket')
    .select(['deskId', 'id', 'draft', 'createdAt'])
    .execute()) {
    const { email } = (JSON.parse(draft ?? '{}') as { requester?: { email: string } }).requester ?? {};
    if (email === undefined || (people.get(hashes.person(deskId, email.toLowerCase())) ?? -Infinity) < createdAt) continue;
    const left = await store.write.run((trx) => eraseHeld(trx, deskId, (all) => all.where('id', '=', id)));
    for (const uploadId of left.uploadIds) await place.blobs.delete(deskId, uploadId);
    await forgetCaughtMails(place.dataDir, { email: email.toLowerCase(), numbers: [], messageIds: left.messageIds });
    erased += 1;
  }
  // under another requester in this state of the database
  for (const { deskId, id, number, subject } of await store.read
    .selectFrom('ticket')
    .select(['deskId', 'id', 'number', 'subject'])
    .execute()) {
    if (subject === null || !numbers.has(hashes.ticket(deskId, number))) continue;
    await eraseRows(place, { deskId, ticketIds: [id] }, now);
    erased += 1;
  }
  await markDone(store, open, now);
  await scrub(store);
  return erased;
}

/** Goes on with a removal that was left incomplete. @returns false: it still is. */
export async function scrubAgain(store: Store): Promise<boolean> {
  const left = await store.read.selectFrom('installation').select('name').where('name', '=', UNSCRUBBED).executeTakeFirst();
  return left ? scrub(store) : true;
}

interface Rows {
  deskId: string;
  /** Absent: the requester stays. */
  requesterId?: string;
  email?: string;
  ticketIds: readonly string[];
}

async function eraseRows(place: ErasurePlace, { deskId, requesterId, email, ticketIds }: Rows, now: number): Promise<void> {
  const { store } = place;
  const numbers = await numbersOf(store.read, deskId, ticketIds);
  const messageIds: string[] = [];
  const clear = async (left: Leftovers) => {
    for (const id of left.uploadIds) await place.blobs.delete(deskId, id);
    for (const name of left.headers) await place.headers.shred(deskId, name);
    messageIds.push(...left.messageIds);
  };
  for (let from = 0; from < ticketIds.length; from += TICKETS_AT_ONCE) {
    const some = ticketIds.slice(from, from + TICKETS_AT_ONCE);
    await clear(
      await store.write.run(async (trx) => {
        await note(trx, UNSCRUBBED, now);
        return eraseTickets(trx, deskId, some, now);
      }),
    );
  }
  if (requesterId !== undefined) {
    const known = new Set(ticketIds);
    const hashes = email === undefined ? null : new LinkKeys(place.installSecret).address(deskId, email);
    const { late, left, links, held } = await store.write.run(async (trx) => {
      await lockRequesters(trx);
      await note(trx, UNSCRUBBED, now);
      await eraseRequester(trx, deskId, requesterId);
      // filed while the others were erased: nobody would find them again under a name that was never anybody's
      const late = (await ticketsOf(trx, deskId, requesterId)).filter(({ id }) => !known.has(id));
      return {
        late,
        left: await eraseTickets(trx, deskId, idsOf(late), now),
        links: await eraseLinks(trx, deskId, requesterId, hashes),
        held: hashes && (await eraseHeld(trx, deskId, (all) => all.where('addressHash', '=', hashes.addressHash))),
      };
    });
    numbers.push(...late.map(({ number }) => number));
    messageIds.push(...links);
    await clear(left);
    if (held) await clear(held);
  }
  await place.mailsSettled?.();
  await forgetCaughtMails(place.dataDir, { email, numbers, messageIds });
}

/** The row stays, so that statistics can tell one person from another, under a name that was never anybody's. */
async function eraseRequester(trx: Transaction<Database>, deskId: string, id: string): Promise<void> {
  const pseudonym = `erased-${randomBytes(8).toString('hex')}`;
  await trx
    .updateTable('requester')
    .set({ emailKey: pseudonym, email: '', name: pseudonym, verified: 0 })
    .where('deskId', '=', deskId)
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('session').where('deskId', '=', deskId).where('requesterId', '=', id).execute();
}

/** Links that were asked for with the address, also before anybody had it, and their mails. @returns Message-IDs of these. */
async function eraseLinks(
  trx: Transaction<Database>,
  deskId: string,
  requesterId: string,
  hashes: { addressHash: string } | null,
): Promise<string[]> {
  const links = await trx
    .deleteFrom('signInLink')
    .where('deskId', '=', deskId)
    .where((eb) => eb.or([eb('requesterId', '=', requesterId), ...(hashes ? [eb('addressHash', '=', hashes.addressHash)] : [])]))
    .returning('id')
    .execute();
  const messageIds: string[] = [];
  for (const { id } of links) {
    const mails = await trx.deleteFrom('outbox').where('deskId', '=', deskId).where('linkId', '=', id).returning('messageId').execute();
    messageIds.push(...mails.map(({ messageId }) => messageId));
  }
  return messageIds;
}

async function numbersOf(db: Kysely<Database>, deskId: string, ids: readonly string[]): Promise<string[]> {
  const found = await inParts(ids, (some) =>
    db.selectFrom('ticket').select('number').where('deskId', '=', deskId).where('id', 'in', some).execute(),
  );
  return found.map(({ number }) => number);
}

async function doneIn(db: Kysely<Database>): Promise<Set<string>> {
  const rows = await db.selectFrom('installation').select('name').where('name', 'like', `${DONE}%`).execute();
  return new Set(rows.map(({ name }) => name));
}

async function markDone({ write }: Store, erasures: readonly Erasure[], now: number): Promise<void> {
  await write.run(async (trx) => {
    for (const { id } of erasures) await note(trx, DONE + id, now);
  });
}

async function note(trx: Transaction<Database>, name: string, now: number): Promise<void> {
  await trx
    .insertInto('installation')
    .values({ name, value: '1', createdAt: now })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

async function scrub(store: Store): Promise<boolean> {
  const complete = await store.scrub();
  if (complete) await store.write.run((trx) => trx.deleteFrom('installation').where('name', '=', UNSCRUBBED).execute());
  return complete;
}
