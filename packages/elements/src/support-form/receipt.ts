import { html, nothing } from 'lit';
import { textIn } from '@storefront-support/contract';
import { bare } from '../base/bare.js';
import { on } from '../base/on.js';
import type { Submission } from './submit.js';
import type { SupportForm } from './support-form.js';

/** Takes the place of the form once the ticket exists. */
export function renderReceipt(submission: Submission): unknown {
  const { form, receipt, sent, messages, copied } = submission;
  if (!receipt) return nothing;
  const { receipt: text } = messages;
  const { tag } = form.language;
  const { ticket, confirmationMail } = receipt;
  const email = sent?.requester.email ?? '';
  const contact = form.desk?.contacts.find(({ id }) => id === sent?.contactId);
  return html`<div part="receipt" tabindex="-1" role="region" aria-labelledby="receipt-title">
    <svg class="mark" aria-hidden="true" width="44" height="44" viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="3">
      <circle cx="22" cy="22" r="20" opacity=".3" />
      <path d="m13 22.5 6 6 12-13" />
    </svg>
    <h2 id="receipt-title">${text.title}</h2>
    ${ticket ? renderNumber(submission, ticket.number) : html`<p>${text.noNumber}</p>`}
    <span role="status" class=${copied === 'selected' ? 'soft' : 'quiet'}>${copied && text[copied]}</span>
    <ul class="facts">
      ${submission.delivery.first ? html`<li>${text.firstVersion}</li>` : nothing}
      ${ticket?.firstResponseDueAt ? html`<li part="due">${text.due(whenIn(tag, ticket.firstResponseDueAt))}</li>` : nothing}
      ${
        email &&
        html`<li part="mail">
          ${confirmationMail === 'queued' ? text.mailQueued(email) : confirmationMail === 'unknown' ? text.answerTo(email) : text.mailWithheld}
        </li>`
      }
      ${contact ? html`<li>${text.contact(textIn(contact.name, tag))}</li>` : nothing}
    </ul>
    ${ticket ? renderFollow(submission, ticket.number) : nothing}
    <div class="actions">
      <button part="another" type="button" @click=${on(() => void another(submission))}>${text.another}</button>
      ${
        ticket && isFollowed(submission)
          ? html`<button part="forget" type="button" @click=${on(() => void forget(submission, ticket.number))}>${text.forget}</button>`
          : nothing
      }
    </div>
  </div>`;
}

function renderNumber(submission: Submission, number: string): unknown {
  const { receipt: text } = submission.messages;
  return html`<dl class="number">
    <dt class="soft">${text.number}</dt>
    <dd part="number" dir="ltr">${number}</dd>
    <dd>
      <button part="copy" type="button" @click=${on(() => void copy(submission, number))}>
        ${submission.copied === 'copied' ? text.copied : text.copy}
      </button>
    </dd>
  </dl>`;
}

/** The way to the ticket: in the dialog around, on this page, or on another. */
function renderFollow(submission: Submission, number: string): unknown {
  const { form, messages } = submission;
  if (!isFollowed(submission)) return nothing;
  const place = placeOf(form);
  const follow = (event: Event) => {
    if (!place) return;
    event.preventDefault();
    if (place.follow) return place.follow(number);
    if (place.show) return place.show(number);
    // its code comes as it is seen
    place.scrollIntoView();
    void customElements.whenDefined(place.localName).then(() => place.show?.(number));
  };
  const url = form.trackerUrl;
  return place || url
    ? html`<a part="follow" href="${url}#support-ticket=${number}" @click=${on(follow)}>${messages.receipt.follow}</a>`
    : nothing;
}

const isFollowed = ({ form, delivery, forgotten }: Submission) => form.adapter?.tracking && delivery.kept && !forgotten;

type Place = HTMLElement & { follow?(number: string): void; show?(number: string): void };

function placeOf(form: SupportForm): Place | null {
  const { host } = form.getRootNode() as ShadowRoot & { host?: Place };
  return host?.follow ? host : document.querySelector('support-tracker');
}

async function forget({ form }: Submission, number: string): Promise<void> {
  const { forgetTickets } = await import('../tracking/forget-tickets.js');
  await forgetTickets(form.adapter?.scope ?? '', number);
  if (form.submission) form.submission.forgotten = true;
  form.requestUpdate();
  form.focus();
}

/** An instant in the person's own zone, the zone named. */
function whenIn(tag: string, instant: string): string {
  const at = new Date(instant);
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, bare(options));
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : ('numeric' as const);
  const day = write({ weekday: 'long', day: 'numeric', month: 'long', year }).format(at);
  const time = write({ hour: 'numeric', minute: '2-digit' }).format(at);
  const zoneBy = (timeZoneName: 'longGeneric' | 'long') =>
    write({ timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const generic = zoneBy('longGeneric');
  // UTC has no generic name
  const zone = /^(GMT|UTC)/.test(generic) ? zoneBy('long') : generic;
  return `${day}, ${time}${zone ? ` (${zone})` : ''}`;
}

/** Plain http pages have no clipboard: there the number is selected. */
async function copy(submission: Submission, number: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(number);
    submission.copied = 'copied';
  } catch {
    const shown = submission.form.renderRoot.querySelector('[part=number]');
    if (shown) getSelection()?.selectAllChildren(shown);
    submission.copied = 'selected';
  }
  submission.form.requestUpdate();
}

async function another(submission: Submission): Promise<void> {
  const { form } = submission;
  submission.reset(true);
  await form.updateComplete;
  form.focus();
}
