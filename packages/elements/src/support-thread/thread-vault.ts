import { html } from 'lit';
import '../support-vault/index.js';
import type { SupportThread } from './support-thread.js';

/** What was asked for or lent, of the ticket of a thread. */
export function renderVault({ adapter, number, token, locale, theme, language, vaultPin, vaultMode }: SupportThread): unknown {
  return html`<support-vault
    part="access"
    .adapter=${adapter}
    .number=${number}
    .token=${token}
    .locale=${locale}
    dir=${language.dir}
    .theme=${theme}
    .vaultPin=${vaultPin}
    .vaultMode=${vaultMode}
  ></support-vault>`;
}
