import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { DeskConfig } from '../desk-config.js';
import type { Log } from '../ports.js';
import type { Database } from '../store/schema.js';
import { domainOf } from './address.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WARN_EVERY = 10 * 60_000;

export interface TicketMails {
  desk: DeskConfig;
  ticketId: string;
  contactId: string;
  requester: {
    /** Lower-case address. */
    emailKey: string;
    /** Verified people have no cap. */
    verified: boolean;
  };
  /** Milliseconds since 1970. */
  now: number;
  /** Told when the desk's brake holds confirmations back. */
  log?: Log | undefined;
}

/**
 * Leaves the mails of a new ticket in the outbox, inside the ticket's transaction: the notification to the contact always, the
 * confirmation to the requester unless the address or the desk has had its share (`desk.mail`).
 *
 * @returns `withheld`: no confirmation will come.
 */
export async function enqueueTicketMails(trx: Transaction<Database>, mails: TicketMails): Promise<'queued' | 'withheld'> {
  const { desk, ticketId, requester, now } = mails;
  const withheld = !requester.verified && (await overCap(trx, mails));
  const kinds = withheld ? (['notification'] as const) : (['notification', 'confirmation'] as const);
  const rows = kinds.map((kind) => ({
    deskId: desk.desk.id,
    id: uuidv7({ msecs: now }),
    ticketId,
    kind,
    messageId: `${randomUUID()}@${domainOf(desk.mail.from)}`,
    recipientKey: kind === 'confirmation' ? requester.emailKey : '',
    state: 'waiting' as const,
    attempts: 0,
    dueAt: now,
    leaseUntil: 0,
    createdAt: now,
  }));
  await trx.insertInto('outbox').values(rows).execute();
  return withheld ? 'withheld' : 'queued';
}

/** Both questions in one statement; each reads at most as many index entries as its cap. */
async function overCap(trx: Transaction<Database>, { desk, requester, now, log }: TicketMails): Promise<boolean> {
  const { perUnverifiedAddressPerDay, confirmationsPerHour } = desk.mail;
  const confirmations = trx.selectFrom('outbox').where('deskId', '=', desk.desk.id).where('kind', '=', 'confirmation');
  const ofAddress = confirmations
    .select(sql<number>`1`.as('one'))
    .where('recipientKey', '=', requester.emailKey)
    .where('createdAt', '>', now - DAY)
    .limit(perUnverifiedAddressPerDay);
  const ofDesk = confirmations
    .select(sql<number>`1`.as('one'))
    .where('createdAt', '>', now - HOUR)
    .limit(confirmationsPerHour);
  const counted = await trx
    .selectNoFrom((eb) => [
      eb.selectFrom(ofAddress.as('a')).select(eb.fn.countAll<number>().as('n')).as('ofAddress'),
      eb.selectFrom(ofDesk.as('d')).select(eb.fn.countAll<number>().as('n')).as('ofDesk'),
    ])
    .executeTakeFirstOrThrow();
  const braked = Number(counted.ofDesk) >= confirmationsPerHour;
  if (braked) warn(desk, now, log);
  return braked || Number(counted.ofAddress) >= perUnverifiedAddressPerDay;
}

const warnedAt = new WeakMap<DeskConfig, number>();

function warn(desk: DeskConfig, now: number, log: Log | undefined): void {
  if (!log || now - (warnedAt.get(desk) ?? -Infinity) < WARN_EVERY) return;
  warnedAt.set(desk, now);
  log.warn('confirmations-braked', { desk: desk.desk.id, perHour: desk.mail.confirmationsPerHour });
}
