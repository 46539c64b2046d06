import type { ReactiveController } from 'lit';
import { bare } from '../base/bare.js';
import type { Submission } from './submit.js';

/** Nobody can have read a receipt that was shown for less. */
const READ_MS = 1_000;

/** Follows a form: onto a page, off it, where it leaves nothing on the window, and through every rendering. */
export class Presence implements ReactiveController {
  constructor(private readonly submission: Submission) {
    if (submission.form.isConnected) return;
    // taken out before this was loaded: what is written there is kept for the form that takes its place
    submission.keeper.touch();
    submission.keeper.disconnect();
  }

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

/** Resolves once somebody can have read what the page shows now. */
export async function untilRead(): Promise<void> {
  if (document.hidden) await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, bare({ once: true })));
  await new Promise((resolve) => setTimeout(resolve, READ_MS));
}
