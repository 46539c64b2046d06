import type { ThreadEntry, TicketSummary } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { keepDrawing } from '../base/kept-drawing.js';
import { on } from '../base/on.js';
import type { TrackerText } from '../locales/en-tracker.js';
import { groupOf } from '../tracking/group-of.js';
import { nearMoment, renderTime } from '../tracking/moments.js';
import type { SupportThread } from './support-thread.js';

const HOUR_MS = 3_600_000;

/** One ticket in each of its states. */
export function renderThread(thread: SupportThread, text: TrackerText): unknown {
  const { ticket, answer } = thread;
  return html`<div class="stack">
    ${ticket ? renderHead(thread, text, ticket) : nothing} ${thread.renderError(text.failedThread)}
    ${
      thread.phase === 'loading' && !ticket
        ? html`<div class="skeleton">
            <div></div>
            <div class="tall"></div>
          </div>`
        : nothing
    }
    ${
      ticket
        ? html`${renderEntries(thread, text)}
          ${thread.renderVault?.(thread) ?? (thread.adapter?.access ? renderNoPasswords(thread, text) : nothing)}
          ${
            answer?.render(ticket) ??
            html`<button part="to-reply" type="button" @click=${on(() => void reply(thread))}>${text.toReply}</button>`
          }`
        : nothing
    }
  </div>`;
}

/** Nothing of lending is loaded until somebody asks, or is asked, for it. */
function renderNoPasswords(thread: SupportThread, text: TrackerText): unknown {
  return html`<p part="no-passwords" class="soft">
    ${text.noPasswords}
    <button part="to-access" class="link" type="button" @click=${on(() => void thread.showAccess())}>${text.toAccess}</button>
  </p>`;
}

async function reply(thread: SupportThread): Promise<void> {
  await thread.loadAnswer();
  await thread.updateComplete;
  if (thread.here) thread.renderRoot.querySelector<HTMLElement>('[part=reply] textarea, [part=reopen]')?.focus();
}

function renderHead({ language: { tag }, now }: SupportThread, text: TrackerText, ticket: TicketSummary): unknown {
  const { number, subject, firstResponseDueAt: due, firstRespondedAt, status } = ticket;
  const late = !!due && Date.parse(due) < now;
  return html`<div>
    <h2 part="heading" tabindex="-1"><bdi>${subject ?? text.untitled}</bdi></h2>
    <p part="facts" class="soft"><span dir="ltr">${number}</span> · ${text.status[groupOf(ticket)]}</p>
    ${
      due && !firstRespondedAt && status !== 'closed'
        ? html`<p part="due" class=${late ? 'late' : ''}>${(late ? text.late : text.due)(nearMoment(tag, due, now))}</p>`
        : nothing
    }
  </div>`;
}

function renderEntries(thread: SupportThread, text: TrackerText): unknown {
  const { pages, hasEarlier, busy, now, files } = thread;
  return html`${
      hasEarlier
        ? html`<button part="earlier" type="button" aria-disabled=${busy} @click=${on(() => void thread.earlier())}>
            ${text.earlier}
          </button>`
        : nothing
    }
    <ol part="entries">
      ${repeat(
        pages,
        ([first]) => first?.seq,
        (page) => {
          // what is older changes its words rarely, and is not drawn every minute
          const fresh = now - Date.parse(page.at(-1)?.at ?? '') < HOUR_MS;
          return keepDrawing([page, text, files, fresh ? now : Math.floor(now / HOUR_MS)], () =>
            page.map((entry) => renderEntry(thread, text, entry)),
          );
        },
      )}
    </ol>`;
}

function renderEntry(thread: SupportThread, text: TrackerText, entry: ThreadEntry): unknown {
  const { seq, at, by } = entry;
  const who = by.kind === 'requester' ? text.you : by.name;
  if (entry.type === 'status')
    return html`<li part="change" class="soft" data-seq=${seq}>
      ${text.changed(who, entry.status)} · ${renderTime(thread, at)}
      <div dir="auto">${entry.reason}</div>
    </li>`;
  return html`<li part="message" class="notice" data-seq=${seq} data-by=${by.kind}>
    <div class="soft">
      <strong><bdi>${who}</bdi></strong> ${renderTime(thread, at)}
    </div>
    <div class="text" dir="auto">${entry.text ?? html`<em>${text.deleted}</em>`}</div>
    ${
      entry.attachments.length
        ? html`<ul>
            ${thread.files?.renderFiles(thread, text, entry.attachments) ?? entry.attachments.map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}
          </ul>`
        : nothing
    }
  </li>`;
}
