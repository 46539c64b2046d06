import { bare } from '../base/bare.js';
import type { TrackerText } from '../locales/en-tracker.js';
import { imageSize } from './image-size.js';
import type { SupportThread } from './support-thread.js';

/** A larger picture is fetched when it is asked for. */
const SHOWN_BYTES = 3_000_000;

/** A picture of more pixels is refused before it is decoded. */
const MOST_PIXELS = 40_000_000;
const MOST_BYTES = 25_000_000;
/** Its size stands before this, or it is not shown. */
const HEAD_BYTES = 1_048_576;
/** Pixels of a preview, for screens of twice the density. */
const SIDE = 640;

/** One picture is fetched and decoded at a time. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Shows a picture in a place on a page, drawn on a canvas: no markup, no script and no address of it ever reaches the page. Says
 * why where it cannot.
 *
 * @param fetchBytes is called once it is its turn.
 */
function showPreview(place: HTMLElement, name: string, text: TrackerText, fetchBytes: () => Promise<Blob>): Promise<void> {
  place.dataset['state'] = 'loading';
  const shown = turn.then(async () => {
    try {
      const blob = await fetchBytes();
      const canvas = blob.size > MOST_BYTES ? 'tooLarge' : await draw(blob);
      if (typeof canvas === 'string') return say(place, text[canvas]);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', name);
      place.replaceChildren(canvas);
      place.dataset['state'] = 'shown';
    } catch {
      say(place, text.unshown);
    }
  });
  turn = shown;
  return shown;
}

function say(place: HTMLElement, sentence: string): void {
  place.textContent = sentence;
  place.dataset['state'] = 'refused';
}

async function draw(blob: Blob): Promise<HTMLCanvasElement | 'tooLarge' | 'unshown'> {
  const size = imageSize(new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer()));
  if (!size?.width || !size.height) return 'unshown';
  const { type, width, height } = size;
  if (width * height > MOST_PIXELS) return 'tooLarge';
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const picture = new Blob([blob], bare({ type }));
  const small = bare({ resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'medium' });
  const bitmap = await createImageBitmap(picture, small as ImageBitmapOptions).catch(() => createImageBitmap(picture));
  const canvas = document.createElement('canvas');
  // turned by its orientation, it may stand the other way
  const fit = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * fit));
  canvas.height = Math.max(1, Math.round(bitmap.height * fit));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

const observers = new WeakMap<SupportThread, IntersectionObserver>();

/** Draws the pictures of a thread that come near the window, and when they are asked for the large ones, or all where nothing tells what is near. */
export function previewPictures(thread: SupportThread): void {
  let observer = observers.get(thread);
  if (!observer && 'IntersectionObserver' in globalThis) {
    const look = (records: IntersectionObserverEntry[], self: IntersectionObserver) => {
      for (const { target, isIntersecting } of records) {
        if (!isIntersecting) continue;
        self.unobserve(target);
        void preview(thread, target as HTMLElement);
      }
    };
    observer = new IntersectionObserver(look, bare({ root: null, rootMargin: '100px' }));
    observers.set(thread, observer);
  }
  for (const place of thread.renderRoot.querySelectorAll<HTMLElement>('[part=preview]:not([data-state])')) {
    place.dataset['state'] = 'waiting';
    if (observer && Number(place.dataset['size']) <= SHOWN_BYTES) observer.observe(place);
    else place.append(askFor(thread, place));
  }
}

function askFor(thread: SupportThread, place: HTMLElement): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.part.add('show');
  button.textContent = thread.text?.show ?? '';
  button.setAttribute('aria-label', `${button.textContent}: ${place.dataset['name'] ?? ''}`);
  button.onclick = () => void preview(thread, place);
  return button;
}

function preview(thread: SupportThread, place: HTMLElement): Promise<void> | undefined {
  const { access, text, number } = thread;
  const { id = '', name = '' } = place.dataset;
  if (!access || !text) return undefined;
  return showPreview(place, name, text, () => access.tracking.getAttachment!(number, id, thread.options));
}
