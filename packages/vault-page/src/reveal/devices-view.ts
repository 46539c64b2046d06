import { numberIn, on, type RevealText } from '@storefront-support/elements/look';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RosterDevice } from './agent-api.js';
import type { VaultReveal } from './vault-reveal.js';

/** The key of this browser, and for admins the devices that wait to be let in. */
export function renderDevices(page: VaultReveal, text: RevealText): unknown {
  const { device, roster, self, ended, lacking } = page;
  const mine = roster.find(({ id }) => id === device?.id);
  const waiting = (self ?? ended)?.agent.role === 'admin' ? roster.filter(({ state }) => state === 'waiting') : [];
  return html`${lacking.map((epoch) => renderLacking(page, text, epoch))}
  ${mine?.state === 'enrolled' ? nothing : renderOwn(page, text, mine)}
  ${
    waiting.length
      ? html`<section aria-labelledby="waiting">
          <h2 id="waiting">${text.waiting}</h2>
          <ul>
            ${repeat(
              waiting,
              ({ id }) => id,
              (newcomer) => renderNewcomer(page, text, newcomer),
            )}
          </ul>
        </section>`
      : nothing
  }`;
}

/** A published key whose file has not been handed to the server. */
function renderLacking(page: VaultReveal, text: RevealText, epoch: number): unknown {
  const shown = numberIn(page.locale.tag, epoch);
  const submit = (event: Event) => {
    event.preventDefault();
    const [file] = (event.currentTarget as HTMLFormElement).querySelector('input')?.files ?? [];
    if (file) void page.devices.handOver(epoch, file);
  };
  return html`<section aria-labelledby="lacking-${epoch}" data-lacking=${epoch}>
    <form class="stack" @submit=${on(submit)}>
      <h2 id="lacking-${epoch}">${text.lacking(shown)}</h2>
      <div>
        <label for="key-${epoch}">${text.keyFile}</label>
        <input id="key-${epoch}" type="file" required aria-describedby="key-hint-${epoch}" />
        <p class="soft" id="key-hint-${epoch}">${text.keyFileHint(`keys/team-${epoch}.age`)}</p>
      </div>
      <div class="actions"><button class="main" data-hand-over aria-disabled=${page.busy}>${text.handOver}</button></div>
    </form>
  </section>`;
}

function renderOwn(page: VaultReveal, text: RevealText, mine: RosterDevice | undefined): unknown {
  const { device, code, busy } = page;
  const submit = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = form.querySelector('input')?.value.trim() ?? '';
    const by = (event as SubmitEvent).submitter?.hasAttribute('data-by-passkey') ? 'passkey' : 'browser';
    if (name) void page.devices.make(name, by);
  };
  return html`<section aria-labelledby="device">
    <h2 id="device">${text.device}</h2>
    ${
      !device
        ? html`<form class="stack" @submit=${on(submit)}>
            <p class="soft">${text.deviceHint}</p>
            <div>
              <label for="device-name">${text.deviceName}</label><input id="device-name" required maxlength="80" autocomplete="off" />
            </div>
            <div class="actions">
              <button class="main" data-make aria-disabled=${busy}>${text.makeKey}</button>
              <button data-by-passkey aria-disabled=${busy}>${text.makePasskey}</button>
            </div>
          </form>`
        : mine?.state === 'waiting'
          ? html`<p id="read-out">${text.readOut}</p>
              <div class="code" data-code-shown role="group" tabindex="-1" aria-labelledby="read-out" translate="no" dir="ltr">
                ${code}
              </div>`
          : html`<p class="soft">${mine ? text.removedDevice : text.unknownDevice}</p>
              ${
                mine
                  ? nothing
                  : html`<button
                      class="main"
                      type="button"
                      data-announce
                      aria-disabled=${busy}
                      @click=${on(() => void page.devices.announce())}
                    >
                      ${text.announce}
                    </button>`
              }`
    }
  </section>`;
}

function renderNewcomer(page: VaultReveal, text: RevealText, newcomer: RosterDevice): unknown {
  const submit = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [code, recovery] = [...form.querySelectorAll('input')].map(({ value }) => value);
    void page.devices.enrol(newcomer, code ?? '', recovery ?? '').then((done) => {
      // what was typed stays where it was not taken
      if (done) form.reset();
    });
  };
  const { id, agent, name } = newcomer;
  return html`<li data-newcomer=${id}>
    <form class="stack" @submit=${on(submit)}>
      <p><strong>${agent.name}</strong>: ${name}</p>
      <div>
        <label for="c-${id}">${text.theirCode}</label>
        <input id="c-${id}" required autocomplete="off" dir="ltr" class="code" aria-describedby="h-${id}" />
        <p class="soft" id="h-${id}">${text.theirCodeHint}</p>
      </div>
      <details>
        <summary>${text.recovery}</summary>
        <label for="r-${id}">${text.recoveryKey}</label>
        <input id="r-${id}" type="password" data-secret dir="ltr" />
      </details>
      <div class="actions"><button class="main" data-enrol aria-disabled=${page.busy}>${text.letIn}</button></div>
    </form>
  </li>`;
}
