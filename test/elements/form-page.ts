import { mount, until, type Mounted } from '../support/browser-setup.ts';

export type Form = HTMLElement & { updateComplete: Promise<boolean>; reset(keepPerson?: boolean): void };
type Field = HTMLElement & { value: string; error: string };

/** One mounted form as a person meets it: by state, field and button. */
export class FormPage {
  readonly form: Form;
  readonly mounted: Mounted;

  constructor(mounted: Mounted) {
    this.mounted = mounted;
    this.form = mounted.element as Form;
  }

  get root(): ShadowRoot {
    return this.form.shadowRoot as ShadowRoot;
  }

  part<E extends HTMLElement = HTMLElement>(name: string): E | null {
    return this.root.querySelector<E>(`[part=${name}]`);
  }

  field(name: string): Field {
    return this.root.querySelector(`support-field[id="${name}"]`) as Field;
  }

  control(name: string): HTMLInputElement {
    return this.field(name).shadowRoot?.querySelector('[part=control]') as HTMLInputElement;
  }

  /** What a person reads beside a field. */
  errorOf(name: string): string {
    return this.field(name).shadowRoot?.querySelector('[part=error]')?.textContent ?? '';
  }

  async state(wanted: string): Promise<void> {
    const now = () => this.part('base')?.dataset['state'];
    await until(`the state ${wanted}`, () => now() === wanted).catch((cause: unknown) => {
      throw new Error(`the form is ${now()} instead of ${wanted}: ${this.part('error')?.textContent?.replace(/\s+/g, ' ')}`, { cause });
    });
  }

  write(name: string, value: string): void {
    const control = this.control(name);
    control.focus();
    control.value = value;
    control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  choose(contact: string): void {
    this.root.querySelector<HTMLInputElement>(`[type=radio][value=${contact}]`)?.click();
  }

  /** Everything a ticket needs. */
  fill(): void {
    this.choose('customer-service');
    this.write('requester.name', 'Ann Lee');
    this.write('requester.email', `ann.${Math.random().toString(36).slice(2)}@example.com`);
    this.write('subject', 'Parcel');
    this.write('message', 'Where is my parcel?\nIt is late.');
  }

  /** Hands over files as the browser does after its picker. */
  pick(...files: File[]): void {
    const input = this.root.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  files(state?: string): HTMLElement[] {
    const list = this.root.querySelector('support-attachments')?.shadowRoot?.querySelectorAll<HTMLElement>('[part=file]') ?? [];
    return [...list].filter((file) => !state || file.dataset['state'] === state);
  }

  filesIn(state: string, count = 1): Promise<unknown> {
    return until(`${count} files ${state}`, () => this.files(state).length === count, 30_000);
  }

  send(): void {
    this.part('submit')?.click();
  }

  /** The innermost focused element. */
  focused(): Element | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  number(): string {
    return this.part('number')?.textContent ?? '';
  }
}

export async function openForm(options: Parameters<typeof mount>[0] & { state?: string } = {}): Promise<FormPage> {
  const page = new FormPage(await mount(options));
  await until('a render root', () => page.form.shadowRoot);
  await page.state(options.state ?? 'ready');
  return page;
}

export const bytes = (size: number, seed = 7): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, at) => 32 + ((at * seed) % 90));

export const textFile = (name = 'note.txt', size = 20): File => new File([bytes(size)], name, { type: 'text/plain' });
