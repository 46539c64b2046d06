import type { Attachment } from '@storefront-support/contract';
import { css, html, nothing } from 'lit';
import { bytesIn } from '../base/format.js';
import { on } from '../base/on.js';
import type { TrackerText } from '../locales/en-tracker.js';
import type { SupportThread } from './support-thread.js';

export { previewPictures } from './preview.js';

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

export const fileStyles = css`
  [part='attachment'] {
    margin-block-start: 0.5em;
    padding: 0.4em 0.75em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .name {
    flex: 1;
  }
  .name .soft {
    display: block;
  }
  canvas {
    display: block;
    max-inline-size: 100%;
    max-block-size: 18em;
    margin-block: 0.5em 0.25em;
    border-radius: calc(var(--_radius) / 2);
  }
  [part='preview'] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  [part='download'] {
    border: 0;
    background: none;
    color: var(--_link);
  }
`;

/** The files of a message: what saves them, and places for the pictures among them. */
export function renderFiles(thread: SupportThread, text: TrackerText, files: readonly Attachment[]): unknown {
  return files.map(({ id, name, size, type, sha256 }) => {
    const kind = (/\.(\w{1,5})$/.exec(name)?.[1] ?? type.replace(/^.*\//, '')).toUpperCase();
    return html`<li part="attachment">
      <div class="actions">
        <span class="name"
          ><bdi>${name}</bdi> <span class="soft"><bdi>${kind}</bdi> · ${bytesIn(thread.language.tag, size)}</span></span
        >
        ${
          sha256 === null
            ? nothing
            : html`<button part="download" type="button" aria-label=${text.save(name)} @click=${on(() => void download(thread, id))}>
                ↓
              </button>`
        }
      </div>
      ${
        PICTURE.test(type) && sha256 !== null && thread.access?.tracking.getAttachment
          ? html`<div part="preview" data-id=${id} data-name=${name} data-size=${size}></div>`
          : nothing
      }
    </li>`;
  });
}

/** Its address saves it, for a few minutes; nothing is opened in this page. */
function download(thread: SupportThread, id: string): Promise<void> {
  return thread.run(async () => {
    const { url } = await thread.access!.tracking.linkAttachment(thread.number, id, thread.options);
    Object.assign(document.createElement('a'), { href: url, rel: 'noreferrer', download: '' }).click();
  });
}
