import {
  SupportError,
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
import { receiptOf, requestOf, tokenIn } from './mapping.js';

const CLOSED = 'Let anybody submit tickets in Zendesk: Admin Center → People → Configuration → End users.';

/**
 * Anonymous requests of a Zendesk account, with files, and Zendesk's own number. What happens to a ticket then cannot be seen from
 * a browser. Written from the documented contract of the Requests API and not run against a real account.
 */
export class ZendeskAdapter implements SupportAdapter {
  readonly name = 'zendesk';
  /** Zendesk files a request that is sent again a second time. */
  readonly delivery = 'unknown';
  readonly scope: string;
  /** Sent with the ticket, one token each: a token ends after an hour, and a message may wait for days. */
  readonly attachments: LaterFiles;
  readonly #desk: HelpDesk;

  /** @param options `url`: of the account, for example `https://shop.zendesk.com`; `desk`: id of a ticket form, the default one otherwise. */
  constructor(options: HelpDeskOptions) {
    this.#desk = new HelpDesk(options);
    const { desk } = this.#desk.options;
    this.scope = `zendesk:${this.#desk.url}${desk ? `#${desk}` : ''}`;
    this.attachments = new LaterFiles(() => this.#desk.describe().limits.files);
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    const { signal } = own(options);
    return signal?.aborted ? Promise.reject(aborted(signal.reason)) : Promise.resolve(this.#desk.describe());
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { keys, trap, signal } = own(options);
    await checkDraft(draft, this.#desk.describe(), { trap, signal });
    const tokens: string[] = [];
    for (const file of await this.attachments.take(draft.attachmentIds, keys.secret, signal))
      tokens.push(await beforehand(this.#upload(file, signal)));
    const body = requestOf(draft, tokens, this.#desk.options.desk ?? '');
    const answer = await this.#desk.ask('/api/v2/requests.json', { body, type: 'application/json', signal, refuse });
    const receipt = receiptOf(answer, draft);
    this.attachments.release(draft.attachmentIds);
    return receipt;
  }

  async #upload(file: File, signal: AbortSignal | undefined): Promise<string> {
    const path = `/api/v2/uploads.json?filename=${encodeURIComponent(file.name)}`;
    const type = file.type || 'application/octet-stream';
    const refuseFile = (status: number, headers: Headers) =>
      status === 422
        ? new SupportError('type-not-allowed', 'Zendesk does not take this file.', { cause: status })
        : refuse(status, headers);
    return tokenIn(await this.#desk.ask(path, { body: file, type, signal, refuse: refuseFile }));
  }
}

function refuse(status: number, headers: Headers): SupportError {
  if (status === 401 || status === 403) return switchedOff(CLOSED, status);
  if (status === 422) return new SupportError('invalid-request', 'Zendesk refuses this request.', { cause: status });
  return strangersRefusal(status, headers);
}
