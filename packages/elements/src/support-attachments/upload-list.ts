import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { bytesIn } from '../base/format.js';
import { on } from '../base/on.js';
import type { FilesText } from '../locales/en.js';
import { percentOf, type UploadItem } from './upload-item.js';
import type { UploadQueue } from './upload-queue.js';

/** The files, each with its state and what can be done about it. */
export function renderList(queue: UploadQueue, messages: FilesText): unknown {
  const { items, spoken, element } = queue;
  return html`${
      items.length
        ? html`<ul part="list">
            ${repeat(
              items,
              (item) => item,
              (item) => renderItem(queue, item, messages),
            )}
          </ul>`
        : nothing
    }
    ${queue.notice ? html`<p part="notice" class="soft">${queue.notice}</p>` : nothing}
    ${element.error ? html`<p part="error" class="error" id="error">${element.error}</p>` : nothing}
    <span class="quiet" role="status">${spoken}</span>`;
}

function renderItem(queue: UploadQueue, item: UploadItem, files: FilesText): unknown {
  const { name, size, state } = item;
  return html`<li part="file" data-state=${state} class=${item.picture ? 'pictured' : ''}>
    ${queue.images?.renderPreview(item)}
    <div>
      <span class="name">${name}</span>
      <span class="note">${bytesIn(queue.element.language.tag, size)} · ${noteOf(queue, item, files)}</span>
    </div>
    <div class="buttons">
      ${
        state === 'failed'
          ? html`<button part="retry" type="button" @click=${on(() => queue.retry(false, item))}>
              ${files.tryAgain}<span class="quiet">: ${name}</span>
            </button>`
          : nothing
      }
      <button
        part="remove"
        type="button"
        aria-label=${files.remove(name)}
        ?disabled=${queue.element.readonly}
        @click=${on((event: Event) => removeAndKeepFocus(queue, item, event))}
      >
        <svg
          aria-hidden="true"
          width="16"
          height="16"
          viewBox="0 0 16 16"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
        >
          <path d="m3 3 10 10M13 3 3 13" />
        </svg>
      </button>
    </div>
    ${
      state === 'uploading' || (state === 'queued' && item.sent)
        ? html`<progress max=${size} .value=${item.sent} aria-label=${files.progress(name)}></progress>`
        : nothing
    }
    ${queue.images?.renderMore(queue, item)}
  </li>`;
}

function noteOf(queue: UploadQueue, item: UploadItem, files: FilesText): string {
  switch (item.state) {
    case 'uploading':
      return files.uploading(percentOf(item, queue.element.language.tag));
    case 'queued':
      return item.interrupted ? files.paused : item.ready ? files.queued : files.checking;
    case 'done':
      return queue.element.port?.withTicket ? files.held : files.done;
    case 'missing':
      return queue.told?.missing(item.name) ?? files.checking;
    case 'asking':
      return queue.told?.asking ?? files.checking;
    default:
      return `${files[item.state]}. ${item.why}`;
  }
}

/** The button that was pressed disappears: focus goes to the next file's, or to the picker. */
function removeAndKeepFocus(queue: UploadQueue, item: UploadItem, event: Event): void {
  const entry = (event.currentTarget as HTMLElement).closest('li');
  const next = entry?.nextElementSibling ?? entry?.previousElementSibling;
  const button = next?.querySelector<HTMLElement>('[part=remove]');
  queue.remove(item);
  if (button) button.focus();
  else queue.element.focus();
}
