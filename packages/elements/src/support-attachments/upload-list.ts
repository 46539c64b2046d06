import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { bytesIn } from '../base/localize.js';
import { on } from '../base/on.js';
import type { UploadItem, UploadQueue } from './upload-queue.js';

export const listStyles = css`
  ul {
    list-style: none;
    margin: 0.75em 0 0;
    padding: 0;
    display: grid;
    gap: 0.5em;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 0.5em;
    padding-block: 0.25em;
    padding-inline: 0.75em 0.25em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .file-name {
    display: block;
    font-weight: 500;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .note {
    display: block;
    font-size: 0.875em;
    color: var(--_muted);
  }
  [data-state='failed'],
  [data-state='refused'] {
    border-color: var(--_error);
  }
  :is([data-state='failed'], [data-state='refused']) .note {
    color: var(--_error);
  }
  [data-state='done'] .note::before {
    content: '✓ ' / '';
    color: var(--_success);
    font-weight: 700;
  }
  progress {
    grid-column: 1 / -1;
    appearance: none;
    inline-size: calc(100% - 0.5em);
    block-size: 4px;
    margin-block: 0.25em 0.35em;
    border: 0;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size 0.2s;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .small {
    min-inline-size: 2.75em;
    min-block-size: 2.75em;
    padding: 0 0.6em;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_accent);
    font: inherit;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }
  .small:hover {
    background: var(--_tint);
  }
  .small svg {
    display: block;
    margin: auto;
  }
  .error {
    color: var(--_error);
    font-size: 0.875em;
    font-weight: 500;
  }
  @media (prefers-reduced-motion: reduce) {
    progress::-webkit-progress-value {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
      block-size: 8px;
    }
  }
`;

/** The files, each with its state and what can be done about it. */
export function renderList(queue: UploadQueue): unknown {
  const { items, spoken, element } = queue;
  return html`${items.length
      ? html`<ul part="list">
          ${repeat(
            items,
            (item) => item,
            (item) => renderItem(queue, item),
          )}
        </ul>`
      : nothing}
    ${element.error ? html`<p part="error" class="error" id="error">${element.error}</p>` : nothing}
    <span class="quiet" role="status">${spoken}</span>`;
}

function renderItem(queue: UploadQueue, item: UploadItem): unknown {
  const { files } = queue.messages;
  const { file, state } = item;
  return html`<li part="file" data-state=${state}>
    <div>
      <span class="file-name">${file.name}</span>
      <span class="note">${bytesIn(queue.element.language.tag, file.size)} · ${noteOf(queue, item)}</span>
    </div>
    <div class="buttons">
      ${state === 'failed'
        ? html`<button part="retry" type="button" class="small" aria-label=${files.retry(file.name)} @click=${on(() => queue.retry(false, item))}>
            ${queue.messages.tryAgain}
          </button>`
        : nothing}
      <button
        part="remove"
        type="button"
        class="small"
        aria-label=${files.remove(file.name)}
        ?disabled=${queue.element.readonly}
        @click=${on((event: Event) => removeAndKeepFocus(queue, item, event))}
      >
        <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
          <path d="m3 3 10 10M13 3 3 13" />
        </svg>
      </button>
    </div>
    ${state === 'uploading' || (state === 'queued' && item.sent)
      ? html`<progress max=${file.size} .value=${item.sent} aria-label=${files.progress(file.name)}></progress>`
      : nothing}
  </li>`;
}

function noteOf(queue: UploadQueue, item: UploadItem): string {
  const { files } = queue.messages;
  switch (item.state) {
    case 'uploading':
      return files.uploading(queue.percent(item));
    case 'queued':
      return item.interrupted ? files.paused : files.queued;
    case 'done':
      return files.done;
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
