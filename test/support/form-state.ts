import type { KillablePage } from './killable-browser.ts';

/** What a person sees of the first form of a page. */
export interface FormState {
  /** `data-state` of its root. */
  phase: string;
  /** By field name. */
  values: { [field: string]: string };
  files: { name: string; state: string; text: string }[];
  /** Messages that wait on this device, as they read. */
  waiting: string[];
  /** On the receipt; empty without one. */
  number: string;
  /** The heading and text of what went wrong; empty when nothing did. */
  problem: string;
}

/** Runs in the page. Null until the form is there. */
export function readForm(): FormState | null {
  const root = document.querySelector('support-form')?.shadowRoot;
  const base = root?.querySelector('[part=base]');
  if (!root || !base) return null;
  const text = (element: Element | null) => (element as HTMLElement | null)?.innerText.trim() ?? '';
  const list = root.querySelector('support-attachments')?.shadowRoot;
  const control = (field: Element) => field.shadowRoot?.querySelector<HTMLInputElement | HTMLTextAreaElement>('[part=control]');
  return {
    phase: base.getAttribute('data-state') ?? '',
    values: Object.fromEntries([...root.querySelectorAll('support-field')].map((field) => [field.id, control(field)?.value ?? ''])),
    files: [...(list?.querySelectorAll('[part=file]') ?? [])].map((file) => ({
      name: text(file.querySelector('.name')),
      state: file.getAttribute('data-state') ?? '',
      text: text(file),
    })),
    waiting: [...root.querySelectorAll('[part=waiting-entry]')].map(text),
    number: text(root.querySelector('[part=number]')),
    problem: text(root.querySelector('[part=error]')),
  };
}

/** Runs in the page: fills in fields by name, as one who types fast, and chooses the first contact. */
export function fillForm(values: { [field: string]: string }): void {
  const root = document.querySelector('support-form')?.shadowRoot;
  root?.querySelector<HTMLInputElement>('[name=contactId]')?.click();
  for (const [name, value] of Object.entries(values)) {
    const field = [...(root?.querySelectorAll('support-field') ?? [])].find(({ id }) => id === name);
    const control = field?.shadowRoot?.querySelector<HTMLInputElement | HTMLTextAreaElement>('[part=control]');
    if (!control) throw new Error(`no field ${name}`);
    control.focus();
    control.value = value;
    control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}

/** Runs in the page. */
export function focusField(name: string): void {
  const root = document.querySelector('support-form')?.shadowRoot;
  const field = [...(root?.querySelectorAll('support-field') ?? [])].find(({ id }) => id === name);
  field?.shadowRoot?.querySelector<HTMLElement>('[part=control]')?.focus();
}

/** Runs in the page: as a person does before choosing, which loads what takes files. */
export function focusPicker(): void {
  document.querySelector('support-form')?.shadowRoot?.querySelector<HTMLElement>('input[type=file]')?.focus();
}

/** Runs in the page. */
export function pressSend(): void {
  document.querySelector('support-form')?.shadowRoot?.querySelector<HTMLElement>('[part=submit]')?.click();
}

/** Runs in the page: opens the first message of the list of what waits. */
export function pressEdit(): void {
  document.querySelector('support-form')?.shadowRoot?.querySelector<HTMLElement>('[part=edit]')?.click();
}

const RECEIPT_LINE = 'receipt shown: ';

/** Runs in the page: writes a line to the console as soon as a receipt can be seen. */
export function tellReceipts(line: string): void {
  document.addEventListener('support-ticket-created', (event) => {
    const { number } = (event as unknown as { ticket: { number: string } }).ticket;
    requestAnimationFrame(() => requestAnimationFrame(() => console.log(line + number)));
  });
}

/** Number of the receipt that a page has shown, when `watchReceipts` was called before; empty when it has shown none. */
export function receiptShown({ lines }: KillablePage): string {
  return lines.find((line) => line.startsWith(RECEIPT_LINE))?.slice(RECEIPT_LINE.length) ?? '';
}

export const watchReceipts = (page: KillablePage): Promise<void> => page.evaluate(tellReceipts, RECEIPT_LINE);

/** The state of a form once it is as asked, or as it was when the time was up. */
export async function formWhen(page: KillablePage, limitMs: number, fulfilled: (state: FormState) => boolean): Promise<FormState> {
  const end = Date.now() + limitMs;
  for (;;) {
    const state = await page.evaluate(readForm, undefined);
    if (state && (fulfilled(state) || Date.now() > end)) return state;
    if (Date.now() > end) throw new Error('the page has no form');
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}
