import {
  SupportError,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type FieldProblems,
  type GetTicketOptions,
  type SupportAdapter,
  type SupportErrorCode,
  type TicketDetail,
  type TicketDraft,
  type TicketReceipt,
} from '@storefront-support/contract';
import { draftProblems } from '@storefront-support/contract/schemas';
import { HeldFiles } from '@storefront-support/adapters/held-files';
import type { Letter, StoredLetter } from './pigeonhole-backend.ts';

/** Where the backend is. */
export interface PigeonholeOptions {
  url: string;
  /** The platform's own otherwise. */
  fetch?: typeof fetch;
}

const FILES = {
  count: 5,
  bytesPerFile: 5_000_000,
  bytesPerTicket: 10_000_000,
  types: ['image/png', 'image/jpeg', 'application/pdf', 'text/plain'],
};
const TIMEOUT_MS = 30_000;
/** What the backend's statuses mean here. Everything else with 2xx has to be a letter to count. */
const CODES: { [status: number]: SupportErrorCode } = {
  404: 'not-found',
  409: 'idempotency-mismatch',
  429: 'rate-limited',
  500: 'internal',
};
/** Our names of the backend's fields. */
const FIELDS: { [field: string]: string } = { name: 'requester.name', mail: 'requester.email', title: 'subject', text: 'message' };

/** Files letters with a Pigeonhole. It knows the key of a letter, so sending one again is safe. */
export class PigeonholeAdapter implements SupportAdapter {
  readonly name = 'pigeonhole';
  readonly delivery = 'exactly-once';
  readonly scope: string;
  readonly attachments = new HeldFiles(() => FILES);
  readonly #fetch: typeof fetch;

  constructor({ url, fetch: given = fetch }: PigeonholeOptions) {
    this.scope = url;
    // the platform's fetch refuses to be called as a method
    this.#fetch = (input, init) => given(input, init);
  }

  async getDesk({ signal }: CallOptions = {}): Promise<Desk> {
    const { holes } = await this.#ask<{ holes: { id: string; name: string }[] }>('/holes', { signal });
    return {
      id: 'pigeonhole',
      name: 'Pigeonhole',
      contacts: holes.map(({ id, name }) => ({ id, name, keepsMessages: true })),
      limits: { subjectLength: 120, messageLength: 5_000, files: FILES },
      hours: { timeZone: 'Europe/Paris', week: {}, holidays: [] },
      promise: null,
      locales: ['en'],
      otherWays: [],
    };
  }

  async createTicket(draft: TicketDraft, { keys, trap, signal }: CreateTicketOptions): Promise<TicketReceipt> {
    if (trap) throw new SupportError('looks-automated', 'The field that people do not see was filled in.');
    const problems = draftProblems(draft, await this.getDesk({ signal }));
    if (Object.keys(problems).length > 0) throw wrongFields(problems);
    const files = this.attachments.take(draft.attachmentIds, keys.secret);
    const body = new FormData();
    body.append('letter', JSON.stringify(letterOf(draft)));
    for (const file of files) body.append('file', file, file.name);
    const path = `/letters/${keys.idempotencyKey}`;
    const letter = await this.#ask<StoredLetter>(path, { method: 'PUT', secret: keys.secret, body, signal });
    this.attachments.release(draft.attachmentIds);
    return { ticket: ticketOf(letter), confirmationMail: 'unknown' };
  }

  async getTicket(number: string, { secret, signal }: GetTicketOptions): Promise<TicketDetail> {
    const letter = await this.#ask<StoredLetter>(`/letters/${encodeURIComponent(number)}`, { secret, signal });
    const { hole, title, text, order, files } = letter;
    return { ...ticketOf(letter), contactId: hole, subject: title, message: text, orderReference: order, attachments: files };
  }

  /** The one translation of what goes wrong: a verb rejects with a `SupportError` and nothing else. */
  async #ask<T>(path: string, { method = 'GET', secret = '', body = null, signal }: Asked): Promise<T> {
    const late = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const signals = signal ? [signal, late] : [late];
      const init = { method, headers: { 'X-Key': secret }, body, signal: AbortSignal.any(signals), credentials: 'omit' } as const;
      const response = await this.#fetch(this.scope + path, init);
      const answer = (await response.json().catch(() => undefined)) as (T & { wrong?: string[] }) | undefined;
      if (response.status === 422 && answer?.wrong) throw wrongFields(problemsOf(answer.wrong));
      if (!response.ok) throw new SupportError(CODES[response.status] ?? 'unavailable', `Status ${response.status}.`);
      // a page of a hotel's network has status 200 as well
      if (typeof answer !== 'object' || !('code' in answer || 'holes' in answer)) throw new SupportError('not-a-receipt', 'No letter.');
      return answer;
    } catch (error) {
      if (error instanceof SupportError) throw error;
      const code = signal?.aborted ? 'aborted' : late.aborted ? 'timeout' : 'network';
      throw new SupportError(code, `No answer from ${this.scope}.`, { cause: error });
    }
  }
}

interface Asked extends CallOptions {
  method?: 'GET' | 'PUT';
  secret?: string;
  body?: FormData | null;
}

function letterOf({ contactId, kind, requester, subject, message, orderReference }: TicketDraft): Letter {
  const { name, email } = requester;
  return { hole: contactId, name, mail: email, title: subject, text: message, order: orderReference ?? null, presale: kind === 'pre-sale' };
}

function ticketOf({ code, at, presale }: StoredLetter) {
  const kind = presale ? 'pre-sale' : 'support';
  return { id: code, number: code, status: 'open', kind, createdAt: at, firstResponseDueAt: null } as const;
}

function problemsOf(wrong: string[]): FieldProblems {
  return Object.fromEntries(wrong.map((field) => [FIELDS[field] ?? field, { code: 'required', detail: 'The backend needs it.' }]));
}

function wrongFields(fields: FieldProblems): SupportError {
  return new SupportError('invalid-fields', `These fields are not right: ${Object.keys(fields).join(', ')}.`, { fields });
}
