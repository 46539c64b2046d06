import {
  fileLimitsFor,
  isSupportError,
  SupportError,
  type FieldSpec,
  type FieldProblems, type TicketDraft, type TicketKeys, type TicketReceipt } from '@storefront-support/contract';
import { draftProblems } from '@storefront-support/contract/schemas';
import { bare } from '../base/bare.js';
import { bytesIn, numberIn } from '../base/localize.js';
import '../support-attachments/index.js';
import { SupportBeforeSendEvent, SupportErrorEvent, SupportTicketCreatedEvent } from '../events.js';
import type { MessageText } from '../locales/en.js';
import { renderCounter, renderNote } from './asides.js';
import { problemStyles, renderProblem } from './problem-view.js';
import { receiptStyles, renderReceipt } from './receipt.js';
import type { SupportForm } from './support-form.js';
import { makeKeys } from './ticket-keys.js';

/** After these a ticket may exist although nobody said so. */
const AMBIGUOUS = new Set(['network', 'timeout', 'aborted', 'not-a-receipt', 'internal', 'unavailable']);

/** One draft on its way from a `<support-form>` to a receipt: checks, keys, tries, and what the person is told. */
export class Submission {
  /** Kept until the receipt, so that every try of this draft is the same ticket. */
  keys: TicketKeys = makeKeys();
  problems: FieldProblems = {};
  /** Fields named in the error summary, as of the last try. */
  summary: string[] = [];
  error: SupportError | undefined;
  receipt: TicketReceipt | undefined;
  /** What the receipt is about. */
  sent: TicketDraft | undefined;
  /** The backend holds an earlier version of what is written now. */
  firstVersion: TicketReceipt | undefined;
  /** Files that keep the ticket from being sent. */
  filesMissing = 0;
  /** Spoken beside the send button. */
  status = '';
  /** True once the connection is back after `offline`. */
  online = false;
  /** Instant on `performance.now()`'s clock from which a retry is welcome. */
  retryAt = 0;
  /** What became of the copy button's last press. */
  copied: 'copied' | 'selected' | '' = '';

  /** Every different draft sent under the present keys, oldest first. */
  #tried: TicketDraft[] = [];
  #tick: ReturnType<typeof setInterval> | undefined;
  #stop: AbortController | undefined;

  constructor(
    readonly form: SupportForm,
    readonly messages: MessageText,
  ) {
    for (const { styleSheet } of [problemStyles, receiptStyles]) if (styleSheet) (form.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
    addEventListener('online', () => this.#connected());
    form.renderRoot.addEventListener('support-files-changed', () => this.#filesChanged());
  }

  /** What is written, as a draft. */
  get draft(): TicketDraft {
    const { values, chosen, attachments, language } = this.form;
    const text = (name: string) => (values[name] ?? '').trim();
    const order = values['kind'] ? '' : text('orderReference');
    return {
      contactId: chosen?.id ?? '',
      kind: values['kind'] ? 'pre-sale' : 'support',
      requester: { name: text('requester.name'), email: text('requester.email') },
      subject: text('subject'),
      message: text('message'),
      ...(order && { orderReference: order }),
      attachmentIds: attachments?.attachmentIds ?? [],
      locale: language.tag,
    };
  }

  /** Called after every rendering of the form: hands the file list what it works with. */
  updated(): void {
    const { adapter, desk, chosen, attachments, phase, language } = this.form;
    if (!attachments || !desk) return;
    attachments.port = adapter?.attachments;
    attachments.limits = fileLimitsFor(desk, chosen);
    attachments.secret = this.keys.secret;
    attachments.contactId = chosen?.id ?? '';
    attachments.locale = language.tag;
    attachments.messages = this.messages;
    attachments.error = this.sentenceFor('attachmentIds');
    attachments.readonly = phase === 'sending';
    if (this.form.files.length) this.takeFiles();
  }

  /** Hands the file list what was given before it was there. */
  takeFiles(): void {
    const { attachments, files } = this.form;
    attachments?.add(files.splice(0));
  }

  /** Checks one field again: after a change when it was wrong, or (`left`) when the person leaves it. */
  look(name: string, left = false): void {
    if (!left && !this.problems[name]) return;
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

  /** The person's sentence for a field's problem; empty where there is none. */
  sentenceFor(name: string): string {
    const problem = this.problems[name];
    if (!problem) return '';
    const { messages, form } = this;
    if (name === 'contactId') return messages.problemContact;
    if (name === 'requester.email' && problem.code === 'invalid') return messages.problemEmail;
    const { tag } = form.language;
    const limit = problem.limit ?? 0;
    return messages.problems[problem.code](this.labelOf(name), problem.code === 'too-large' ? bytesIn(tag, limit) : numberIn(tag, limit));
  }

  labelOf(name: string): string {
    const { form } = this;
    return form.fields.find((spec) => spec.name === name)?.label ?? form.text?.files ?? name;
  }

  /** Sends what is written, once its files have arrived. `withoutFiles`: leaves out those that have not. */
  async send(withoutFiles = false): Promise<void> {
    const { form } = this;
    this.#clear();
    form.phase = 'sending';
    this.problems = this.#check();
    if (Object.keys(this.problems).length) return this.#refuse();
    try {
      if (!(await this.#filesReady(withoutFiles))) return;
      await this.#deliver(this.draft);
    } catch (cause) {
      await this.#fail(isSupportError(cause) ? cause : new SupportError('internal', 'Sending failed in the page.', { cause }));
    }
  }

  /** Gives up the earlier version's keys and sends what is written now as a ticket of its own. */
  sendAnew(): Promise<void> {
    this.#newKeys();
    this.updated();
    this.form.attachments?.retry(true);
    return this.send();
  }

  /** Shows the receipt of the earlier version. */
  showFirst(): void {
    if (this.firstVersion) void this.#arrived(this.firstVersion, this.#tried[0]);
  }

  /** Tells the shop and, where it helps, the person why the form cannot work. */
  explain(cause: unknown): void {
    const { form } = this;
    this.error = this.#explanation(cause);
    form.dispatchEvent(new SupportErrorEvent(this.error));
    form.requestUpdate();
  }

  #explanation(cause: unknown): SupportError {
    const { blocked } = this.form;
    if (blocked) {
      const mend = `The page's Content-Security-Policy keeps the form from ${blocked}. Add that origin to it: connect-src ${blocked}`;
      return new SupportError('misconfigured', mend, { cause });
    }
    if (isSupportError(cause)) return cause;
    if (cause === 'load-failed') return new SupportError(cause, 'The sentences of the form could not be loaded.');
    if (cause === 'misconfigured') {
      const line = '<support-form endpoint="https://support.example" desk="…">';
      return new SupportError(cause, `This tag has no backend. Write ${line}, put it inside <support-provider>, or set its adapter property.`);
    }
    return new SupportError('internal', 'The desk could not be read.', { cause });
  }

  reset(): void {
    this.#clear();
    this.#stop?.abort();
    this.form.attachments?.drop(true);
    this.problems = {};
    this.receipt = this.sent = this.firstVersion = undefined;
    this.copied = '';
    this.#newKeys();
  }

  renderCounter(spec: FieldSpec): unknown {
    return renderCounter(this, spec);
  }

  renderNote(): unknown {
    return renderNote(this);
  }

  renderProblem(): unknown {
    return renderProblem(this);
  }

  renderReceipt(): unknown {
    return renderReceipt(this);
  }

  get #trap(): HTMLInputElement | null {
    return this.form.renderRoot.querySelector('[name=website]');
  }

  #newKeys(): void {
    this.keys = makeKeys();
    this.#tried = [];
    this.firstVersion = undefined;
  }

  #clear(): void {
    clearInterval(this.#tick);
    this.error = undefined;
    this.summary = [];
    this.filesMissing = this.retryAt = 0;
    this.status = '';
    this.online = false;
  }

  #check(): FieldProblems {
    const { desk } = this.form;
    return desk ? draftProblems({ ...this.draft, attachmentIds: [] }, desk) : {};
  }

  /** True once every file has arrived or is left out; else the person has been asked. */
  async #filesReady(without: boolean): Promise<boolean> {
    const { attachments } = this.form;
    if (!attachments) return true;
    if (without) attachments.drop();
    else attachments.retry();
    while (attachments.pending) {
      this.#say(this.messages.waitingForFiles(attachments.pending, numberIn(this.form.language.tag, attachments.pending)));
      await new Promise((resolve) => attachments.addEventListener('support-files-changed', resolve, bare({ once: true })));
    }
    this.#say('');
    this.filesMissing = attachments.troubled;
    if (this.filesMissing) await this.#fail(attachments.failure);
    return !this.filesMissing;
  }

  async #deliver(draft: TicketDraft): Promise<void> {
    const { form, keys } = this;
    const { adapter } = form;
    if (!adapter) throw new SupportError('misconfigured', 'This tag has no backend.');
    if (!form.dispatchEvent(new SupportBeforeSendEvent(draft))) {
      form.phase = 'ready';
      return;
    }
    const same = JSON.stringify(draft);
    if (!this.#tried.some((earlier) => JSON.stringify(earlier) === same)) this.#tried.push(draft);
    this.#stop = new AbortController();
    const options = { keys, trap: this.#trap?.value || undefined, signal: this.#stop.signal };
    try {
      await this.#arrived(await adapter.createTicket(draft, options), draft);
    } catch (error) {
      if (!isSupportError(error) || error.code !== 'idempotency-mismatch') throw error;
      this.firstVersion = await this.#replay(draft);
      throw error;
    }
  }

  /** The receipt of an earlier draft that was stored although its answer was lost: the same keys and text bring it back. */
  async #replay(latest: TicketDraft): Promise<TicketReceipt | undefined> {
    const { adapter } = this.form;
    for (const draft of this.#tried) {
      if (draft === latest || !adapter) continue;
      try {
        const receipt = await adapter.createTicket(draft, { keys: this.keys, trap: undefined, signal: undefined });
        this.#tried = [draft];
        return receipt;
      } catch {
        continue;
      }
    }
    return undefined;
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
      this.problems = error.fields;
      if (error.fields['attachmentIds']?.code === 'unknown') form.attachments?.retry(true);
      return this.#refuse();
    }
    if (error?.code === 'gone') form.attachments?.retry(true);
    // a browser may have filled the field that people do not see
    if (error?.code === 'looks-automated' && this.#trap) this.#trap.value = '';
    if (error?.retryAfter) {
      this.retryAt = performance.now() + error.retryAfter;
      this.#tick = setInterval(() => this.#count(), 1_000);
    }
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

  #count(): void {
    if (performance.now() >= this.retryAt) {
      clearInterval(this.#tick);
      this.retryAt = 0;
      this.#say(this.messages.waited);
    }
    this.form.requestUpdate();
  }

  #connected(): void {
    const { form, error } = this;
    if (error?.code !== 'offline') return;
    if (form.phase === 'broken') return void form.loadDesk();
    this.online = true;
    this.#say(this.messages.online);
  }

  /** True where sending again may make a second ticket. */
  get doubtful(): boolean {
    return this.form.adapter?.delivery === 'unknown' && AMBIGUOUS.has(this.error?.code ?? '');
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
