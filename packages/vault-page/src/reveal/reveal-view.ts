import { ACCESS_KINDS } from '@storefront-support/contract/access-record';
import type { AccessKind } from '@storefront-support/contract';
import { momentIn, numberIn, on, type RevealText } from '@storefront-support/elements/look';
import { html, nothing } from 'lit';
import { renderDevices } from './devices-view.js';
import { passkeysWork } from './passkey-answer.js';
import type { VaultReveal } from './vault-reveal.js';

/** The page in each of its states. */
export function renderReveal(page: VaultReveal, text: RevealText): unknown {
  const { self, waiting, opened, locale } = page;
  return html`<main part="base" lang=${locale.tag}>
    <div class="stack">
      <div class="bar">
        <h1>${text.heading}</h1>
        ${self ? renderWho(page, text) : nothing}
      </div>
      ${renderProblem(page, text)} ${self === null || waiting ? renderSignIn(page, text) : nothing}
      ${self ? html`${opened ? renderOpened(page, text) : nothing} ${renderRecords(page, text)} ${renderDevices(page, text)} ${renderAsk(page, text)}` : nothing}
    </div>
    <span class="quiet" role="status">${page.spoken}</span>
  </main>`;
}

function valuesIn(event: Event): Record<string, string> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  return Object.fromEntries([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function renderWho(page: VaultReveal, text: RevealText): unknown {
  const { self, desk } = page;
  if (!self) return nothing;
  return html`<div class="actions">
    <span>${self.agent.name}</span>
    ${
      self.desks.length > 1
        ? html`<select aria-label=${text.desk} @change=${on((event) => void page.choose((event.target as HTMLSelectElement).value))}>
            ${self.desks.map(({ id }) => html`<option value=${id} ?selected=${id === desk}>${id}</option>`)}
          </select>`
        : nothing
    }
    <button type="button" data-sign-out @click=${on(() => void page.signOut())}>${text.signOut}</button>
  </div>`;
}

function renderProblem({ problem, errors }: VaultReveal, text: RevealText): unknown {
  if (!problem || (problem === 'not-signed-in' && !errors[problem])) return nothing;
  return html`<p class="notice wrong" data-problem tabindex="-1" role="alert" data-code=${problem}>
    ${problem === 'failed-sign-in' ? text.failedSignIn : (errors[problem] ?? text.failed)}
  </p>`;
}

function renderSignIn(page: VaultReveal, text: RevealText): unknown {
  const submit = (event: Event) => {
    const { email = '', password = '', code = '' } = valuesIn(event);
    void page.signIn(email, password, code);
  };
  return html`<section aria-labelledby="sign-in">
    <form class="stack" @submit=${on(submit)}>
      <h2 id="sign-in">${page.waiting ? text.stepUp : text.signIn}</h2>
      <p class="soft">${text.signInHint}</p>
      <div><label for="email">${text.email}</label><input id="email" name="email" type="email" autocomplete="username" required /></div>
      <div>
        <label for="password">${text.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
      </div>
      <div>
        <label for="code">${text.code}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="20" />
      </div>
      <div class="actions">
        <button class="main" aria-disabled=${page.busy}>${text.signIn}</button>
        ${
          passkeysWork()
            ? html`<button type="button" data-passkey @click=${on(() => void page.signInByPasskey())}>${text.passkey}</button>`
            : nothing
        }
      </div>
    </form>
  </section>`;
}

function renderRecords(page: VaultReveal, text: RevealText): unknown {
  const { held, chosen, locale, device, roster } = page;
  const enrolled = roster.some(({ id, state }) => id === device?.id && state === 'enrolled');
  return html`<section aria-labelledby="records">
    <h2 id="records">${text.records}</h2>
    ${held.length ? nothing : html`<p class="soft">${text.noRecords}</p>`}
    <ul>
      ${held.map(
        ({ ticket, record }) =>
          html`<li data-record=${record.id}>
            <div class="item">
              <span
                ><strong>${text.kinds[record.kind]}</strong> <span dir="ltr">${ticket}</span>
                <span class="soft"
                  >${text.until(momentIn(locale.tag, Date.parse(record.expiresAt)))} ·
                  ${text.times(numberIn(locale.tag, record.reveals))}</span
                ></span
              >
              ${
                enrolled && chosen !== record.id
                  ? html`<button type="button" data-open @click=${on(() => (page.chosen = record.id))}>${text.open}</button>`
                  : nothing
              }
            </div>
            ${
              chosen === record.id
                ? html`<form class="stack" @submit=${on((event) => void page.open(ticket, record, valuesIn(event)['reason'] ?? ''))}>
                    <div>
                      <label for="reason">${text.reason}</label>
                      <input
                        id="reason"
                        name="reason"
                        required
                        maxlength="300"
                        list="reasons"
                        autocomplete="off"
                        aria-describedby="reason-hint"
                      />
                      <datalist id="reasons">${text.reasons.map((reason) => html`<option value=${reason}></option>`)}</datalist>
                      <p class="soft" id="reason-hint">${text.reasonHint}</p>
                    </div>
                    <div class="actions">
                      <button class="main" data-open-now aria-disabled=${page.busy}>${text.openNow}</button>
                      <button type="button" @click=${on(() => (page.chosen = ''))}>${text.cancel}</button>
                    </div>
                  </form>`
                : nothing
            }
          </li>`,
      )}
    </ul>
  </section>`;
}

function renderOpened(page: VaultReveal, text: RevealText): unknown {
  const { opened, locale } = page;
  if (!opened) return nothing;
  const { access, file, ticket } = opened;
  return html`<section data-opened tabindex="-1" aria-labelledby="opened">
    <div class="bar">
      <h2 id="opened">${text.kinds[access.kind]} · <span dir="ltr">${ticket}</span></h2>
      <button type="button" data-close @click=${on(() => page.close())}>${text.close}</button>
    </div>
    ${access.warning ? html`<p class="notice wrong">${text.unencrypted}</p>` : nothing}
    <vault-rows .rows=${access.rows} .text=${text} .tag=${locale.tag}></vault-rows>
    ${
      file
        ? html`<button type="button" data-save @click=${on(() => save(page))}>${text.saveFile}</button>
            <p class="soft">${text.fileHint}</p>`
        : nothing
    }
  </section>`;
}

function save({ opened }: VaultReveal): void {
  if (!opened?.file) return;
  const data = opened.access.data.reveal();
  const href = URL.createObjectURL(new Blob([opened.file], { type: 'application/octet-stream' }));
  Object.assign(document.createElement('a'), { href, download: data.kind === 'file' ? data.name : 'file' }).click();
  URL.revokeObjectURL(href);
}

function renderAsk(page: VaultReveal, text: RevealText): unknown {
  const submit = (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { ticket = '', reason = '', days = '7' } = valuesIn(event);
    const kinds = [...form.querySelectorAll<HTMLInputElement>('[name=kind]:checked')].map(({ value }) => value as AccessKind);
    if (kinds.length) void page.askFor(ticket.trim(), kinds, reason.trim(), Number(days));
  };
  return html`<section aria-labelledby="ask">
    <form class="stack" @submit=${on(submit)}>
      <h2 id="ask">${text.ask}</h2>
      <div>
        <label for="ticket">${text.ticket}</label
        ><input id="ticket" name="ticket" dir="ltr" required autocomplete="off" .value=${page.ticket} />
      </div>
      <fieldset>
        <legend>${text.what}</legend>
        ${ACCESS_KINDS.map((kind) => html`<label class="check"><input type="checkbox" name="kind" value=${kind} />${text.kinds[kind]}</label>`)}
      </fieldset>
      <div><label for="why">${text.why}</label><input id="why" name="reason" required maxlength="300" autocomplete="off" /></div>
      <div>
        <label for="days">${text.howLong}</label>
        <select id="days" name="days">
          ${[1, 3, 7, 30].map((days) => html`<option value=${days} ?selected=${days === 7}>${text.days(days, numberIn(page.locale.tag, days))}</option>`)}
        </select>
      </div>
      <div class="actions"><button class="main" data-ask aria-disabled=${page.busy}>${text.askNow}</button></div>
    </form>
  </section>`;
}
