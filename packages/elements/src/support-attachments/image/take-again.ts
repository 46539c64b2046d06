import { contentOf, isPlain, type UploadItem } from '../upload-item.js';
import type { UploadQueue } from '../upload-queue.js';
import { look } from './look.js';

/** Takes content that was chosen in place of what is missing. An upload that had begun goes on only with the same content. */
export async function takeAgain(queue: UploadQueue, item: UploadItem, file: File): Promise<void> {
  const { port } = queue.element;
  const { resume } = item;
  const offers = [file];
  const picture = resume && (await look(file));
  if (picture && picture.clean) offers.push(picture.clean);
  item.candidate = undefined;
  for (const offer of offers) {
    if (resume && !(await port?.matches(offer, resume).catch(() => false))) continue;
    Object.assign(item, contentOf(offer), { ready: isPlain(offer.type), settled: !!resume });
    return queue.keep(item);
  }
  const why = queue.told?.otherFile;
  Object.assign(item, { state: 'missing', ready: true, why });
  queue.say((text) => text.stopped(item.name, why ?? ''));
}
