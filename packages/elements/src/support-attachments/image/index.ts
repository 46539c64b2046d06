import type { ImagesText } from '../../locales/en.js';
import { imagesTexts } from '../../locales/index.js';
import type { SupportAttachments } from '../support-attachments.js';
import { contentOf, type UploadItem } from '../upload-item.js';
import type { UploadQueue } from '../upload-queue.js';
import { look, LARGE_BYTES } from './look.js';
import { pictureStyles } from './picture.styles.js';
import type { Picture } from './picture.js';
import { sentenceOf } from './picture-view.js';
import { previewOf } from './preview.js';

export { renderMore, renderPreview } from './picture-view.js';

/** More pixels than this are not decoded for a preview. */
const MOST_LONGEST = 12_000;

/** Loads what is said about pictures and about missing files, and their looks. */
export function speak({ language, renderRoot }: SupportAttachments): Promise<ImagesText> {
  const sheets = (renderRoot as ShadowRoot).adoptedStyleSheets;
  const { styleSheet } = pictureStyles;
  if (styleSheet && !sheets.includes(styleSheet)) sheets.push(styleSheet);
  return imagesTexts(language.file);
}

/** Makes an item ready to be sent as the person wishes it. */
export async function prepare(queue: UploadQueue, item: UploadItem): Promise<void> {
  if (item.candidate) return (await import('./take-again.js')).takeAgain(queue, item, item.candidate);
  const chosen = item.file;
  const first = !item.picture;
  const picture = chosen ? (item.picture ??= await look(chosen)) : undefined;
  if (chosen && picture) {
    picture.settled ||= first && item.settled;
    const file = picture.settled ? chosen : await fileFor(queue, picture);
    if (!queue.items.includes(item)) return;
    // the backend has the beginning of other content
    if (file !== chosen && item.resume) queue.renew(item);
    const state = file ? item.state : 'asking';
    Object.assign(item, contentOf(file ?? chosen), { state });
    const sentence = queue.told && sentenceOf(queue.told, queue, item);
    if (sentence) queue.say((text) => text.stopped(item.name, sentence));
  }
  item.ready = true;
  if (chosen && !item.settled) queue.keep(item);
  queue.work();
  if (picture && first && !picture.preview && !(picture.cleaned && picture.cleaned.longest > MOST_LONGEST)) {
    picture.preview = await previewOf(item.file ?? picture.original);
    queue.element.requestUpdate();
  }
}

/** Undefined: the person has to decide. */
async function fileFor(queue: UploadQueue, picture: Picture): Promise<File | undefined> {
  const { original, cleaned, clean, wish, problem } = picture;
  if (wish === 'original') return original;
  if (wish === 'small' || (wish === 'moving' && cleaned)) {
    const { smaller, withFilm } = await import('./variants.js');
    return wish === 'small' ? smaller(picture, queue.element.limits?.types) : withFilm(picture);
  }
  if (clean) {
    // a broken picture may show less once it is cleaned
    const unsure = clean !== original && cleaned && cleaned.longest <= MOST_LONGEST;
    if (unsure) picture.preview = await previewOf(clean);
    if (!unsure || picture.preview || !(await previewOf(original))) return clean;
    picture.problem = 'unclean';
  }
  if (problem === 'unsupported') return original;
  const { redraw } = await import('./variants.js');
  const drawn = await redraw(original, original.type === 'image/png' ? ['image/png'] : ['image/jpeg']);
  if (drawn) {
    picture.converted = problem === 'undecodable';
    picture.large = picture.converted && drawn.size > LARGE_BYTES;
    picture.problem = '';
    return drawn;
  }
  // where it is not taken anyway, there is nothing to decide
  const { limits } = queue.element;
  return !limits || limits.types.includes(original.type || 'image/heic') || problem !== 'undecodable' ? undefined : original;
}
