import { SupportError, type ReplyDraft } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { on } from '../base/on.js';
import type { Delivery } from '../outbox/delivery.js';
import type { ReplyEntry } from '../outbox/entry.js';
import type { ReplyBox } from './reply-box.js';
import type { SupportThread } from './support-thread.js';

/** Focuses a place of a thread, since the button that was pressed goes; the heading where there is no such place. */
export function focusIn(thread: SupportThread, place: string): void {
  (thread.renderRoot.querySelector<HTMLElement>(place) ?? thread).focus();
}

/**
 * Replies that are not sent yet, each with the reason and what can be done about it.
 *
 * @param sending `own`: those that this tab has, `busy`: those of them that are on their way.
 */
export function renderPending(
  box: ReplyBox,
  pending: ReplyEntry[],
  sending: { own: ReadonlyMap<string, Delivery<ReplyDraft>>; busy: ReadonlySet<string> },
): unknown {
  const { thread, text, written } = box;
  if (!pending.length) return nothing;
  const renderEntry = (entry: ReplyEntry) => {
    const { id, code, draft, values, doubt } = entry;
    const busy = sending.busy.has(id);
    const kept = sending.own.get(id)?.kept ?? true;
    const reason = code && thread.whyFailed(new SupportError(code, 'The last try failed.'));
    return html`<li part="pending" class="notice" data-by="requester" data-id=${id}>
      <p class="text" dir="auto">${values['message']}</p>
      <p class="soft" role="status">
        ${busy ? text.sending : html`<strong>${kept ? text.pending : text.unkept}.</strong> ${reason} ${doubt ? text.doubt : nothing}`}
      </p>
      ${
        busy
          ? nothing
          : html`<div class="actions">
              ${draft ? html`<button part="send-now" type="button" @click=${on(() => void box.sendNow(entry))}>${text.sendNow}</button>` : nothing}
              <button part="edit" type="button" aria-disabled=${!!written} @click=${on(() => void box.edit(entry))}>${text.edit}</button>
              <button part="delete" type="button" @click=${on(() => void box.remove(entry))}>${text.remove}</button>
            </div>`
      }
    </li>`;
  };
  return html`<ul class="pending">
    ${repeat(pending, ({ id }) => id, renderEntry)}
  </ul>`;
}
