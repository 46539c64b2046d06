import {
  SupportError,
  isSupportError,
  type AttachmentPort,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type GetTicketOptions,
  type SupportAdapter,
  type TicketDetail,
  type TicketDraft,
  type NumberedReceipt,
} from '@storefront-support/contract';
import { aborted, unlessAborted } from '../abort.js';
import { fetchOptions } from '../fetch-options.js';
import { own } from '../own.js';
import { deskUrl } from './desk-url.js';
import type { Ports } from './tracking.js';
import type { Verbs } from './verbs.js';

/** Where the server is, and what the adapter is handed instead of reading globals. */
export interface HttpAdapterOptions {
  /** Address of the server, for example `https://support.shop.example` or, below a path, `https://shop.example/support`. */
  endpoint: string;
  /** Id of the desk. */
  desk: string;
  /** The platform's own otherwise. */
  fetch?: typeof fetch | undefined;
  /** False while the device knows that it has no network, as `navigator.onLine` says; always true otherwise. */
  online?: (() => boolean) | undefined;
  /** Origin of the page, for messages to developers. */
  origin?: string | undefined;
  /** Milliseconds a verb may take without sending file bytes; 30 000 otherwise. */
  timeout?: number | undefined;
}

/**
 * The Storefront Support server. Only `getDesk` works with what is loaded with this module; everything else loads its code at
 * `prepare()` or at first use.
 */
export class HttpAdapter implements SupportAdapter {
  readonly name = 'http';
  readonly delivery = 'exactly-once';
  /** Address of the desk. */
  readonly scope: string;
  readonly attachments: AttachmentPort = {
    upload: async (file, options) => (await this.#verbs(options)).upload(file, own(options)),
    matches: async (file, resume) => (await this.#verbs({})).matchesUpload(file, resume),
    remove: async (resume, options) => (await this.#verbs(options)).removeUpload(resume, own(options)),
  };
  readonly tracking = this.#port('tracking');
  readonly signIn = this.#port('signIn');
  readonly access = this.#port('access');
  readonly #options: HttpAdapterOptions;
  readonly #fetch: typeof fetch;
  readonly #online: () => boolean;
  readonly #timeout: number;
  #loading: Promise<Verbs> | undefined;

  constructor(options: HttpAdapterOptions) {
    this.#options = own(options);
    // kept: a page may take it away; and the platform's refuses to be called as a method
    const kept = this.#options.fetch ?? globalThis.fetch;
    this.#fetch = (input, init) => kept(input, init);
    this.#timeout = this.#options.timeout ?? 30_000;
    this.#online = this.#options.online ?? (() => true);
    this.scope = deskUrl(options);
  }

  async getDesk(options: CallOptions = {}): Promise<Desk> {
    const { signal } = own(options);
    const stop = new AbortController();
    const abort = () => stop.abort();
    const timer = setTimeout(abort, this.#timeout);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    let status = 0;
    let body: (Desk & { code?: unknown; detail?: string }) | null | undefined;
    let cause: unknown;
    try {
      const response = await this.#fetch(this.scope, fetchOptions('GET', {}, null, stop.signal));
      ({ status } = response);
      body = (await response.json()) as typeof body;
      if (response.ok && body?.id && body.contacts?.length && body.limits) return body;
    } catch (error) {
      cause = error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
    if (signal?.aborted) throw aborted(cause);
    const code = stop.signal.aborted ? 'timeout' : this.#online() ? 'network' : 'offline';
    const { deskError } = await import('./desk-error.js').catch(() => {
      throw new SupportError(code, this.scope, { cause });
    });
    throw deskError({ ...this.#options, status, body, code, cause });
  }

  async prepare(options: CallOptions = {}): Promise<void> {
    return (await this.#verbs(options)).prepare(own(options).signal);
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<NumberedReceipt> {
    return (await this.#verbs(options)).createTicket(draft, own(options));
  }

  async getTicket(number: string, options: GetTicketOptions): Promise<TicketDetail> {
    return (await this.#verbs(options)).getTicket(number, own(options));
  }

  /** Loads its verbs when one is called: their names alone would cost more than this does, on every page that shows a form. */
  #port<Name extends keyof Ports>(name: Name): Ports[Name] {
    const get = (_: object, verb: string) =>
      // a port that is handed on by a promise must not be taken for one
      verb !== 'then' && (async (...given: CallOptions[]) => (await this.#verbs(given.at(-1))).call(name, verb, given));
    return new Proxy({}, own({ get })) as Ports[Name];
  }

  async #verbs(options: CallOptions = {}): Promise<Verbs> {
    this.#loading ??= import('./verbs.js').then(({ createVerbs }) =>
      createVerbs({ url: this.scope, fetch: this.#fetch, online: this.#online, timeout: this.#timeout }),
    );
    try {
      return await unlessAborted(this.#loading, own(options).signal);
    } catch (error) {
      if (isSupportError(error)) throw error;
      this.#loading = undefined;
      throw new SupportError('load-failed', 'The code that sends could not be loaded.', { cause: error });
    }
  }
}
