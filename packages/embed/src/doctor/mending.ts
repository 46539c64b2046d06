import { quietly, type Guilt } from './host-rules.js';

/** Runs something as if a style sheet stood at the end of the page's own. */
export function withSheet<T>(css: string, run: () => T): T {
  return quietly(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    try {
      return run();
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    }
  });
}

/**
 * The shortest rule that mends something wherever it is put among the page's own, tried out on the page before it is printed.
 *
 * @param selector What it is to be about, such as `support-form`.
 * @param guilt Declarations about the same element, to be outdone by weight or by their own selectors.
 * @returns undefined where no rule mends it: an important one in a cascade layer without a name, for example.
 */
export function mendingRule(
  selector: string,
  declarations: readonly (readonly [property: string, value: string])[],
  guilt: readonly (Guilt | undefined)[],
  isMended: () => boolean,
): string | undefined {
  const found = guilt.filter((one) => one !== undefined);
  const strong = found.flatMap((one) => (one.selector ? [strengthened(selector, one.selector)] : []));
  const candidates = [...strong, `${selector}:not(#s#s#s)`];
  if (!found.some(({ important }) => important)) candidates.unshift(selector);
  for (const candidate of candidates) {
    for (const priority of found.length ? [' !important'] : ['', ' !important']) {
      const lines = declarations.map(([property, value]) => `  ${property}: ${value}${priority};\n`);
      const rule = `${candidate} {\n${lines.join('')}}`;
      // what is important counts most in the layer that comes first
      const layered = found.flatMap(({ layer, important }) =>
        layer && important ? [`@layer ${layer} {\n${rule.replaceAll(/^/gm, '  ')}\n}`] : [],
      );
      for (const code of [rule, ...layered]) if (withSheet(code, isMended)) return code;
    }
  }
  return undefined;
}

/**
 * A cascade layer before all others, in which what is important counts more than in those that have no name to go into.
 *
 * @returns undefined where that does not mend it, or where nothing can be put before the page's own rules to try.
 */
export function firstLayer(
  selector: string,
  declarations: readonly (readonly [property: string, value: string])[],
  isMended: () => boolean,
): string | undefined {
  const lines = declarations.map(([property, value]) => `    ${property}: ${value} !important;\n`);
  const code = `@layer support-first {\n  ${selector} {\n${lines.join('')}  }\n}`;
  return quietly(() => {
    const [first] = document.styleSheets;
    try {
      first?.insertRule(code, 0);
    } catch {
      return undefined;
    }
    try {
      return isMended() ? code : undefined;
    } finally {
      first?.deleteRule(0);
    }
  });
}

/** About the same elements as `selector`, and at least as specific as `other`. */
function strengthened(selector: string, other: string): string {
  const [base = '', part] = other.split('::part(');
  if (part === undefined) return `:is(${other}):is(${selector})`;
  const [tag = '', own] = selector.split('::part(');
  return `:is(${base || '*'}):is(${tag})::part(${own ?? part}`;
}
