import { SupportError, type CallOptions, type CreateTicketOptions, type Desk } from '@storefront-support/contract';
import type { LocalizedText, SupportAdapter, TicketDraft, TicketReceipt } from '@storefront-support/contract';
import { aborted } from '../abort.js';
import { answerOf } from '../answer-of.js';
import { checkDraft } from '../check-draft.js';
import { LaterFiles } from '../later-files.js';
import { loadPart } from '../load-part.js';
import { own } from '../own.js';
import { refusedByShop } from '../refusals.js';
import type { ShopAdapterOptions } from '../shop-desk.js';
import { earlyCsCart } from './early.js';
import { filledForm, formPage, noticeIn, type FormPage } from './mapping.js';
import { TOKEN } from './token.js';

/** `url`: address of the shop's `index.php`. `desk`: id of a form page. */
export interface CsCartAdapterOptions extends ShopAdapterOptions {
  desk: string;
  /** Answers with the fields that the shop's check against robots wants, for example `g-recaptcha-response`. Called for every send. */
  captcha?: (() => Promise<{ [field: string]: string }>) | undefined;
  /** Whom customers write to; the shop's host name otherwise. */
  contactName?: LocalizedText | undefined;
}

/** A file may be on its way for a while. */
const SEND_TIMEOUT_MS = 180_000;
const RECEIPT: TicketReceipt = { ticket: null, confirmationMail: 'unknown' };

/**
 * A form page of a CS-Cart shop, on a page of the same origin. Its elements are read when the form is first used: those for address,
 * text, name and subject as such, all others as the desk's own fields; files where the form has elements for them. A name or a subject
 * without an element becomes a first line of the text. The shop mails what was written and stores nothing: no number, no reading
 * back, no kinds, no orders. A lost answer cannot be told from a lost message, so `delivery` is `unknown`.
 */
export class CsCartAdapter implements SupportAdapter {
  readonly name = 'cs-cart';
  readonly delivery = 'unknown';
  /** Name, address and page. */
  readonly scope: string;
  readonly attachments = new LaterFiles(() => this.#known.limits.files);
  readonly #options: CsCartAdapterOptions;
  readonly #url: string;
  #known: Desk;

  constructor(options: CsCartAdapterOptions) {
    this.#options = own(options);
    ({ url: this.#url, scope: this.scope, desk: this.#known } = earlyCsCart(this.#options));
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    return own(options).signal?.aborted ? Promise.reject(aborted()) : Promise.resolve(this.#known);
  }

  async prepare(options: CallOptions = {}): Promise<Desk> {
    return (await this.#load(own(options).signal)).desk;
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { signal, trap, keys } = own(options);
    const { page, captcha, timeout } = this.#options;
    for (let again = false; ; again = true) {
      // a token is of one visit, and what is printed into a cached page is of somebody else's
      const { form, desk } = await this.#load(signal).catch((error: SupportError) => {
        if (error.code === 'aborted' || error.code === 'misconfigured') throw error;
        // nothing has been sent, so there is no doubt to keep
        throw new SupportError('load-failed', 'No form page.', { cause: error });
      });
      await checkDraft(draft, desk, { trap, signal });
      const files = await this.attachments.take(draft.attachmentIds, keys.secret, signal);
      const body = filledForm(form, draft, files, await answerOf(captcha, {}, signal));
      const { status, url, document } = await page.load(form.action, own({ body, signal, timeout: timeout ?? SEND_TIMEOUT_MS }));
      if (new URL(url).searchParams.get('sent') === 'Y') {
        this.attachments.release(draft.attachmentIds);
        return RECEIPT;
      }
      const token = document?.querySelector<HTMLInputElement>(`[name="${TOKEN}"]`)?.value;
      const said = noticeIn(document);
      if (status > 399 || !(token ?? said)) throw noAnswer(status);
      // with another token the visit is another one, and the first send was refused for it
      if (again || !token || token === body.get(TOKEN)) throw refusedByShop(said);
    }
  }

  async #load(signal: AbortSignal | undefined): Promise<{ form: FormPage; desk: Desk }> {
    const { page, desk: id, timeout } = this.#options;
    const { status, document } = await page.load(
      `${this.#url}${this.#url.includes('?') ? '&' : '?'}dispatch=pages.view&page_id=${id}`,
      own({ signal, timeout }),
    );
    if (status !== 404 && (status > 399 || !document)) throw noAnswer(status);
    let form = formPage(document, id);
    // something may be name or subject in another language
    if (form.places.size < 4 && form.fields.some(([{ control }]) => control === 'text'))
      form = formPage(document, id, (await loadPart(import('./other-labels.js'), signal)).LABELS);
    const { desk } = earlyCsCart(this.#options, form.files.length);
    desk.fields = form.fields.map(([spec]) => spec);
    this.#known = desk;
    return { form, desk };
  }
}

/** Something between page and shop has answered or, with a status of 4xx, refused; or the shop is not well. */
function noAnswer(status: number): SupportError {
  return new SupportError(status > 499 ? 'unavailable' : status > 399 ? 'invalid-request' : 'not-a-receipt', `Status ${status}.`);
}
