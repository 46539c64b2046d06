import { SupportError, type Attachment, type UploadOptions } from '@storefront-support/contract';
import { bytesOf } from '../bytes-of.js';
import { HeldFiles } from '../held-files.js';

/** What the shop looks at: the end of the name. */
const NAMES = /\.(txt|rtf|docx?|pdf|zip|png|jpe?g|gif|webp)$/i;

/** Held files whose names the shop takes. */
export class NamedFiles extends HeldFiles {
  override async upload(file: File, options: UploadOptions): Promise<Attachment> {
    if (!NAMES.test(file.name)) throw new SupportError('type-not-allowed', 'The shop takes no files of such a name.');
    return super.upload(file, options);
  }

  /** The file of these ids, or the only one that can go along; rejects with `gone` where the device no longer hands it out. */
  async takeOne(ids: readonly string[], secret: string): Promise<File> {
    const [file] = this.take(ids, secret) as [File];
    await bytesOf(file.slice(0, 1));
    return file;
  }
}
