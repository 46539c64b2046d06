import {
  isSupportError,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type SupportAdapter,
  type TicketDraft,
  type TicketReceipt,
} from '@storefront-support/contract';
import { aborted } from '../abort.js';
import { checkDraft } from '../check-draft.js';
import { strangersRefusal } from '../exchange.js';
import { beforehand, HelpDesk, switchedOff, type HelpDeskOptions } from '../help-desk.js';
import { LaterFiles } from '../later-files.js';
import { own } from '../own.js';
import { randomToken } from '../random-token.js';
import { invalidFields } from '../refusals.js';
import { formOf, problemsIn, receiptOf, tokenIn } from './mapping.js';

const FORM_OFF = 'Switch the form on in Zammad, under Channels → Form.';
/** Of a token that Zammad does not take, any more or from this page. */
const REFUSED = 401;

/**
 * The form channel of a Zammad: tickets with files, and Zammad's own number. What happens to a ticket then cannot be seen from a
 * browser. Written from the channel's documented contract and not run against a real Zammad.
 */
export class ZammadAdapter implements SupportAdapter {
  readonly name = 'zammad';
  /** Zammad files a form that is sent again a second time. */
  readonly delivery = 'unknown';
  readonly scope: string;
  readonly attachments: LaterFiles;
  readonly #desk: HelpDesk;
  /** Tokens are bound to it. It says nothing of the device. */
  readonly #fingerprint = randomToken();
  #token: string | undefined;

  /** @param options `url`: where Zammad is, for example `https://help.example`. */
  constructor(options: HelpDeskOptions) {
    this.#desk = new HelpDesk(options);
    this.scope = `zammad:${this.#desk.url}`;
    this.attachments = new LaterFiles(() => this.#desk.describe().limits.files);
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    const { signal } = own(options);
    return signal?.aborted ? Promise.reject(aborted(signal.reason)) : Promise.resolve(this.#desk.describe());
  }

  async prepare(options: CallOptions = {}): Promise<void> {
    this.#token ??= await this.#configure(own(options).signal);
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { keys, trap, signal } = own(options);
    await checkDraft(draft, this.#desk.describe(), { trap, signal });
    const files = await this.attachments.take(draft.attachmentIds, keys.secret, signal);
    this.#token ??= await beforehand(this.#configure(signal));
    const answer = await this.#submit(draft, files, signal).catch(async (error: unknown) => {
      // a form may stay open for longer than the day that its token lasts
      if (!isSupportError(error) || error.cause !== REFUSED) throw error;
      this.#token = await beforehand(this.#configure(signal));
      return this.#submit(draft, files, signal);
    });
    const problems = problemsIn(answer);
    if (problems) throw invalidFields(problems);
    const receipt = receiptOf(answer, draft);
    this.attachments.release(draft.attachmentIds);
    return receipt;
  }

  async #configure(signal: AbortSignal | undefined): Promise<string> {
    const body = new URLSearchParams([['fingerprint', this.#fingerprint]]);
    const token = tokenIn(await this.#desk.ask('/api/v1/form_config', { body, signal, refuse }));
    if (!token) throw switchedOff(FORM_OFF, 200);
    return token;
  }

  #submit(draft: TicketDraft, files: readonly File[], signal: AbortSignal | undefined): Promise<unknown> {
    const body = formOf(draft, { fingerprint: this.#fingerprint, token: this.#token ?? '' }, files);
    return this.#desk.ask('/api/v1/form_submit', { body, signal, refuse });
  }
}

function refuse(status: number, headers: Headers) {
  return status === 403 ? switchedOff(FORM_OFF, status) : strangersRefusal(status, headers);
}
