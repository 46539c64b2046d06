import { html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SupportError, type AttachmentPort, type FileLimits } from '@storefront-support/contract';
import { host } from '../base/host.styles.js';
import { SupportElement } from '../base/support-element.js';
import { tokens } from '../base/tokens.styles.js';
import type { FilesText } from '../locales/en.js';
import type { FileShelf, KeptFile } from '../outbox/entry.js';
import { filesTexts } from '../locales/index.js';
import { attachmentsStyles } from './support-attachments.styles.js';
import { renderList } from './upload-list.js';
import { UploadQueue } from './upload-queue.js';

const DRAGS = ['dragenter', 'dragover', 'dragleave', 'drop'];

/** Limits are made anew for every rendering; equal ones are no change. */
const differ = (now: unknown, before: unknown) => JSON.stringify(now) !== JSON.stringify(before);

/**
 * @summary Takes files by picker, drop or paste and sends each at once.
 * @slot - A label with an `<input type="file">`, where the page brings its own; else one is made.
 * @fires support-files-changed - A file was added, removed, or changed its state.
 * @csspart base - The root.
 * @csspart zone - The picker, where the page brings none.
 * @csspart list - The list of files.
 * @csspart file - One file in the list; `data-state` is `queued`, `uploading`, `done`, `failed`, `refused`, `missing` or `asking`.
 * @csspart retry - Tries a failed file again.
 * @csspart remove - Takes a file out.
 * @csspart choose - Asks for a file whose content is not on this device any more.
 * @csspart as-is - Sends a picture although what it hides could not be removed.
 * @csspart smaller - Makes a large picture smaller, or takes that back.
 * @csspart notice - What became of files that were given together.
 * @csspart error - What is wrong with the files as a whole.
 */
export class SupportAttachments extends SupportElement {
  static override styles = [tokens, host, attachmentsStyles];

  /** Where files go. */
  @property({ attribute: false }) port: AttachmentPort | undefined;

  /** What is accepted. */
  @property({ attribute: false, hasChanged: differ }) limits: FileLimits | null = null;

  /** `TicketKeys.secret` of the draft; files wait until there is one. */
  @property({ attribute: false }) secret = '';

  /** Contact the ticket will go to. */
  @property({ attribute: 'contact-id' }) contactId = '';

  /** Keeps the files on this device. */
  @property({ attribute: false }) shelf: FileShelf | undefined;

  /** `Entry.id` of the message the files belong to; they are kept once there is one. */
  @property({ attribute: false }) entry = '';

  /** Sentence that says what is wrong with the files as a whole. */
  @property() error = '';

  /** Files stay as they are while the ticket is on its way. */
  @property({ type: Boolean }) readonly = false;

  /** @internal Sentences about files. */
  @state() sentences: FilesText | undefined;

  /** @internal */
  readonly queue = new UploadQueue(this);

  /** Files are taken anywhere on the form. */
  #zone: Element = this;

  override connectedCallback(): void {
    super.connectedCallback();
    // the event of a picker of its own does not leave the root
    for (const place of [this, this.renderRoot]) place.addEventListener('change', this.#pick);
    this.#zone = this.closest('[part=base]') ?? this;
    for (const type of DRAGS) this.#zone.addEventListener(type, this.#drag);
    this.queue.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of DRAGS) this.#zone.removeEventListener(type, this.#drag);
    this.queue.pause();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const input = this.#input;
    if (input && this.limits) {
      input.multiple = this.limits.count > 1;
      input.accept = this.limits.types.join();
    }
    for (const picker of this.querySelectorAll('input')) picker.disabled = this.readonly;
    if (input) input.disabled = this.readonly;
    if (changed.has('shelf') || changed.has('entry')) for (const item of this.queue.items) this.queue.keep(item);
    // what one backend has is of no use to another
    if (changed.get('port') && this.port) this.queue.retry(true);
    if (changed.has('secret') || changed.has('limits') || changed.has('port') || changed.has('sentences')) this.queue.work();
  }

  protected override speak(): void {
    super.speak();
    this.learn();
    if (this.queue.told) {
      this.queue.told = undefined;
      this.queue.speak().then(
        () => this.requestUpdate(),
        () => undefined,
      );
    }
  }

  /** @internal Loads the sentences about files. What waits for them fails without them. */
  learn(): void {
    filesTexts(this.language.file).then(
      (sentences) => (this.sentences = sentences),
      (cause: unknown) => {
        if (this.sentences) return;
        const error = new SupportError('load-failed', 'The sentences about files could not be loaded.', { cause });
        for (const item of this.queue.items) if (item.state === 'queued') Object.assign(item, { state: 'failed', error });
        this.queue.changed();
      },
    );
  }

  /** Ids of the files that have arrived, in the order they were added. */
  get attachmentIds(): string[] {
    return this.queue.items.flatMap(({ state, attachment }) => (state === 'done' && attachment ? attachment.id : []));
  }

  /** Files that wait or are on their way. */
  get pending(): number {
    return this.queue.reading + this.queue.count('queued', 'uploading');
  }

  /** Files that failed, were refused, or wait for the person. */
  get troubled(): number {
    return this.queue.count('failed', 'refused', 'missing', 'asking');
  }

  /** Files that are lost when the page closes before they are sent: their content does not fit on the device. */
  get unkept(): number {
    return this.queue.items.filter(({ unkept, state }) => unkept && /^(queued|uploading|failed)$/.test(state)).length;
  }

  /** Why the first failed file failed. */
  get failure(): SupportError | undefined {
    return this.queue.items.find(({ state }) => state === 'failed')?.error;
  }

  /** Adds files as if the person had chosen them. */
  add(files: Iterable<File>): void {
    const chosen = [...files];
    if (chosen.length && !this.readonly) this.queue.add(chosen);
  }

  /** Takes over the files that this device has kept. They are not added to the shelf again. */
  restore(files: KeptFile[]): void {
    this.queue.restore(files);
  }

  /** Sends failed files again. With `anew`, sends every file again from its first byte, under the present `secret`. */
  retry(anew = false): void {
    this.queue.retry(anew);
  }

  /** Takes out files that are troubled; with `all`, every file. Finished ones stay with the backend. */
  drop(all = false): void {
    this.queue.drop(all);
  }

  /** @internal Opens the picker, which has focus when it closes. */
  choose(): void {
    this.focus();
    this.#input?.click();
  }

  override focus(): void {
    this.#input?.focus();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('[type=file]') ?? this.renderRoot.querySelector('[type=file]');
  }

  #pick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.type !== 'file') return;
    // the form around listens too, for as long as this element is not there
    event.stopPropagation();
    const files = [...(input.files ?? [])];
    // the same file may be chosen again after it was removed
    input.value = '';
    this.add(files);
  };

  #drag = (event: Event): void => {
    const { dataTransfer, type } = event as DragEvent;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.toggleAttribute('dragging', type === 'dragenter' || type === 'dragover');
    if (type !== 'drop') return;
    event.stopPropagation();
    if (this.readonly) return;
    const entries = [...dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? undefined);
    const folders = entries.filter((entry) => entry !== undefined).filter(({ isDirectory }) => isDirectory);
    // a folder is among the files, too, as one that cannot be read
    this.add([...dataTransfer.files].filter((file) => !folders.some(({ name }) => name === file.name)));
    if (folders.length) this.queue.addFolders(folders);
  };

  protected override render(): unknown {
    const { text, sentences, language } = this;
    return html`<div part="base" dir=${language.dir}>
      ${
        this.childElementCount
          ? html`<slot></slot>`
          : html`<label part="zone" class="zone">${text?.files} <input type="file" id="control" /></label>`
      }
      ${sentences ? renderList(this.queue, sentences) : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-attachments': SupportAttachments;
  }
}
