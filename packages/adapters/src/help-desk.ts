import { SupportError, type Desk, type LocalizedText, type OtherWay, type TicketDraft } from '@storefront-support/contract';
import { exchange, jsonOf, notOurs, strangersRefusal, textOf, type Connection, type Refusal } from './exchange.js';
import { own } from './own.js';
import { LENGTHS } from './shop-desk.js';

/** What an adapter of a help desk on another origin is handed. */
export interface HelpDeskOptions {
  /** Address of the help desk, without a path of its API. */
  url: string;
  /** Part of the help desk that takes the tickets, where it has several. */
  desk?: string | undefined;
  /** BCP 47 tag of the language that the page is in. */
  locale: string;
  /** Name of the only contact, as people see it; `Support` otherwise. */
  contactName?: LocalizedText | undefined;
  /** Shown beside the form, when sending fails and when the form cannot work; none otherwise. */
  otherWays?: readonly OtherWay[] | undefined;
  /** Most bytes in one file; 20 000 000 otherwise. */
  bytesPerFile?: number | undefined;
  /** The platform's own otherwise. */
  fetch?: typeof fetch | undefined;
  /** False while the device knows that it has no network; always true otherwise. */
  online?: (() => boolean) | undefined;
  /** Milliseconds until the last byte of an answer; 30 000 otherwise, four times as long with files. */
  timeout?: number | undefined;
}

/** Id of the only contact of a help desk: who answers is settled there. */
export const ONLY_CONTACT = 'support';

const TYPES = ['png', 'jpeg', 'gif', 'webp', 'heic'].map((name) => `image/${name}`);
TYPES.push('video/mp4', 'video/quicktime', 'audio/mpeg', 'text/plain', 'text/csv', 'application/pdf', 'application/zip');
const FILES_PER_TICKET = 10;
/** After these it is not known what the other side has done. */
const DOUBTS = /^(offline|network|timeout|not-a-receipt|internal|unavailable)$/;

/** What is asked of a help desk. */
export interface Question {
  body?: BodyInit;
  /** Media type of the body, where the platform does not know it. */
  type?: string;
  signal: AbortSignal | undefined;
  /** What an answer means that is no success; its status says it otherwise. */
  refuse?: Refusal;
}

/** One desk on another origin: what it shows, and the way there. */
export class HelpDesk implements Connection {
  /** Without a slash at its end. */
  readonly url: string;
  readonly options: HelpDeskOptions;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly online: () => boolean;

  constructor(options: HelpDeskOptions) {
    this.options = own(options);
    this.url = this.options.url.replace(/\/+$/, '');
    // the platform's fetch refuses to be called as a method
    this.fetch = (url, init) => (this.options.fetch ?? fetch)(url, init);
    this.online = this.options.online ?? (() => true);
  }

  /** What a form shows. Nothing is asked for it. */
  describe(): Desk {
    const { locale, contactName = 'Support', otherWays = [], bytesPerFile = 20_000_000 } = this.options;
    const files = { count: FILES_PER_TICKET, bytesPerFile, bytesPerTicket: 2 * bytesPerFile, types: TYPES };
    return {
      id: ONLY_CONTACT,
      name: contactName,
      contacts: [{ id: ONLY_CONTACT, name: contactName, keepsMessages: true }],
      without: ['kind'],
      limits: { ...LENGTHS, files },
      hours: { timeZone: 'UTC', week: {}, holidays: [] },
      promise: null,
      locales: [locale],
      otherWays: [...otherWays],
    };
  }

  /** Asks, and resolves with the JSON of a 2xx answer; `undefined` where it is none. Without a body it only reads. */
  async ask(path: string, question: Question): Promise<unknown> {
    const { body, type, signal, refuse = strangersRefusal } = own(question);
    const { timeout = 30_000 } = this.options;
    const carriesFiles = body instanceof FormData || body instanceof Blob;
    const answer = await exchange(
      this,
      {
        method: body === undefined ? 'GET' : 'POST',
        url: this.url + path,
        headers: type ? { 'Content-Type': type } : {},
        body: body ?? null,
        signal,
        timeout: carriesFiles ? 4 * timeout : timeout,
      },
      refuse,
      textOf,
    );
    return jsonOf(answer.text);
  }
}

/** The message with the order it is about, for a backend that has no place of its own for it. */
export function withOrder({ message, orderReference }: TicketDraft): string {
  return orderReference ? `${message}\n\n№ ${orderReference}` : message;
}

/** The members of an answer, none that `Object.prototype` was given; none at all where it is no object. */
export function membersOf(value: unknown): Record<string, unknown> {
  return own(Object(value) as Record<string, unknown>);
}

/** An object of an answer. Rejects what is none, as pages of proxies are. */
export function objectIn(value: unknown, name: string): Record<string, unknown> {
  const member = membersOf(value)[name];
  if (typeof member !== 'object' || !member) throw notOurs();
  return membersOf(member);
}

/** The number that a person quotes. Rejects an answer without one. */
export function numberIn(value: unknown): string {
  if (typeof value === 'string' && value) return value;
  if (Number.isSafeInteger(value)) return String(value);
  throw notOurs();
}

/** What is asked before anything is filed: where it fails by the way or over there, there is no doubt to keep. */
export function beforehand<T>(asking: Promise<T>): Promise<T> {
  return asking.catch((cause: SupportError) => {
    if (!DOUBTS.test(cause.code)) throw cause;
    const { retryAfter } = cause;
    throw new SupportError('load-failed', 'Nothing was filed.', { retryAfter, cause });
  });
}

/** What the help desk has to be set up for. */
export function switchedOff(what: string, cause: number): SupportError {
  return new SupportError('misconfigured', what, { cause });
}
