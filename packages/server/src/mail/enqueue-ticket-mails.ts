import { sql, type Transaction } from 'kysely';
import type { DeskConfig } from '../desk-config.js';
import type { Log } from '../ports.js';
import { compileOnce } from '../store/compiled-query.js';
import type { Database } from '../store/schema.js';
import { addMail } from './add-mail.js';
import { mailboxOf } from './address.js';
import { ticketMessageId } from './ticket-message-id.js';

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
  };
  /** Milliseconds since 1970. */
  now: number;
  /** Told when the desk's brake holds confirmations back. */
  log?: Log | undefined;
}

interface CapQuestion {
  deskId: string;
  recipientKey: string;
  dayAgo: number;
  hourAgo: number;
  mostPerAddress: number;
  mostPerDesk: number;
}

/** Both counts in one statement; each reads at most as many index entries as its cap. */
const countConfirmations = compileOnce<CapQuestion>()((db, { deskId, recipientKey, dayAgo, hourAgo, mostPerAddress, mostPerDesk }) => {
  const confirmations = db
    .selectFrom('outbox')
    .select(sql<number>`1`.as('one'))
    .where('deskId', '=', deskId)
    .where('kind', '=', 'confirmation');
  const ofAddress = confirmations.where('recipientKey', '=', recipientKey).where('createdAt', '>', dayAgo).limit(mostPerAddress);
  const ofDesk = confirmations.where('createdAt', '>', hourAgo).limit(mostPerDesk);
  return db.selectNoFrom((eb) => [
    eb.selectFrom(ofAddress.as('a')).select(eb.fn.countAll<number>().as('n')).as('ofAddress'),
    eb.selectFrom(ofDesk.as('d')).select(eb.fn.countAll<number>().as('n')).as('ofDesk'),
  ]);
});

/**
 * Leaves the mails of a new ticket in the outbox, inside the ticket's transaction: the notification to the contact always, the
 * confirmation to the requester unless the address or the desk has had its share (`desk.mail`). An address that its owner has signed
 * in with is not spared: filing a ticket takes no more than typing it.
 *
 * @returns `withheld`: no confirmation will come.
 */
export async function enqueueTicketMails(trx: Transaction<Database>, mails: TicketMails): Promise<'queued' | 'withheld'> {
  const { desk, ticketId, requester, now } = mails;
  const withheld = await overCap(trx, mails);
  await addMail(trx, { desk, kind: 'notification', ticketId, seq: 1, recipientKey: '', now });
  if (withheld) return 'withheld';
  await addMail(trx, {
    desk,
    kind: 'confirmation',
    ticketId,
    seq: 1,
    recipientKey: mailboxOf(requester.emailKey),
    messageId: ticketMessageId(desk, ticketId),
    now,
  });
  return 'queued';
}

/** The message of a thread that a mail is about. */
export interface MessageMail {
  desk: DeskConfig;
  ticketId: string;
  seq: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** Leaves the notification of a requester's reply in the outbox, inside the reply's transaction. */
export async function enqueueReplyMail(trx: Transaction<Database>, mail: MessageMail): Promise<void> {
  await addMail(trx, { ...mail, kind: 'notification', recipientKey: '' });
}

/**
 * Leaves word for the new assignee of a ticket in the outbox, inside the transaction that assigns it.
 *
 * @param address whom it goes to: by the time it leaves, the ticket may be somebody else's.
 */
export async function enqueueAssignmentMail(trx: Transaction<Database>, mail: MessageMail, address: string): Promise<void> {
  await addMail(trx, { ...mail, kind: 'assignment', recipientKey: address });
}

async function overCap(trx: Transaction<Database>, { desk, requester, now, log }: TicketMails): Promise<boolean> {
  const { perUnverifiedAddressPerDay, confirmationsPerHour } = desk.mail;
  const { rows } = await countConfirmations(trx, {
    deskId: desk.desk.id,
    recipientKey: mailboxOf(requester.emailKey),
    dayAgo: now - DAY,
    hourAgo: now - HOUR,
    mostPerAddress: perUnverifiedAddressPerDay,
    mostPerDesk: confirmationsPerHour,
  });
  const braked = Number(rows[0]?.ofDesk) >= confirmationsPerHour;
  if (braked) warn(desk, now, log);
  return braked || Number(rows[0]?.ofAddress) >= perUnverifiedAddressPerDay;
}

const warnedAt = new WeakMap<DeskConfig, number>();

function warn(desk: DeskConfig, now: number, log: Log | undefined): void {
  if (!log || now - (warnedAt.get(desk) ?? -Infinity) < WARN_EVERY) return;
  warnedAt.set(desk, now);
  log.warn('confirmations-braked', { desk: desk.desk.id, perHour: desk.mail.confirmationsPerHour });
}
