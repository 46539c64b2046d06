import { numberIn, on, type LendText } from '@storefront-support/elements/look';
import { ACCESS_FIELDS, type AccessField } from '@storefront-support/vault/access-fields';
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { choiceOf, fieldsOf } from './draft.js';
import type { VaultLend } from './vault-lend.js';

const ROWS_MAX = 20;

/** The fields of the kind that was chosen. Their values are in the page's own controls and nowhere else. */
export function renderFields(page: VaultLend, text: LendText): unknown {
  const { kind, choices } = page;
  if (!kind) return nothing;
  const fields = fieldsOf(kind, choices);
  const ownAccount = fields.some(({ name }) => name === 'login' || (name === 'user' && kind !== 'database'));
  return html`${ownAccount ? html`<p class="soft">${text.separate}</p>` : nothing} ${kind === 'file' ? renderFile(page, text) : nothing}
  ${
    // a field of the same name in another kind is another field
    keyed(
      kind,
      ACCESS_FIELDS[kind].map((field) => (fields.includes(field) ? renderField(page, text, field) : nothing)),
    )
  }`;
}

function renderField(page: VaultLend, text: LendText, field: AccessField): unknown {
  const { name, control, required } = field;
  if (name === 'vendorKey') return renderLine(page, text);
  if (control === 'fields') return renderRows(page, text);
  const hint = text.hints[name];
  const choice = control === 'select' ? choiceOf([field], page.choices, name) : '';
  return html`<div>
    <label for="f-${name}"
      >${text.labels[name] ?? name}${required ? nothing : html`<span class="soft">${` ${text.optional}`}</span>`}</label
    >
    ${control === 'select' ? renderSelect(page, text, field, choice) : renderInput(page, text, field)}
    ${hint ? html`<p class="soft" id="h-${name}">${hint}</p>` : nothing} ${name === 'password' ? nothing : renderProblem(page, text, name)}
    ${choice === 'ftp' ? html`<p class="notice wrong">${text.unencrypted}</p>` : nothing}
  </div>`;
}

function renderSelect(page: VaultLend, text: LendText, { name, options = [] }: AccessField, choice: string): unknown {
  return html`<select
    id="f-${name}"
    data-field=${name}
    autocomplete="off"
    @change=${on((event) => page.pick(name, (event.target as HTMLSelectElement).value))}
  >
    ${options.map((option) => html`<option value=${option} ?selected=${option === choice}>${text.options[option] ?? option}</option>`)}
  </select>`;
}

function renderInput(page: VaultLend, text: LendText, field: AccessField): unknown {
  const { name, control, secret, maxLength, inputMode, usual } = field;
  const problem = page.problems[name];
  const described = [problem && `e-${name}`, text.hints[name] && `h-${name}`].filter(Boolean).join(' ') || nothing;
  if (control === 'textarea' || control === 'key') {
    return html`<textarea
      id="f-${name}"
      data-field=${name}
      class=${control === 'key' ? 'code' : ''}
      dir=${control === 'key' ? 'ltr' : 'auto'}
      maxlength=${maxLength ?? nothing}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${described}
      aria-required=${field.required}
    ></textarea>`;
  }
  const shown = page.shown.has(name);
  return html`<div class=${secret ? 'secret' : ''}>
    <input
      id="f-${name}"
      data-field=${name}
      type=${secret && !shown ? 'password' : 'text'}
      ?data-secret=${secret}
      class=${secret ? 'code' : ''}
      dir=${name === 'label' || name === 'role' || name === 'secondFactorNote' ? 'auto' : 'ltr'}
      inputmode=${inputMode ?? nothing}
      maxlength=${maxLength ?? nothing}
      placeholder=${usual ?? nothing}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${described}
      aria-required=${field.required && usual === undefined}
    />${secret ? renderShow(page, text, name, text.labels[name] ?? name) : nothing}
    ${
      name === 'password'
        ? html`${renderProblem(page, text, name)}
            <button type="button" data-generate @click=${on(() => void page.generate(name))}>${text.generate}</button>`
        : nothing
    }
  </div>`;
}

function renderProblem(page: VaultLend, text: LendText, name: string): unknown {
  const problem = page.problems[name];
  return problem ? html`<p class="error" id="e-${name}">${text.problems[problem.code] ?? text.invalid}</p>` : nothing;
}

/** What makes a password needless. */
function renderLine(page: VaultLend, text: LendText): unknown {
  const { line } = page;
  return html`<div class="notice">
    <p id="h-line">${text.keyLine}</p>
    ${
      line
        ? html`<pre id="f-vendorKey" class="code" dir="ltr" translate="no" tabindex="0" aria-describedby="h-line">${line.line}</pre>
            <button type="button" data-copy-line @click=${on(() => void copy(page, text, line.line))}>${text.copy}</button>`
        : nothing
    }
    ${renderProblem(page, text, 'vendorKey')}
  </div>`;
}

async function copy(page: VaultLend, text: LendText, line: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(line);
    page.say(text.copied);
  } catch {
    // the page around may forbid it: then it is selected
    const pre = page.renderRoot.querySelector('#f-vendorKey');
    if (pre) getSelection()?.selectAllChildren(pre);
  }
}

function renderFile(page: VaultLend, text: LendText): unknown {
  const problem = page.problems['file'];
  return html`<div>
    <label for="f-file">${text.chooseFile}</label>
    <input
      id="f-file"
      data-field="file"
      type="file"
      aria-describedby=${problem ? 'e-file h-file' : 'h-file'}
      aria-invalid=${problem ? 'true' : nothing}
    />
    <p class="soft" id="h-file">${text.fileHint}</p>
    ${renderProblem(page, text, 'file')}
  </div>`;
}

function renderRows(page: VaultLend, text: LendText): unknown {
  const { rows, problems } = page;
  const wrong = Object.keys(problems).some((name) => name.startsWith('fields'));
  return html`<fieldset>
    <legend>${text.labels['fields']}</legend>
    ${rows.map((there, i) => (there ? renderRow(page, text, i) : nothing))}
    ${wrong ? html`<p class="error">${text.problems['required']}</p>` : nothing}
    ${
      rows.filter(Boolean).length < ROWS_MAX
        ? html`<button type="button" data-add-row @click=${on(() => (page.rows = [...rows, true]))}>${text.addRow}</button>`
        : nothing
    }
  </fieldset>`;
}

function renderRow(page: VaultLend, text: LendText, row: number): unknown {
  const { rows, locale } = page;
  const shown = page.shown.has(`row ${row}`);
  const number = numberIn(locale.tag, rows.slice(0, row + 1).filter(Boolean).length);
  return html`<div class="row" data-row=${row}>
    <div>
      <label for="n-${row}">${text.rowName} <span class="quiet">${number}</span></label>
      <input id="n-${row}" data-field="row-name" type="text" dir="auto" maxlength="80" />
    </div>
    <div>
      <label for="v-${row}">${text.rowValue} <span class="quiet">${number}</span></label>
      <div class="secret">
        <input
          id="v-${row}"
          data-field="row-value"
          data-secret
          type=${shown ? 'text' : 'password'}
          class="code"
          dir="ltr"
          maxlength="2000"
        />
        ${renderShow(page, text, `row ${row}`, `${text.rowValue} ${number}`)}
      </div>
    </div>
    <label class="check"><input type="checkbox" checked />${text.rowSecret} <span class="quiet">${number}</span></label>
    ${
      rows.filter(Boolean).length > 1
        ? html`<button type="button" @click=${on(() => (page.rows = rows.map((there, i) => there && i !== row)))}>
            ${text.removeRow(number)}
          </button>`
        : nothing
    }
  </div>`;
}

function renderShow(page: VaultLend, text: LendText, name: string, label: string): unknown {
  const shown = page.shown.has(name);
  const does = shown ? text.hide : text.show;
  return html`<button type="button" aria-label="${does}: ${label}" @click=${on(() => page.reveal(name))}>${does}</button>`;
}
