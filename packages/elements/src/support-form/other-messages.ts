import { entriesOf } from '../outbox/store.js';
import { isTheirs } from './draft.js';
import type { Submission } from './submit.js';
import type { WaitingList } from './waiting-list.js';

/** What else waits on this device; what shows it is loaded with the first of it. */
export class OtherMessages {
  readonly #submission: Submission;
  #waiting: Promise<WaitingList> | undefined;

  constructor(submission: Submission) {
    this.#submission = submission;
  }

  /** Reads them anew. */
  async list(scope: string): Promise<void> {
    const { form, delivery } = this.#submission;
    const all = await entriesOf(scope).catch(() => []);
    const others = all.filter((entry) => entry.id !== delivery.entry.id && !entry.ticket && isTheirs(entry, form));
    if (!others.length && !this.#waiting) return;
    this.#waiting ??= import('./waiting-list.js').then(({ createWaitingList }) => createWaitingList(this.#submission));
    try {
      const list = await this.#waiting;
      this.#submission.renderWaiting = list.render;
      await list.show(others);
    } catch {
      this.#waiting = undefined;
    }
  }
}
