import { SupportError, type Attachment, type AttachmentPort, type FieldProblems, type FileLimits } from '@storefront-support/contract';
import type { RemoveUploadOptions, UploadOptions } from '@storefront-support/contract';
import { aborted, unlessAborted } from './abort.js';
import { bytesOf } from './bytes-of.js';
import { fingerprintOf } from './fingerprint.js';
import { own } from './own.js';
import { randomToken } from './random-token.js';
import { invalidFields } from './refusals.js';

interface HeldFile {
  file: File;
  secret: string;
  fingerprint: string;
}

/**
 * Files that travel in the ticket's own request: judged by size and claimed type, then held in this page until `release`. What
 * `resume` holds is the file's id, a full stop and its fingerprint.
 */
export class HeldFiles implements AttachmentPort {
  readonly withTicket = true;
  readonly #limits: () => FileLimits | null;
  readonly #names: RegExp;
  readonly #held = new Map<string, HeldFile>();

  /**
   * @param limits as they are known when a file is chosen; null: no files are taken.
   * @param names of files that are taken; any otherwise.
   */
  constructor(limits: () => FileLimits | null, names = /(?:)/) {
    this.#limits = limits;
    this.#names = names;
  }

  async upload(file: File, options: UploadOptions): Promise<Attachment> {
    const { secret, signal, resume = '', onResume, onProgress } = own(options);
    if (signal?.aborted) throw aborted(signal.reason);
    const limits = this.#limits();
    if (!limits || file.size > limits.bytesPerFile)
      throw new SupportError('too-large', `At most ${limits?.bytesPerFile ?? 0} bytes a file.`);
    // as the form does: a type that nobody claims, or some text, is left to the backend
    if (file.type && !file.type.startsWith('text/') && !limits.types.includes(file.type))
      throw new SupportError('type-not-allowed', `Files of type ${file.type} are not taken.`);
    if (!this.#names.test(file.name)) throw new SupportError('type-not-allowed', 'Files of such names are not taken.');
    const fingerprint = await unlessAborted(fingerprintOf(file), signal);
    const [known = '', print] = resume.split('.');
    const id = print === fingerprint && this.#held.get(known)?.secret === secret ? known : randomToken();
    this.#held.set(id, { file, secret, fingerprint });
    onResume?.(`${id}.${fingerprint}`);
    onProgress?.(file.size);
    return { id, name: file.name, size: file.size, type: file.type, sha256: null };
  }

  async matches(file: File, resume: string): Promise<boolean> {
    return resume.split('.')[1] === (await fingerprintOf(file));
  }

  remove(resume: string, options: RemoveUploadOptions): Promise<void> {
    const { secret, signal } = own(options);
    if (signal?.aborted) return Promise.reject(aborted(signal.reason));
    const [id = ''] = resume.split('.');
    if (this.#held.get(id)?.secret === secret) this.#held.delete(id);
    return Promise.resolve();
  }

  /** The files of these ids, in order. Throws `invalid-fields` where this page does not hold one, or all are too much for one ticket. */
  take(ids: readonly string[], secret: string): File[] {
    const files: File[] = [];
    const problems: FieldProblems = {};
    for (const [n, id] of ids.entries()) {
      const held = this.#held.get(id);
      if (held?.secret === secret && !files.includes(held.file)) files.push(held.file);
      else problems[`attachmentIds.${n}`] = { code: 'unknown', detail: 'This page does not hold such a file.' };
    }
    const limit = this.#limits()?.bytesPerTicket ?? 0;
    if (files.reduce((sum, { size }) => sum + size, 0) > limit)
      problems['attachmentIds'] = { code: 'too-large', detail: `All files together: at most ${limit} bytes.`, limit };
    if (Object.keys(problems).length > 0) throw invalidFields(problems);
    return files;
  }

  /** The same, for a request that says nothing of why it failed; rejects with `gone` where the device no longer hands a file out. */
  async takeReadable(ids: readonly string[], secret: string): Promise<File[]> {
    const files = this.take(ids, secret);
    for (const file of files) await bytesOf(file.slice(0, 1));
    return files;
  }

  /** The backend has them: they belong to one ticket, and to no other. */
  release(ids: readonly string[]): void {
    for (const id of ids) this.#held.delete(id);
  }
}
