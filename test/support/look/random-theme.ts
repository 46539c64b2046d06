import { seededRandom } from '../seeded-random.ts';

export interface RandomTheme {
  /** What the shop's style sheet says. */
  css: string;
  /** Class of `<html>`: some themes set their dark look there and tell the browser nothing of it. */
  scheme: '' | 'dark' | 'only light';
}

const NAMES = 'rebeccapurple lightyellow navy gold teal hotpink whitesmoke dimgray peachpuff indigo lime darkslategray linen'.split(' ');
const FONTS = ['Georgia, serif', 'system-ui', 'monospace', '"Not Loaded", cursive', 'Lamp, sans-serif', 'fantasy'];
const PICTURE = `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='8' height='8'%3E%3Cpath fill='%23789' d='M0 0h4v4H0z'/%3E%3C/svg%3E")`;

/**
 * The style sheet of a shop that nobody here has seen, of a page with paragraphs, links, `.btn-primary` buttons and `<main>`: the same for
 * the same seed. Colours in every notation, transparent ones over others, gradients and pictures behind, dark looks that say so and
 * others that do not, fonts that never come and sizes from tiny to huge.
 */
export function randomTheme(seed: number): RandomTheme {
  const random = seededRandom(seed);
  const number = (most: number) => Math.floor(random() * most);
  const share = () => random().toFixed(2);
  const pick = <T>(list: readonly T[]): T => list[number(list.length)]!;
  const often = (chance: number) => random() < chance;
  const notations: (() => string)[] = [
    () => `#${Array.from({ length: 6 }, () => number(16).toString(16)).join('')}`,
    () => `rgb(${number(256)} ${number(256)} ${number(256)})`,
    () => `hsl(${number(360)} ${number(101)}% ${number(101)}%)`,
    () => `hwb(${number(360)} ${number(70)}% ${number(70)}%)`,
    () => `oklch(${share()} ${(random() * 0.35).toFixed(2)} ${number(360)})`,
    () => `oklab(${share()} ${(random() - 0.5).toFixed(2)} ${(random() - 0.5).toFixed(2)})`,
    () => `lab(${number(100)} ${number(200) - 100} ${number(200) - 100})`,
    () => `lch(${number(100)} ${number(130)} ${number(360)})`,
    () => `color(display-p3 ${share()} ${share()} ${share()})`,
    () => `color(rec2020 ${share()} ${share()} ${share()})`,
    () => pick(NAMES),
    () => `color-mix(in ${pick(['srgb', 'oklab', 'hsl longer hue', 'lch'])}, ${pick(NAMES)} ${number(101)}%, ${pick(NAMES)})`,
  ];
  const solid = () => pick(notations)();
  const grey = (from: number, to: number) => `hsl(${number(360)} ${number(12)}% ${from + number(to - from)}%)`;
  const clear = () => `rgb(${number(256)} ${number(256)} ${number(256)} / ${share()})`;
  const any = () => (often(0.25) ? clear() : solid());
  const gradient = () =>
    pick([
      () => `linear-gradient(${number(360)}deg, ${any()}, ${any()})`,
      () => `radial-gradient(circle at top, ${solid()}, ${solid()} 40%, ${solid()})`,
      () => `conic-gradient(from ${number(360)}deg, ${solid()}, ${solid()})`,
    ])();
  const ground = (): string =>
    pick([
      () => `background: ${solid()}`,
      () => `background: ${any()}`,
      () => `background: ${gradient()}`,
      () => `background: ${PICTURE} ${solid()}`,
      () => `background: ${PICTURE}`,
      () => `background: ${gradient()}, ${PICTURE} ${solid()}`,
      () => `background: transparent`,
      () => '',
    ])();
  // most shops are no noise: dark on light, light on dark
  const kind = pick(['light', 'dark', 'dark', 'noise', 'noise', 'noise'] as const);
  const page = kind === 'light' ? `background: ${grey(88, 100)}` : kind === 'dark' ? `background: ${grey(0, 18)}` : ground();
  const text = kind === 'light' ? grey(0, 45) : kind === 'dark' ? grey(60, 100) : any();
  const link = pick([
    any,
    any,
    () => 'currentColor',
    () => 'inherit',
    () => grey(80, 100),
    () => 'color-mix(in srgb, currentColor 60%, transparent)',
  ])();
  const button = pick([
    () => `background: ${solid()}; color: ${any()}`,
    () => `background: ${solid()}; color: ${any()}`,
    () => `background: ${gradient()}; color: ${solid()}`,
    () => `background: transparent; color: ${solid()}; border: 2px solid currentColor`,
    () => `background: ${clear()}; color: currentColor`,
    () => `background: currentColor; color: ${solid()}`,
    () => `background: ${PICTURE} ${solid()}; color: ${solid()}`,
    () => '',
  ])();
  const rules = [
    `html { font-size: ${pick([100, 100, 62.5, 40, 150, 240])}% }`,
    `body { ${page}; color: ${text}; font: ${pick(['1rem', '11px', '1.4em', '2.2rem'])}/${pick(['1', '1.5', '2.1'])} ${pick(FONTS)} }`,
    `main { ${often(0.5) ? ground() : ''}; ${often(0.3) ? `color: ${any()}` : ''} }`,
    `a { color: ${link} }`,
    `.btn-primary { ${button}; border-radius: ${pick(['0', '3px', '8px', '99px', '50%'])} }`,
    `@font-face { font-family: Lamp; src: url(/no-such-font.woff2) }`,
  ];
  if (often(0.2)) rules.push(`main { text-transform: uppercase; letter-spacing: ${share()}em; -webkit-text-fill-color: ${solid()} }`);
  // a ground that the shop gives the counter itself
  if (often(0.15)) rules.push(`:root { --support-color-${pick(['surface', 'field'])}: ${solid()} }`);
  return { css: rules.join('\n'), scheme: often(0.25) ? 'dark' : often(0.1) ? 'only light' : '' };
}
