import type { Transaction } from 'kysely';
import type { BlobStore } from '../files/blob-store.js';
import type { DeskConfig } from '../desk-config.js';
import type { Log } from '../ports.js';
import type { Database } from '../store/schema.js';
import type { Store } from '../store/unit-of-work.js';
import { composeMail } from './compose-mail.js';
import type { MailLinks } from './mail-links.js';
import { DeliveryError, type MailTransport } from './mail.js';
import { retryDelay, type MailTiming } from './mail-timing.js';
import { claimMails, mendDueTimes, nextMailAt, releaseLeases, settleAccepted, settleFailed, settleWithheld } from './outbox-rows.js';
import type { OutboxRow } from './ticket-mail.js';

/** Mails on their way at once. Small: a kill sends each of them again. */
export const IN_FLIGHT = 4;
/** After a failure of our own store. */
const PAUSE_MS = 5_000;
/** Mails under way get so long to finish when the server stops. */
const STOP_MS = 2_000;

export interface MailWorkerOptions {
  store: Store;
  desks: ReadonlyMap<string, DeskConfig>;
  blobs: BlobStore;
  links: MailLinks;
  log: Log;
  now: () => number;
  timing: MailTiming;
  /** No other process sends from this outbox: what is leased at the start belongs to one that is no more. */
  alone: boolean;
  transport: () => Promise<MailTransport>;
}

/** Sends what waits in the outbox: at least once each, every attempt with the same Message-ID. */
export class MailWorker {
  readonly #options: MailWorkerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #cancel = new AbortController();
  readonly #running: Promise<void>;
  #transport: Promise<MailTransport> | undefined;
  #stopping = false;
  /** Something has happened since the outbox was last looked at. */
  #woken = false;
  #endRest: (() => void) | undefined;

  constructor(options: MailWorkerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#endRest?.();
  }

  /** Resolves once the mails that are under way now have ended, one way or the other. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  /** Claims nothing more, lets what is under way finish for a moment, then cancels it: it is sent again later. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    const timer = setTimeout(() => this.#cancel.abort(), STOP_MS);
    await this.#running;
    await Promise.all(this.#inFlight);
    clearTimeout(timer);
    (await this.#transport?.catch(() => undefined))?.close();
  }

  async #run(): Promise<void> {
    const { store, log, timing } = this.#options;
    let begun = false;
    while (!this.#stopping) {
      this.#woken = false;
      try {
        if (!begun) await store.write.run((trx) => this.#begin(trx));
        begun = true;
        const sent = await this.#sendDue();
        if (sent > 0) await this.#pause((sent * 1_000) / timing.perSecond);
        else await this.#rest();
      } catch (error) {
        log.error('mail-worker-failed', { error: error instanceof Error ? error.name : 'unknown' });
        await this.#pause(PAUSE_MS);
      }
    }
  }

  async #begin(trx: Transaction<Database>): Promise<void> {
    const { now, timing, alone } = this.#options;
    if (alone) await releaseLeases(trx);
    await mendDueTimes(trx, now(), now() + 2 * timing.retryMostMs);
  }

  /** @returns how many are on their way now. */
  async #sendDue(): Promise<number> {
    const { store, now, timing } = this.#options;
    const free = IN_FLIGHT - this.#inFlight.size;
    const due = free === 0 ? null : await nextMailAt(store.read, now());
    if (due === null || due > now()) return 0;
    const rows = await store.write.run((trx) => claimMails(trx, free, now(), timing.leaseMs));
    for (const row of rows) {
      const sending = this.#send(row).finally(() => {
        this.#inFlight.delete(sending);
        this.wake();
      });
      this.#inFlight.add(sending);
    }
    return rows.length;
  }

  /** Until something happens or the next mail is due. */
  async #rest(): Promise<void> {
    const { store, now, timing } = this.#options;
    const next = this.#inFlight.size < IN_FLIGHT ? await nextMailAt(store.read, now()) : null;
    if (this.#woken) return;
    await this.#pause(next === null ? timing.pollMs : Math.min(timing.pollMs, Math.max(10, next - now())), true);
  }

  async #pause(ms: number, wakeable = false): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endRest = () => {
      if (wakeable || this.#stopping) resolve();
    };
    if (this.#stopping) resolve();
    await promise;
    clearTimeout(timer);
    this.#endRest = undefined;
  }

  async #send(row: OutboxRow): Promise<void> {
    const { store, desks, blobs, links, now, log, timing } = this.#options;
    try {
      const mail = await composeMail({ db: store.read, desks, blobs, links, now }, row);
      if (!mail) {
        const withheld = await store.write.run((trx) => settleWithheld(trx, row));
        if (withheld) log.info('mail-withheld', { desk: row.deskId, mail: row.id, kind: row.kind });
        return;
      }
      this.#transport ??= this.#options.transport().catch((error: unknown) => {
        this.#transport = undefined;
        throw error;
      });
      await (await this.#transport).send(mail, AbortSignal.any([this.#cancel.signal, AbortSignal.timeout(timing.sendMs)]));
      await this.#accepted(row);
    } catch (error) {
      await this.#failed(row, error).catch((second: unknown) => this.#logFailure(row, second));
    }
  }

  async #accepted(row: OutboxRow): Promise<void> {
    const { store, desks, blobs, log } = this.#options;
    const ticket = await store.read
      .selectFrom('ticket')
      .select('contactId')
      .where('deskId', '=', row.deskId)
      .where('id', '=', row.ticketId)
      .executeTakeFirst();
    const contact = desks.get(row.deskId)?.desk.contacts.find(({ id }) => id === ticket?.contactId);
    const erase = row.kind === 'notification' && contact?.keepsMessages === false;
    const erased = await store.write.run((trx) => settleAccepted(trx, row, erase));
    for (const id of erased ?? []) await blobs.delete(row.deskId, id);
    if (erased) log.info('mail-accepted', { desk: row.deskId, mail: row.id, kind: row.kind, attempts: row.attempts });
  }

  async #failed(row: OutboxRow, error: unknown): Promise<void> {
    const { store, log, now, timing } = this.#options;
    const failure = error instanceof DeliveryError ? error : new DeliveryError(error instanceof Error ? error.name : 'unknown', false);
    const facts = { desk: row.deskId, mail: row.id, kind: row.kind, attempts: row.attempts, reason: failure.message };
    const over = failure.permanent || now() - row.createdAt >= timing.giveUpMs;
    const lastError = failure.message;
    const settled = await store.write.run((trx) =>
      settleFailed(
        trx,
        row,
        over ? { state: 'undeliverable', lastError } : { state: 'waiting', dueAt: now() + retryDelay(row.attempts, timing), lastError },
      ),
    );
    if (!settled) return;
    if (over) log.error('mail-undeliverable', facts);
    else log.warn('mail-delayed', facts);
  }

  #logFailure(row: OutboxRow, error: unknown): void {
    this.#options.log.error('mail-not-settled', { desk: row.deskId, mail: row.id, error: error instanceof Error ? error.name : 'unknown' });
  }
}
