import type { ReactiveController } from 'lit';
import type { Submission } from './submit.js';

/** Follows a form: onto a page, off it, where it leaves nothing on the window, and through every rendering. */
export class Presence implements ReactiveController {
  constructor(private readonly submission: Submission) {}

  hostConnected(): void {
    addEventListener('online', this.#online);
    this.submission.keeper.connect();
    this.submission.presses.listen();
    this.submission.countdown.resume();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#online);
    this.submission.keeper.disconnect();
    this.submission.presses.leave();
    this.submission.countdown.pause();
  }

  hostUpdated(): void {
    this.submission.updated();
  }

  #online = (): void => {
    const { submission } = this;
    const { form, error } = submission;
    if (error?.code !== 'offline') return;
    submission.online = true;
    if (submission.queued) submission.keeper.wake();
    form.requestUpdate();
  };
}
