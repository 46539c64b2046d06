import { textIn, type Desk, type NumberedReceipt } from '@storefront-support/contract';
import { html } from 'hono/html';
import { timeIn } from '../mail/texts.js';
import type { HeldTicketRow } from '../store/held-tickets.js';
import type { Markup, Page, PageFrame } from './page.js';

type Framed = PageFrame & { desk: Desk };

/** After sending: a mail is under way to an address, which is shown as it was typed. */
export function heldPage(frame: Framed, { expiresAt }: HeldTicketRow, email: string): Page {
  const { texts, language, desk } = frame;
  const { title, sent, what, until, notArrived } = texts.held;
  const [before = '', after = ''] = sent('\u0000').split('\u0000');
  const body = html`<div class="stack">
    ${drawing(ENVELOPE)}
    <h1>${title}</h1>
    <p>${before}<strong dir="ltr">${email}</strong>${after}</p>
    <p>${what}</p>
    <p>${until(timeIn(language, expiresAt, desk.hours.timeZone))}</p>
    <p class="soft">${notArrived}</p>
  </div>`;
  return { ...frame, title, body, status: 202 };
}

/** Behind the link: what is to be confirmed, without a character of it. */
export function confirmPage(frame: Framed, { createdAt }: HeldTicketRow): Page {
  const { texts, language, desk } = frame;
  const { title, ask, hint, confirm, discard } = texts.confirm;
  const body = html`<form class="stack" method="post">
    <h1>${title}</h1>
    <p>${ask(textIn(desk.name, language), timeIn(language, createdAt, desk.hours.timeZone))}</p>
    <p>${hint}</p>
    <p class="choices">
      <button class="first" name="answer" value="confirm">${confirm}</button>
      <button name="answer" value="discard">${discard}</button>
    </p>
  </form>`;
  return { ...frame, title, body, status: 200, secretAddress: true };
}

/** The ticket exists. */
export function filedPage(frame: Framed, { ticket, confirmationMail }: NumberedReceipt, contactId: string): Page {
  const { texts, language, desk } = frame;
  const { filed } = texts;
  const contact = desk.contacts.find(({ id }) => id === contactId);
  const zone = contact?.hours?.timeZone ?? desk.hours.timeZone;
  const due = ticket.firstResponseDueAt;
  const body = html`<div class="stack">
    ${drawing(TICK)}
    <h1>${filed.title}</h1>
    <dl class="number">
      <dt>${filed.number}</dt>
      <dd dir="ltr">${ticket.number}</dd>
    </dl>
    <p>${filed.keep}</p>
    ${contact && desk.contacts.length > 1 ? html`<p>${filed.contact(textIn(contact.name, language))}</p>` : ''}
    ${due === null ? '' : html`<p>${filed.due(timeIn(language, Date.parse(due), zone))}</p>`}
    <p>${confirmationMail === 'queued' ? filed.mailQueued : filed.mailWithheld}</p>
  </div>`;
  return { ...frame, title: filed.title, body, status: 200, secretAddress: true };
}

/** Nothing more is to be done here. @param formUrl leads back to the form; absent: there is none */
export function endPage(frame: PageFrame, { title, text }: { title: string; text: string }, status: number, formUrl?: string): Page {
  const body = html`<div class="stack">
    <h1>${title}</h1>
    <p>${text}</p>
    ${formUrl === undefined ? '' : html`<p><a class="button" href="${formUrl}">${frame.texts.writeAgain}</a></p>`}
  </div>`;
  return { ...frame, title, body, status, secretAddress: true };
}

const TICK = 'm13 22.5 6 6 12-13';
const ENVELOPE = 'M12 15.5h20v14H12zl10 8 10-8';

function drawing(path: string): Markup {
  return html`<svg
    class="mark"
    aria-hidden="true"
    width="44"
    height="44"
    viewBox="0 0 44 44"
    fill="none"
    stroke="currentColor"
    stroke-width="3"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <circle cx="22" cy="22" r="20" opacity=".3" />
    <path d="${path}" />
  </svg>`;
}
