import type {
  Attachment,
  CallOptions,
  CreateTicketOptions,
  GetTicketOptions,
  RemoveUploadOptions,
  TicketDetail,
  TicketDraft,
  NumberedReceipt,
  UploadOptions,
} from '@storefront-support/contract';
import { isSupportError } from '@storefront-support/contract';
import { HEADERS, challengeAnswerSchema, ticketReceiptSchema } from '@storefront-support/contract/schemas';
import { own } from '../own.js';
import { read, send, type Connection } from '../request.js';
import { askingOf } from './asking.js';
import { onDemand } from './on-demand.js';
import { ProofOfWork, type Challenge } from './proof.js';
import type { Ports } from './tracking.js';

export interface VerbContext extends Connection {
  /** Address of the desk, without a trailing slash. */
  url: string;
  /** Milliseconds. */
  timeout: number;
}

/** The part of the adapter that is loaded at first use. */
export interface Verbs {
  prepare(signal: AbortSignal | undefined): Promise<void>;
  createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<NumberedReceipt>;
  getTicket(number: string, options: GetTicketOptions): Promise<TicketDetail>;
  upload(file: File, options: UploadOptions): Promise<Attachment>;
  matchesUpload(file: File, resume: string): Promise<boolean>;
  removeUpload(resume: string, options: RemoveUploadOptions): Promise<void>;
  /** Calls a verb of a port. @param given its arguments; the last one may have a signal. */
  call(port: keyof Ports, verb: string, given: CallOptions[]): Promise<unknown>;
}

export function createVerbs(context: VerbContext): Verbs {
  const { request } = askingOf(context);
  const proof = new ProofOfWork(async (signal) => {
    const answer = await send(context, request('GET', '/challenge', { signal }));
    return read(answer, challengeAnswerSchema).challenge as Challenge | null;
  });

  const ports = onDemand(() => import('./tracking.js').then(({ createPorts }) => createPorts(context)));
  const reading = onDemand(() => import('./read-ticket.js').then(({ createReader }) => createReader(context)));
  /** What lends access is loaded with the first request of a ticket. */
  const access = onDemand(() => import('./access.js').then(({ createAccess }) => createAccess(context)));
  /** What sends files is loaded with the first one. */
  const uploads = onDemand(() => import('./upload.js').then(({ TusUploads }) => new TusUploads(context)));

  async function post(body: object, { keys, signal }: CreateTicketOptions): Promise<NumberedReceipt> {
    const payload = await proof.take(signal);
    const sent = request('POST', '/tickets', { token: keys.secret, keys, signal }, body);
    if (payload) sent.headers[HEADERS.proof] = payload;
    const receipt = read(await send(context, sent), ticketReceiptSchema);
    proof.discard();
    return receipt;
  }

  return {
    async prepare(signal) {
      await proof.take(signal);
    },

    async createTicket(draft, options) {
      const body = { draft, trap: options.trap };
      try {
        return await post(body, options);
      } catch (error) {
        // spent by another tab's send, or older than the server takes: a fresh one costs the person nothing
        if (!isSupportError(error) || error.code !== 'proof-rejected') throw error;
        proof.discard();
        return post(body, options);
      }
    },

    getTicket: async (number, options) => (await reading(options.signal))(number, options),
    upload: async (file, options) => (await uploads(options.signal)).upload(file, options),
    matchesUpload: async (file, resume) => (await uploads(undefined)).matches(file, resume),
    removeUpload: async (resume, options) => (await uploads(options.signal)).remove(resume, options),
    call: async (port, verb, given) => {
      const { signal } = own(given.at(-1) ?? {});
      const verbs = (port === 'access' ? await access(signal) : (await ports(signal))[port]) as unknown as Record<
        string,
        (...given: unknown[]) => unknown
      >;
      return verbs[verb]?.(...given);
    },
  };
}
