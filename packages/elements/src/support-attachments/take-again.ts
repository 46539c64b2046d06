import { contentOf, isPlain, type UploadItem } from './upload-item.js';
import type { UploadQueue } from './upload-queue.js';

/** Takes content that was chosen in place of what is missing. An upload that had begun goes on only with the same content. */
export async function takeAgain(queue: UploadQueue, item: UploadItem, file: File): Promise<void> {
  const { port, sentences } = queue.element;
  const { resume } = item;
  const plain = isPlain(file.type);
  const offers = [file];
  if (resume && !plain) offers.push(await (await queue.loadImages()).cleaned(file));
  item.candidate = undefined;
  for (const offer of offers) {
    if (resume && !(await port?.matches(offer, resume).catch(() => false))) continue;
    Object.assign(item, contentOf(offer), { ready: plain });
    return queue.keep(item);
  }
  Object.assign(item, { state: 'missing', why: sentences?.otherFile });
  queue.say((text) => text.stopped(item.name, text.otherFile));
}
