import { SupportError, type TicketDraft } from '@storefront-support/contract';
import { Delivery, isDoubtful, newEntry } from '../outbox/delivery.js';
import type { Entry, FileShelf } from '../outbox/entry.js';
import { beginWriting } from '../outbox/kept.js';
import { hold, release } from '../outbox/locks.js';
import { wake } from '../outbox/sender.js';
import { filesOf } from '../outbox/shelf.js';
import { announce, entriesOf, readEntry, removeEntry, watch } from '../outbox/store.js';
import { sweep } from '../outbox/sweep.js';
import { beginDraft, draftOf, isFresh, isTheirs, saysTheSame } from './draft.js';
import { shelfFor } from './form-files.js';
import { OtherMessages } from './other-messages.js';
import { untilRead } from './presence.js';
import type { Submission } from './submit.js';

/** A draft is on the device 300 ms after a keystroke; writing takes some of them. */
const PAUSE_MS = 200;
const LONGEST_TRY_MS = 35_000;
/** When a page is left, shown again, or hidden. */
const MOMENTS = ['pagehide', 'pageshow', 'visibilitychange'] as const;
const ignore = () => undefined;

/** Done once what a form on this page held when it was taken out is on the device and free for the one that takes its place. */
let leaving: Promise<void> = Promise.resolve();

/** Keeps what is written in one form on this device, brings it back, and follows what becomes of it elsewhere. */
export class DraftKeeper {
  /** When the draft was last written to that has been brought back, in milliseconds since 1970; 0: none has. */
  restored = 0;
  /** The files of this form, whose entry is always on the device before them. */
  readonly shelf: FileShelf;

  readonly #submission: Submission;
  #scope = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** True while something is not on the device yet. */
  #changed = false;
  #turn: Promise<unknown> = Promise.resolve();
  /** Id of the entry this form holds: nobody else sends it then. */
  #held = '';
  #unwatch: () => void = ignore;
  readonly #others: OtherMessages;

  constructor(submission: Submission) {
    beginWriting();
    this.#submission = submission;
    this.shelf = shelfFor(submission, this);
    this.#others = new OtherMessages(submission);
  }

  connect(): void {
    for (const type of MOMENTS) addEventListener(type, this);
    this.#enter();
  }

  disconnect(): void {
    for (const type of MOMENTS) removeEventListener(type, this);
    this.#leave();
  }

  handleEvent({ type, persisted }: PageTransitionEvent): void {
    if (type === 'pagehide') this.#leave();
    else if (persisted) this.#enter();
    else if (document.hidden) void this.flush();
  }

  /** Something was written: it is on the device before long, also while writing goes on. */
  touch(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Writes what there is now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#write()).catch(ignore);
  }

  /**
   * The entry with this draft, on the device and held by this form; undefined where it turns out that it, or an earlier version
   * of it, has been sent meanwhile, which is then shown.
   */
  async queue(draft: TicketDraft): Promise<Delivery | undefined> {
    const { delivery, form } = this.#submission;
    await this.flush();
    if (!(await this.#inTurn(() => this.#own(draft))) || delivery !== this.#submission.delivery) return undefined;
    this.#changed = false;
    const files = form.attachments?.queue.items.length ?? 0;
    Object.assign(delivery.entry, { draft, files, values: { ...form.values }, scope: form.adapter?.scope ?? '' });
    await delivery.save();
    return delivery;
  }

  /** Leaves the entry to whoever sends in the background. */
  handOver(): void {
    const { delivery, form } = this.#submission;
    if (!delivery.kept || !delivery.entry.draft || isDoubtful(delivery.entry, form.adapter)) return;
    this.#letGo();
    this.wake();
  }

  /** Has what waits sent in the background. */
  wake(): void {
    const { adapter } = this.#submission.form;
    if (adapter) wake(adapter);
  }

  /** Removes the entry from this device and begins another one. */
  begin(): void {
    const { form, delivery } = this.#submission;
    delivery.stop();
    this.#forget(delivery.entry);
    this.restored = 0;
    this.#submission.delivery = new Delivery(newEntry(form.adapter?.scope ?? '', form.id));
  }

  /** Somebody has seen the receipt: nothing of the message stays. */
  async seen(): Promise<void> {
    const { entry } = this.#submission.delivery;
    await untilRead();
    this.#forget(entry);
  }

  /** Brings back what was written before, once for every backend. Files follow as soon as their list is loaded. */
  async recall(): Promise<void> {
    const { form } = this.#submission;
    const { scope = '' } = form.adapter ?? {};
    if (!scope || form.printed || scope === this.#scope) return;
    // what was sent to one backend is none of another's
    if (this.#scope && this.#submission.delivery.entry.triedAt) this.begin();
    this.#scope = this.#submission.delivery.entry.scope = scope;
    if (!isFresh(form)) this.touch();
    await leaving;
    const entries = await entriesOf(scope).catch(() => []);
    if (entries.some(({ draft, receipt }) => draft && !receipt)) this.wake();
    for (const entry of entries.reverse()) {
      if (!isFresh(form) || this.#held) break;
      const wanted = !entry.draft && !entry.receipt && entry.form === form.id && isTheirs(entry, form);
      if (wanted && (await hold(entry.id))) await this.take(entry, true);
    }
    await this.list();
  }

  /** Shows what else waits on this device. */
  list(): Promise<void> {
    return this.#others.list(this.#scope);
  }

  /**
   * Makes an entry that this tab holds the one of this form, to be edited. What stands there stays on the device; `unasked`, in the
   * form.
   */
  async take(entry: Entry, unasked?: boolean): Promise<void> {
    const submission = this.#submission;
    const { form } = submission;
    const files = await filesOf(entry.id).catch(() => []);
    await this.park();
    if (unasked && !isFresh(form)) return release(entry.id);
    form.attachments?.queue.leave();
    submission.reopen();
    this.#held = entry.id;
    Object.assign(entry, { draft: null, code: '' });
    submission.delivery = new Delivery(entry);
    void submission.delivery.save().then(announce);
    beginDraft(form, false);
    Object.assign(form.values, entry.values);
    this.restored = entry.savedAt;
    form.requestUpdate();
    submission.kept = files;
    if (files.length) submission.takeFiles().catch(ignore);
  }

  /** Leaves the entry on the device and to nobody. */
  async park(): Promise<void> {
    await this.flush();
    this.#letGo();
  }

  /** One after the other: a form that asks for its lock twice at once waits for itself. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(ignore);
    return done;
  }

  async #write(): Promise<void> {
    const { form, delivery } = this.#submission;
    const { entry } = delivery;
    if (!this.#changed || form.phase === 'sending' || form.phase === 'sent' || !form.adapter) return;
    this.#changed = false;
    // what was written after a receipt is another message
    if (entry.receipt) return this.begin();
    if (!(await this.#own(draftOf(form)))) return;
    if (isFresh(form)) return this.#forget(entry);
    const { draft } = entry;
    Object.assign(entry, { values: { ...form.values }, scope: form.adapter.scope, draft: null, code: '' });
    await delivery.save();
    if (draft) announce();
    form.requestUpdate();
  }

  /** Takes the entry back from whoever has it; false where that one has sent it. */
  async #own(draft: TicketDraft): Promise<boolean> {
    const submission = this.#submission;
    const { entry } = submission.delivery;
    if (this.#held === entry.id) return true;
    const got = await hold(entry.id, LONGEST_TRY_MS);
    if (submission.delivery.entry !== entry) {
      if (got) release(entry.id);
      return false;
    }
    if (got) this.#held = entry.id;
    // somebody else has it for longer than a try takes: where the keys do not make one ticket of both, it is left to them
    else if (submission.form.adapter?.delivery === 'unknown') {
      void submission.fail(new SupportError('conflict', 'Another page is sending it.'));
      return false;
    }
    if (!entry.savedAt) return true;
    const stored = await readEntry(entry.id).catch(() => entry);
    if (!stored?.receipt) {
      if (stored) Object.assign(entry, stored);
      return true;
    }
    this.#sent(stored, draft);
    return false;
  }

  /** Shows the receipt, or asks what is to become of what was changed since. */
  #sent(stored: Entry, draft: TicketDraft): void {
    const submission = this.#submission;
    const { receipt, draft: first } = Object.assign(submission.delivery.entry, stored);
    if (!receipt || !first) return;
    // who sent it may have sent the files itself, under other ids
    const unsent = (submission.form.attachments?.queue.items.length ?? 0) > first.attachmentIds.length;
    if (saysTheSame(draft, first) && !unsent) return void submission.arrive(receipt, first);
    // what is written now is on the device, whatever is decided
    this.begin();
    this.touch();
    submission.delivery.first = { draft: first, receipt };
    void submission.fail(new SupportError('idempotency-mismatch', 'An earlier version has been sent.'));
  }

  /** Another tab, or what sends in the background, has changed something. */
  async #follow(): Promise<void> {
    const submission = this.#submission;
    const { form, delivery } = submission;
    if (form.phase === 'failed' && !this.#held && delivery.kept && delivery.entry.savedAt) {
      // what cannot be read has not gone
      const stored = await readEntry(delivery.entry.id).catch(() => delivery.entry);
      if (this.#held || delivery !== submission.delivery || form.phase !== 'failed') return;
      if (stored?.receipt) this.#sent(stored, draftOf(form));
      else if (stored) submission.told(Object.assign(delivery.entry, stored));
      else submission.reset(true);
    }
    await this.list();
  }

  #forget(entry: Entry): void {
    if (entry.savedAt) void removeEntry(entry.id).then(sweep, ignore);
    entry.savedAt = 0;
    if (this.#held === entry.id) this.#letGo();
  }

  #letGo(): void {
    release(this.#held);
    this.#held = '';
  }

  /** A page that is left holds nothing: the next one takes it over. */
  #leave(): void {
    leaving = this.flush().then(() => {
      if (this.#submission.form.phase !== 'sending') this.#letGo();
    });
    this.#unwatch();
  }

  /** Back as it was: what another page has sent or deleted meanwhile is not sent again. */
  #enter(): void {
    this.#unwatch = watch(() => void this.#follow());
    void this.#inTurn(() => this.#resume()).catch(ignore);
  }

  async #resume(): Promise<void> {
    const submission = this.#submission;
    const { form, delivery } = submission;
    const { entry } = delivery;
    if (!entry.savedAt || !delivery.kept || form.phase === 'sent') return;
    const stored = await readEntry(entry.id).catch(() => entry);
    if (!stored) return submission.reset(true);
    if (stored.receipt) return this.#sent(stored, draftOf(form));
    if (!stored.draft && (await hold(entry.id))) this.#held = entry.id;
  }
}
