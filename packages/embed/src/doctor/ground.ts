import type { Colour } from '@storefront-support/elements/page-look';
import { upwards } from './finding.js';

type Colours = typeof import('@storefront-support/elements/page-look');

const COLOUR = /\b(?:rgba?|color|okl(?:ab|ch)|l(?:ab|ch))\([^()]+\)/g;
const PICTURES = 'img, video, canvas, svg, iframe, object';

/**
 * What an element lies on: one colour, or those of a gradient.
 *
 * @returns none where it cannot be known, as in front of a picture.
 */
export function groundsOf(element: Element, root: ShadowRoot, { colourOf, over }: Colours): Colour[] {
  const layers: Colour[][] = [];
  for (const around of upwards(element)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(around);
    if (backgroundImage.includes('url(') || isPaintedOver(around)) return [];
    const seen = (css: string) => colourOf(css, root);
    const stops = (backgroundImage.match(COLOUR) ?? []).map(seen).filter((stop) => stop !== undefined);
    const flat = seen(backgroundColor);
    for (const layer of [stops, flat ? [flat] : []]) if (layer.some(([, , , alpha]) => alpha > 0)) layers.push(layer);
    if (layers.at(-1)?.every(([, , , alpha]) => alpha === 1)) break;
  }
  const canvas: Colour[] = [colourIn(root, 'Canvas', colourOf) ?? [255, 255, 255, 1]];
  return layers.reduceRight((below, layer) => layer.flatMap((colour) => below.map((under) => over(colour, under))), canvas);
}

/** Whether something else than what it stands in may be drawn below an element: a picture, or a box that was moved there. */
export function hasUnderlay(element: Element, tag: Element): boolean {
  const [left, top] = [scrollX, scrollY];
  element.scrollIntoView({ __proto__: null, behavior: 'instant', block: 'center', inline: 'nearest' } as never);
  try {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const lies = ({ left: start, right, top: above, bottom }: DOMRect) => start <= x && x <= right && above <= y && y <= bottom;
    if ([...document.querySelectorAll(PICTURES)].some((other) => !tag.contains(other) && lies(other.getBoundingClientRect()))) return true;
    return document.elementsFromPoint(x, y).some((hit) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(hit);
      return !hit.contains(tag) && !tag.contains(hit) && (backgroundImage !== 'none' || !/, 0\)$|^transparent$/.test(backgroundColor));
    });
  } finally {
    scrollTo({ __proto__: null, left, top, behavior: 'instant' } as never);
  }
}

/** A ground that is drawn by a pseudo-element, as large as the element. */
function isPaintedOver(element: Element): boolean {
  return ['::before', '::after'].some((pseudo) => {
    const { content, position, backgroundColor, backgroundImage, height } = getComputedStyle(element, pseudo);
    if (content === 'none' || content === 'normal' || !/absolute|fixed/.test(position)) return false;
    if (backgroundImage === 'none' && /, 0\)$|^transparent$/.test(backgroundColor)) return false;
    return parseFloat(height) >= element.clientHeight / 2;
  });
}

/** A colour as somebody wrote it, system colours and custom properties included. */
export function colourIn(root: ShadowRoot, css: string, colourOf: Colours['colourOf']): Colour | undefined {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = css;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return colourOf(color, root);
}
