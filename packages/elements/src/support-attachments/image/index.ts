import type { UploadItem } from '../upload-item.js';
import type { UploadQueue } from '../upload-queue.js';

/** Makes an item ready to be sent. */
export async function prepare(_queue: UploadQueue, item: UploadItem): Promise<void> {
  await Promise.resolve();
  item.ready = true;
}

/** The file without what it hides. */
export async function cleaned(file: File): Promise<File> {
  await Promise.resolve();
  return file;
}
