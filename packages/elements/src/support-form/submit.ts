import { SupportError, type FieldSpec, type FieldProblems, type TicketDraft, type TicketReceipt } from '@storefront-support/contract';
import { draftProblems } from '@storefront-support/contract/schemas';
import { asSupportError } from '../base/as-support-error.js';
import { bare } from '../base/bare.js';
import { SupportErrorEvent } from '../events.js';
import type { Locale } from '../base/localize.js';
import type { MessageText } from '../locales/en.js';
import { messageTexts } from '../locales/index.js';
import { Delivery, isDoubtful, newEntry } from '../outbox/delivery.js';
import type { Entry, KeptFile } from '../outbox/entry.js';
import { renderCounter, renderDelete, renderFileHint, renderNote, renderStatus, sentenceFor, supplyFiles } from './asides.js';
import { Countdown } from './countdown.js';
import { DraftKeeper } from './draft-keeper.js';
import { beginDraft, draftOf } from './draft.js';
import { filesChanged, filesReady, listFiles, takeFiles } from './form-files.js';
import { isHeldBack } from './held-back.js';
import { Presence } from './presence.js';
import { Presses } from './presses.js';
import { renderProblem } from './problem-view.js';
import { renderReceipt } from './receipt.js';
import { submissionStyles } from './submission.styles.js';
import { SupportBeforeSendEvent, SupportTicketCreatedEvent } from './sending-events.js';
import type { SupportForm } from './support-form.js';

/** One draft on its way from a `<support-form>` to a receipt: checks, keys, tries, and what the person is told. */
export class Submission {
  delivery: Delivery;
  readonly keeper = new DraftKeeper(this);
  /** The list of other messages that wait on this device, once there are any. */
  renderWaiting: (() => unknown) | undefined;
  problems = bare<FieldProblems>({});
  /** Fields named in the error summary, as of the last try. */
  summary: string[] = [];
  error: SupportError | undefined;
  receipt: TicketReceipt | undefined;
  /** What the receipt is about. */
  sent: TicketDraft | undefined;
  /** Files that this device has kept, until their list is loaded. */
  kept: KeptFile[] = [];
  /** Files that keep the ticket from being sent. */
  filesMissing = 0;
  /** Spoken beside the send button. */
  status = '';
  /** True while the ticket waits for its files, which may still be taken out. */
  waiting = false;
  /** The button that deletes has been pressed once. */
  deleting = false;
  /** The address that the person said was right. */
  certain = '';
  /** Asks about an address that looks mistyped, or about what looks secret, while that is asked. */
  question: (() => unknown) | undefined;
  /** True once the connection is back after `offline`. */
  online = false;
  /** Runs after an answer that asked for patience. */
  readonly countdown = new Countdown();
  readonly presses: Presses;
  /** What became of the copy button's last press. */
  copied: 'copied' | 'selected' | '' = '';
  /** True once the ticket has been forgotten on this device. */
  forgotten = false;

  #file: Locale['file'];

  readonly sentenceFor = (name: string): string => sentenceFor(this, name);
  readonly renderCounter = (spec: FieldSpec): unknown => renderCounter(this, spec);
  readonly renderFileHint = (): unknown => renderFileHint(this);
  readonly renderNote = (): unknown => renderNote(this);
  readonly renderProblem = (): unknown => [this.renderWaiting?.(), renderProblem(this)];
  readonly takeFiles = (): Promise<void> => takeFiles(this);
  readonly renderDelete = (): unknown => renderDelete(this);
  readonly renderStatus = (): unknown => renderStatus(this);
  readonly renderReceipt = (): unknown => [renderReceipt(this), this.renderWaiting?.()];

  constructor(
    readonly form: SupportForm,
    public messages: MessageText,
  ) {
    this.#file = form.language.file;
    this.delivery = new Delivery(newEntry('', form.id));
    this.presses = new Presses(form.renderRoot);
    const { styleSheet } = submissionStyles;
    if (styleSheet) (form.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
    form.renderRoot.addEventListener('support-files-changed', () => filesChanged(this));
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
    void this.keeper.recall();
  }

  async #speak(file: Locale['file']): Promise<void> {
    this.#file = file;
    this.messages = await messageTexts(file).catch(() => this.messages);
    this.form.requestUpdate();
  }

  /** Checks one field again: after a change when it was wrong, or (`left`) when the person leaves it. */
  look(name: string, left = false): void {
    // what a backend has said of it stands until it is changed
    if (left) return this.presses.after(() => this.problems[name] ?? this.#judge(name));
    this.keeper.touch();
    if (!this.delivery.first) this.question = undefined;
    if (this.problems[name]) this.#judge(name);
  }

  #judge(name: string): void {
    const problem = this.#check()[name];
    const { [name]: _, ...others } = this.problems;
    this.problems = bare(problem ? { ...others, [name]: problem } : others);
    this.form.requestUpdate();
  }

  /** Sends what is written, once its files have arrived. `withoutFiles`: leaves out those that have not. */
  async send(withoutFiles = false): Promise<void> {
    const { form } = this;
    this.#clear();
    form.phase = 'sending';
    const why = !form.desk?.contacts.length && (await form.prepare().catch(asSupportError));
    if (why) return this.fail(why);
    this.problems = this.#check();
    if (Object.keys(this.problems).length) return this.#refuse();
    if (await isHeldBack(this)) return this.question && this.#failed();
    const draft = draftOf(form);
    if (!form.dispatchEvent(new SupportBeforeSendEvent(draft))) return void (form.phase = 'ready');
    const { adapter } = form;
    let { delivery } = this;
    try {
      await listFiles(this, withoutFiles);
      const queued = delivery === this.delivery && (await this.keeper.queue(draft));
      if (!queued) return;
      delivery = queued;
      const ready = await filesReady(this);
      // `reset()` in between has begun another draft
      if (!ready || delivery !== this.delivery || adapter !== form.adapter) return;
      await this.#deliver(draftOf(form));
    } catch (cause) {
      if (delivery !== this.delivery || form.phase !== 'sending') return;
      await this.fail(asSupportError(cause));
    }
  }

  reset(keepPerson: boolean): void {
    const { form } = this;
    form.attachments?.drop(true);
    this.keeper.begin();
    beginDraft(form, keepPerson);
    this.reopen();
  }

  /** An empty form, or what is put into it next. */
  reopen(): void {
    const { form } = this;
    if (form.desk) form.phase = 'ready';
    this.#clear();
    this.problems = bare({});
    this.kept = [];
    this.receipt = this.sent = undefined;
    this.copied = '';
    this.forgotten = false;
    form.requestUpdate();
  }

  get #trap(): HTMLInputElement | null {
    return this.form.renderRoot.querySelector('[name=website]');
  }

  #clear(): void {
    this.countdown.stop();
    this.error = this.question = undefined;
    this.summary = [];
    this.filesMissing = 0;
    this.status = '';
    this.online = this.deleting = false;
  }

  #check(): FieldProblems {
    const { form } = this;
    return bare(form.desk ? draftProblems(bare({ ...draftOf(form), attachmentIds: [] }), form.desk) : {});
  }

  async #deliver(draft: TicketDraft): Promise<void> {
    const { form, delivery } = this;
    if (!form.adapter) throw new SupportError('misconfigured', 'This tag has no backend.');
    const receipt = await delivery.send(form.adapter, draft, this.#trap?.value);
    if (delivery === this.delivery && form.phase === 'sending') await this.arrive(receipt, draft);
  }

  /** Shows the receipt of what was sent, by this form or for it. */
  async arrive(receipt: TicketReceipt, draft: TicketDraft): Promise<void> {
    const { form } = this;
    this.#clear();
    this.receipt = receipt;
    this.sent = draft;
    form.phase = 'sent';
    form.dispatchEvent(new SupportTicketCreatedEvent(receipt.ticket));
    await form.updateComplete;
    this.#show('receipt');
    await this.keeper.seen();
  }

  /** What became of the entry while others had it. */
  told({ code, retryAt }: Entry): void {
    if (code) this.error = new SupportError(code, 'The last try in the background failed.');
    if (retryAt > Date.now()) this.#wait(retryAt - Date.now());
    this.form.requestUpdate();
  }

  async #refuse(): Promise<void> {
    const { form, problems } = this;
    const order = new Set(['contactId', ...form.fields.map((spec) => spec && spec.name), 'attachmentIds'] as string[]);
    this.summary = [...order].filter((name) => problems[name]);
    this.error = new SupportError('invalid-fields', 'The draft has fields to correct.', { fields: problems });
    await this.#failed();
  }

  async fail(error: SupportError | undefined): Promise<void> {
    const { form } = this;
    this.error = error;
    if (error?.fields) {
      this.problems = bare({});
      // the form shows the files as one field; a server names each (`attachmentIds.0`)
      for (const [name, problem] of Object.entries(error.fields)) this.problems[name.replace(/\.\d+$/, '')] ??= problem;
      if (/^(unknown|not-finished)$/.test(this.problems['attachmentIds']?.code ?? '')) form.attachments?.retry(true);
      return this.#refuse();
    }
    if (this.delivery.first)
      this.question = await import('./first-version.js').then(({ askAboutFirst }) => askAboutFirst(this)).catch(() => undefined);
    if (error?.code === 'gone') form.attachments?.retry(true);
    // a browser may have filled the field that people do not see
    if (error?.code === 'looks-automated' && this.#trap) this.#trap.value = '';
    if (error?.retryAfter) this.#wait(error.retryAfter);
    await this.#failed();
    if (!this.filesMissing || error?.retryable) this.keeper.handOver();
  }

  async #failed(): Promise<void> {
    const { form, error } = this;
    form.phase = 'failed';
    this.say('');
    if (error) form.dispatchEvent(new SupportErrorEvent(error));
    await form.updateComplete;
    this.#show('error');
  }

  #wait(milliseconds: number): void {
    this.countdown.start(milliseconds, (over) => this.say(over ? this.messages.waited : this.status));
  }

  /** True where a ticket may exist although nobody said so. */
  get ambiguous(): boolean {
    return this.delivery.entry.doubt;
  }

  /** True while what was written is sent without anybody pressing anything. */
  get queued(): boolean {
    const { entry, kept } = this.delivery;
    return kept && !!entry.draft && !this.doubtful;
  }

  /** True where sending again may make a second ticket. */
  get doubtful(): boolean {
    return isDoubtful(this.delivery.entry, this.form.adapter);
  }

  /** Speaks beside the send button. */
  say(sentence: string): void {
    this.status = sentence;
    this.form.requestUpdate();
  }

  #show(part: string): void {
    const { form } = this;
    const element = form.renderRoot.querySelector<HTMLElement>(`[part=${part}]`);
    // somebody who has gone on to other things on the page is left there
    if (!form.matches(':focus-within') && document.activeElement !== document.body) return;
    element?.focus();
    // from its beginning, however long it is
    element?.scrollIntoView();
  }
}
