import {
  isSupportError,
  SupportError,
  type FieldSpec,
  type FieldProblems,
  type TicketDraft,
  type TicketReceipt,
} from '@storefront-support/contract';
import { draftProblems } from '@storefront-support/contract/schemas';
import { bare } from '../base/bare.js';
import { numberIn } from '../base/format.js';
import { SupportBeforeSendEvent, SupportErrorEvent, SupportTicketCreatedEvent } from '../events.js';
import type { Locale } from '../base/localize.js';
import type { MessageText } from '../locales/en.js';
import { messageTexts } from '../locales/index.js';
import { renderCounter, renderFileHint, renderNote, renderStatus, sentenceFor, supplyFiles } from './asides.js';
import { Countdown } from './countdown.js';
import { Delivery, mayHaveArrived } from './delivery.js';
import { beginDraft, draftOf } from './draft.js';
import { explain } from './explain.js';
import { Presence } from './presence.js';
import { Presses } from './presses.js';
import { problemStyles, renderProblem } from './problem-view.js';
import { receiptStyles, renderReceipt } from './receipt.js';
import type { SupportForm } from './support-form.js';

/** One draft on its way from a `<support-form>` to a receipt: checks, keys, tries, and what the person is told. */
export class Submission {
  delivery = new Delivery();
  problems: FieldProblems = {};
  /** Fields named in the error summary, as of the last try. */
  summary: string[] = [];
  error: SupportError | undefined;
  receipt: TicketReceipt | undefined;
  /** What the receipt is about. */
  sent: TicketDraft | undefined;
  /** Files that keep the ticket from being sent. */
  filesMissing = 0;
  /** Spoken beside the send button. */
  status = '';
  /** True while the ticket waits for its files, which may still be taken out. */
  waiting = false;
  /** True once the connection is back after `offline`. */
  online = false;
  /** Runs after an answer that asked for patience. */
  readonly countdown = new Countdown();
  readonly presses: Presses;
  /** What became of the copy button's last press. */
  copied: 'copied' | 'selected' | '' = '';

  #loading: Promise<unknown> | undefined;
  #file: Locale['file'];

  readonly sentenceFor = (name: string): string => sentenceFor(this, name);
  readonly renderCounter = (spec: FieldSpec): unknown => renderCounter(this, spec);
  readonly renderFileHint = (): unknown => renderFileHint(this);
  readonly renderNote = (): unknown => renderNote(this);
  readonly renderProblem = (): unknown => renderProblem(this);
  readonly renderStatus = (): unknown => renderStatus(this);
  readonly renderReceipt = (): unknown => renderReceipt(this);

  constructor(
    readonly form: SupportForm,
    public messages: MessageText,
  ) {
    this.#file = form.language.file;
    this.presses = new Presses(form.renderRoot);
    for (const { styleSheet } of [problemStyles, receiptStyles])
      if (styleSheet) (form.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
    form.renderRoot.addEventListener('support-files-changed', () => this.#filesChanged());
    form.renderRoot.addEventListener('focusin', ({ target }) => {
      if ((target as HTMLInputElement).type === 'file') this.takeFiles().catch(() => undefined);
    });
    form.addController(new Presence(this));
  }

  /** Called after every rendering of the form: hands the file list what it works with. */
  updated(): void {
    const { file } = this.form.language;
    if (file !== this.#file) void this.#speak(file);
    supplyFiles(this);
  }

  async #speak(file: Locale['file']): Promise<void> {
    this.#file = file;
    this.messages = await messageTexts[file]().catch(() => this.messages);
    this.form.requestUpdate();
  }

  /** Loads the file list, once, and hands it what was given before it was there. */
  async takeFiles(): Promise<void> {
    const { form } = this;
    this.#loading ??= import('../support-attachments/index.js');
    try {
      await this.#loading;
    } catch (cause) {
      this.#loading = undefined;
      this.#say(this.messages.errors['load-failed']);
      throw new SupportError('load-failed', 'The code that sends files could not be loaded.', { cause });
    }
    if (this.status === this.messages.errors['load-failed']) this.#say('');
    this.updated();
    // chosen before sending began: the list takes them even if it is read-only by now
    if (form.files.length) form.attachments?.queue.add(form.files.splice(0));
  }

  /** Checks one field again: after a change when it was wrong, or (`left`) when the person leaves it. */
  look(name: string, left = false): void {
    if (left) this.presses.after(() => this.#judge(name));
    else if (this.problems[name]) this.#judge(name);
  }

  #judge(name: string): void {
    const problem = this.#check()[name];
    const { [name]: _, ...others } = this.problems;
    this.problems = problem ? { ...others, [name]: problem } : others;
    this.form.requestUpdate();
  }

  #filesChanged(): void {
    const { attachments } = this.form;
    if (this.filesMissing && !attachments?.troubled) {
      this.filesMissing = 0;
      if (this.form.phase === 'failed' && !this.summary.length) this.form.phase = 'ready';
    }
    this.form.requestUpdate();
  }

  /** Sends what is written, once its files have arrived. `withoutFiles`: leaves out those that have not. */
  async send(withoutFiles = false): Promise<void> {
    const { form, delivery } = this;
    this.#clear();
    form.phase = 'sending';
    this.problems = this.#check();
    if (Object.keys(this.problems).length) return this.#refuse();
    try {
      const ready = await this.#filesReady(withoutFiles);
      // `reset()` in between has begun another draft
      if (!ready || delivery !== this.delivery) return;
      await this.#deliver(draftOf(form));
    } catch (cause) {
      if (delivery !== this.delivery) return;
      await this.#fail(isSupportError(cause) ? cause : new SupportError('internal', 'Sending failed in the page.', { cause }));
    }
  }

  /** Gives up the earlier version's keys and sends what is written now as a ticket of its own. */
  sendAnew(): Promise<void> {
    this.delivery = new Delivery();
    this.updated();
    this.form.attachments?.retry(true);
    return this.send();
  }

  /** Shows the receipt of the earlier version. */
  showFirst(): void {
    const { first } = this.delivery;
    if (first) void this.#arrived(first.receipt, first.draft);
  }

  /** Tells the shop and, where it helps, the person why the form cannot work. */
  explain(cause: unknown): void {
    const { form } = this;
    this.error = explain(cause, form.blocked);
    form.dispatchEvent(new SupportErrorEvent(this.error));
    form.requestUpdate();
  }

  reset(keepPerson: boolean): void {
    const { form } = this;
    beginDraft(form, keepPerson);
    if (form.desk) form.phase = 'ready';
    this.#clear();
    this.delivery.stop();
    this.delivery = new Delivery();
    this.form.files.length = 0;
    form.attachments?.drop(true);
    this.problems = {};
    this.receipt = this.sent = undefined;
    this.copied = '';
    form.requestUpdate();
  }

  get #trap(): HTMLInputElement | null {
    return this.form.renderRoot.querySelector('[name=website]');
  }

  #clear(): void {
    this.countdown.stop();
    this.error = undefined;
    this.summary = [];
    this.filesMissing = 0;
    this.status = '';
    this.online = false;
  }

  #check(): FieldProblems {
    const { form } = this;
    return form.desk ? draftProblems({ ...draftOf(form), attachmentIds: [] }, form.desk) : {};
  }

  /** True once every file has arrived or is left out; else the person has been asked. */
  async #filesReady(without: boolean): Promise<boolean> {
    const { files } = this.form;
    files.length = this.filesMissing = without ? 0 : files.length;
    if (files.length) await this.takeFiles();
    const { attachments } = this.form;
    if (!attachments) return true;
    if (without) attachments.drop();
    else attachments.retry();
    while (attachments.pending) {
      this.waiting = true;
      this.#say(this.messages.waitingForFiles(attachments.pending, numberIn(this.form.language.tag, attachments.pending)));
      await new Promise((resolve) => attachments.addEventListener('support-files-changed', resolve, bare({ once: true })));
    }
    this.waiting = false;
    this.#say('');
    this.filesMissing = attachments.troubled;
    if (this.filesMissing) await this.#fail(attachments.failure);
    return !this.filesMissing;
  }

  async #deliver(draft: TicketDraft): Promise<void> {
    const { form, delivery } = this;
    if (!form.adapter) throw new SupportError('misconfigured', 'This tag has no backend.');
    if (form.dispatchEvent(new SupportBeforeSendEvent(draft))) {
      const receipt = await delivery.send(form.adapter, draft, this.#trap?.value);
      if (delivery === this.delivery) await this.#arrived(receipt, draft);
    } else form.phase = 'ready';
  }

  async #arrived(receipt: TicketReceipt, draft: TicketDraft | undefined): Promise<void> {
    const { form } = this;
    this.#clear();
    this.receipt = receipt;
    this.sent = draft;
    form.phase = 'sent';
    form.dispatchEvent(new SupportTicketCreatedEvent(receipt.ticket));
    await form.updateComplete;
    this.#show('receipt');
  }

  async #refuse(): Promise<void> {
    const { form, problems } = this;
    const order = ['contactId', ...form.fields.map(({ name }) => name), 'attachmentIds'];
    this.summary = order.filter((name) => problems[name]);
    this.error = new SupportError('invalid-fields', 'The draft has fields to correct.', { fields: problems });
    await this.#failed();
  }

  async #fail(error: SupportError | undefined): Promise<void> {
    const { form } = this;
    this.error = error;
    if (error?.fields) {
      this.problems = {};
      // the form shows the files as one field; a server names each (`attachmentIds.0`)
      for (const [name, problem] of Object.entries(error.fields)) this.problems[name.replace(/\.\d+$/, '')] ??= problem;
      if (/^(unknown|not-finished)$/.test(this.problems['attachmentIds']?.code ?? '')) form.attachments?.retry(true);
      return this.#refuse();
    }
    if (error?.code === 'gone') form.attachments?.retry(true);
    // a browser may have filled the field that people do not see
    if (error?.code === 'looks-automated' && this.#trap) this.#trap.value = '';
    if (error?.retryAfter) this.countdown.start(error.retryAfter, (over) => this.#say(over ? this.messages.waited : this.status));
    await this.#failed();
  }

  async #failed(): Promise<void> {
    const { form, error } = this;
    form.phase = 'failed';
    this.#say('');
    if (error) form.dispatchEvent(new SupportErrorEvent(error));
    await form.updateComplete;
    this.#show('error');
  }

  /** True where a ticket may exist although nobody said so. */
  get ambiguous(): boolean {
    return mayHaveArrived(this.error);
  }

  /** True where sending again may make a second ticket. */
  get doubtful(): boolean {
    return this.ambiguous && this.form.adapter?.delivery === 'unknown';
  }

  #say(sentence: string): void {
    this.status = sentence;
    this.form.requestUpdate();
  }

  #show(part: string): void {
    const element = this.form.renderRoot.querySelector<HTMLElement>(`[part=${part}]`);
    element?.focus();
    element?.scrollIntoView(bare({ block: 'nearest', inline: 'nearest', behavior: 'auto' }));
  }
}
