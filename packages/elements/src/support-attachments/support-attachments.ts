import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AttachmentPort, FileLimits, SupportError } from '@storefront-support/contract';
import { host } from '../base/host.styles.js';
import { bytesIn, numberIn } from '../base/localize.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import { messageTexts } from '../locales/index.js';
import { zoneStyles } from './support-attachments.styles.js';
import type { UploadQueue } from './upload-queue.js';

/**
 * @summary Takes files by picker, drop or paste and sends each at once. Hidden where the backend takes none.
 * @fires support-files-changed - A file was added, removed, or changed its state; read `pending`, `troubled`, `attachmentIds`.
 * @csspart base - The root.
 * @csspart label - The label.
 * @csspart zone - Where files are dropped; holds the native file input.
 * @csspart list - The list of files.
 * @csspart file - One file in the list; `data-state` is `queued`, `uploading`, `done`, `failed` or `refused`.
 */
export class SupportAttachments extends SupportElement {
  static override styles = [tokens, host, zoneStyles];

  /** Where files go. Absent: nothing is shown. */
  @property({ attribute: false }) port: AttachmentPort | undefined;

  /** What is accepted. Null: nothing is shown. */
  @property({ attribute: false }) limits: FileLimits | null = null;

  /** `TicketKeys.secret` of the draft; files wait until there is one. */
  @property({ attribute: false }) secret = '';

  /** Contact the ticket will go to. */
  @property({ attribute: 'contact-id' }) contactId = '';

  /** Sentence that says what is wrong with the files as a whole. */
  @property() error = '';

  /** Files stay as they are while the ticket is on its way. */
  @property({ type: Boolean }) readonly = false;

  @state() private over = false;

  @query('input') private input!: HTMLInputElement | null;

  #queue: UploadQueue | undefined;
  #loading: Promise<UploadQueue> | undefined;
  #chosen: File[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.renderRoot;
    root.addEventListener('change', this.#pick);
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) root.addEventListener(type, this.#drag);
    this.#queue?.work();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#queue?.pause();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('secret') || changed.has('limits') || changed.has('port')) this.#queue?.work();
  }

  /** Ids of the files that have arrived, in the order they were added. */
  get attachmentIds(): string[] {
    return this.#queue?.attachmentIds ?? [];
  }

  /** Files that wait or are on their way. */
  get pending(): number {
    return this.#chosen.length + (this.#queue?.count('queued', 'uploading') ?? 0);
  }

  /** Files that failed or were refused. */
  get troubled(): number {
    return this.#queue?.count('failed', 'refused') ?? 0;
  }

  /** Why the first failed file failed. */
  get failure(): SupportError | undefined {
    return this.#queue?.failure;
  }

  /** Adds files as if the person had chosen them. They are kept even when what sends them cannot be loaded yet. */
  add(files: Iterable<File>): Promise<unknown> {
    if (!this.readonly) this.#chosen.push(...files);
    return this.load().catch(() => undefined);
  }

  /** Sends failed files again. With `anew`, sends every file again from its first byte, under the present `secret`. */
  retry(anew = false): void {
    this.#queue?.retry(anew);
  }

  /** Takes out files that failed or were refused; with `all`, every file. Finished ones stay with the backend. */
  drop(all = false): void {
    this.#queue?.drop(all);
  }

  /** Loads what lists and sends files. */
  async load(): Promise<void> {
    this.#loading ??= Promise.all([import('./upload-queue.js'), messageTexts[this.language.file]()]).then(
      ([{ UploadQueue }, messages]) => (this.#queue = new UploadQueue(this, messages)),
    );
    this.#loading.catch(() => (this.#loading = undefined));
    const queue = await this.#loading;
    const chosen = this.#chosen.splice(0);
    if (chosen.length) queue.add(chosen);
  }

  override focus(): void {
    this.input?.focus();
  }

  #pick = (): void => {
    const { input } = this;
    if (!input?.files) return;
    const files = [...input.files];
    // the same file may be chosen again after it was removed
    input.value = '';
    void this.add(files);
  };

  #drag = (event: Event): void => {
    const { dataTransfer } = event as DragEvent;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over = event.type === 'dragenter' || event.type === 'dragover';
    if (event.type === 'drop') void this.add(dataTransfer.files);
  };

  protected override render(): unknown {
    const { text, limits } = this;
    if (!text || !limits || !this.port) return nothing;
    const { tag, dir } = this.language;
    return html`<div part="base" dir=${dir}>
      <span part="label" class="title" id="label">${text.files} <span class="soft">(${text.optional})</span></span>
      <label part="zone" class="zone ${this.over ? 'over' : ''}">
        <input
          class="quiet"
          type="file"
          id="control"
          ?multiple=${limits.count > 1}
          accept=${limits.types.join()}
          ?disabled=${this.readonly}
          aria-labelledby="label pick"
          aria-describedby="hint${this.error ? ' error' : ''}"
        />
        <span class="pick" id="pick">${text.chooseFiles}</span>
        <span class="soft">${text.dropFiles}</span>
      </label>
      <p part="hint" class="soft" id="hint">
        ${text.fileLimits(limits.count, numberIn(tag, limits.count), bytesIn(tag, limits.bytesPerFile), bytesIn(tag, limits.bytesPerTicket))}
      </p>
      ${this.#queue?.render()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-attachments': SupportAttachments;
  }
}
