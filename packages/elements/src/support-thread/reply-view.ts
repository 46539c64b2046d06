import type { TicketSummary } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { on } from '../base/on.js';
import type { ReplyBox } from './reply-box.js';
import { isReopenable } from './ticket-choices.js';

/** The box to answer in, below what has not been sent yet. */
export function renderReply(box: ReplyBox, ticket: TicketSummary): unknown {
  const { text, thread, sending, desk, adapter } = box;
  const pending = box.renderPending();
  if (!isReopenable(ticket, thread.now))
    return html`${pending}
      <p class="soft">${thread.text?.errors['ticket-closed']}</p>`;
  const input = ({ target }: Event) => {
    box.written = (target as HTMLTextAreaElement).value;
    box.touch();
  };
  const send = (event: Event) => {
    event.preventDefault();
    void box.send();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
  };
  const warm = () => void desk.load().catch(() => undefined);
  const take = ({ target }: Event) => {
    // once its element is there it takes them itself
    if (desk.list) return;
    const input = target as HTMLInputElement;
    void desk.load([...(input.files ?? [])]).catch(() => undefined);
    input.value = '';
  };
  return html`${pending} ${box.question?.()}
    <form part="reply" novalidate @submit=${on(send)}>
      <div>
        <label for="text">${text.reply}</label>
        <textarea
          id="text"
          dir="auto"
          ?readonly=${sending}
          maxlength=${desk.longest ?? nothing}
          @input=${on(input)}
          @change=${on(input)}
          @keydown=${on(keys)}
        ></textarea>
      </div>
      ${
        adapter.attachments && desk.limits
          ? html`<support-attachments part="files" @focusin=${on(warm)} @change=${on(take)}>
              <label class="pick">${text.files} <input class="quiet" type="file" multiple /></label>
            </support-attachments>`
          : nothing
      }
      <div class="actions">
        <button part="submit" type="submit" aria-disabled=${sending}>${sending ? text.sending : text.send}</button>
        <span class="soft" role="status">${box.status || (ticket.status === 'closed' ? text.reopens : nothing)}</span>
      </div>
    </form>`;
}
