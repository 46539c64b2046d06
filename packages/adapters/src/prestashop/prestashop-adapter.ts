import {
  SupportError,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type LocalizedText,
  type SupportAdapter,
  type TicketDraft,
  type TicketKeys,
  type TicketReceipt,
} from '@storefront-support/contract';
import { aborted } from '../abort.js';
import { checkDraft } from '../check-draft.js';
import { LaterFiles } from '../later-files.js';
import { loadPart } from '../load-part.js';
import { own } from '../own.js';
import { invalidFields } from '../refusals.js';
import type { ShopAdapterOptions } from '../shop-desk.js';
import type { LoadedPage } from '../shop-page.js';
import { uncleanPart } from './clean-html.js';
import { earlyPrestashop } from './early.js';
import { CONSENT, contactFormIn, deskOf, isTaken, NAMES, type ContactForm } from './mapping.js';
import { markOf } from './repeat-mark.js';

/** Milliseconds: a file may be on its way for a while, and PHP is slow to refuse it. */
const SEND_TIMEOUT = 180_000;

/** `url` is the address of the contact page; `bytesPerFile` what PHP takes in one file, 2 000 000 otherwise. */
export interface PrestashopAdapterOptions extends ShopAdapterOptions {
  /** Of a shop with one contact, whose form does not name it; the shop's host otherwise. */
  contactName?: LocalizedText | undefined;
  /** Id of the product the page is about. */
  product?: string | undefined;
}

/** A contact page with its form, as it was just read. */
interface ReadPage {
  form: ContactForm;
  /** Where it was, after redirects. */
  url: string;
}

/** PrestaShop's own contact form (module contactform), on the shop's pages. It gives no number, and nothing can be read back. */
export class PrestashopAdapter implements SupportAdapter {
  readonly name = 'prestashop';
  readonly delivery = 'unknown';
  readonly scope: string;
  readonly attachments = new LaterFiles(() => this.#desk.limits.files, NAMES);
  readonly #options: PrestashopAdapterOptions;
  readonly #url: string;
  readonly #late: Desk;
  #desk: Desk;

  constructor(options: PrestashopAdapterOptions) {
    this.#options = own(options);
    const { desk, scope, url } = earlyPrestashop(this.#options);
    this.#url = url;
    this.scope = scope;
    this.#late = this.#desk = desk;
  }

  /** Asks nobody. */
  getDesk(options: CallOptions = {}): Promise<Desk> {
    const { signal } = own(options);
    return signal?.aborted ? Promise.reject(aborted(signal.reason)) : Promise.resolve(this.#desk);
  }

  async prepare(options: CallOptions = {}): Promise<Desk> {
    await this.#read(own(options).signal);
    return this.#desk;
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { keys, trap, signal } = own(options);
    const quote = await uncleanPart(draft.message, signal);
    if (quote) throw invalidFields({ message: { code: 'refused-text', detail: 'The shop would refuse a part of it.', quote } });
    const read = await this.#read(signal).catch((cause: SupportError) => {
      // nothing has been sent, so there is no doubt to keep
      throw cause.code === 'aborted' || cause.code === 'misconfigured'
        ? cause
        : new SupportError('load-failed', 'No contact page.', { cause });
    });
    await checkDraft(draft, this.#desk, { trap, signal });
    const [file] = await this.attachments.take(draft.attachmentIds, keys.secret, signal);
    const body = this.#bodyOf(draft, keys, read.form, file);
    if (body.has(CONSENT)) void this.#logConsent(read.form, signal);
    await this.#send(read, body, signal);
    this.attachments.release(draft.attachmentIds);
    return { ticket: null, confirmationMail: 'unknown' };
  }

  async #read(signal: AbortSignal | undefined): Promise<ReadPage> {
    const { page, timeout, contactName } = this.#options;
    const { status, url, document } = await page.load(this.#url, own({ signal, timeout }));
    const form = contactFormIn(document);
    if (!form?.contacts[0]?.id) throw (await loadPart(import('./failed-answer.js'), signal)).noForm(status, form);
    this.#desk = deskOf(form, this.#late, contactName);
    return { form, url };
  }

  /** Every field that the shop is known to read, and no other. */
  #bodyOf(
    { contactId, requester, orderReference, ...draft }: TicketDraft,
    { idempotencyKey }: TicketKeys,
    form: ContactForm,
    file: File | undefined,
  ): FormData {
    const order = orderReference ? form.orders.get(orderReference) : '';
    if (order === undefined) throw invalidFields({ orderReference: { code: 'unknown', detail: 'This customer has no such order.' } });
    const message = draft.message.trim();
    // the shop takes a lone zero for nothing
    const marked = !file || message === '0';
    const { product } = this.#options;
    const body = new FormData();
    body.set('id_contact', contactId);
    body.set('from', requester.email.trim());
    body.set('message', marked ? message + markOf(idempotencyKey) : message);
    if (order) body.set('id_order', order);
    if (product) body.set('id_product', product);
    if (file) body.set('fileUpload', file, file.name);
    if (form.consent && draft.extra?.[CONSENT]) body.set(CONSENT, '1');
    // has to be there, and empty
    body.set('url', '');
    body.set('token', form.token);
    body.set('submitMessage', '1');
    return body;
  }

  /** Resolves once the shop has said that it took the message, whatever its words for that are. */
  async #send({ form, url }: ReadPage, body: FormData, signal: AbortSignal | undefined): Promise<void> {
    let answer = await this.#post(url, body, signal);
    let again = contactFormIn(answer.document);
    // the token was too old, or another browser's: nothing was stored, and here is a good one
    if (again && again.token !== form.token) {
      body.set('token', again.token);
      answer = await this.#post(url, body, signal);
      again = contactFormIn(answer.document);
    }
    if (!again && answer.status < 300 && isTaken(answer.document, form.mark)) return;
    // an answer that cannot be understood leaves open what became of the message
    const { failureOf } = await loadPart(import('./failed-answer.js'), signal).catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new SupportError('not-a-receipt', 'The shop did not say that it took it.', { cause });
    });
    throw await failureOf(answer, body, (probe) => this.#post(url, probe, signal));
  }

  /** The log is not the message: what becomes of it changes nothing. */
  async #logConsent({ element }: ContactForm, signal: AbortSignal | undefined): Promise<void> {
    const logging = import('./log-consent.js').then(({ logConsent }) => logConsent(this.#options.page, element, signal));
    await logging.catch(() => undefined);
  }

  #post(url: string, body: FormData, signal: AbortSignal | undefined): Promise<LoadedPage> {
    return this.#options.page.load(url, own({ body, signal, timeout: this.#options.timeout ?? SEND_TIMEOUT }));
  }
}
