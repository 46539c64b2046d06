import type { SupportErrorCode, VaultErrorCode, VaultRequest } from '@storefront-support/contract';
import { numberIn, momentIn, on, type LendText } from '@storefront-support/elements/look';
import { html, nothing } from 'lit';
import { kindsIn } from '../base/kinds-in.js';
import { DAYS, type ExpiryChoice } from './expiry.js';
import { renderFields } from './form-view.js';
import type { VaultLend } from './vault-lend.js';

/** The page in each of its states. */
export function renderLend(page: VaultLend, text: LendText): unknown {
  const { phase, asked, locale } = page;
  return html`<main part="base" lang=${locale.tag} data-state=${phase}>
    <div class="stack">
      ${page.around === null ? html`<p class="soft">${text.origin(location.host)}</p>` : nothing}
      <div>
        <h1 tabindex="-1">${text.heading}</h1>
        ${asked ? renderAsked(page, text, asked) : nothing}
      </div>
      ${renderState(page, text)}
    </div>
    <span class="quiet" role="status">${page.spoken}</span>
  </main>`;
}

function renderState(page: VaultLend, text: LendText): unknown {
  switch (page.phase) {
    case 'checking':
      return html`<p aria-busy="true">${text.checking}</p>`;
    case 'stopped':
      return renderStopped(page, text);
    case 'failed':
      return html`<div class="notice" role="alert" data-code=${page.code ?? nothing}>
        <p>${text.failed}</p>
        <button type="button" @click=${on(() => void page.open())}>${text.tryAgain}</button>
      </div>`;
    case 'declined':
      return html`<p class="notice" role="alert" tabindex="-1">${text.declined}</p>`;
    case 'sent':
      return renderSent(page, text);
    default:
      return html`${renderKey(page, text)} ${renderKinds(page, text)}
      ${
        page.kind
          ? html`<div class="stack entry">${renderForm(page, text)} ${page.around === null ? nothing : renderVeil(page, text)}</div>`
          : html`${renderFailure(page, text)} ${renderDecline(page, text)}`
      }`;
  }
}

function renderAsked(page: VaultLend, text: LendText, { request, desk }: VaultRequest): unknown {
  const { agent, by, kinds, reason, neededUntil } = request;
  return html`<p>${text.asks(agent?.name ?? by.name, desk.name)}<strong>${kindsIn(page.locale.tag, kinds, text.kinds)}</strong></p>
    ${reason ? html`<p>${text.why} <q dir="auto">${reason}</q></p>` : nothing}
    ${neededUntil ? html`<p class="soft">${text.until(momentIn(page.locale.tag, Date.parse(neededUntil)))}</p>` : nothing}`;
}

function renderKey({ manifest, pin }: VaultLend, text: LendText): unknown {
  if (!manifest) return nothing;
  return html`<div class="key">
    <p><strong>${text.only(manifest.team)}</strong></p>
    <p class="soft">
      <span dir="ltr" translate="no">${text.key(manifest.signer)}</span
      >${pin === null ? nothing : html`<span class="known">✓ ${text.pinned}</span>`}
    </p>
  </div>`;
}

function renderStopped(page: VaultLend, text: LendText): unknown {
  const { code } = page;
  if (isOver(code)) {
    return html`<p class="notice" role="alert" data-code=${code}>${page.pass ? text.passOver : text.noPass}</p>`;
  }
  const distrusted = !!page.asked || isAboutKeys(code);
  return html`<div class="notice wrong" role="alert" data-code=${code ?? nothing}>
    ${distrusted ? html`<p><strong>${text.stop}</strong></p>` : nothing}
    <p>${sentenceOf(page, text, code)}</p>
    ${distrusted ? html`<p>${text.stopHint}</p>` : nothing}
    <p class="soft" translate="no">${code}</p>
  </div>`;
}

function isAboutKeys(code: SupportErrorCode | VaultErrorCode | undefined): boolean {
  return /^(no-r|mixed|invalid-recipient|signat|signer|no-roots|pin-|manifest-)/.test(code ?? '');
}

/** The pass opens nothing any more. */
function isOver(code: SupportErrorCode | VaultErrorCode | undefined): boolean {
  return code === 'not-signed-in' || code === 'gone' || code === 'not-found';
}

function sentenceOf(page: VaultLend, text: LendText, code: SupportErrorCode | VaultErrorCode | undefined): string {
  return knownSentence(page, code) ?? text.failed;
}

function knownSentence({ errors }: VaultLend, code: SupportErrorCode | VaultErrorCode | undefined): string | undefined {
  const known: { readonly [code: string]: string } = errors;
  return code && Object.hasOwn(known, code) ? known[code] : undefined;
}

function renderKinds(page: VaultLend, text: LendText): unknown {
  const kinds = page.asked?.request.kinds ?? [];
  if (kinds.length < 2) return nothing;
  return html`<fieldset ?inert=${page.busy || page.phase === 'offline'}>
    <legend>${text.kind}</legend>
    <div class="cards">
      ${kinds.map(
        (kind) =>
          html`<label
            ><input
              type="radio"
              name="kind"
              .checked=${page.kind === kind}
              @change=${on(() => page.choose(kind))}
            />${text.kinds[kind]}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

function renderForm(page: VaultLend, text: LendText): unknown {
  const { phase, problems, locale, warned, busy } = page;
  const wrong = Object.keys(problems);
  const still = phase === 'sealing' || phase === 'offline';
  return html`${
      wrong.length
        ? html`<div class="notice wrong" role="group" aria-labelledby="wrong" data-summary tabindex="-1">
            <strong id="wrong">${text.check(wrong.length, numberIn(locale.tag, wrong.length))}</strong>
            <ul>
              ${wrong.map((name) => html`<li>${renderProblemLink(page, text, name)}</li>`)}
            </ul>
          </div>`
        : nothing
    }
    ${phase === 'interrupted' ? html`<p class="notice wrong" role="alert">${text.interrupted}</p>` : nothing}
    <div class="stack" ?inert=${still}>${renderFields(page, text)} ${renderReplaces(page, text)} ${renderExpiry(page, text)}</div>
    ${warned ? html`<p class="notice wrong" data-warning tabindex="-1">${text.unencrypted}</p>` : nothing} ${renderFailure(page, text)}
    ${
      phase === 'offline'
        ? html`<div class="actions">
            <button class="main" type="button" @click=${on(() => void page.sending.again())}>${text.tryAgain}</button>
            <button type="button" @click=${on(() => page.sending.drop())}>${text.back}</button>
          </div>`
        : html`<div class="actions">
            <button class="main" type="button" data-send aria-disabled=${busy} @click=${on(() => void page.sending.seal())}>
              ${phase === 'sealing' ? text.sealing : text.send}
            </button>
            ${renderDecline(page, text)}
          </div>`
    }`;
}

/** Why something was not done; what was typed is still there. */
function renderFailure(page: VaultLend, text: LendText): unknown {
  const { phase, code } = page;
  if (!code || code === 'invalid-fields' || phase === 'sealing') return nothing;
  const known = isOver(code) ? text.passOver : knownSentence(page, code);
  return html`<p class="notice wrong" role="alert" tabindex="-1" data-code=${code}>
    ${phase === 'offline' ? [text.offline, ' ', known] : (known ?? text.notDone)}
  </p>`;
}

function renderProblemLink(page: VaultLend, text: LendText, name: string): unknown {
  const [field = ''] = name.split('.');
  const label = field === 'expiry' ? text.expiry : (text.labels[field] ?? field);
  const { code = '', detail } = page.problems[name] ?? {};
  const problem = field === 'expiry' ? sentenceOf(page, text, detail as SupportErrorCode) : (text.problems[code] ?? text.invalid);
  return html`<button
    class="link"
    type="button"
    @click=${on(() => page.renderRoot.querySelector<HTMLElement>(`[id="f-${field}"]`)?.focus())}
  >
    ${label} – ${problem}
  </button>`;
}

function renderDecline(page: VaultLend, text: LendText): unknown {
  if (page.asked?.request.state !== 'asked') return nothing;
  return html`<button type="button" data-decline aria-disabled=${page.busy} @click=${on(() => void page.decline())}>
    ${text.decline}
  </button>`;
}

/** Over the fields: where they are, whoever looks for them finds the way out. */
function renderVeil(page: VaultLend, text: LendText): unknown {
  return html`<div data-veil=${page.veiled}>
    ${
      page.veiled
        ? html`<div class="notice wrong" role="alert">
            <p>${text.covered}</p>
            <button type="button" data-page @click=${on(() => page.needPage('covered'))}>${text.page}</button>
          </div>`
        : nothing
    }
  </div>`;
}

/** Which record this one takes the place of, where there is one. */
function renderReplaces(page: VaultLend, text: LendText): unknown {
  const older = page.asked?.records.filter(({ state }) => state === 'active') ?? [];
  if (!older.length) return nothing;
  return html`<div>
    <label for="replaces">${text.replaces}</label>
    <select id="replaces" autocomplete="off" @change=${on((event) => (page.replaces = (event.target as HTMLSelectElement).value))}>
      <option value="">${text.replacesNone}</option>
      ${older.map(
        ({ id, kind, createdAt }) =>
          html`<option value=${id} ?selected=${id === page.replaces}>
            ${text.kinds[kind]}, ${momentIn(page.locale.tag, Date.parse(createdAt))}
          </option>`,
      )}
    </select>
  </div>`;
}

function renderExpiry(page: VaultLend, text: LendText): unknown {
  const { expiry, problems, locale } = page;
  const problem = problems['expiry'];
  const radio = (choice: ExpiryChoice, label: string, id?: string) =>
    html`<label
      ><input
        type="radio"
        name="expiry"
        id=${id ?? nothing}
        aria-describedby=${problem ? 'e-expiry' : nothing}
        .checked=${expiry.choice === choice}
        @change=${on(() => expiry.set({ choice }))}
      />${label}</label
    >`;
  return html`<fieldset>
      <legend>${text.expiry}</legend>
      <div class="cards short">
        ${DAYS.map((days, i) => radio(days, text.days[days], i ? undefined : 'f-expiry'))} ${radio('own', text.ownTime)}
      </div>
      ${
        expiry.choice === 'own'
          ? html`<label for="own">${text.ownTimeLabel}</label>
              <input
                id="own"
                type="datetime-local"
                autocomplete="off"
                .value=${expiry.own}
                @change=${on((event) => expiry.set({ own: (event.target as HTMLInputElement).value }))}
              />`
          : html`<p class="soft">${momentIn(locale.tag, Date.parse(expiry.instant()))}</p>`
      }
      ${problem ? html`<p class="error" id="e-expiry">${sentenceOf(page, text, problem.detail as SupportErrorCode)}</p>` : nothing}
    </fieldset>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${expiry.once}
        @change=${on((event) => expiry.set({ once: (event.target as HTMLInputElement).checked }))}
      />${text.once}</label
    >`;
}

function renderSent(page: VaultLend, text: LendText): unknown {
  const { record, locale, busy } = page;
  if (!record) return nothing;
  const ended = record.state !== 'active';
  return html`<div class="notice" role="group" aria-labelledby="sent" data-sent tabindex="-1">
    <p id="sent">
      <strong>${ended ? text.removed : text.sent(momentIn(locale.tag, Date.parse(record.expiresAt)))}</strong>
    </p>
    <p class="soft"><bdi translate="no">${text.receipt(receiptCode(record.receipt))}</bdi></p>
    <div class="actions">
      ${
        ended
          ? nothing
          : html`<button type="button" data-revoke aria-disabled=${busy} @click=${on(() => void page.revoke())}>${text.remove}</button>`
      }
      <button type="button" data-another @click=${on(() => page.another())}>${text.another}</button>
    </div>
    ${page.around === null ? html`<p class="soft">${text.close}</p>` : nothing} ${renderFailure(page, text)}
  </div>`;
}

/** The first 48 bits of a receipt, to be read and compared. */
export function receiptCode(receipt: string): string {
  return receipt
    .slice(0, 12)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1-');
}
