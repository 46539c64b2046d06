import type { Attachment, ThreadEntry, ThreadMessage } from '@storefront-support/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { bytesIn, momentIn } from '../base/format.js';
import type { Room } from '../base/room.js';

/** What a line of a thread may lead to. */
export interface EntryActions {
  fileAddress(id: string): string;
  /** Absent: nothing can be blacked out here. */
  redact?: (message: ThreadMessage) => void;
}

/** One line of a thread. What people wrote is text and nothing else. */
export function renderEntry({ text, tag }: Room, entry: ThreadEntry, actions: EntryActions): TemplateResult {
  const who = entry.by.kind === 'desk' ? text.itself : entry.by.name;
  const when = html`<time datetime=${entry.at}>${momentIn(tag, entry.at)}</time>`;
  if (entry.type === 'status') {
    const change = text.by[entry.status](who);
    return html`<li class="change muted">
      <span>${entry.reason ? html`${text.labelled(change)} <bdi>${entry.reason}</bdi>` : change}</span> ${when}
    </li>`;
  }
  const { visibility, attachments } = entry;
  const kind = visibility === 'internal' ? 'note' : entry.by.kind;
  const { redact } = actions;
  return html`<li class="message ${kind}">
    <div class="by">
      <strong><bdi>${who}</bdi></strong>
      ${
        visibility === 'internal'
          ? html`<span class="tag">${text.note}</span><span class="hint">${text.noteHint}</span>`
          : html`<span class="tag">${entry.by.kind === 'requester' ? text.customer : text.agent}</span>`
      }
      <span class="when muted">${when}</span>
    </div>
    ${entry.text === null ? html`<p class="muted">${text.deleted}</p>` : html`<p class="said" dir="auto">${entry.text}</p>`}
    ${attachments.length ? renderFiles(attachments, text, tag, actions) : nothing}
    ${
      redact && entry.text
        ? html`<button class="plain small" aria-label=${text.redactOf(who)} @click=${() => redact(entry)}>${text.redact}</button>`
        : nothing
    }
  </li>`;
}

function renderFiles(files: readonly Attachment[], text: Room['text'], tag: string, { fileAddress }: EntryActions): TemplateResult {
  return html`<ul class="files" aria-label=${text.files}>
    ${files.map(({ id, name, size, sha256 }) => {
      const weight = bytesIn(tag, size);
      return html`<li>
        ${
          sha256 === null
            ? html`<span class="muted"><bdi>${name}</bdi> (${text.fileGone})</span>`
            : html`<a href=${fileAddress(id)} download=${name} aria-label=${text.download(name, weight)}
                ><bdi>${name}</bdi> <span class="muted">${weight}</span></a
              >`
        }
      </li>`;
    })}
  </ul>`;
}
