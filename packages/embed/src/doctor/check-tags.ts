import type { SupportAdapter } from '@storefront-support/contract';
import { named, openingTag, TAGS, type Finding, type Tag } from './finding.js';

/** What the script reads beside the properties of the elements. */
const OF_SCRIPT = ['adapter', 'endpoint', 'desk', 'platform', 'identity-url', 'bytes-per-file', 'embed-path'];
const OF_HTML =
  /^(id|class|style|title|lang|dir|hidden|slot|part|exportparts|tabindex|role|inert|nonce|translate|draggable|popover|is|autofocus|item\w+|accesskey|on\w+|(data|aria|x|v|ng|wire|hx)[-:].*|[:@_#*[(].*)$/;
/** Tags, and what they are made of. */
const OURS = [...TAGS, 'support-field', 'support-attachments', 'support-vault'];
const CHOICES: { readonly [attribute: string]: readonly string[] } = {
  kind: ['support', 'pre-sale'],
  theme: ['light', 'dark', 'auto'],
  position: ['inline', 'corner'],
  'vault-mode': ['auto', 'frame', 'page'],
};
/** Only an unclosed tag has the end of a page inside it; a shop's own form may well be there, for when ours cannot. */
const NEVER_INSIDE =
  'main, footer:not(form footer, section footer), script[src*="/embed."], support-form, support-launcher, support-tracker';
const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const ANSWER_MS = 10_000;

type AdapterOf = (tag: Element) => Promise<SupportAdapter>;

/** Elements that nobody defines and whose names are nearly those of ours. */
export function checkNames(): Finding[] {
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const name = element.localName;
    if (!name.includes('-') || customElements.get(name) || element.matches(':defined') || element.shadowRoot) return [];
    const near = nearest(name, TAGS);
    if (!near || near === name) return [];
    return [
      {
        kind: 'tag' as const,
        weight: 'problem' as const,
        title: `No element is called <${name}>`,
        text: `Write <${near}>.`,
        element,
        snippet: { code: markup(element, near), place: `in place of ${named(element)}` },
      },
    ];
  });
}

/** Elements under names of ours that another script has defined before ours came. */
export function checkForeign(): Finding[] {
  return OURS.flatMap((name) => {
    const known = customElements.get(name);
    // elements of ours can be told their language, whatever their version
    if (!known || 'locale' in known.prototype) return [];
    return [
      {
        kind: 'tag' as const,
        weight: 'problem' as const,
        title: `Another script has taken the name <${name}>`,
        text: `Before this one ran, it called customElements.define('${name}', …), and a page has one element of a name: nothing that needs ours can be shown. Load that script on other pages only, or have it choose another name.`,
        element: document.querySelector(name) ?? undefined,
      },
    ];
  });
}

/** Attributes that nothing reads, values that nothing knows, and tags that were never closed. */
export function checkAttributes(tag: Tag): Finding[] {
  const known = [
    ...OF_SCRIPT,
    ...attributesOf(tag.localName),
    ...(tag.localName === 'support-launcher' ? attributesOf('support-form') : []),
  ];
  const found: Finding[] = [];
  // one snippet mends all that is wrong with the tag
  const all: { [name: string]: string | null } = {};
  const tell = (title: string, text: string, changes: { [name: string]: string | null }, weight: Finding['weight'] = 'problem') => {
    if (weight === 'problem') Object.assign(all, changes);
    found.push({ kind: 'tag', weight, title, text, element: tag });
  };
  for (const { name, value } of tag.attributes) {
    if (known.includes(name)) {
      const choices = CHOICES[name];
      if (choices && value && !choices.includes(value))
        tell(`${name}="${value}" means nothing`, `Write ${choices.map((choice) => `${name}="${choice}"`).join(' or ')}.`, {
          [name]: nearest(value, choices) ?? null,
        });
      if (name === 'locale' && value && !isLocale(value))
        tell(`locale="${value}" is no language`, 'Write a tag such as locale="fr-FR".', {
          locale: value.split(/[^a-z]/i)[0]?.slice(0, 2) ?? null,
        });
      continue;
    }
    const meant = name.replace(/^data-/, '');
    if (OF_HTML.test(name) && !OF_SCRIPT.includes(meant)) continue;
    const near = nearest(
      meant,
      known.filter((other) => !tag.getAttribute(other)),
    );
    if (near) tell(`Nothing reads the attribute ${name}`, `Write ${near}="${value}".`, { [name]: null, [near]: value });
    else tell(`Nothing reads the attribute ${name}`, 'Leave it out.', { [name]: null }, 'advice');
  }
  const mended = found.map((finding) => (finding.weight === 'problem' ? { ...finding, snippet: snippetOf(tag, all) } : finding));
  // the shop's own contact form may stand inside, as platforms print it: it is there where ours is not
  const swallowed = [...tag.querySelectorAll(NEVER_INSIDE)].find(
    (inside) => !inside.closest('form') && !inside.querySelector('form textarea'),
  );
  if (swallowed)
    mended.push({
      kind: 'tag',
      weight: 'problem',
      title: `${named(tag)} is never closed`,
      text: `${named(swallowed)} and what follows are inside it, so that they are not shown. HTML knows no <${tag.localName} />.`,
      element: tag,
      snippet: {
        code: `${openingTag(tag, reflected(tag))}</${tag.localName}>`,
        place: `in place of ${openingTag(tag, reflected(tag)).slice(0, -1)} />`,
      },
    });
  else if (!tag.querySelector('a') && !tag.closest('support-provider'))
    mended.push({
      kind: 'tag',
      weight: 'advice',
      title: `Nothing is shown where ${named(tag)} cannot be`,
      text: 'Put a link into the tag, such as <a href="mailto:…">: it is what people get without JavaScript.',
      element: tag,
    });
  return mended;
}

/** Whether the backend that a tag names answers. */
export async function checkBackend(tag: Tag, adapterOf: AdapterOf, others: readonly Tag[]): Promise<Finding[]> {
  const cause = await failureOf(tag, adapterOf);
  if (!cause) return [];
  const { code = '', message } = cause;
  const endpoint = tag.getAttribute('endpoint') ?? '';
  const adapters = [...message.matchAll(/adapter="([\w-]+)"/g)].map(([, name]) => name ?? '');
  const adapter = nearest(tag.getAttribute('adapter') ?? '', adapters);
  const guesses: { [name: string]: string | null }[] = [
    ...(adapters.length ? [{ adapter: adapter === 'http' ? null : (adapter ?? null) }] : []),
    ...(location.protocol === 'https:' && endpoint.startsWith('http:') ? [{ endpoint: endpoint.replace('http:', 'https:') }] : []),
    { endpoint: new URL(import.meta.url).origin },
    ...others.flatMap((other) => [
      { endpoint: other.getAttribute('endpoint'), adapter: other.getAttribute('adapter') },
      { desk: other.getAttribute('desk') },
      { endpoint: other.getAttribute('endpoint'), desk: other.getAttribute('desk'), adapter: other.getAttribute('adapter') },
    ]),
  ];
  const tell = (title: string, text: string, snippet?: Finding['snippet']): Finding[] => [
    { kind: 'tag', weight: 'problem', title, text, element: tag, snippet },
  ];
  const title = TITLES[code]?.(tag) ?? `${endpoint || named(tag)} does not answer`;
  for (const guess of guesses) {
    const changed = withChanges(tag, guess);
    if (changed.isEqualNode(withChanges(tag, {})) || (await failureOf(changed, adapterOf))) continue;
    return tell(title, `${message} What stands below answers.`, snippetOf(tag, guess));
  }
  if (code === 'misconfigured') {
    const changes = adapters.length
      ? { adapter: adapter ?? null }
      : { endpoint: endpoint || new URL(import.meta.url).origin, desk: tag.getAttribute('desk') || 'shop' };
    return tell(title, message, snippetOf(tag, changes));
  }
  const isElsewhere = URL.canParse(endpoint) && new URL(endpoint).origin !== location.origin;
  // to a page that is not let in, a server that answers is one that does not
  const isRefused = code === 'origin-not-allowed' || (code === 'network' && isElsewhere && (await reaches(endpoint)));
  if (!isRefused) return tell(title, `${message} Look up its address and its desk where the server is set up.`);
  return tell(
    `${endpoint} refuses this shop`,
    `The server answers, but not to pages of ${location.origin}. Allow it in the file of the desk.`,
    {
      code: `allowedOrigins:\n  - ${location.origin}`,
      place: "in the desk's part of the server's file of desks",
    },
  );
}

const TITLES: { readonly [code: string]: (tag: Tag) => string } = {
  misconfigured: (tag) =>
    tag.hasAttribute('adapter') ? `No adapter is called "${tag.getAttribute('adapter')}"` : `${named(tag)} does not say enough`,
  'desk-not-found': (tag) => `No desk is called "${tag.getAttribute('desk')}"`,
  'origin-not-allowed': (tag) => `${tag.getAttribute('endpoint')} refuses this shop`,
};

async function failureOf(tag: Element, adapterOf: AdapterOf): Promise<{ code?: string; message: string } | undefined> {
  try {
    await (await adapterOf(tag)).getDesk({ signal: AbortSignal.timeout(ANSWER_MS) });
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause : { message: String(cause) };
  }
}

/** Whether anything is there, whoever it answers. */
function reaches(address: string): Promise<boolean> {
  return fetch(address, { __proto__: null, mode: 'no-cors', cache: 'no-store', credentials: 'omit' } as never).then(
    () => true,
    () => false,
  );
}

function withChanges(tag: Element, changes: { [name: string]: string | null }): Element {
  const changed = tag.cloneNode(false) as Element;
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.removeAttribute(name);
    else changed.setAttribute(name, value);
  }
  return changed;
}

function snippetOf(tag: Tag, changes: { [name: string]: string | null }): Finding['snippet'] {
  return { code: markup(tag, tag.localName, changes), place: `in place of ${named(tag)}` };
}

/** What an element has set on itself is not to be written. */
function reflected(tag: Element): { [name: string]: null } {
  const names = ['open', 'unread', ...(tag.getAttribute('theme') === '' ? ['theme'] : [])];
  return Object.fromEntries([...names, ...(tag.getAttribute('position') === 'inline' ? ['position'] : [])].map((name) => [name, null]));
}

/** An element and what is in it, as they are to be written. */
function markup(element: Element, name = element.localName, changes: { [name: string]: string | null } = {}): string {
  const opening = openingTag(element, { ...(name.startsWith('support-') ? reflected(element) : {}), ...changes }).replace(
    element.localName,
    name,
  );
  if (VOID.test(name)) return opening;
  const inner = [...element.childNodes].map((node) =>
    node instanceof Element ? markup(node) : node instanceof Text ? escaped(node.data) : '',
  );
  return `${opening}${inner.join('')}</${name}>`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function attributesOf(name: string): string[] {
  return (customElements.get(name) as { observedAttributes?: string[] } | undefined)?.observedAttributes ?? [];
}

function isLocale(value: string): boolean {
  try {
    return /^[a-z]{2,3}([-_]|$)/i.test(value) && Intl.getCanonicalLocales(value.replaceAll('_', '-')).length > 0;
  } catch {
    return false;
  }
}

/** The one that a word was most likely meant to be, two letters in the wrong order being one mistake. */
function nearest(word: string, others: readonly string[]): string | undefined {
  const simple = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const ranked = others.map((other) => [distance(simple(word), simple(other)), other] as const).sort(([a], [b]) => a - b);
  const [least, best] = ranked[0] ?? [Infinity];
  return least <= Math.max(1, Math.floor(word.length / 3)) ? best : undefined;
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  let before = row;
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : Infinity;
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(one[i - 1] !== other[j - 1]), swapped);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}
