import ts from 'typescript';

/** A sentence, or what makes one of names and numbers. */
type Text = string | ((...values: unknown[]) => string);

/** Sentences of one file in one language, by the path to them. */
export type Table = Map<string, Text>;

/** One file of a language beside that of English. */
export interface Pair {
  /** As findings name it, such as `elements/pl-tracker`. */
  readonly name: string;
  readonly language: string;
  readonly source: string;
  readonly table: Table;
  readonly english: Table;
}

/** Values that may be as in English, by language, or by `*` in all of them. */
export interface SameWords {
  readonly why: string;
  readonly words: { readonly [language: string]: readonly string[] };
}

/** Arguments that may be written from left to right, whatever language surrounds them. */
const FOREIGN_ARGUMENTS = new Set('name names who contact desk team email address number subject excerpt quote host code check'.split(' '));
/** What languages with an unused `many` say in its place. */
const MANY_IS_OTHER = new Set(['es', 'it', 'pt', 'fr']);
const COUNTS = [0, 1, 2, 3, 11, 100];
const FIRST_MARK = 0xe000;
const ISOLATES = /[\u2066-\u2069]/g;

/** Every sentence below a value, by its path. */
export function tableOf(value: unknown, path = ''): Table {
  if (typeof value === 'string' || typeof value === 'function') return new Map([[path, value as Text]]);
  const below = Object.entries(value as object).map(([key, inner]) => tableOf(inner, path ? `${path}.${key}` : key));
  return new Map(below.flatMap((table) => [...table]));
}

/** Names of the arguments, as the source has them. */
function argumentsOf(text: Text): string[] {
  if (typeof text === 'string') return [];
  const list = /^\(?([^)=]*)\)?\s*=>/.exec(text.toString())?.[1] ?? /\(([^)]*)\)/.exec(text.toString())?.[1] ?? '';
  return list
    .split(',')
    .map((argument) => argument.trim())
    .filter(Boolean);
}

/** Those of a sentence, as English calls them; a translation may ask for more. */
function namesOf(text: Text, english: Text = text): string[] {
  return [...argumentsOf(english), ...argumentsOf(text).slice(argumentsOf(english).length)];
}

/** What an argument may be; any other is text, and given as a mark of its own. */
function valuesOf(argument: string, mark: string, numbers: boolean): unknown[] {
  if (argument === 'count') return numbers ? COUNTS : [mark];
  if (argument === 'more' || argument === 'good') return [true, false];
  if (argument === 'status') return ['open', 'pending1', 'pending2', 'closed'];
  if (argument === 'cap') return ['', mark];
  return [mark];
}

/** What a sentence can be called with. */
function callsOf(names: readonly string[], numbers: boolean): unknown[][] {
  return names
    .map((argument, i) => valuesOf(argument, String.fromCharCode(FIRST_MARK + i), numbers))
    .reduce<unknown[][]>((calls, values) => calls.flatMap((call) => values.map((value) => [...call, value])), [[]]);
}

const say = (text: Text, call: readonly unknown[]): string => (typeof text === 'string' ? text : text(...call));
const marksIn = (text: string): Set<string> => new Set(text.match(/[\ue000-\uf8ff]/g));
/** The inbox has counts as text. */
const countsAreNumbers = (english: Table): boolean => !english.has('shortcutsOff');

/** Everything a table says, each sentence in every form. */
function* said({ table, english }: Pick<Pair, 'table' | 'english'>): Generator<{ path: string; text: string }> {
  for (const [path, text] of table)
    for (const call of callsOf(namesOf(text, english.get(path)), countsAreNumbers(english))) yield { path, text: say(text, call) };
}

const unique = (findings: Iterable<string>): string[] => [...new Set(findings)];

/** Sentences that one of the two has not. */
export function keysToMend({ name, table, english }: Pair): string[] {
  const kind = (text: Text | undefined) => (text === undefined ? 'nothing' : typeof text);
  return unique([...english.keys(), ...table.keys()])
    .filter((path) => kind(table.get(path)) !== kind(english.get(path)))
    .map((path) => `${name} ${path}: ${kind(table.get(path))} where English has ${kind(english.get(path))}`);
}

/** Sentences left in English. @param used collects those that may be */
export function untranslated({ name, language, table, english }: Pair, same: readonly SameWords[], used = new Set<string>()): string[] {
  const plain = (text: string) => text.replace(ISOLATES, '').replace(/[\ue000-\uf8ff]/g, '…');
  const findings: string[] = [];
  for (const [path, text] of table) {
    const original = english.get(path);
    if (original === undefined || typeof original !== typeof text) continue;
    const numbers = countsAreNumbers(english);
    const calls = callsOf(namesOf(text, original), numbers);
    if (!calls.every((call) => plain(say(text, call)) === plain(say(original, call)))) continue;
    const value = plain(say(text, calls[0] ?? []));
    // nothing in it belongs to a language
    if (!/\p{L}/u.test(value)) continue;
    const listed = ['*', language].filter((place) => same.some(({ words }) => words[place]?.includes(value)));
    for (const place of listed) used.add(`${place}: ${value}`);
    if (listed.length === 0) findings.push(`${name} ${path}: “${value}” as in English`);
  }
  return findings;
}

/** Words of the list that no table has. */
export function unusedWords(same: readonly SameWords[], used: ReadonlySet<string>): string[] {
  const listed = same.flatMap(({ words }) =>
    Object.entries(words).flatMap(([place, values]) => values.map((value) => `${place}: ${value}`)),
  );
  return listed.filter((word) => !used.has(word));
}

/** Forms that whole numbers up to a million can ask for, each with the first two numbers that do. */
const chosenBy = new Map<string, ReadonlyMap<Intl.LDMLPluralRule, readonly number[]>>();
function formsOf(language: string): ReadonlyMap<Intl.LDMLPluralRule, readonly number[]> {
  const known = chosenBy.get(language);
  if (known) return known;
  const rules = new Intl.PluralRules(language);
  const forms = new Map<Intl.LDMLPluralRule, number[]>();
  // rules of these languages look at the last two digits, and at whole millions
  for (const count of [...Array.from({ length: 1_201 }, (_, i) => i), 10_000, 100_000, 999_999, 1_000_000]) {
    const numbers = forms.get(rules.select(count));
    if (!numbers) forms.set(rules.select(count), [count]);
    else if (numbers.length < 2) numbers.push(count);
  }
  if (MANY_IS_OTHER.has(language)) forms.delete('many');
  chosenBy.set(language, forms);
  return forms;
}

/** Counted phrases that lack a form, or follow the rules of another language. */
export function pluralsToMend({ name, language, source }: Pair): string[] {
  const findings: string[] = [];
  const file = ts.createSourceFile(`${name}.ts`, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(plural|sizeIn)$/.test(node.expression.text)) {
      const [tag, , forms] = node.arguments;
      const line = `${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (!tag || !ts.isStringLiteral(tag) || tag.text !== language) findings.push(`${line} counts as ${tag?.getText()}`);
      if (node.expression.text === 'plural') {
        const given = forms && ts.isObjectLiteralExpression(forms) ? forms.properties.map((form) => form.name?.getText()) : [];
        for (const form of formsOf(language).keys()) if (!given.includes(form)) findings.push(`${line} has no form “${form}”`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
}

/** Sentences that leave out what English tells, or tell what it does not. */
export function placeholdersToMend({ name, language, table, english }: Pair): string[] {
  const findings: string[] = [];
  for (const [path, text] of table) {
    const original = english.get(path);
    if (typeof original !== 'function' || typeof text !== 'function') continue;
    const names = namesOf(text, original);
    const nameOf = (mark: string) => names[mark.charCodeAt(0) - FIRST_MARK];
    const counted = names.indexOf('count');
    for (const call of callsOf(names, countsAreNumbers(english))) {
      const count = call[counted];
      const form = typeof count === 'number' ? new Intl.PluralRules(language).select(count) : undefined;
      // only one number asks for this form, so words may tell it
      const single = form !== undefined && formsOf(language).get(form)?.length === 1;
      const alike = form === 'one' ? call.with(counted, 1) : call;
      const wanted = marksIn(say(original, alike));
      const found = marksIn(say(text, call));
      const allowed = new Set([...wanted, ...marksIn(say(original, call))]);
      for (const mark of wanted)
        if (!found.has(mark) && !(single && nameOf(mark) === 'shown')) findings.push(`${name} ${path}: ${nameOf(mark)} is left out`);
      for (const mark of found)
        if (!allowed.has(mark) && nameOf(mark) !== 'shown') findings.push(`${name} ${path}: ${nameOf(mark)} is not in English`);
    }
  }
  return unique(findings);
}

const TYPOGRAPHY: [RegExp, string][] = [
  [/["'`]/, 'a straight quote or apostrophe'],
  [/\.{3}/, 'three dots'],
  [/[ \u00a0\u202f]{2}/, 'two blanks'],
  [/ [;:!?»]/, 'a sign that a line can begin with'],
  [/« /, 'a quote that a line can end with'],
  [/[\u0600-\u08ff]\s*[?,;]/, 'a Latin sign in Arabic'],
];

/** What a language asks for beyond that. */
const OWN_TYPOGRAPHY: { readonly [language: string]: readonly [RegExp, string][] } = {
  fr: [
    [/[^\s\d][;!?](?=\s|$)|\u00a0[;!?]/, 'a sign without its narrow no-break space'],
    [/[^\s/]:(?=\s|$)|\u202f:/, 'a colon without its no-break space'],
    [/«(?![\u00a0 ])|(?<![\u00a0 ])»/, 'a quote without its no-break space'],
  ],
  es: [[/^[^¿]*\p{L}[^¿]*\?|^[^¡]*\p{L}[^¡]*!/u, 'a question or an exclamation that is not opened']],
  de: [[/[“”](?<![„][^“”]*“)/, 'a quote of another language']],
};

/** Signs that are not those of print. @param outer paths of sentences that begin or end with a blank, as something follows them */
export function signsToMend(pair: Pair, outer: ReadonlySet<string> = new Set()): string[] {
  const findings: string[] = [];
  for (const { path, text } of said(pair)) {
    for (const [sign, what] of [...TYPOGRAPHY, ...(OWN_TYPOGRAPHY[pair.language] ?? [])])
      if (sign.test(text)) findings.push(`${pair.name} ${path}: ${what}`);
    if (text.trim() !== text && !outer.has(path)) findings.push(`${pair.name} ${path}: a blank at an end`);
  }
  return unique(findings);
}

/** Names, addresses and the like that could turn the order of a sentence around them. */
export function isolatesToMend(pair: Pair): string[] {
  const findings: string[] = [];
  for (const { path, text } of said(pair)) {
    const names = namesOf(pair.table.get(path) ?? '', pair.english.get(path));
    let depth = 0;
    for (const sign of text) {
      if (/[\u2066-\u2068]/.test(sign)) depth++;
      else if (sign === '\u2069') depth--;
      if (depth < 0) break;
      const argument = names[sign.charCodeAt(0) - FIRST_MARK];
      if (argument && depth === 0 && FOREIGN_ARGUMENTS.has(argument)) findings.push(`${pair.name} ${path}: ${argument} is not isolated`);
    }
    if (depth !== 0) findings.push(`${pair.name} ${path}: an isolate is not closed`);
  }
  return unique(findings);
}

/** Launchers that are called otherwise before their element is there. */
export function launchersToMend(names: { readonly [language: string]: string }, labels: { readonly [language: string]: string }): string[] {
  return unique([...Object.keys(labels), ...Object.keys(names)])
    .filter((language) => names[language] !== labels[language])
    .map((language) => `${language}: “${names[language]}” where the form has “${labels[language]}”`);
}
