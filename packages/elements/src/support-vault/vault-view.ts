import type { AccessKind, AccessRecord, AccessRequest, AuditEntry } from '@storefront-support/contract';
import { ACCESS, ACCESS_KINDS } from '@storefront-support/contract/access-record';
import { html, nothing } from 'lit';
import { momentIn, numberIn } from '../base/format.js';
import { on } from '../base/on.js';
import type { VaultHostText } from '../locales/en-vault.js';
import type { SupportVault } from './support-vault.js';

const DAY_MS = 86_400_000;
const DAYS = ['1', '3', '7', '30'] as const;

/** Requests that something can still be done about, the newest first. */
export function openRequests({ granted, now }: SupportVault): AccessRequest[] {
  return (granted?.requests ?? []).filter(
    ({ state, answerUntil }) => /^(asked|offered)$/.test(state) || (state === 'answered' && Date.parse(answerUntil) > now),
  );
}

/** What is asked for, what was lent, and who did what. */
export function renderVault(vault: SupportVault, text: VaultHostText): unknown {
  const { granted, lending } = vault;
  const requests = granted?.requests ?? [];
  const records = granted?.records ?? [];
  const open = openRequests(vault);
  return html`<section aria-labelledby="heading">
    <h3 part="heading" id="heading" tabindex="-1">${text.heading}</h3>
    ${vault.renderError(text.loadFailed)} ${granted && !open.length && !records.length ? html`<p part="none">${text.none}</p>` : nothing}
    ${open.map((request) => renderRequest(vault, text, request))} ${lending ? renderLending(vault, text) : nothing}
    ${
      records.length
        ? html`<ul>
            ${records.map((record) => renderRecord(vault, text, record))}
          </ul>`
        : nothing
    }
    ${granted?.offers && !open.some(({ state }) => state !== 'answered') ? renderOffer(vault, text) : nothing}
    ${granted?.audit || records.length || requests.length ? renderAudit(vault, text) : nothing}
  </section>`;
}

function kindsOf({ language }: SupportVault, text: VaultHostText, kinds: readonly AccessKind[]): string {
  return new Intl.ListFormat(language.tag).format(kinds.map((kind) => text.kinds[kind] ?? kind));
}

function whenOf({ language }: SupportVault, instant: string): string {
  return momentIn(language.tag, Date.parse(instant));
}

function renderRequest(vault: SupportVault, text: VaultHostText, request: AccessRequest): unknown {
  const { state, kinds, reason, agent, by, neededUntil, id } = request;
  const { busy, lending, port, number } = vault;
  const offered = state === 'offered';
  // the frame says it all again, where it can be believed
  const inFrame = lending?.requestId === id && lending.place === 'frame';
  return html`<div part="request" data-state=${state}>
    <p>${offered ? text.offered : text.asks(agent?.name || by.name)} <strong>${kindsOf(vault, text, kinds)}</strong></p>
    ${reason && !inFrame ? html`<p>${text.why} <q dir="auto">${reason}</q></p>` : nothing}
    ${neededUntil && !inFrame ? html`<p class="soft">${text.until(whenOf(vault, neededUntil))}</p>` : nothing}
    ${inFrame ? nothing : html`<p class="soft">${offered ? text.awaits : text.choose}</p>`}
    <div class="actions">
      ${
        offered
          ? html`<button
              part="withdraw"
              type="button"
              aria-disabled=${busy}
              @click=${on(() => void vault.change(() => port.withdraw(number, id, vault.options)))}
            >
              ${text.withdraw}
            </button>`
          : lending?.requestId === id
            ? html`<button type="button" data-hide @click=${on(() => vault.shut())}>${text.hide}</button>`
            : html`<button part="add" class="main" type="button" aria-disabled=${busy} @click=${on(() => void vault.add(request))}>
                ${state === 'answered' ? text.addMore : text.add}
              </button>`
      }
      ${
        state === 'asked' && !inFrame
          ? html`<button
              part="decline"
              type="button"
              aria-disabled=${busy}
              @click=${on(() => void vault.change(() => decline(vault, text, id)))}
            >
              ${text.decline}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

async function decline(vault: SupportVault, text: VaultHostText, id: string): Promise<void> {
  await vault.port.decline(vault.number, id, vault.options);
  vault.say(`${text.you} – ${text.events['request.declined']}`);
}

function renderLending({ lending, moved, vaultPin }: SupportVault, text: VaultHostText): unknown {
  if (!lending) return nothing;
  const { place, pass, why, frame } = lending;
  const anew = moved ? html`<p part="moved">${text.moved}</p>` : nothing;
  const link = html`<a
    part="page"
    class=${place === 'page' ? 'button main' : 'soft'}
    href="${pass.url}#${new URLSearchParams({ pass: pass.token, ...(vaultPin && { pin: vaultPin }) })}"
    target="_blank"
    rel="noopener noreferrer"
    >${text.page}</a
  >`;
  if (place === 'page')
    return html`<div part="request">
      ${anew}
      <p role="alert">${why ? text.pageWhy[why] : text.pageNow}</p>
      ${link}
    </div>`;
  return html`${anew}${frame}${link}`;
}

function renderRecord(vault: SupportVault, text: VaultHostText, record: AccessRecord): unknown {
  const { kind, state, expiresAt, endedAt, closesAt, receipt, reveals, lease, id, createdAt, afterCare } = record;
  const { busy, doomed, language } = vault;
  const active = state === 'active';
  return html`<li part="record" data-state=${state}>
    <p><strong>${text.kinds[kind] ?? kind}</strong> <span class="soft">${text.states[state](whenOf(vault, endedAt ?? expiresAt))}</span></p>
    ${closesAt ? html`<p class="soft">${text.closes(whenOf(vault, closesAt))}</p>` : nothing}
    <p class="soft">
      ${lease ? text.openNow(lease.agent.name) : reveals ? text.opened(reveals, numberIn(language.tag, reveals)) : active ? text.unopened : text.neverOpened}
      ·
      <bdi translate="no">${text.receipt(codeOf(receipt))}</bdi>
    </p>
    ${
      active
        ? html`<div class="actions">
            <button
              part="remove"
              type="button"
              aria-disabled=${busy}
              @click=${on((event: UIEvent) => void (event.detail > 1 || revoke(vault, text, id)))}
            >
              ${doomed === id ? text.really : text.remove}
            </button>
            <select
              part="extend"
              aria-label=${text.extend}
              @change=${on((event) => void extend(vault, record, event.target as HTMLSelectElement))}
            >
              <option value="">${text.extend}</option>
              ${DAYS.map((days) => html`<option value=${days} ?hidden=${!isPossible(vault, createdAt, days)}>${text.days[days]}</option>`)}
            </select>
          </div>`
        : nothing
    }
    ${afterCare.some(({ doneAt }) => !doneAt) || (!active && afterCare.length) ? renderAfterCare(vault, text, record) : nothing}
  </li>`;
}

/** At the second press, which the second one of a double click is not. */
function revoke(vault: SupportVault, text: VaultHostText, id: string): Promise<void> | undefined {
  if (vault.doomed !== id) {
    vault.doomed = id;
    return undefined;
  }
  vault.doomed = '';
  return vault.change(async () => {
    await vault.port.revoke(vault.number, id, vault.options);
    vault.say(text.removed);
  });
}

function extend(vault: SupportVault, record: AccessRecord, select: HTMLSelectElement): Promise<void> | undefined {
  const { value } = select;
  select.value = '';
  if (!value) return undefined;
  const latest = Date.parse(record.createdAt) + ACCESS.expiryMaxMs;
  const expiresAt = new Date(Math.min(Date.now() + Number(value) * DAY_MS, latest)).toISOString();
  return vault.change(async () => {
    await vault.port.changeExpiry(vault.number, record.id, expiresAt, vault.options);
    vault.say(vault.words?.extended(whenOf(vault, expiresAt)) ?? '');
  });
}

/** The longest life counts from the beginning: its choice means what is left of that. */
function isPossible(vault: SupportVault, createdAt: string, days: (typeof DAYS)[number]): boolean {
  return days === '30' || vault.now + Number(days) * DAY_MS < Date.parse(createdAt) + ACCESS.expiryMaxMs;
}

function renderAfterCare(vault: SupportVault, text: VaultHostText, record: AccessRecord): unknown {
  return html`<div part="after-care" class="care">
    <p><strong>${text.afterCare}</strong></p>
    <ul>
      ${record.afterCare.map(
        ({ item, doneAt }) =>
          html`<li>
            <label class="check"
              ><input
                type="checkbox"
                .checked=${!!doneAt}
                @change=${on((event) => void tick(vault, record, item, event.target as HTMLInputElement))}
              />${text.items[item]}</label
            >
          </li>`,
      )}
    </ul>
  </div>`;
}

async function tick(vault: SupportVault, { id, afterCare }: AccessRecord, ticked: string, box: HTMLInputElement): Promise<void> {
  const items = afterCare.filter(({ item, doneAt }) => (item === ticked ? box.checked : doneAt)).map(({ item }) => item);
  await vault.change(() => vault.port.tickAfterCare(vault.number, id, items, vault.options));
  // what was not kept does not look as if it were
  const now = vault.granted?.records.find((record) => record.id === id)?.afterCare;
  box.checked = !!now?.find(({ item }) => item === ticked)?.doneAt;
}

function renderOffer(vault: SupportVault, text: VaultHostText): unknown {
  if (!vault.offering) return html`<button part="offer" type="button" @click=${on(() => (vault.offering = true))}>${text.offer}</button>`;
  return html`<form part="offer" novalidate @submit=${on((event) => void sendOffer(vault, text, event))}>
    <p class="soft">${text.offerHint}</p>
    <fieldset>
      <legend>${text.offerKinds}</legend>
      ${ACCESS_KINDS.map((kind) => html`<label class="check"><input type="checkbox" value=${kind} />${text.kinds[kind]}</label>`)}
    </fieldset>
    <div>
      <label for="reason">${text.reason}</label>
      <textarea id="reason" maxlength=${ACCESS.reasonLength} dir="auto" aria-required="true"></textarea>
    </div>
    <div role="alert" class="error" data-problem></div>
    <div class="actions">
      <button type="submit" aria-disabled=${vault.busy}>${text.sendOffer}</button>
      <button type="button" @click=${on(() => (vault.offering = false))}>${text.hide}</button>
    </div>
  </form>`;
}

const keys = new WeakMap<HTMLFormElement, string>();

async function sendOffer(vault: SupportVault, text: VaultHostText, event: Event): Promise<void> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const kinds = [...form.querySelectorAll<HTMLInputElement>(':checked')].map(({ value }) => value as AccessKind);
  const reason = form.querySelector('textarea')?.value.trim() ?? '';
  const problem = form.querySelector('[data-problem]');
  if (problem) problem.textContent = !kinds.length ? text.chooseKind : reason ? '' : text.giveReason;
  if (!kinds.length || !reason) return form.querySelector<HTMLElement>(kinds.length ? 'textarea' : 'input')?.focus();
  // the same press again is the same offer
  const key = keys.get(form) ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  keys.set(form, key);
  await vault.change(async () => {
    await vault.port.offer(vault.number, { kinds, reason }, { ...vault.options, key });
    vault.offering = false;
  });
}

function renderAudit(vault: SupportVault, text: VaultHostText): unknown {
  const { auditTrail } = vault;
  return html`<details
    part="audit"
    @toggle=${on((event) => {
      if ((event.target as HTMLDetailsElement).open) void vault.readAudit();
    })}
  >
    <summary>${text.audit}</summary>
    ${
      auditTrail
        ? html`<ul>
              ${auditTrail.entries.map((entry) => renderEntry(vault, text, entry))}
            </ul>
            <p class="soft">${text.saveHint}</p>
            <button part="save" type="button" @click=${on(() => save(vault))}>${text.save}</button>`
        : nothing
    }
  </details>`;
}

function renderEntry(vault: SupportVault, text: VaultHostText, { at, event, actor, reason }: AuditEntry): unknown {
  const who = actor.kind === 'requester' ? text.you : actor.kind === 'desk' ? text.desk : actor.name;
  return html`<li>
    <span class="soft">${whenOf(vault, at)}</span> <bdi>${who}</bdi> – ${text.events[event] ?? event}
    ${reason ? html`<q dir="auto">${reason}</q>` : nothing}
  </li>`;
}

/** Saves the list as a file, as it came: its hashes are of these bytes' meaning. */
function save({ auditTrail, number }: SupportVault): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(auditTrail, null, 2)}\n`);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const href = `data:application/octet-stream;base64,${btoa(text)}`;
  Object.assign(document.createElement('a'), { href, download: `access-audit-${number}.json`, rel: 'noreferrer' }).click();
}

/** The first 48 bits, to be read and compared. */
function codeOf(receipt: string): string {
  return receipt
    .slice(0, 12)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1-');
}
