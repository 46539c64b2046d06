/** The declaration of a page that gives an element a value. */
export interface Guilt {
  /** File, or what else holds it. */
  readonly file: string;
  /** Absent where the file cannot be read, or where it stands in a `style` attribute. */
  readonly selector?: string | undefined;
  readonly property: string;
  readonly value?: string | undefined;
  readonly important?: boolean;
  /** Cascade layer that it stands in; absent where it is in none that has a name. */
  readonly layer?: string;
}

const PART = /^(.*)::part\(([^)]*)\)$/;
const STILL = '*, *::before, *::after { transition: none !important }';

/**
 * Runs something that changes styles and takes the changes back, all before the page is drawn: nothing fades between the two, so that
 * computed values are final at once.
 */
export function quietly<T>(run: () => T): T {
  const still = new CSSStyleSheet();
  still.replaceSync(STILL);
  document.adoptedStyleSheets.push(still);
  try {
    void getComputedStyle(document.documentElement).color;
    return run();
  } finally {
    void getComputedStyle(document.documentElement).color;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  }
}

/** Style sheets of the page, in the order in which they count. */
export function sheetsOf(): CSSStyleSheet[] {
  return [...document.styleSheets, ...document.adoptedStyleSheets];
}

export function fileOf({ href, ownerNode }: CSSStyleSheet): string {
  if (href) return href.startsWith(location.origin) ? new URL(href).pathname : href;
  if (!(ownerNode instanceof Element)) return 'a style sheet made by a script';
  return ownerNode.id ? `<style id="${ownerNode.id}">` : 'a <style> of the page';
}

/** Rules that count now; undefined where the sheet comes from another origin and cannot be read. */
export function rulesOf(sheet: CSSStyleSheet): CSSStyleRule[] | undefined {
  try {
    return [...flat(sheet.cssRules)];
  } catch {
    return undefined;
  }
}

function* flat(list: CSSRuleList): Generator<CSSStyleRule> {
  for (const rule of list) {
    if (rule instanceof CSSStyleRule) yield rule;
    if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) continue;
    if (rule instanceof CSSSupportsRule && !CSS.supports(rule.conditionText)) continue;
    const inner = rule instanceof CSSImportRule ? rule.styleSheet?.cssRules : (rule as Partial<CSSGroupingRule>).cssRules;
    if (inner) yield* flat(inner);
  }
}

/** Selector of a rule as it stands alone, whatever it is nested in. */
export function selectorOf(rule: CSSRule): string {
  const own = rule instanceof CSSStyleRule ? rule.selectorText : '';
  let around = rule.parentRule;
  while (around && !(around instanceof CSSStyleRule)) around = around.parentRule;
  return around ? own.replaceAll('&', `:is(${selectorOf(around)})`) : own;
}

/** What a rule is nested in, or what brought its file. */
const ruleAround = (rule: CSSRule): CSSRule | null => rule.parentRule ?? rule.parentStyleSheet?.ownerRule ?? null;

function layerOf(rule: CSSRule): { layer?: string } {
  const names: string[] = [];
  for (let around = ruleAround(rule); around; around = ruleAround(around)) {
    if (around instanceof CSSLayerBlockRule) names.unshift(around.name);
    if (around instanceof CSSImportRule && typeof around.layerName === 'string') names.unshift(around.layerName);
  }
  return names.length && names.every(Boolean) ? { layer: names.join('.') } : {};
}

/** The selectors of a list, one by one. */
export function splitSelectors(list: string): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const letter of list) {
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (letter === ',' && !depth) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((selector) => selector.trim());
}

/** The selector by which a rule reaches an element or, by `::part()`, what is inside one of ours; undefined where none does. */
export function reaches(rule: CSSStyleRule, element: Element): string | undefined {
  const host = (element.getRootNode() as Partial<ShadowRoot>).host;
  return splitSelectors(selectorOf(rule)).find((selector) => {
    const [, base, part] = PART.exec(selector) ?? [];
    try {
      if (part !== undefined) return !!host && part.split(/\s+/).every((name) => element.part.contains(name)) && host.matches(base || '*');
      return element.matches(selector);
    } catch {
      return false;
    }
  });
}

/**
 * Finds what gives an element the value it has, by taking declarations away until it has another one.
 *
 * @returns undefined where the page has nothing to do with it.
 */
export function guiltOf(element: Element, property: string): Guilt | undefined {
  return quietly(() => {
    const value = () => getComputedStyle(element).getPropertyValue(property);
    const before = value();
    const { style } = element as HTMLElement;
    const changes = (undo: () => void) => {
      const changed = value() !== before;
      undos.unshift(undo);
      return changed;
    };
    const undos: (() => void)[] = [];
    const takeFrom = (declarations: CSSStyleDeclaration) => {
      const [own, priority] = [declarations.getPropertyValue(property), declarations.getPropertyPriority(property)];
      if (!own) return false;
      declarations.removeProperty(property);
      return changes(() => declarations.setProperty(property, own, priority));
    };
    try {
      const inline = style.getPropertyValue(property);
      const important = style.getPropertyPriority(property) === 'important';
      if (takeFrom(style)) return { file: `the style attribute of <${element.localName}>`, property, value: inline, important };
      for (const sheet of sheetsOf().reverse()) {
        const rules = rulesOf(sheet);
        if (!rules) {
          sheet.disabled = true;
          if (changes(() => (sheet.disabled = false))) return { file: fileOf(sheet), property };
          continue;
        }
        for (const rule of rules.reverse()) {
          const own = rule.style.getPropertyValue(property);
          const important = rule.style.getPropertyPriority(property) === 'important';
          const selector = own && reaches(rule, element);
          if (selector && takeFrom(rule.style))
            return { file: fileOf(rule.parentStyleSheet ?? sheet), selector, property, value: own, important, ...layerOf(rule) };
        }
      }
      return undefined;
    } finally {
      for (const undo of undos) undo();
    }
  });
}

/** `"#main *" in /theme.css sets float: left` */
export function told({ file, selector, property, value }: Guilt): string {
  const what = value ? `sets ${property}: ${value}` : `sets ${property}`;
  return selector ? `"${selector}" in ${file} ${what}` : `${file[0]?.toUpperCase()}${file.slice(1)} ${what}`;
}
