import type { ReplyDraft, SupportAdapter } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { Delivery, isDoubtful, newEntry } from '../outbox/delivery.js';
import type { ReplyEntry } from '../outbox/entry.js';
import { hold, release } from '../outbox/locks.js';
import { repliesTo } from '../outbox/replies-to.js';
import { sendNow, wake } from '../outbox/sender.js';
import { filesOf } from '../outbox/shelf.js';
import { readEntry, removeEntry, watch } from '../outbox/store.js';
import { sweep } from '../outbox/sweep.js';
import type { AnswerText } from '../locales/en-tracker.js';
import { focusIn, renderPending } from './pending-replies.js';
import { ReplyFiles } from './reply-files.js';
import { isHeldBack } from './reply-secrets.js';
import type { SupportThread } from './support-thread.js';
import { showReply } from './thread-news.js';

/** A draft is on the device 300 ms after a keystroke; writing takes some of them. */
const PAUSE_MS = 200;
const HOLD_MS = 2_000;
/** When a page is left or hidden. */
const MOMENTS = ['pagehide', 'visibilitychange'] as const;
const ignore = () => undefined;

/** Done once what a box on this page held when it was taken out is on the device and free for the one that takes its place. */
let leaving: Promise<void> = Promise.resolve();

/** Keeps what is written in a thread on this device, and sees to it that it is sent once. */
export class ReplyBox {
  /** True while a reply waits for its files. */
  sending = false;
  /** Said beside the button. */
  status = '';
  /** Asks about what looks secret, while that is asked. */
  question: (() => unknown) | undefined;
  /** Files, and what the desk takes. */
  readonly desk: ReplyFiles;
  /** Of the ticket; the thread may show another one while this box is left. */
  readonly #number: string;
  #delivery: Delivery<ReplyDraft>;
  /** Replies that have not been sent, the oldest first. */
  #pending: ReplyEntry[] = [];
  /** Those that this tab is sending, and those that this device does not keep. */
  readonly #own = new Map<string, Delivery<ReplyDraft>>();
  readonly #busy = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: () => void = ignore;
  #turn: Promise<unknown> = Promise.resolve();
  #left = false;

  /** What is written in the box. */
  written = '';

  constructor(
    readonly thread: SupportThread,
    readonly adapter: SupportAdapter,
    readonly text: AnswerText,
  ) {
    this.#number = thread.number;
    this.desk = new ReplyFiles(thread, adapter, () => this.flush());
    this.#delivery = this.#fresh();
  }

  async open(): Promise<void> {
    this.#unwatch = watch(() => void this.#follow());
    for (const type of MOMENTS) addEventListener(type, this);
    await this.#recall();
    // it can be written in without them
    void this.desk.learn().catch(ignore);
  }

  /** Leaves the draft on the device and to nobody; what is to be sent, to what sends in the background. */
  leave(): void {
    this.#left = true;
    this.#unwatch();
    for (const type of MOMENTS) removeEventListener(type, this);
    leaving = this.flush().then(() => {
      const { id, draft } = this.#delivery.entry;
      release(id);
      if (draft) wake(this.adapter);
    });
  }

  /** Called after every rendering. */
  updated(): void {
    const area = this.thread.renderRoot.querySelector<HTMLTextAreaElement>('#text');
    // a person writes there, too
    if (area && area.value !== this.written) area.value = this.written;
    this.desk.supply(this.#delivery.entry);
  }

  /** Something was written: it is on the device before long. */
  touch(): void {
    if (this.question ?? this.status) this.#say((this.question = undefined));
    this.#timer ??= setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Writes what there is now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#write());
  }

  /** Sends what is written, once its files have arrived. */
  async send(): Promise<void> {
    const { thread } = this;
    const text = this.written.trim();
    if (this.sending) return;
    if (!text) return thread.renderRoot.querySelector('textarea')?.focus();
    this.sending = true;
    if (await isHeldBack(this, text)) return;
    await this.desk.ready.catch(ignore);
    await thread.updateComplete;
    if (this.desk.lost) {
      this.sending = false;
      return this.#say(this.text.filesMissing);
    }
    const { list: attachments } = this.desk;
    const delivery = this.#delivery;
    const { entry } = delivery;
    const draft = () => ({ text, attachmentIds: attachments?.attachmentIds ?? [] });
    await this.flush();
    // from here on it is sent, if not by this page then by another
    Object.assign(entry, { draft: draft(), files: attachments?.queue.items.length ?? 0, values: { message: text } });
    await delivery.save();
    attachments?.retry();
    while (attachments?.pending) {
      this.#say(this.text.waitingForFiles);
      await new Promise((resolve) => attachments.addEventListener('support-files-changed', resolve, bare({ once: true })));
    }
    this.sending = false;
    this.#say('');
    if (attachments?.troubled) {
      entry.draft = null;
      await delivery.save();
      return this.#say(this.text.filesMissing);
    }
    const reply = draft();
    attachments?.queue.leave();
    this.written = '';
    this.#delivery = this.#fresh();
    await this.#deliver(delivery, reply);
  }

  readonly renderPending = (): unknown => renderPending(this, this.#pending, { own: this.#own, busy: this.#busy });

  #fresh(): Delivery<ReplyDraft> {
    const ticket = { number: this.#number, token: this.thread.options.token };
    const { draft: _, tried: __, ...entry } = newEntry(this.adapter.scope, `reply ${ticket.number}`);
    return new Delivery<ReplyDraft>({ ...entry, draft: null, tried: [], ticket });
  }

  /** Sends one reply and shows it, or why it was not sent; it is then left to what sends in the background. */
  async #deliver(delivery: Delivery<ReplyDraft>, draft: ReplyDraft): Promise<void> {
    const { thread, adapter } = this;
    const { entry } = delivery;
    this.#own.set(entry.id, delivery);
    this.#busy.add(entry.id);
    this.#pending = [...this.#pending.filter(({ id }) => id !== entry.id), entry as ReplyEntry];
    thread.requestUpdate();
    try {
      const { message, ticket } = await delivery.send(adapter, draft, undefined);
      // it takes the place of what was pending
      await thread.prepare([message]);
      this.#drop(entry.id);
      if (!this.#left) showReply(thread, message, ticket);
      void sweep();
    } catch (cause) {
      const error = thread.fail(cause);
      if (delivery.first) await this.#keepNewer(entry as ReplyEntry);
      else if (error.retryable && !isDoubtful(entry, adapter)) wake(adapter);
    } finally {
      this.#busy.delete(entry.id);
      if (delivery.kept) this.#own.delete(entry.id);
      release(entry.id);
      thread.requestUpdate();
      if (this.#left) void sweep();
    }
  }

  /** An earlier version has arrived: what was changed since is a reply of its own, in the box or, where that is in use, beside it. */
  async #keepNewer({ id, values, code }: ReplyEntry): Promise<void> {
    const newer = this.#fresh();
    const entry = Object.assign(newer.entry, { values, code }) as ReplyEntry;
    await newer.save();
    await removeEntry(id).catch(ignore);
    this.#drop(id);
    if ((await hold(entry.id)) && !this.written) await this.#take(entry);
    else if (!newer.kept) this.#own.set(entry.id, newer);
    await this.#follow();
    this.#say(this.text.firstVersion);
    await this.thread.catchUp();
  }

  async sendNow({ id }: ReplyEntry): Promise<void> {
    const own = this.#own.get(id);
    focusIn(this.thread, '[part=submit]');
    if (own?.entry.draft) return this.#deliver(own, own.entry.draft);
    await sendNow(this.adapter, id);
    await this.#follow();
  }

  /** Takes a reply back into the empty box. */
  async edit({ id }: ReplyEntry): Promise<void> {
    if (this.written || this.sending || !(await hold(id, HOLD_MS))) return;
    const stored = await readEntry(id).catch(() => undefined);
    const entry = (this.#own.get(id)?.entry ?? stored) as ReplyEntry | undefined;
    this.#own.delete(id);
    if (entry) await this.#take(entry);
    else release(id);
    await this.#follow();
    focusIn(this.thread, '#text');
  }

  async remove({ id, secret }: ReplyEntry): Promise<void> {
    if (!(await hold(id, HOLD_MS))) return;
    for (const { resume } of await filesOf(id).catch(() => []))
      if (resume) void this.adapter.attachments?.remove(resume, { secret, signal: undefined }).catch(ignore);
    this.#drop(id);
    await removeEntry(id).catch(ignore);
    release(id);
    void sweep();
    this.thread.requestUpdate();
    focusIn(this.thread, '[part=submit]');
  }

  /** Makes an entry that this tab holds the one of the box. */
  async #take(entry: ReplyEntry): Promise<void> {
    const { thread } = this;
    Object.assign(entry, { draft: null, code: '', ticket: { ...entry.ticket, token: thread.options.token || entry.ticket.token } });
    this.#delivery = new Delivery<ReplyDraft>(entry);
    this.written = entry.values['message'] ?? '';
    await this.#delivery.save();
    const files = await filesOf(entry.id).catch(() => []);
    if (!files.length) return;
    void this.desk.load([], files).catch(ignore);
  }

  /** Brings back what was written before, and sends what waits. */
  async #recall(): Promise<void> {
    await leaving;
    const entries = await repliesTo(this.adapter.scope, this.#number);
    for (const entry of entries.reverse()) {
      if (this.written || entry.draft || entry.code) continue;
      if (await hold(entry.id)) {
        await this.#take(entry);
        break;
      }
    }
    if (entries.some(({ draft }) => draft)) wake(this.adapter);
    await this.#follow();
  }

  /** Another tab, or what sends in the background, has changed something: what is gone has arrived. */
  async #follow(): Promise<void> {
    const before = this.#pending;
    const stored = await repliesTo(this.adapter.scope, this.#number);
    if (this.#left) return;
    const own = [...this.#own.values()].map(({ entry }) => entry as ReplyEntry);
    const isBeside = ({ id, draft, code }: ReplyEntry) => id !== this.#delivery.entry.id && !this.#own.has(id) && (draft ?? code);
    this.#pending = [...stored.filter(isBeside), ...own];
    this.thread.requestUpdate();
    if (before.some(({ id }) => !this.#pending.some((entry) => entry.id === id))) await this.thread.catchUp();
  }

  #drop(id: string): void {
    this.#own.delete(id);
    this.#pending = this.#pending.filter((entry) => entry.id !== id);
  }

  async #write(): Promise<void> {
    const { entry } = this.#delivery;
    if (this.sending && entry.draft) return;
    if (!this.written.trim() && !this.desk.list?.queue.items.length) {
      if (entry.savedAt) await removeEntry(entry.id).then(sweep, ignore);
      entry.savedAt = 0;
      return;
    }
    await hold(entry.id);
    Object.assign(entry, { values: { message: this.written }, draft: null, code: '' });
    await this.#delivery.save();
  }

  #say(sentence = ''): void {
    this.status = sentence;
    this.thread.requestUpdate();
  }

  /** One after the other. Never rejects. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work).catch(ignore);
    this.#turn = done;
    return done;
  }

  handleEvent(): void {
    if (this.#timer) void this.flush();
  }
}
