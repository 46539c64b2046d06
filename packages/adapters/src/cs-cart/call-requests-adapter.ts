import { SupportError, type CallOptions, type CreateTicketOptions, type Desk } from '@storefront-support/contract';
import type { LocalizedText, SupportAdapter, TicketDraft, TicketReceipt } from '@storefront-support/contract';
import { aborted } from '../abort.js';
import { answerOf } from '../answer-of.js';
import { checkDraft } from '../check-draft.js';
import { notOurs } from '../exchange.js';
import { own } from '../own.js';
import { postHere } from '../post-here.js';
import { refusedByShop } from '../refusals.js';
import type { ShopAdapterOptions } from '../shop-desk.js';
import { shopRefusal } from '../shop-refusal.js';
import { phoneLabelIn, tokenIn, toldBy } from './call-mapping.js';
import { earlyCallRequests, PHONE } from './early.js';

/** `url`: address of the shop's `index.php`. */
export interface CallRequestsAdapterOptions extends ShopAdapterOptions {
  /** As of `CsCartAdapterOptions`. */
  captcha?: (() => Promise<{ [field: string]: string }>) | undefined;
  /** Whom customers ask to be called by; the shop's host name otherwise. */
  contactName?: LocalizedText | undefined;
  /** Asks for the phone number where the shop's own page does not; `Tel.` otherwise. */
  phoneLabel?: string | undefined;
}

/**
 * The call requests of a CS-Cart shop, on a page of the same origin: the one channel of its own that stores what a guest asks. It
 * takes a name and a phone number and has no place for anything else: no message, no subject, no address, no files, no orders. It
 * gives no number, and a lost answer cannot be told from a lost request, so `delivery` is `unknown`.
 */
export class CallRequestsAdapter implements SupportAdapter {
  readonly name = 'cs-cart';
  readonly delivery = 'unknown';
  readonly scope: string;
  readonly #options: CallRequestsAdapterOptions;
  readonly #url: string;
  #label: string | undefined;

  constructor(options: CallRequestsAdapterOptions) {
    this.#options = own(options);
    const { url, scope } = earlyCallRequests(this.#options);
    this.#url = url;
    this.scope = scope;
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    return own(options).signal?.aborted ? Promise.reject(aborted()) : Promise.resolve(this.#desk());
  }

  async prepare(options: CallOptions = {}): Promise<Desk> {
    await this.#load(own(options).signal);
    return this.#desk();
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { signal, trap } = own(options);
    const { page, captcha, timeout } = this.#options;
    await checkDraft(draft, this.#desk(), { trap, signal });
    const body = new URLSearchParams({
      dispatch: 'call_requests.request',
      'call_data[name]': draft.requester.name.trim(),
      'call_data[phone]': draft.extra?.[PHONE]?.trim() ?? '',
      is_ajax: '1',
      result_ids: 'call_request',
      ...(await answerOf(captcha, {}, signal)),
    });
    const token = await this.#load(signal).catch((error: SupportError) => {
      if (error.code === 'aborted') throw error;
      // nothing has been sent, so there is no doubt to keep
      throw new SupportError('load-failed', 'The shop could not be read.', { cause: error });
    });
    if (token) body.set('security_hash', token);
    const { text } = await postHere(
      page,
      { url: this.#url, headers: { 'X-Requested-With': 'XMLHttpRequest' }, body, signal, timeout },
      shopRefusal,
    );
    const told = toldBy(text);
    if (told === undefined) throw notOurs();
    if (told !== true) throw refusedByShop(told);
    return { ticket: null, confirmationMail: 'unknown' };
  }

  /** The token of this visit, undefined where the shop uses none, and what its own form calls a phone number. */
  async #load(signal: AbortSignal | undefined): Promise<string | undefined> {
    const { page, timeout } = this.#options;
    const { status, document } = await page.load(this.#url, own({ signal, timeout }));
    if (status > 399 || !document) throw shopRefusal(status);
    this.#label = phoneLabelIn(document) || this.#label;
    return tokenIn(document);
  }

  #desk(): Desk {
    return earlyCallRequests(this.#options, this.#label).desk;
  }
}
