import {
  SupportError,
  type AccessPort,
  type AttachmentPort,
  type CompleteTrackingPort,
  type CallOptions,
  type CreateTicketOptions,
  type Desk,
  type GetTicketOptions,
  type RemoveUploadOptions,
  type SignInPort,
  type SupportAdapter,
  type TicketDetail,
  type TicketDraft,
  type NumberedReceipt,
  type Attachment,
  type UploadOptions,
} from '@storefront-support/contract';
import { demoDesk } from './demo-desk.js';
import { MemoryBackend, type MemoryFault } from './memory-backend.js';
import { createAccess, createSignIn, createTracking, type MemoryLine } from './memory-tracking.js';

/** What to show, and what is to go wrong. */
export interface MemoryAdapterOptions {
  /** The desk to show; a demo desk otherwise. Ignored when `backend` is given. */
  desk?: Desk | undefined;
  /** A backend to share with other adapters. */
  backend?: MemoryBackend | undefined;
  /** Milliseconds before each answer, and before each 64 KiB of a file are acknowledged; 0 otherwise. */
  latency?: number | undefined;
  /** What goes wrong from the start, until `lift()`. */
  fault?: MemoryFault | undefined;
  /** Milliseconds since 1970; the clock of the device otherwise. Ignored when `backend` is given. */
  now?: (() => number) | undefined;
}

const PART_BYTES = 65_536;

/** A backend inside the page: the rules of a real one, nothing stored beyond it. For stories, tests and demos. */
export class MemoryAdapter implements SupportAdapter {
  readonly name = 'memory';
  readonly delivery = 'exactly-once';
  readonly scope: string;
  readonly backend: MemoryBackend;
  readonly attachments: AttachmentPort;
  readonly tracking: CompleteTrackingPort;
  readonly signIn: SignInPort;
  readonly access: AccessPort;
  readonly #latency: number;

  constructor(options: MemoryAdapterOptions = {}) {
    this.backend = options.backend ?? new MemoryBackend(options.desk ?? demoDesk, options.now);
    this.scope = this.backend.scope;
    this.#latency = options.latency ?? 0;
    if (options.fault) this.backend.fault = options.fault;
    this.attachments = {
      upload: (file, uploadOptions) => this.#upload(file, uploadOptions),
      matches: async (file, resume) => parts(resume)[1] === (await fingerprint(file)),
      remove: (resume, removeOptions) => this.#remove(resume, removeOptions),
    };
    const line: MemoryLine = {
      read: (signal, work) => this.#read(signal, work),
      write: (signal, work) => this.#write(signal, work),
    };
    this.tracking = createTracking(this.backend, line);
    this.signIn = createSignIn(this.backend, line);
    this.access = createAccess(this.backend, line);
  }

  async getDesk(options: CallOptions = {}): Promise<Desk> {
    await this.#answer(options.signal);
    return structuredClone(this.backend.desk);
  }

  async createTicket(draft: TicketDraft, options: CreateTicketOptions): Promise<NumberedReceipt> {
    return this.#write(options.signal, () => this.backend.createTicket(draft, options.keys, options.trap));
  }

  async getTicket(number: string, options: GetTicketOptions): Promise<TicketDetail> {
    return this.#read(options.signal, () => this.backend.getTicket(number, options.secret));
  }

  /** From now on everything that writes goes wrong like this. */
  fail(fault: MemoryFault): void {
    this.backend.fault = fault;
  }

  /** All is well again. */
  lift(): void {
    this.backend.fault = undefined;
  }

  async #upload(file: File, options: UploadOptions): Promise<Attachment> {
    await this.#reachWrite(options.signal);
    const print = await fingerprint(file);
    const [resumed, known] = parts(options.resume ?? '');
    let id = resumed;
    let offset = known === print ? this.backend.uploads.offset(id, options.secret) : undefined;
    if (offset === undefined) {
      id = this.backend.uploads.begin(file, options.secret, options.contactId);
      offset = 0;
    }
    options.onResume?.(`${id}.${print}`);
    options.onProgress?.(offset);
    while (offset < file.size) {
      const part = new Uint8Array(await file.slice(offset, offset + PART_BYTES).arrayBuffer());
      await this.#reachWrite(options.signal);
      if (this.backend.fault === 'cut-upload' && offset > 0) throw new SupportError('network', 'The connection was cut.');
      this.backend.uploads.append(id, part);
      offset += part.length;
      options.onProgress?.(offset);
    }
    return this.backend.uploads.finish(id);
  }

  async #remove(resume: string, options: RemoveUploadOptions): Promise<void> {
    await this.#answer(options.signal);
    this.backend.uploads.remove(parts(resume)[0], options.secret);
  }

  async #read<T>(signal: AbortSignal | undefined, work: () => T): Promise<T> {
    await this.#answer(signal);
    const { readFault } = this.backend;
    if (readFault) throw new SupportError(readFault, `Scripted fault "${readFault}".`);
    return work();
  }

  async #write<T>(signal: AbortSignal | undefined, work: () => T): Promise<T> {
    await this.#reachWrite(signal);
    const result = work();
    if (this.backend.fault === 'drop-answer') throw new SupportError('network', 'The answer was lost on its way.');
    return result;
  }

  async #reachWrite(signal: AbortSignal | undefined): Promise<void> {
    await this.#answer(signal);
    const { fault } = this.backend;
    if (fault === 'stall') return untilAborted(signal);
    if (fault && fault !== 'drop-answer' && fault !== 'cut-upload') {
      throw new SupportError(
        fault,
        `Scripted fault "${fault}".`,
        fault === 'rate-limited' || fault === 'unavailable' ? { retryAfter: 30_000 } : {},
      );
    }
  }

  #answer(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted());
      const onAbort = () => {
        clearTimeout(timer);
        reject(aborted());
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, this.#latency);
      signal?.addEventListener('abort', onAbort);
    });
  }
}

/** Loaded with the first file, as the code of the usual adapter that sends files is. */
async function fingerprint(file: File): Promise<string> {
  return (await import('../fingerprint.js')).fingerprintOf(file);
}

function parts(resume: string): [id: string, fingerprint: string | undefined] {
  const [id = '', print] = resume.split('.');
  return [id, print];
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(aborted())));
}

function aborted(): SupportError {
  return new SupportError('aborted', 'The caller no longer wants the answer.');
}
