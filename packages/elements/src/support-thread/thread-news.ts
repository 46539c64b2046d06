import type { ThreadMessage, TicketSummary } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { numberIn } from '../base/format.js';
import { ifKept } from '../outbox/kept.js';
import { repliesTo } from '../outbox/replies-to.js';
import { groupOf } from '../tracking/group-of.js';
import { tellAll } from '../tracking/live.js';
import { publicOf } from '../tracking/public-of.js';
import { SeenWatch } from './seen-watch.js';
import { PAGE, type SupportThread } from './support-thread.js';

/** New messages are spoken this often at most, however many come. */
const SPOKEN_EVERY_MS = 3_000;
const ignore = () => undefined;

/** Shows a reply that has arrived, and says whose turn it is; what came in between is read with it. */
export function showReply(thread: SupportThread, message: ThreadMessage, ticket: TicketSummary): void {
  if (message.seq > thread.lastSeq + 1) void thread.catchUp();
  else thread.addEntries({ ticket, entries: [message] });
  thread.take(ticket);
  thread.say(thread.text?.status[groupOf(ticket)] ?? '');
}

/** What goes on with a ticket once it is shown: what comes, what came before, and what has been seen of it. */
export class ThreadNews {
  #reading: Promise<unknown> = Promise.resolve();
  #seen: SeenWatch | undefined;
  /** New messages that have not been spoken of. */
  #unspoken = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly thread: SupportThread) {}

  /** Reads what has come since, and tells of it. Never rejects. */
  catchUp(): Promise<unknown> {
    const { thread } = this;
    const { signal } = thread.options;
    const work = async () => {
      for (let more = true; more && !signal.aborted;) {
        if (thread.phase !== 'ready') return thread.read();
        const page = await thread.access!.tracking.getThread(thread.number, { ...thread.options, after: thread.lastSeq, limit: 2 * PAGE });
        await thread.prepare(page.entries);
        if (signal.aborted) return;
        const added = thread.addEntries(page);
        this.#unspoken += added.filter(({ type, by }) => type === 'message' && by.kind !== 'requester').length;
        if (!this.#timer) this.#speak();
        more = page.hasLater && !!added.length;
      }
    };
    return (this.#reading = this.#reading.then(work).catch(ignore));
  }

  /** Reads the messages before the first one shown. */
  async earlier(): Promise<void> {
    const { thread } = this;
    const before = thread.pages[0]?.[0]?.seq ?? 0;
    const { entries, hasEarlier } = await thread.access!.tracking.getThread(thread.number, { ...thread.options, before, limit: PAGE });
    await thread.prepare(entries);
    const shown = publicOf(entries);
    if (shown.length) thread.pages = [shown, ...thread.pages];
    thread.hasEarlier = hasEarlier;
    thread.say(thread.text?.loaded(shown.length, numberIn(thread.language.tag, shown.length)) ?? '');
    await thread.updateComplete;
    // where the person was reading
    const first = thread.renderRoot.querySelector<HTMLElement>(`[data-seq="${before}"]`);
    first?.scrollIntoView(bare({ block: 'nearest', inline: 'nearest', behavior: 'auto' }));
    if (!hasEarlier && thread.here) thread.focus();
  }

  /** Finds out which of the unread answers are on the screen, and at first brings back what was written here before. */
  shown(): void {
    const { thread } = this;
    if (!this.#seen) void ifKept(() => void this.#recall());
    this.#seen ??= new SeenWatch(async (seq) => {
      thread.take(await thread.access!.tracking.markSeen(thread.number, seq, thread.options));
      tellAll(thread.access!.scope);
    });
    this.#seen.watch(thread.renderRoot, thread.ticket?.unread ?? 0);
  }

  leave(): void {
    this.#seen?.leave();
    clearTimeout(this.#timer);
  }

  async #recall(): Promise<void> {
    const { thread } = this;
    const { signal } = thread.options;
    const { length } = await repliesTo(thread.access?.scope ?? '', thread.number);
    if (length && !signal.aborted) await thread.loadAnswer();
  }

  /** The first message is told of at once, those that follow together. */
  #speak = (): void => {
    const { thread } = this;
    const count = this.#unspoken;
    this.#unspoken = 0;
    if (count) thread.say(thread.text?.arrived(count, numberIn(thread.language.tag, count)) ?? '');
    this.#timer = count ? setTimeout(this.#speak, SPOKEN_EVERY_MS) : undefined;
  };
}
