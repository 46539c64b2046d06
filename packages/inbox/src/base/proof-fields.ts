import { html, nothing, type TemplateResult } from 'lit';
import type { InboxText } from '../locales/en.js';

/** Password and code of somebody who has an account, why it was refused, and the button that sends them. */
export function proofFields(
  text: InboxText,
  { problem, busy, button }: { problem: string; busy: boolean; button: string },
): TemplateResult {
  return html`<div>
      <label for="password">${text.password}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200" />
    </div>
    <div>
      <label for="code">${text.code}</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" aria-describedby="code-hint" />
      <p class="hint" id="code-hint">${text.codeHint}</p>
    </div>
    <div role="alert">${problem ? html`<p class="problem">${problem}</p>` : nothing}</div>
    <button class="main" aria-disabled=${busy}>${button}</button>`;
}
