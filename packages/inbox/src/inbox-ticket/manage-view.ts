import { textIn, type AgentTicketSummary } from '@storefront-support/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { TicketChange } from '../base/inbox-api.js';
import { typedIn } from '../base/typed-in.js';
import type { Room } from '../base/room.js';

const OTHER = '@other';

/** What the form below is at, and what it does. */
export interface ManageForm {
  /** Assignee as chosen; empty: as it is. */
  assigning: string;
  /** A change is on its way. */
  changing: boolean;
  /** The assignee was chosen anew, nothing is sent yet. */
  assign(value: string): void;
  submit(event: Event): void;
}

/** Status, assignee and contact of a ticket, changed by one press. */
export function renderManage(
  room: Room,
  desk: string,
  ticket: AgentTicketSummary,
  { assigning, changing, assign, submit }: ManageForm,
): TemplateResult {
  const { text, tag, me } = room;
  const { contacts = [], agents = [] } = me.desks.find(({ id }) => id === desk) ?? {};
  const { assignee } = ticket;
  const holder = assignee === null ? text.nobody : assignee.kind === 'agent' ? assignee.name : assignee.email;
  const chosen = assigning || holderOf(ticket);
  const option = (value: string, shown: string, now: string) => html`<option value=${value} ?selected=${value === now}>${shown}</option>`;
  const colleagues = agents.filter(({ id }) => id !== me.agent.id);
  if (assignee?.kind === 'agent' && assignee.id !== me.agent.id && !colleagues.some(({ id }) => id === assignee.id))
    colleagues.push({ id: assignee.id, name: assignee.name });
  return html`<details>
    <summary>
      ${text.labelled(text.manage)} <span>${text.statuses[ticket.status]}${text.comma} <bdi>${holder}</bdi></span>
    </summary>
    <form class="fields" @submit=${submit}>
      <div class="pair">
        <div>
          <label for="status">${text.status}</label>
          <select id="status" name="status">
            ${Object.entries(text.statuses).map(([value, shown]) => option(value, shown, ticket.status))}
          </select>
        </div>
        <div>
          <label for="assignee">${text.assignee}</label>
          <select id="assignee" name="assignee" @change=${(event: Event) => assign((event.target as HTMLSelectElement).value)}>
            ${option('', text.nobody, chosen)} ${option(me.agent.id, text.me(me.agent.name), chosen)}
            ${colleagues.map(({ id, name }) => option(id, name, chosen))} ${option(OTHER, text.someoneElse, chosen)}
          </select>
        </div>
        ${
          contacts.length > 1
            ? html`<div>
                <label for="contact">${text.contact}</label>
                <select id="contact" name="contact">
                  ${contacts.map(({ id, name }) => option(id, textIn(name, tag), ticket.contactId))}
                </select>
              </div>`
            : nothing
        }
      </div>
      ${
        chosen === OTHER
          ? html`<div class="pair">
              <div>
                <label for="other-email">${text.otherEmail}</label>
                <input id="other-email" name="email" type="email" required value=${assignee?.kind === 'other' ? assignee.email : ''} />
              </div>
              <div>
                <label for="other-comment">${text.otherComment}</label>
                <input id="other-comment" name="comment" maxlength="1000" value=${assignee?.kind === 'other' ? assignee.comment : ''} />
              </div>
            </div>`
          : nothing
      }
      <div>
        <label for="reason">${text.reason}</label>
        <input id="reason" name="reason" maxlength="1000" aria-describedby="reason-hint" autocomplete="off" />
        <p class="hint" id="reason-hint">${text.reasonHint}</p>
      </div>
      <div class="row"><button class="main" aria-disabled=${changing}>${text.apply}</button></div>
    </form>
  </details>`;
}

function holderOf({ assignee }: AgentTicketSummary): string {
  return assignee === null ? '' : assignee.kind === 'agent' ? assignee.id : OTHER;
}

/** What the form would change. */
export function changesIn(form: HTMLFormElement, ticket: AgentTicketSummary): TicketChange {
  const { status = ticket.status, assignee = '', contact = ticket.contactId, reason = '', email = '', comment = '' } = typedIn(form);
  const change: TicketChange = {};
  if (status !== ticket.status) Object.assign(change, { status }, reason.trim() && { reason: reason.trim() });
  const before = ticket.assignee?.kind === 'other' ? ticket.assignee : undefined;
  if (assignee === OTHER) {
    if (before?.email !== email.trim() || before.comment !== comment.trim())
      change.assignee = { email: email.trim(), comment: comment.trim() };
  } else if (assignee !== holderOf(ticket)) change.assigneeId = assignee || null;
  if (contact !== ticket.contactId) change.contactId = contact;
  return change;
}

/** Tells later whether the form still holds what it holds now. */
export function isSame(form: HTMLFormElement): () => boolean {
  const before = JSON.stringify(typedIn(form));
  return () => before === JSON.stringify(typedIn(form));
}
