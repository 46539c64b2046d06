import { isSupportError, SupportError, type SupportAdapter, type TicketDraft } from '@storefront-support/contract';
import { asSupportError } from '../base/as-support-error.js';
import { Delivery, isDoubtful } from './delivery.js';
import type { Entry, KeptFile } from './entry.js';
import { hold, lockFor, release } from './locks.js';
import { sweep } from './sweep.js';
import { filesOf, shelf } from './shelf.js';
import { DATABASE } from './kept.js';
import { announce, channelTo, entriesOf, readEntry, saveEntry } from './store.js';

/** The least time between two failed passes. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const ONLINE_SPREAD_MS = 2_000;
const LOST = 'A file is not on this device.';

const senders = new Map<string, Sender>();

/**
 * Sends what waits for a backend, now and again until nothing is left that can be sent without a person. One tab of the
 * browser does it for all; calling it in another one makes that tab try at once.
 */
export function wake(adapter: SupportAdapter): void {
  let sender = senders.get(adapter.scope);
  if (!sender) senders.set(adapter.scope, (sender = new Sender(adapter)));
  sender.wake(adapter);
}

/** Sends one entry because a person wants it now, also where sending again may make a second ticket. Never rejects. */
export async function sendNow(adapter: SupportAdapter, id: string): Promise<void> {
  if (!(await hold(id))) return;
  try {
    const entry = await readEntry(id);
    if (entry?.draft && !entry.receipt && entry.retryAt <= Date.now()) await send(adapter, entry);
  } catch {
    // told by the entry
  } finally {
    letGo(id);
  }
}

class Sender {
  #running = false;
  #awake = false;
  /** True where somebody has asked since the outbox was read. */
  #asked = false;
  #pause = FIRST_PAUSE_MS;
  #failedAt = -Infinity;
  #nudge: (() => void) | undefined;
  #channel: BroadcastChannel | undefined;
  #adapter: SupportAdapter;

  constructor(adapter: SupportAdapter) {
    this.#adapter = adapter;
  }

  wake(adapter = this.#adapter): void {
    this.#adapter = adapter;
    this.#awake = this.#asked = true;
    this.#channel ??= channelTo(`${DATABASE} ${this.#adapter.scope}`, () => this.#hurry());
    // whichever tab has the lock
    this.#channel?.postMessage(0);
    this.#hurry();
    if (this.#running) return;
    this.#running = true;
    for (const [type, listener] of this.#listeners) addEventListener(type, listener);
    void lockFor(`sender ${this.#adapter.scope}`, 'exclusive', false, (lock) => (lock ? this.#run() : undefined))
      // plain http: every tab for itself, under the same keys
      .catch(() => (this.#adapter.delivery === 'exactly-once' ? this.#run() : undefined))
      .finally(() => {
        this.#running = false;
        // a page that is kept for back and forward goes on when it is shown again
        if (this.#awake) for (const [type, listener] of this.#listeners) removeEventListener(type, listener);
      });
  }

  readonly #listeners: [string, (event: Event) => void][] = [
    // everybody comes back at the same moment
    ['online', () => setTimeout(() => this.wake(), Math.random() * ONLINE_SPREAD_MS)],
    ['pageshow', (event) => (event as PageTransitionEvent).persisted && this.wake()],
    ['pagehide', () => this.#leave()],
  ];

  #hurry(): void {
    this.#pause = FIRST_PAUSE_MS;
    this.#nudge?.();
  }

  /** A page that is left keeps neither the lock nor the channel, which would keep it from coming back as it was. */
  #leave(): void {
    this.#awake = false;
    this.#channel?.close();
    this.#channel = undefined;
    this.#nudge?.();
  }

  async #run(): Promise<void> {
    await sweep();
    while (this.#awake) {
      this.#asked = false;
      const entries = await entriesOf(this.#adapter.scope).catch(() => undefined);
      const waiting = entries?.filter((entry) => this.#mayGo(entry)) ?? [];
      // what cannot be read now may still be there
      if (entries && !waiting.length && !this.#asked) return;
      const now = Date.now();
      await this.#pass(waiting.filter((entry) => dueAt(entry) <= now));
      const next = Math.min(...waiting.map(dueAt).filter((at) => at > now));
      await this.#sleep(Math.min(next - now, this.#pause * (0.75 + Math.random() / 2)));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    }
  }

  #mayGo(entry: Entry): boolean {
    return !!entry.draft && !entry.receipt && !isDoubtful(entry, this.#adapter);
  }

  /** Sends one after the other until one fails. What a form or another tab holds is left to it. */
  async #pass(entries: Entry[]): Promise<void> {
    for (const { id } of entries) {
      if (!this.#awake) return;
      if (!(await hold(id))) continue;
      try {
        const entry = await readEntry(id);
        if (!entry || !this.#mayGo(entry) || entry.retryAt > Date.now()) continue;
        await send(this.#adapter, entry);
        // whoever answers once is worth asking again soon
        this.#pause = FIRST_PAUSE_MS;
      } catch (error) {
        this.#failedAt = performance.now();
        // what is wrong with this one alone keeps no other
        if (isSupportError(error) && error.retryable && error.code !== 'aborted') return;
      } finally {
        letGo(id);
      }
    }
  }

  /** Until it is time, or somebody wants it sooner; but never two failed passes within the first pause. */
  async #sleep(milliseconds: number): Promise<void> {
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout((this.#nudge = resolve), ms));
    await pause(milliseconds);
    for (;;) {
      const least = this.#failedAt + FIRST_PAUSE_MS - performance.now();
      if (least <= 0 || !this.#awake) return;
      await pause(least);
    }
  }
}

/** Whoever lists what waits has read that it is held. */
function letGo(id: string): void {
  release(id);
  announce();
}

async function send(adapter: SupportAdapter, entry: Entry, again = false): Promise<void> {
  const draft = await withFiles(adapter, entry);
  try {
    await new Delivery(entry, true).send(adapter, draft, undefined);
  } catch (error) {
    if (again || !isSupportError(error) || !lacksFiles(error)) throw error;
    // the backend has forgotten them, as it may after a day
    for (const file of await filesOf(entry.id)) await shelf.keep({ ...file, resume: '', attachment: null });
    entry.draft = { ...draft, attachmentIds: [] };
    await send(adapter, entry, true);
  }
}

/** The draft with every file of the entry, sent where it had not been. */
async function withFiles(adapter: SupportAdapter, entry: Entry): Promise<TicketDraft> {
  const draft = entry.draft as TicketDraft;
  const ids = new Set(draft.attachmentIds);
  try {
    for (const kept of await filesOf(entry.id)) ids.add(kept.attachment?.id ?? (await upload(adapter, entry, kept)));
    if (ids.size < entry.files) throw new SupportError('gone', LOST);
  } catch (error) {
    const { code, retryAfter, retryable } = asSupportError(error);
    Object.assign(entry, { code, retryAt: retryAfter ? Date.now() + retryAfter : 0 });
    if (!retryable) entry.draft = null;
    await saveEntry(entry, true);
    throw error;
  }
  return { ...draft, attachmentIds: [...ids] };
}

async function upload({ attachments }: SupportAdapter, entry: Entry, kept: KeptFile): Promise<string> {
  if (!kept.file || !kept.ready || !attachments) throw new SupportError('gone', LOST);
  const attachment = await attachments.upload(kept.file, {
    secret: entry.secret,
    contactId: entry.draft?.contactId,
    resume: kept.resume || undefined,
    onResume: (resume) => {
      kept.resume = resume;
      void shelf.keep(kept);
    },
  });
  await shelf.keep({ ...kept, attachment });
  return attachment.id;
}

/** When an entry may be tried, in milliseconds since 1970: on the page before this one it may have failed a moment ago. */
function dueAt({ retryAt, code, savedAt }: Entry): number {
  return Math.max(retryAt, code ? savedAt + FIRST_PAUSE_MS : 0);
}

function lacksFiles({ code, fields }: SupportError): boolean {
  return (
    code === 'gone' ||
    Object.entries(fields ?? {}).some(
      ([name, problem]) => name.startsWith('attachmentIds') && /^(unknown|not-finished)$/.test(problem.code),
    )
  );
}
