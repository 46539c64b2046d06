import { STYLE_SHEET, type Finding, type Tag } from './finding.js';
import { fileOf, rulesOf, sheetsOf } from './host-rules.js';

/** Custom properties that the elements read, as the page on theming lists them. */
const KNOWN = [
  ...['text', 'muted', 'surface', 'field', 'border', 'line', 'accent', 'on-accent', 'hover', 'link', 'error', 'success'].map(
    (name) => `color-${name}`,
  ),
  'font-family',
  'font-size',
  'heading-size',
  'heading-weight',
  'space',
  'density',
  'control-size',
  'radius',
  'shadow',
].map((name) => `--support-${name}`);

/** Custom properties that nothing reads, and files that cannot be looked into. */
export function checkSheets(tags: readonly Tag[]): Finding[] {
  if (!tags.length) return [];
  const found: Finding[] = [];
  for (const sheet of sheetsOf()) {
    const rules = rulesOf(sheet);
    if (!rules) {
      const { href } = sheet;
      found.push({
        kind: 'layout',
        weight: 'advice',
        title: `${fileOf(sheet)} cannot be read`,
        text: 'It comes from another origin. What it does to the tags is measured, but its rules cannot be named.',
        snippet: href
          ? {
              code: `<link rel="stylesheet" crossorigin="anonymous" href="${href}">`,
              place: 'in place of its <link>, if that origin allows it',
            }
          : undefined,
      });
    }
    for (const rule of rules ?? []) {
      for (const property of rule.style) {
        if (!property.startsWith('--support-') || KNOWN.includes(property)) continue;
        const words = property.slice(10).split('-');
        const near = KNOWN.map(
          (name) =>
            [words.filter((word) => name.includes(word.slice(0, 4))).length - Math.abs(name.length - property.length) / 20, name] as const,
        ).sort(([a], [b]) => b - a)[0]!;
        found.push({
          kind: 'tag',
          weight: 'problem',
          title: `Nothing reads ${property}`,
          text: `"${rule.selectorText}" in ${fileOf(sheet)} sets it. Write ${near[1]}, and take the other out.`,
          snippet: {
            code: `${rule.selectorText} {\n  ${near[1]}: ${rule.style.getPropertyValue(property).trim()};\n}`,
            place: `${STYLE_SHEET}, in place of that rule`,
          },
        });
      }
    }
  }
  return found;
}
