import {
  SupportError,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type GetTicketOptions,
  type SupportAdapter,
  type TicketDetail,
  type TicketDraft,
  type TicketReceipt,
  type TrackingPort,
} from '@storefront-support/contract';
import { aborted } from '../abort.js';
import { checkDraft } from '../check-draft.js';
import { HelpDesk, type HelpDeskOptions } from '../help-desk.js';
import { LaterFiles } from '../later-files.js';
import { loadPart } from '../load-part.js';
import { own } from '../own.js';
import { detailOf, ticketOf } from './mapping.js';
import { ChatwootThreads, type ChatwootIdentity } from './threads.js';

/** Where the inbox is, and what the adapter is handed instead of reading globals. */
export interface ChatwootAdapterOptions extends HelpDeskOptions {
  /** Identifier of an inbox of the type API. */
  desk: string;
  /** Whom the shop has signed in, for inboxes that take nobody else. */
  identity?: ChatwootIdentity | undefined;
  /** The platform's own otherwise. */
  WebSocket?: typeof WebSocket | undefined;
}

/**
 * An inbox of the type API of a Chatwoot, by its client API: tickets with files, their threads, replies and live hints. Every ticket is
 * a contact of its own, whose `source_id` is the ticket's secret. Written from the documented contract and not run against a real
 * Chatwoot.
 */
export class ChatwootAdapter implements SupportAdapter {
  readonly name = 'chatwoot';
  /**
   * Two sends at the same time make two tickets. One after the other they do not: what an earlier send has filed is found by its
   * secret.
   */
  readonly delivery = 'unknown';
  readonly scope: string;
  readonly attachments: LaterFiles;
  /** Its code is loaded with the first ticket that is followed. */
  readonly tracking: TrackingPort = {
    bareStatus: true,
    openDevice: async (request, options = {}) => (await this.#follow(options)).openDevice(request, options),
    listTickets: async (options) => (await this.#follow(options)).listTickets(options),
    getThread: async (number, options) => (await this.#follow(options)).getThread(number, options),
    reply: async (number, draft, options) => (await this.#follow(options)).reply(number, draft, options),
    setStatus: async (number, change, options) => (await this.#follow(options)).setStatus(number, change, options),
    markSeen: async (number, seq, options) => (await this.#follow(options)).markSeen(number, seq, options),
    linkAttachment: async (number, id, options) => (await this.#follow(options)).linkAttachment(number, id, options),
    follow: async (options) => (await this.#follow({})).follow(options),
  };
  readonly #desk: HelpDesk;
  readonly #threads: ChatwootThreads;
  readonly #openSocket: (url: string, protocol: string) => WebSocket;
  #following: TrackingPort | undefined;

  constructor(options: ChatwootAdapterOptions) {
    const { desk, identity, WebSocket: Socket } = own(options);
    this.#desk = new HelpDesk(options);
    this.scope = `chatwoot:${this.#desk.url}#${desk}`;
    this.attachments = new LaterFiles(() => this.#desk.describe().limits.files);
    this.#threads = new ChatwootThreads(this.#desk, identity && own(identity));
    this.#openSocket = (url, protocol) => new (Socket ?? WebSocket)(url, protocol);
  }

  getDesk(options: CallOptions = {}): Promise<Desk> {
    const { signal } = own(options);
    if (signal?.aborted) return Promise.reject(aborted(signal.reason));
    if (this.#desk.options.desk) return Promise.resolve(this.#desk.describe());
    return Promise.reject(new SupportError('misconfigured', 'Write desk="…" with the identifier of an inbox of the type API.'));
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<TicketReceipt> {
    const { keys, trap, signal } = own(options);
    await checkDraft(draft, this.#desk.describe(), { trap, signal });
    const files = await this.attachments.take(draft.attachmentIds, keys.secret, signal);
    const { number, status, messages } = await this.#threads.file(draft, keys, files, signal);
    this.attachments.release(draft.attachmentIds);
    return { ticket: ticketOf(number, status, messages[0]?.at ?? ''), confirmationMail: 'unknown' };
  }

  async getTicket(number: string, options: GetTicketOptions): Promise<TicketDetail> {
    const { secret, signal } = own(options);
    if (signal?.aborted) throw aborted(signal.reason);
    return detailOf(await this.#threads.read(number, secret, signal));
  }

  async #follow(options: CallOptions): Promise<TrackingPort> {
    const { createTracking } = await loadPart(import('./tracking.js'), own(options).signal);
    const [desk, threads, files, { scope }, openSocket] = [this.#desk, this.#threads, this.attachments, this, this.#openSocket];
    return (this.#following ??= createTracking({ desk, threads, files, scope, openSocket }));
  }
}
