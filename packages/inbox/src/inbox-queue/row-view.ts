import type { AgentTicketSummary } from '@storefront-support/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { momentIn, spanIn } from '../base/format.js';
import type { Room } from '../base/room.js';

/** One ticket of the list. @param isNew something came in that this browser has not shown. */
export function renderRow({ text, tag }: Room, desk: string, ticket: AgentTicketSummary, open: boolean, isNew: boolean): TemplateResult {
  const { number, subject, requester, status, waitingFor, updatedAt, assignee, firstResponseDueAt, firstRespondedAt } = ticket;
  const left = firstResponseDueAt && !firstRespondedAt && status !== 'closed' ? Date.parse(firstResponseDueAt) - Date.now() : null;
  const holder = assignee && (assignee.kind === 'agent' ? assignee.name : assignee.email);
  return html`<li>
    <a href="#/${encodeURIComponent(desk)}/${encodeURIComponent(number)}" aria-current=${open} class=${isNew ? 'new' : ''}>
      <span class="top">
        <span class="who"><bdi>${requester.name || requester.email}</bdi></span>
        <span class="when"><span dir="ltr">${number}</span> · <time datetime=${updatedAt}>${momentIn(tag, updatedAt)}</time></span>
      </span>
      <span class="subject"><bdi>${subject ?? text.noSubject}</bdi></span>
      <span class="marks">
        ${isNew ? html`<span class="badge unread">${text.unread}</span>` : nothing}
        ${
          left === null
            ? nothing
            : html`<span class="badge ${left < 0 ? 'late' : ''}">${(left < 0 ? text.late : text.due)(spanIn(tag, left))}</span>`
        }
        ${
          waitingFor === null || status === 'closed'
            ? html`<span class="badge">${text.statuses[status]}</span>`
            : html`<span class="badge ${waitingFor}">${waitingFor === 'desk' ? text.waitsForDesk : text.waitsForRequester}</span>`
        }
        ${holder ? html`<span class="muted"><bdi>${holder}</bdi></span>` : nothing}
      </span>
    </a>
  </li>`;
}
