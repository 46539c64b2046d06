import { html, nothing } from 'lit';
import { textIn, type Desk, type OtherWay } from '@storefront-support/contract';
import { asCards } from './fields.js';
import { REACHABLE } from './reachable.js';
import type { SupportForm } from './support-form.js';

/** The form in each of its states; nothing while its page shows what it has printed. */
export function renderForm(form: SupportForm): unknown {
  try {
    return form.printed ? nothing : renderRoot(form);
  } catch (cause) {
    if (!form.desk) throw cause;
    // a desk that lacks what it must have
    form.desk = undefined;
    void form.break(cause);
  }
}

function renderRoot(form: SupportForm): unknown {
  const { text, desk, phase, language, submission } = form;
  return html`<div part="base" dir=${language.dir} lang=${language.tag} data-state=${phase === 'ready' && !text ? 'loading' : phase}>
    ${
      phase === 'broken'
        ? html`${form.broken?.render() ?? html`<p>${text?.unloaded}</p>`}<slot></slot>${submission?.renderWaiting?.()}`
        : phase === 'sent'
          ? submission?.renderReceipt()
          : text && desk
            ? renderFields(form, desk)
            : renderSkeleton()
    }
    ${desk?.otherWays.length && text ? renderOtherWays(form, desk) : nothing}
  </div>`;
}

function renderFields(form: SupportForm, desk: Desk): unknown {
  const { text, submission, phase, values } = form;
  const sending = phase === 'sending';
  return html`<form method="dialog" novalidate aria-labelledby="heading">
    <h2 part="heading" id="heading">${form.heading || text?.heading}</h2>
    ${form.unloaded ? html`<p part="error" role="alert" class="error">${text?.unloaded}</p>` : submission?.renderProblem()}
    ${asCards(desk) ? renderCards(form, desk) : nothing}
    ${form.fields.map((spec) =>
      spec
        ? html`<support-field
            part="field"
            id=${spec.name}
            class=${spec.autocomplete ? 'half' : ''}
            .spec=${spec}
            .value=${values[spec.name] ?? ''}
            .optional=${text?.optional}
            .error=${submission?.sentenceFor(spec.name)}
            .extra=${submission?.renderCounter(spec)}
            .readonly=${sending}
          ></support-field>`
        : nothing,
    )}
    ${form.adapter?.attachments && desk.limits.files ? renderFiles(form) : nothing} ${submission?.renderNote()}
    <input class="quiet" name="website" tabindex="-1" autocomplete="off" aria-hidden="true" />
    <div class="actions">
      <button part="submit" type="submit" aria-disabled=${sending}>${sending ? text?.sending : text?.send}</button>
      <span class="soft" role="status">${submission?.renderStatus()}</span>
    </div>
  </form>`;
}

function renderCards({ language, submission, text, chosen }: SupportForm, { contacts }: Desk): unknown {
  const error = submission?.sentenceFor('contactId');
  return html`<fieldset
    id="contactId"
    role="radiogroup"
    aria-required="true"
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${error ? 'contact-error' : nothing}
  >
    <legend>${text?.contact}</legend>
    <div class="cards">
      ${contacts.map(
        ({ id, name, description }) =>
          html`<label part="contact">
            <input type="radio" name="contactId" value=${id} .checked=${chosen?.id === id} />
            <span
              ><bdi>${textIn(name, language.tag)}</bdi>${
                description && html`<span class="soft"><bdi>${textIn(description, language.tag)}</bdi></span>`
              }</span
            >
          </label>`,
      )}
    </div>
    ${error && html`<p class="error" id="contact-error">${error}</p>`}
  </fieldset>`;
}

/** The picker is here from the start, so that it opens at once; `<support-attachments>` takes it over. */
function renderFiles({ text, submission, desk, fileHint }: SupportForm): unknown {
  return html`<support-attachments part="files" id="attachmentIds">
    <span class="legend" id="files">${text?.files} <span class="soft">(${text?.optional})</span></span>
    <label part="zone" class="zone">
      <input
        class="quiet"
        type="file"
        ?multiple=${desk?.limits.files?.count !== 1}
        accept=${desk?.limits.files?.types.join() ?? nothing}
        aria-labelledby="files pick"
        aria-describedby=${submission || fileHint ? 'files-hint' : nothing}
      />
      <span class="pick" id="pick">${text?.chooseFiles}</span>
      <span class="soft">${text?.dropFiles}</span>
    </label>
    ${submission ? submission.renderFileHint() : fileHint}
  </support-attachments>`;
}

function renderOtherWays({ phase, submission, language, text }: SupportForm, { otherWays }: Desk): unknown {
  return html`<details part="other-ways" ?open=${phase === 'broken' || (phase === 'failed' && !submission?.summary.length)}>
    <summary>${text?.otherWays}</summary>
    <ul>
      ${otherWays.map((way) => html`<li>${renderWay(way, language.tag)}</li>`)}
    </ul>
  </details>`;
}

/** A way to the shop, to be followed where it leads anywhere. */
export function renderWay({ label, href }: OtherWay, tag: string): unknown {
  const shown = html`<bdi>${textIn(label, tag)}</bdi>`;
  return href && REACHABLE.test(href) ? html`<a href=${href}>${shown}</a>` : shown;
}

function renderSkeleton(): unknown {
  return html`<div class="skeleton" aria-busy="true">
    ${['', 'tall', '', 'half', 'half', '', '', 'tall', 'zone'].map((size) => html`<div class=${size}></div>`)}
  </div>`;
}
