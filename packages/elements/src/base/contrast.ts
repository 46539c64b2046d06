/** Red, green and blue from 0 to 255, and how opaque from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const NUMBERS = /-?[\d.]+(?:e-?\d+)?/g;

/**
 * Reads a computed colour. One that is not written in sRGB is computed once more, as an element of `root` would have it.
 *
 * @returns undefined where it is no colour to this browser.
 */
export function colourOf(css: string, root: ShadowRoot): Colour | undefined {
  if (/^rgba?\(/.test(css)) return coloured(css.match(NUMBERS), 1);
  if (/^color\(srgb /.test(css)) return coloured(css.slice(11).match(NUMBERS), 255);
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `color(from ${css} srgb r g b / alpha)`;
  if (!probe.style.color) return undefined;
  root.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return /^color\(srgb /.test(computed) ? colourOf(computed, root) : undefined;
}

function coloured(found: string[] | null, scale: number): Colour | undefined {
  const [red = NaN, green = NaN, blue = NaN, alpha = 1] = found?.map(Number) ?? [];
  const whole = [red, green, blue].map((part) => Math.min(255, Math.max(0, part * scale)));
  return Number.isNaN(red + green + blue) ? undefined : [whole[0]!, whole[1]!, whole[2]!, alpha];
}

/** `amount` of one colour in another, as `color-mix(in srgb, …)` has it. */
export function mix(colour: Colour, other: Colour, amount: number): Colour {
  const part = (index: 0 | 1 | 2) => colour[index] * amount + other[index] * (1 - amount);
  return [part(0), part(1), part(2), 1];
}

/** What is seen where a colour lies on an opaque one. */
export function over(colour: Colour, below: Colour): Colour {
  return mix(colour, below, colour[3]);
}

/** Relative luminance as WCAG 2 defines it. */
export function luminance(colour: Colour): number {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** Contrast ratio of two opaque colours, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const BLACK: Colour = [0, 0, 0, 1];
const WHITE: Colour = [255, 255, 255, 1];
/** For what rounding takes away; black or white still has as much on any colour. */
const MARGIN = 1.015;

/** The colour nearest to the given one that has this contrast to all backgrounds; black or white, whichever comes closer, where none has. */
export function corrected(colour: Colour, backgrounds: readonly Colour[], ratio: number): Colour {
  const least = (candidate: Colour) => Math.min(...backgrounds.map((background) => contrast(candidate, background)));
  for (let step = 0; step <= 50; step++) {
    const tries = [BLACK, WHITE].map((end) => mix(end, colour, step / 50)).sort((a, b) => least(b) - least(a));
    if (least(tries[0]!) >= ratio * MARGIN) return tries[0]!;
  }
  return least(BLACK) > least(WHITE) ? BLACK : WHITE;
}

/** As it is written in a style sheet. */
export function written([red, green, blue]: Colour): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`;
}
