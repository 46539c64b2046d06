import { textIn, type AgentTicketSummary } from '@storefront-support/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { momentIn } from '../base/format.js';
import type { Room } from '../base/room.js';

/** What a ticket is about, who it is from, and the way to what is lent on it. */
export function renderHead({ text, tag, me }: Room, desk: string, ticket: AgentTicketSummary): TemplateResult {
  const { number, subject, requester, orderReference, createdAt, contactId, firstResponseDueAt, firstRespondedAt } = ticket;
  const contact = me.desks.find(({ id }) => id === desk)?.contacts.find(({ id }) => id === contactId);
  const due = firstRespondedAt ? null : firstResponseDueAt;
  // what is lent lies behind an origin and a second factor of its own
  const access = `${me.vaultUrl}/#${new URLSearchParams({ desk, ticket: number }).toString()}`;
  const fact = (name: string, value: unknown, look = '') =>
    html`<div class=${look}>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<h2 tabindex="-1"><bdi>${subject ?? text.noSubject}</bdi></h2>
    <dl>
      ${fact(text.from, html`<bdi>${requester.name}</bdi> <bdi class="muted">${requester.email}</bdi>`)}
      ${orderReference ? fact(text.order, html`<bdi>${orderReference}</bdi>`) : nothing}
      ${fact(text.number, html`<bdi>${number}</bdi>`, 'number')} ${contact ? fact(text.contact, textIn(contact.name, tag)) : nothing}
      ${fact(text.created, momentIn(tag, createdAt))}
      ${due ? fact(text.promised, momentIn(tag, due), Date.parse(due) < Date.now() ? 'late' : '') : nothing}
    </dl>
    <p><a data-access href=${access} target="_blank" rel="noopener noreferrer">${text.access}</a></p>`;
}
