import type { TicketSummary } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { numberIn } from '../base/format.js';
import { keepDrawing } from '../base/kept-drawing.js';
import { on } from '../base/on.js';
import type { TrackerText } from '../locales/en-tracker.js';
import { groupOf, type Group } from '../tracking/group-of.js';
import { renderTime } from '../tracking/moments.js';
import type { SupportTracker } from './support-tracker.js';

/** Groups in the order they are shown. */
const GROUPS = ['waiting', 'open', 'closed'] as const;

/** The list, and the ticket that is opened in its place. */
export function renderTracker(tracker: SupportTracker, text: TrackerText): unknown {
  const { number, adapter, locale, theme, form, language, vaultPin, vaultMode } = tracker;
  // a list that nobody sees is drawn when it is seen again
  return html`<div part="list" class="stack" ?hidden=${!!number}>${keepDrawing([number || {}], () => renderList(tracker, text))}</div>
    ${
      number
        ? html`<div part="opened" class="stack" @keydown=${on((event: KeyboardEvent) => leaveOnEscape(tracker, event))}>
            <button part="back" type="button" @click=${on(() => void tracker.close())}>
              <span aria-hidden="true">${language.dir === 'rtl' ? '→' : '←'}</span> ${text.back}
            </button>
            <support-thread
              .adapter=${adapter}
              .number=${number}
              .locale=${locale}
              dir=${language.dir}
              .theme=${theme}
              .form=${form}
              .took=${tracker.took}
              .vaultPin=${vaultPin}
              .vaultMode=${vaultMode}
            ></support-thread>
          </div>`
        : nothing
    }`;
}

function renderList(tracker: SupportTracker, text: TrackerText): unknown {
  const { list, phase, kept, tools } = tracker;
  const tickets = [...(list?.tickets.values() ?? [])].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const empty = phase === 'ready' && !tickets.length && !list?.hasMore('active');
  return html`<h2 part="heading" tabindex="-1">${tracker.heading || text.heading} ${renderUnread(tracker, text, list?.unread)}</h2>
    ${tracker.renderError(text.failed, phase === 'failed' && kept.length ? renderKnown(tracker, text) : nothing)}
    ${
      phase === 'loading' && !tickets.length
        ? html`<div class="skeleton">
            <div></div>
            <div></div>
            <div></div>
          </div>`
        : nothing
    }
    ${empty ? tools?.renderEmpty() : nothing}
    ${
      phase === 'failed' || (!list?.tickets.size && phase === 'loading')
        ? nothing
        : GROUPS.map((group) =>
            renderGroup(
              tracker,
              text,
              group,
              tickets.filter((ticket) => groupOf(ticket) === group),
            ),
          )
    }
    <details
      part="tools"
      ?open=${tracker.toolsOpen}
      @toggle=${on((event: Event) => (tracker.toolsOpen = (event.target as HTMLDetailsElement).open))}
    >
      <summary>${text.tools}</summary>
      <div class="stack">${tools?.render()}</div>
    </details>`;
}

/** What this device knows without its backend. */
function renderKnown({ kept }: SupportTracker, text: TrackerText): unknown {
  return html`<p>${text.keptOnly}</p>
    <ul>
      ${kept.map(({ number, subject }) => html`<li><bdi>${subject || text.untitled}</bdi> <span class="soft" dir="ltr">${number}</span></li>`)}
    </ul>`;
}

function renderGroup(tracker: SupportTracker, text: TrackerText, group: Group, tickets: TicketSummary[]): unknown {
  const { list, busy } = tracker;
  const part = group === 'closed' ? group : 'active';
  const more = list?.hasMore(part) && group !== 'waiting';
  const none = group === 'closed' && list?.closedRead;
  if (!tickets.length && !more && !none) return nothing;
  return html`<section part="group" data-group=${group} aria-labelledby=${tickets.length ? group : nothing}>
    ${
      tickets.length
        ? html`<h3 id=${group}>${text.groups[group]}</h3>
            <ul>
              ${repeat(
                tickets,
                ({ number }) => number,
                (ticket) => keepDrawing([ticket, text, tracker.now], () => renderTicket(tracker, text, ticket, group)),
              )}
            </ul>`
        : none && !more
          ? html`<p class="soft">${text.noClosed}</p>`
          : nothing
    }
    ${
      more
        ? html`<button
            part="more"
            type="button"
            aria-disabled=${busy}
            @click=${on(({ currentTarget }: Event) => void tracker.more(part, currentTarget as HTMLElement))}
          >
            ${tickets.length || part === 'active' ? text.more : text.showClosed}
          </button>`
        : nothing
    }
  </section>`;
}

function renderTicket(tracker: SupportTracker, text: TrackerText, ticket: TicketSummary, group: Group): unknown {
  const { number, subject, updatedAt, unread } = ticket;
  return html`<li>
    <button part="ticket" type="button" data-number=${number} class=${unread ? 'new' : ''} @click=${on(() => void tracker.show(number))}>
      <bdi>${subject ?? text.untitled}</bdi> ${renderUnread(tracker, text, unread)}
      <span class="soft"><span dir="ltr">${number}</span> · ${text.status[group]} · ${renderTime(tracker, updatedAt, true)}</span>
    </button>
  </li>`;
}

function renderUnread({ language }: SupportTracker, text: TrackerText, unread = 0): unknown {
  const shown = numberIn(language.tag, unread);
  return unread > 0
    ? html`<span part="unread" class="badge"
        ><span aria-hidden="true">${shown}</span><span class="quiet">${text.unread(unread, shown)}</span></span
      >`
    : nothing;
}

function leaveOnEscape(tracker: SupportTracker, event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  // a dialog around would close, too
  event.preventDefault();
  void tracker.close();
}
