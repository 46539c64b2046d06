import { SupportError, isSupportError, type CallOptions, type CreateTicketOptions, type Desk } from '@storefront-support/contract';
import type { LocalizedText, SupportAdapter, TicketDraft, TicketReceipt } from '@storefront-support/contract';
import { aborted, unlessAborted } from '../abort.js';
import { answerOf } from '../answer-of.js';
import { checkDraft } from '../check-draft.js';
import { notOurs } from '../exchange.js';
import { loadPart } from '../load-part.js';
import { own } from '../own.js';
import { postHere } from '../post-here.js';
import { randomToken } from '../random-token.js';
import { refusedByShop } from '../refusals.js';
import type { ShopAdapterOptions } from '../shop-desk.js';
import { shopRefusal } from '../shop-refusal.js';
import { earlyMagento } from './early.js';
import { contactInput, messagesCookie, pageMessages, type ContactInput } from './mapping.js';

/** `url`: base address of the store view. `desk`: code of the store, for the header `Store` of GraphQL. */
export interface MagentoAdapterOptions extends ShopAdapterOptions {
  /**
   * `form`, otherwise: the contact form, in every release. `graphql`: the mutation `contactUs`, in late ones; where it turns out to be
   * absent, the contact form.
   */
  transport?: 'form' | 'graphql' | undefined;
  /** Answers with what reCAPTCHA made of this visit, for shops that ask for it on their contact form. Called once for every send. */
  recaptcha?: (() => Promise<string>) | undefined;
  /** Whom customers write to; the shop's host name otherwise. */
  contactName?: LocalizedText | undefined;
}

const MESSAGES = 'mage-messages';
const FORM_KEY = 'form_key';
const RECEIPT: TicketReceipt = { ticket: null, confirmationMail: 'unknown' };

/** The shop tells its result in a cookie of the whole browser: one send at a time can be told from others. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * The contact form of a Magento 2 or Adobe Commerce shop, on a page of the same origin. The shop mails what was written and stores
 * nothing: no number, no reading back, no files, no kinds. Subject and order reference become the first lines of the comment. A lost
 * answer cannot be told from a lost message, so `delivery` is `unknown`.
 */
export class MagentoAdapter implements SupportAdapter {
  readonly name = 'magento';
  readonly delivery = 'unknown';
  /** Name, address and store. */
  readonly scope: string;
  readonly #options: MagentoAdapterOptions;
  readonly #base: string;
  readonly #desk: Desk;

  constructor(options: MagentoAdapterOptions) {
    this.#options = own(options);
    const { base, scope, desk } = earlyMagento(this.#options);
    this.#base = base;
    this.scope = scope;
    this.#desk = desk;
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    return own(options).signal?.aborted ? Promise.reject(aborted()) : Promise.resolve(this.#desk);
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { signal, trap } = own(options);
    await checkDraft(draft, this.#desk, { trap, signal });
    const input = contactInput(draft);
    if (this.#options.transport === 'graphql' && (await this.#mutate(input, signal))) return RECEIPT;
    const sending = unlessAborted(turn, signal).then(() => this.#post(input, signal));
    turn = sending.catch(() => undefined);
    await sending;
    return RECEIPT;
  }

  /** Posts the form. What the shop says is taken out of its cookie, so that the theme does not say it again; the rest stays. */
  async #post(input: ContactInput, signal: AbortSignal | undefined): Promise<void> {
    const { page } = this.#options;
    const fields = { ...input, hideit: '', [FORM_KEY]: this.#formKey(), ...(await this.#captcha('g-recaptcha-response', signal)) };
    const earlier = pageMessages(page.readCookie(MESSAGES));
    page.writeCookie(MESSAGES, '');
    // as an XMLHttpRequest it is also taken where the session has another key than the cookie
    const headers = { 'X-Requested-With': 'XMLHttpRequest' };
    const sending = this.#send(`${this.#base}contact/index/post/`, headers, new URLSearchParams(fields), signal);
    const answer = await sending.catch((error: unknown) => ({ error, redirected: false }));
    const told = pageMessages(page.readCookie(MESSAGES));
    const mine = answer.redirected ? told.pop() : undefined;
    page.writeCookie(MESSAGES, messagesCookie([...earlier, ...told]));
    if ('error' in answer) throw answer.error;
    if (!mine) throw notOurs();
    if (mine.type !== 'success') throw refusedByShop(mine.text);
  }

  /** False: this shop does not know the mutation, and nothing was done. */
  async #mutate(input: ContactInput, signal: AbortSignal | undefined): Promise<boolean> {
    const { desk } = this.#options;
    const headers = { 'Content-Type': 'application/json', ...(desk && { Store: desk }), ...(await this.#captcha('X-ReCaptcha', signal)) };
    // one address serves all store views, whose codes may be part of their own
    const root = desk && this.#base.endsWith(`/${desk}/`) ? this.#base.slice(0, -desk.length - 1) : this.#base;
    const { contactMutation, mutationOutcome } = await loadPart(import('./contact-mutation.js'), signal);
    try {
      const { text } = await this.#send(`${root}graphql`, headers, contactMutation(input), signal);
      const outcome = mutationOutcome(text);
      if (outcome === undefined) throw notOurs();
      if (typeof outcome === 'string') throw refusedByShop(outcome);
      return outcome;
    } catch (error) {
      if (isSupportError(error) && error.code === 'misconfigured') return false;
      throw error;
    }
  }

  async #captcha(name: string, signal: AbortSignal | undefined): Promise<{ [name: string]: string }> {
    const answer = await answerOf(this.#options.recaptcha, '', signal);
    return answer ? { [name]: answer } : {};
  }

  /** The key of this browser: the one printed in a cached page is somebody else's. */
  #formKey(): string {
    const { page } = this.#options;
    const known = page.readCookie(FORM_KEY);
    if (known) return known;
    const key = randomToken().replace(/[-_]/g, '').slice(0, 16);
    page.writeCookie(FORM_KEY, key);
    return key;
  }

  #send(url: string, headers: { [name: string]: string }, body: BodyInit, signal: AbortSignal | undefined) {
    const { page, timeout } = this.#options;
    return postHere(page, { url, headers, body, signal, timeout }, refusal);
  }
}

function refusal(status: number, headers: Headers): SupportError {
  if (status !== 404) return shopRefusal(status, headers);
  return new SupportError('misconfigured', 'The shop has no such page, or its contact form is switched off.');
}
