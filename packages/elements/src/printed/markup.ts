const SPECIAL: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Markup that is safe to stand where it is put. */
export interface Markup {
  /** As it is written. */
  readonly html: string;
}

type Part = Markup | string | readonly Markup[];

/** Puts texts into markup: a string is escaped, in an attribute, which is to stand in double quotes, as well as elsewhere. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { html: strings.reduce((before, after, n) => before + written(parts[n - 1] ?? '') + after) };
}

/** Attributes with their values; `true` stands for none, and what is false, empty or undefined is left out. */
export function attributes(values: { [name: string]: string | boolean | undefined }): Markup {
  const given = Object.entries(values).filter(([, value]) => value);
  return { html: given.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`)).join('') };
}

function written(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => SPECIAL[character]!);
}
