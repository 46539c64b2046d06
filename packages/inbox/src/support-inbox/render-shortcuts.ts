import { html } from 'lit';
import type { InboxText } from '../locales/en.js';

/** The dialog that tells which keys do what. @param keys whether they work */
export function renderShortcuts(text: InboxText, keys: boolean): unknown {
  return html`<dialog aria-labelledby="help-title">
    <h2 id="help-title">${text.help}</h2>
    ${
      keys
        ? html`<dl class="keys">
            ${text.shortcuts.map(
              ([key, what]) =>
                html`<dt><kbd>${key}</kbd></dt>
                  <dd>${what}</dd>`,
            )}
          </dl>`
        : html`<p>${text.shortcutsOff}</p>`
    }
    <form method="dialog"><button>${text.close}</button></form>
  </dialog>`;
}
