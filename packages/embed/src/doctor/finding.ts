/** What the doctor looks for. */
export type FindingKind = 'hidden' | 'layout' | 'covered' | 'contrast' | 'room' | 'policy' | 'version' | 'tag';

/** One thing that stands in the way, and what mends it. */
export interface Finding {
  readonly kind: FindingKind;
  /** `advice`: works here and now, and will not elsewhere. */
  readonly weight: 'problem' | 'advice';
  /** One sentence without a full stop. */
  readonly title: string;
  /** What does it, with selector and file, and why it matters. */
  readonly text: string;
  /** What is outlined in the page. */
  readonly element?: Element | undefined;
  /** To be copied as it is. */
  readonly snippet?: Snippet | undefined;
}

export interface Snippet {
  readonly code: string;
  /** Where it goes. */
  readonly place: string;
}

/** A tag of ours on the page. */
export type Tag = HTMLElement;

export const TAGS = ['support-form', 'support-launcher', 'support-tracker', 'support-thread'];

/** Every tag of ours, in shadow trees that can be looked into too, but for those within another. */
export function findTags(root: ParentNode = document): Tag[] {
  return [...root.querySelectorAll<Tag>('*')].flatMap((element) => {
    if (!TAGS.includes(element.localName)) return element.shadowRoot ? findTags(element.shadowRoot) : [];
    return element.parentElement?.closest(TAGS.join()) ? [] : [element];
  });
}

/** A selector for one tag alone: by its name where it is the only one of it, else by what tells it from the others. */
export function selectorOf(tag: Tag): string {
  const name = tag.localName;
  const others = findTags().filter((other) => other !== tag && other.localName === name);
  const own = [...tag.attributes].flatMap(({ name: attribute, value }) =>
    /^(kind|desk|contact|position)$/.test(attribute) ? [`[${attribute}=${JSON.stringify(value)}]`] : [],
  );
  const candidates = [name, ...[...marksOf(tag), ...own].map((mark) => name + mark)];
  for (const around of upwards(tag)) {
    if (around === tag) continue;
    candidates.push(...[...marksOf(around), around.localName].map((mark) => `${mark} ${name}`));
    const place = [...(around.parentElement?.children ?? [])].indexOf(around) + 1;
    if (place) candidates.push(`${around.localName}:nth-child(${place}) ${name}`);
  }
  candidates.push(`${name}:nth-child(${[...(tag.parentElement?.children ?? [])].indexOf(tag) + 1})`);
  return candidates.find((selector) => tag.matches(selector) && !others.some((other) => other.matches(selector))) ?? name;
}

const marksOf = (element: Element) => [
  ...(element.id ? [`#${CSS.escape(element.id)}`] : []),
  ...[...element.classList].map((one) => `.${CSS.escape(one)}`),
];

/** Whether a tag has drawn nothing. */
export const isEmpty = (tag: Tag): boolean => !tag.shadowRoot?.querySelector('[part~=base]');

export const STYLE_SHEET = 'at the end of your style sheet';

/** `<support-form id="contact">`, as somebody would look for it. */
export function named(element: Element): string {
  const id = element.id && ` id="${element.id}"`;
  const names = !id && element.classList.length ? ` class="${element.className}"` : '';
  return `<${element.localName}${id || names}>`;
}

/** An element, what it is shown in, and so on up to the root, through slots and shadow roots. */
export function* upwards(element: Element): Generator<Element> {
  for (let next: Node | null | undefined = element; next;) {
    if (next instanceof Element) yield next;
    next = (next as Element).assignedSlot ?? next.parentNode ?? (next as ShadowRoot).host;
  }
}

/**
 * The opening tag of an element as it is to be written.
 *
 * @param changes attributes to set, or with null to leave out.
 */
export function openingTag(element: Element, changes: { [name: string]: string | null } = {}): string {
  const attributes = new Map([...element.attributes].map(({ name, value }) => [name, value]));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) attributes.delete(name);
    else attributes.set(name, value);
  }
  const written = [...attributes].map(([name, value]) => {
    const quoted = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return value ? ` ${name}="${quoted}"` : ` ${name}`;
  });
  return `<${element.localName}${written.join('')}>`;
}
