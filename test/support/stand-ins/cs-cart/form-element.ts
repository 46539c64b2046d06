import { escapeHtml } from '../shop-host.ts';

/** An element of a form page. Ids are the shop's own. */
export interface FormElement {
  id: number;
  type: 'text' | 'email' | 'phone' | 'textarea' | 'select' | 'radio' | 'checkbox' | 'checkboxes' | 'state' | 'file' | 'header';
  label: string;
  required?: boolean;
  /** Of `text`: what a theme tells browsers of it; the platform's own tell nothing. */
  autocomplete?: string | undefined;
  /** Of `select`, `radio` and `checkboxes`. */
  options?: string[];
}

/** Names of the fields that this element adds to the form. */
export function fieldNames({ id, type }: FormElement): string[] {
  if (type === 'header') return [];
  if (type === 'file') return [`file_fb_files[${id}]`, `type_fb_files[${id}]`];
  return [type === 'checkboxes' ? `form_values[${id}][]` : `form_values[${id}]`];
}

/** An element as the form page prints it, with what a refused try of this visit had in it. */
export function printElement(
  { id, type, label, required = false, options = [], autocomplete }: FormElement,
  restored = new FormData(),
): string {
  if (type === 'header') return `<h3 class="ty-subheader">${escapeHtml(label)}</h3>`;
  const classes = ['ty-control-group__title', required && 'cm-required', type === 'email' && 'cm-email'].filter(Boolean).join(' ');
  const title = `<label for="${type === 'file' ? `type_${id}` : `elm_${id}`}" class="${classes}">${escapeHtml(label)}</label>`;
  return `<div class="ty-control-group">${title}${control({ id, type, label, options, autocomplete }, restored)}</div>`;
}

function control({ id, type, options = [], label, autocomplete }: FormElement, restored: FormData): string {
  const [name = ''] = fieldNames({ id, type, label });
  const before = restored.getAll(name).map(String);
  const text = escapeHtml(before.at(-1) ?? '');
  const choice = (kind: string, n: number) => {
    const checked = before.includes(String(id * 10 + n)) ? ' checked' : '';
    return `<label class="ty-form-builder__${kind}-label"><input class="${kind}" type="${kind}" name="${name}" value="${id * 10 + n}"${checked}>&nbsp;${escapeHtml(options[n]!)}</label>`;
  };
  switch (type) {
    case 'textarea':
      return `<textarea id="elm_${id}" class="ty-form-builder__textarea" name="${name}" cols="67" rows="10">${text}</textarea>`;
    case 'select':
      return `<select id="elm_${id}" class="ty-form-builder__select" name="${name}"><option label="" value="">- Select -</option>${options
        .map((option, n) => {
          const selected = before.includes(String(id * 10 + n)) ? ' selected' : '';
          return `<option value="${id * 10 + n}"${selected}>${escapeHtml(option)}</option>`;
        })
        .join('')}</select>`;
    case 'radio':
      return options.map((_, n) => choice('radio', n)).join('');
    case 'checkboxes':
      return options.map((_, n) => choice('checkbox', n)).join('');
    case 'checkbox':
      return `<input type="hidden" name="${name}" value="N"><input id="elm_${id}" class="checkbox" type="checkbox" name="${name}" value="Y"${before.includes('Y') ? ' checked' : ''}>`;
    case 'state':
      // the shop's script fills the list, or shows the text where a country has none
      return `<select id="elm_${id}" class="cm-state" name="${name}"><option label="" value="">- Select state -</option></select>
        <input type="text" class="cm-state hidden" id="elm_${id}_d" name="${name}" size="32" maxlength="64" value="" disabled="disabled">`;
    case 'file':
      return `<div class="ty-fileuploader"><input type="hidden" name="file_fb_files[${id}]" value="" id="file_${id}" class="cm-fileuploader-field">
        <input type="hidden" name="type_fb_files[${id}]" value="" id="type_${id}" class="cm-fileuploader-field">
        <input type="file" class="ty-fileuploader__file-input" name="file_fb_files[${id}]" id="local_${id}"></div>`;
    case 'email':
      return `<input type="hidden" name="customer_email" value="${id}"><input id="elm_${id}" class="ty-input-text" size="50" type="text" name="${name}" value="${text}">`;
    default:
      return `<input id="elm_${id}" class="ty-input-text" size="50" type="${type === 'phone' ? 'tel' : 'text'}" name="${name}" value="${text}"${autocomplete ? ` autocomplete="${autocomplete}"` : ''}>`;
  }
}
