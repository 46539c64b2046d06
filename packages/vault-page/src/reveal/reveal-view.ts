import { ACCESS_KINDS } from '@storefront-support/contract/access-record';
import type { AccessKind, AccessRequest } from '@storefront-support/contract';
import { momentIn, numberIn, on, type RevealText } from '@storefront-support/elements/look';
import type { OpenedAccess } from '@storefront-support/vault/open';
import { commandOf } from '@storefront-support/vault/command';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { kindsIn } from '../base/kinds-in.js';
import { renderDevices } from './devices-view.js';
import { passkeysWork } from './passkey-answer.js';
import type { VaultReveal } from './vault-reveal.js';

/** The page in each of its states. */
export function renderReveal(page: VaultReveal, text: RevealText): unknown {
  const { self, ended, ready, waiting, opened, locale } = page;
  return html`<main part="base" lang=${locale.tag}>
    <div class="stack">
      <div class="bar">
        <h1 tabindex="-1">${text.heading}</h1>
        ${self ? renderWho(page, text) : nothing}
      </div>
      ${renderProblem(page, text)} ${self === null || waiting ? renderSignIn(page, text) : nothing}
      ${self && opened ? renderOpened(page, text) : nothing}
      ${
        ready && (self ?? ended)
          ? html`<div class="stack" ?hidden=${!self}>
              ${renderRecords(page, text)} ${renderDevices(page, text)} ${renderAsk(page, text)}
            </div>`
          : nothing
      }
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

function renderProblem(page: VaultReveal, text: RevealText): unknown {
  const { problem, errors, self, ready, busy } = page;
  if (!problem) return nothing;
  return html`<div class="notice wrong" data-problem tabindex="-1" role="alert" data-code=${problem}>
    <p>${text.errors[problem] ?? errors[problem] ?? text.failed}</p>
    ${
      self === undefined || (self && !ready)
        ? html`<button type="button" data-again aria-disabled=${busy} @click=${on(() => void page.begin())}>${text.tryAgain}</button>`
        : nothing
    }
  </div>`;
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
    ${
      held.length
        ? html`<ul>
            ${repeat(
              held,
              ({ record }) => record.id,
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
                      ? html`<form
                          class="stack why"
                          @submit=${on((event) => void page.open(ticket, record, valuesIn(event)['reason'] ?? ''))}
                        >
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
          </ul>`
        : html`<p class="soft">${text.noRecords}</p>`
    }
  </section>`;
}

function renderOpened(page: VaultReveal, text: RevealText): unknown {
  const { opened, locale } = page;
  if (!opened) return nothing;
  const { access, file, ticket, sealed } = opened;
  const command = commandOf(access.data.reveal());
  return html`<section data-opened tabindex="-1" aria-labelledby="opened">
    <div class="bar">
      <h2 id="opened">${text.kinds[access.kind]} · <span dir="ltr">${ticket}</span></h2>
      <button type="button" data-close @click=${on(() => page.close())}>${text.close}</button>
    </div>
    ${access.warning ? html`<p class="notice wrong">${text.unencrypted}</p>` : nothing}
    ${
      command === undefined
        ? nothing
        : html`<div class="item">
            <code class="code" data-command translate="no" lang="zxx" dir="ltr">${command}</code>
            <button type="button" data-copy-command @click=${on(() => void page.copy(command))}>${text.copyCommand}</button>
          </div>`
    }
    <vault-rows .rows=${access.rows} .text=${text} .tag=${locale.tag}></vault-rows>
    ${
      file
        ? html`<button type="button" data-save @click=${on(() => save(file, nameOf(access)))}>${text.saveFile}</button>
            <p class="soft">${text.fileHint}</p>`
        : nothing
    }
    <button type="button" class="link" data-save-sealed @click=${on(() => sealed.forEach((part, i) => save(part, SEALED[i] ?? '')))}>
      ${text.saveSealed}
    </button>
  </section>`;
}

/** Names of what was sealed, as the documentation calls it. */
const SEALED = ['record.age', 'file.age'];

function nameOf({ data }: OpenedAccess): string {
  const lent = data.reveal();
  return lent.kind === 'file' ? lent.name : 'file';
}

function save(bytes: Uint8Array, download: string): void {
  const href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  Object.assign(document.createElement('a'), { href, download }).click();
  URL.revokeObjectURL(href);
}

function renderAsk(page: VaultReveal, text: RevealText): unknown {
  const { requests } = page;
  const submit = (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { ticket = '', reason = '', days = '7' } = valuesIn(event);
    const kinds = [...form.querySelectorAll<HTMLInputElement>('[name=kind]:checked')].map(({ value }) => value as AccessKind);
    void requests.ask(ticket.trim(), kinds, reason.trim(), Number(days)).then(() => {
      if (requests.nothingChosen) form.querySelector<HTMLElement>('[name=kind]')?.focus();
    });
  };
  return html`<section aria-labelledby="ask">
    <form class="stack" @submit=${on(submit)}>
      <h2 id="ask">${text.ask}</h2>
      <div>
        <label for="ticket">${text.ticket}</label
        ><input
          id="ticket"
          name="ticket"
          dir="ltr"
          required
          autocomplete="off"
          .value=${page.ticket}
          @input=${on((event) => requests.look((event.target as HTMLInputElement).value.trim()))}
        />
      </div>
      ${renderRequests(page, text)}
      <fieldset aria-describedby=${requests.nothingChosen ? 'nothing-chosen' : nothing}>
        <legend>${text.what}</legend>
        ${ACCESS_KINDS.map((kind) => html`<label class="check"><input type="checkbox" name="kind" value=${kind} />${text.kinds[kind]}</label>`)}
        ${requests.nothingChosen ? html`<p class="error" id="nothing-chosen" role="alert">${text.chooseKind}</p>` : nothing}
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

/** What is open on the ticket: an offer waits for an agent, a request for the customer. */
function renderRequests(page: VaultReveal, text: RevealText): unknown {
  const { requests, busy } = page;
  const { open } = requests;
  if (!open.length) return nothing;
  const button = (request: AccessRequest, answer: 'accept' | 'decline' | 'withdraw') =>
    html`<button
      type="button"
      class=${answer === 'accept' ? 'main' : ''}
      data-answer=${answer}
      aria-disabled=${busy}
      @click=${on(() => void requests.answer(request, answer))}
    >
      ${text.answers[answer]}
    </button>`;
  return html`<ul class="open" aria-label=${text.openRequests}>
    ${repeat(
      open,
      ({ id }) => id,
      (request) =>
        html`<li data-request=${request.state}>
          <p>
            ${request.state === 'offered' ? text.offers : text.asks(request.agent?.name ?? request.by.name)}
            <strong>${kindsIn(page.locale.tag, request.kinds, text.kinds)}</strong>
          </p>
          <p class="soft"><q dir="auto">${request.reason}</q></p>
          <div class="actions">
            ${
              request.state === 'offered'
                ? html`${button(request, 'accept')} ${button(request, 'decline')}`
                : request.state === 'asked'
                  ? button(request, 'withdraw')
                  : html`<span class="soft">${text.wasAnswered}</span>`
            }
          </div>
        </li>`,
    )}
  </ul>`;
}
