import {
  SupportError,
  isSupportError,
  type Attachment,
  type RemoveUploadOptions,
  type SupportErrorCode,
  type UploadOptions,
} from '@storefront-support/contract';
import { unlessAborted } from '../abort.js';
import { bytesOf } from '../bytes-of.js';
import { fingerprintOf } from '../fingerprint.js';
import { notOurs, send, type Answer, type OutgoingRequest } from '../request.js';
import type { VerbContext } from './verbs.js';

/**
 * An interruption costs at most one chunk: 15 of them 4.7 MiB, whatever the size of the file. Smaller ones would spend more on
 * round trips than they save; a server takes no more than 512 KiB with a checksum.
 */
const CHUNK_BYTES = 327_680;
/** A chunk over a link of 5 kB/s takes 66 seconds. */
const CHUNK_TIMEOUT_MS = 120_000;
/** Tries without any progress in between. */
const TRIES = 4;
/** A server that wants a longer rest is reported instead. */
const LONGEST_REST_MS = 5_000;

const WORTH_ANOTHER_TRY: readonly SupportErrorCode[] = ['checksum-mismatch', 'conflict', 'internal', 'unavailable', 'network', 'timeout'];
/** Codes of our server, statuses of another maker's. Whatever else a stranger says, the upload may well be there. */
const NO_LONGER_THERE: readonly unknown[] = ['not-found', 'gone', 404, 410];

/** Files by tus 1.0 (core, creation, termination, checksum). What `resume` holds is the upload's id, a full stop and the fingerprint. */
export class TusUploads {
  readonly #context: VerbContext;

  constructor(context: VerbContext) {
    this.#context = context;
  }

  async upload(file: File, options: UploadOptions): Promise<Attachment> {
    const { resume, secret, signal } = options;
    const fingerprint = await unlessAborted(fingerprintOf(file), signal);
    const [known = '', print] = (resume ?? '').split('.');
    let upload = print === fingerprint ? await this.#find(known, file, secret, signal) : undefined;
    if (!upload) {
      const id = await this.#persist(signal, () => this.#create(file, options));
      upload = { id, offset: 0 };
    }
    const { id } = upload;
    options.onResume?.(`${id}.${fingerprint}`);
    options.onProgress?.(upload.offset);
    for (let { offset } = upload; offset < file.size; options.onProgress?.(offset)) {
      const from = offset;
      offset = await this.#persist(
        signal,
        () => this.#sendChunk(id, file, offset, options),
        async () => {
          // the chunk may have arrived and only its answer been lost
          const found = await this.#find(id, file, secret, signal);
          if (!found) throw new SupportError('gone', 'The server no longer knows this upload.');
          offset = found.offset;
          return offset > from ? offset : undefined;
        },
      );
    }
    return { id, name: file.name, size: file.size, type: file.type, sha256: null };
  }

  async matches(file: File, resume: string): Promise<boolean> {
    return resume.split('.')[1] === (await fingerprintOf(file));
  }

  async remove(resume: string, { secret, signal }: RemoveUploadOptions): Promise<void> {
    await this.#send('DELETE', resume.split('.')[0] ?? '', secret, signal).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }

  async #create(file: File, { secret, contactId, signal }: UploadOptions): Promise<string> {
    const metadata = [`filename ${base64(file.name)}`];
    if (file.type) metadata.push(`type ${base64(file.type)}`);
    if (contactId) metadata.push(`contact ${base64(contactId)}`);
    const headers = { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata.join(',') };
    const answer = await this.#send('POST', '', secret, signal, headers);
    const id = /([\w-]{22,64})\/?$/.exec(answer.headers.get('Location') ?? '')?.[1];
    if (answer.status !== 201 || !id) throw notOurs(answer.status);
    return id;
  }

  /** Undefined: the server no longer knows it, or knows another file by it. */
  async #find(
    id: string,
    file: File,
    secret: string,
    signal: AbortSignal | undefined,
  ): Promise<{ id: string; offset: number } | undefined> {
    try {
      const { headers } = await this.#send('HEAD', id, secret, signal);
      const offset = offsetOf(headers, 0, file.size);
      return headers.get('Upload-Length') === String(file.size) ? { id, offset } : undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async #sendChunk(id: string, file: File, offset: number, { secret, signal }: UploadOptions): Promise<number> {
    const chunk = await bytesOf(file.slice(offset, offset + CHUNK_BYTES));
    const headers: Record<string, string> = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) };
    // absent on plain http pages, whose chunks go without
    const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
    if (subtle) headers['Upload-Checksum'] = `sha256 ${btoa(latin1(new Uint8Array(await subtle.digest('SHA-256', chunk))))}`;
    const answer = await this.#send('PATCH', id, secret, signal, headers, chunk);
    return offsetOf(answer.headers, offset + 1, offset + chunk.byteLength);
  }

  #send(
    method: OutgoingRequest['method'],
    id: string,
    secret: string,
    signal: AbortSignal | undefined,
    headers: Record<string, string> = {},
    chunk: ArrayBuffer | null = null,
  ): Promise<Answer> {
    const { url, timeout } = this.#context;
    return send(this.#context, {
      method,
      url: `${url}/uploads${id && `/${encodeURIComponent(id)}`}`,
      headers: { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${secret}`, ...headers },
      body: chunk,
      signal,
      timeout: chunk ? CHUNK_TIMEOUT_MS : timeout,
    });
  }

  /** Tries again after what may pass by itself, each time after asking `lookAgain` whether it has worked all the same. */
  async #persist<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>, lookAgain?: () => Promise<T | undefined>): Promise<T> {
    let again = false;
    for (let left = TRIES - 1; ; left--) {
      try {
        if (again) {
          const found = await lookAgain?.();
          if (found !== undefined) return found;
        }
        return await attempt();
      } catch (error) {
        if (!left || !isSupportError(error) || !WORTH_ANOTHER_TRY.includes(error.code) || !this.#context.online()) throw error;
        const rest = error.retryAfter ?? 250 * 2 ** (TRIES - left) * (0.5 + Math.random());
        if (rest > LONGEST_REST_MS) throw error;
        await unlessAborted(new Promise((resolve) => setTimeout(resolve, rest)), signal);
        again = true;
      }
    }
  }
}

function isGone(error: unknown): boolean {
  return isSupportError(error) && (NO_LONGER_THERE.includes(error.code) || NO_LONGER_THERE.includes(error.cause));
}

function offsetOf(headers: Headers, least: number, most: number): number {
  const offset = Number(headers.get('Upload-Offset') ?? NaN);
  if (!(offset >= least && offset <= most)) throw notOurs(`Upload-Offset ${offset}, not within ${least} and ${most}`);
  return offset;
}

function base64(text: string): string {
  return btoa(latin1(new TextEncoder().encode(text)));
}

function latin1(bytes: Uint8Array): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}
