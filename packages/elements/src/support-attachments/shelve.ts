import type { KeptFile } from '../outbox/entry.js';
import type { UploadItem } from './upload-item.js';
import type { UploadQueue } from './upload-queue.js';

/** Writes an item to the shelf of its message, after what was written before. */
export function shelve(queue: UploadQueue, item: UploadItem): void {
  const { shelf, entry } = queue.element;
  if (!shelf || !entry) return;
  const { id, name, type, size, file, resume, attachment } = item;
  const ready = (item.ready || item.settled) && item.state !== 'asking';
  const kept: KeptFile = { id, entry, name, type, size, file, ready, resume, attachment };
  item.shelved = item.shelved.then(async () => {
    await shelf.keep(kept);
    if (item.unkept === !kept.file) return;
    item.unkept = !kept.file;
    if (item.unkept) await queue.speak().catch(() => undefined);
    queue.changed();
  });
}
