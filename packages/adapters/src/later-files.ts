import type { Attachment, AttachmentPort, FileLimits, RemoveUploadOptions, UploadOptions } from '@storefront-support/contract';
import type { HeldFiles } from './held-files.js';
import { loadPart } from './load-part.js';
import { own } from './own.js';

/** `HeldFiles`, whose code is loaded with the first file. */
export class LaterFiles implements AttachmentPort {
  readonly withTicket = true;
  readonly #limits: () => FileLimits | null;
  readonly #names: RegExp | undefined;
  #held: HeldFiles | undefined;

  /** As of `HeldFiles`. */
  constructor(limits: () => FileLimits | null, names?: RegExp) {
    this.#limits = limits;
    this.#names = names;
  }

  async upload(file: File, options: UploadOptions): Promise<Attachment> {
    return (await this.#load(own(options).signal)).upload(file, options);
  }

  async matches(file: File, resume: string): Promise<boolean> {
    return (await this.#load(undefined)).matches(file, resume);
  }

  async remove(resume: string, options: RemoveUploadOptions): Promise<void> {
    return (await this.#load(own(options).signal)).remove(resume, options);
  }

  /** The files of a draft, as `HeldFiles.takeReadable` gives them. Nothing is loaded where there are none. */
  async take(ids: readonly string[], secret: string, signal: AbortSignal | undefined): Promise<File[]> {
    return ids.length > 0 ? (await this.#load(signal)).takeReadable(ids, secret) : [];
  }

  /** The backend has them. */
  release(ids: readonly string[]): void {
    this.#held?.release(ids);
  }

  async #load(signal: AbortSignal | undefined): Promise<HeldFiles> {
    const { HeldFiles } = await loadPart(import('./held-files.js'), signal);
    return (this.#held ??= new HeldFiles(this.#limits, this.#names));
  }
}
