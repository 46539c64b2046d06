import { html } from 'lit';
import type { InboxText } from '../locales/en.js';

/** What has failed, and the way to have it done again. */
export function renderProblem(text: InboxText, problem: string, again: () => void): unknown {
  return html`<p class="problem">${problem} <button @click=${again}>${text.tryAgain}</button></p>`;
}
