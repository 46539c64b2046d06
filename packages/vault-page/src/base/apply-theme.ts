import type { VaultTheme } from '@storefront-support/contract/vault-channel';

/** Colours the page like the one around it; its own controls follow the surface. */
export function applyTheme(theme: VaultTheme): void {
  const { style } = document.documentElement;
  for (const [property, value] of Object.entries(theme)) style.setProperty(property, value);
  const brightness = theme['--support-color-surface'] && brightnessOf(theme['--support-color-surface']);
  if (typeof brightness === 'number') style.colorScheme = brightness > 0.5 ? 'light' : 'dark';
}

/** From 0 to 1; undefined: not told in numbers. */
function brightnessOf(colour: string): number | undefined {
  const [, red, green, blue] = /^rgba?\((\d+),? *(\d+),? *(\d+)/.exec(colour) ?? [];
  if (blue === undefined) return undefined;
  return (Number(red) * 0.299 + Number(green) * 0.587 + Number(blue) * 0.114) / 255;
}
