import { isEmpty, named, type Finding, type Tag } from './finding.js';
import { allows, deciding, parsePolicy, withSource, writePolicy, type Policy } from './policy.js';

interface Found {
  readonly policy: Policy;
  readonly from: 'header' | 'meta' | 'report-only';
}

/** How a finding begins that says so of the page's own rules. */
export const STYLES_REFUSED = 'style-src refuses a <style>';

/** What is said of a page whose sandbox has taken its origin away. */
export const SANDBOXED = 'A sandbox without allow-same-origin takes its origin from this page';

const violations: SecurityPolicyViolationEvent[] = [];

/** Keeps what the page's policy refuses from now on. */
export function watchPolicy(): void {
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event));
}

/**
 * What the page's Content-Security-Policy refuses of what its tags need.
 *
 * @param parts Where the parts of the script come from.
 */
export async function checkPolicy(tags: readonly Tag[], parts: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { policy, from } of await policiesOf()) {
    const needs = [
      { directive: 'script-src', address: parts },
      ...tags.flatMap((tag) => addressesOf(tag).map((address) => ({ directive: 'connect-src', address }))),
    ];
    const refused = needs.filter(({ directive, address }) => !isAllowed(policy, directive, address));
    const hashes = await refusedStyles(policy);
    const types = refusedTypes(policy);
    let mended = policy;
    for (const { directive, address } of refused) mended = withSource(mended, directive, new URL(address).origin);
    for (const hash of hashes) mended = withSource(mended, 'style-src', hash);
    const isTaken = !types && isNameTaken(policy, tags);
    if (types) mended = withSource(mended, 'trusted-types', 'lit-html');
    if (isTaken) mended = withSource(mended, 'trusted-types', "'allow-duplicates'");
    const snippet = {
      code: written(mended, from),
      place: from === 'meta' ? 'in place of the <meta> in the head' : 'in place of the header of this page',
    };
    const tell = (title: string, text: string, isAdvice = false) =>
      found.push({ kind: 'policy', weight: isAdvice || from === 'report-only' ? 'advice' : 'problem', title, text, snippet });
    for (const { directive, address } of unique(refused))
      tell(
        `${directive} refuses ${new URL(address).origin}`,
        `Add ${new URL(address).origin} to ${directive} of the page's Content-Security-Policy: ${WHY[directive]}.`,
      );
    if (hashes.length)
      tell(
        `${STYLES_REFUSED} with your rules for the tags`,
        `Add ${hashes.join(' ')} to style-src, or give the <style> the nonce of the page: none of its rules count.`,
      );
    if (types)
      tell(
        'trusted-types refuses lit-html',
        'Add lit-html to trusted-types: browsers without setHTML() cannot draw the form without that policy.',
        'setHTML' in Element.prototype,
      );
    if (isTaken)
      tell(
        'trusted-types lets lit-html be made only once',
        "Another script of the page has made that policy before: add 'allow-duplicates' to trusted-types, without which nothing can be drawn here.",
      );
  }
  return [...found, ...sandboxed(), ...styleAttributes(tags)];
}

const WHY: { readonly [directive: string]: string } = {
  'script-src': 'the parts of the script come from there',
  'connect-src': 'the form is fetched from there and sent there',
};

function addressesOf(tag: Tag): string[] {
  return ['endpoint', 'identity-url'].flatMap((name) => {
    const value = tag.getAttribute(name);
    return value && URL.canParse(value, document.baseURI) ? [new URL(value, document.baseURI).href] : [];
  });
}

function unique(needs: { directive: string; address: string }[]) {
  return [...new Map(needs.map((need) => [`${need.directive} ${new URL(need.address).origin}`, need])).values()];
}

function isAllowed(policy: Policy, directive: string, address: string): boolean {
  const name = deciding(policy, directive);
  const sources = (name && policy.get(name)) || undefined;
  if (!sources) return !name;
  const isTrusted = directive === 'script-src' && sources.some((source) => /^'(strict-dynamic'|nonce-)/i.test(source));
  return isTrusted || allows(sources, address);
}

/** Hashes of the page's own style elements that speak of our tags and that the policy has refused. */
async function refusedStyles(policy: Policy): Promise<string[]> {
  if (!deciding(policy, 'style-src')) return [];
  const refused = [...document.querySelectorAll('style')].filter((style) => !style.sheet && /support-/.test(style.textContent));
  return Promise.all(
    refused.map(async (style) => {
      const { subtle } = crypto as Partial<Crypto>;
      if (!subtle) return "'nonce-…'";
      const hash = await subtle.digest('SHA-256', new TextEncoder().encode(style.textContent));
      return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`;
    }),
  );
}

/** A `style` attribute that the policy has refused. */
function styleAttributes(tags: readonly Tag[]): Finding[] {
  return tags.flatMap((tag) => {
    const text = tag.getAttribute('style');
    if (!text || tag.style.length) return [];
    const rule = `${tag.localName} {\n  ${text.replace(/;\s*$/, '').split(/;\s*/).join(';\n  ')};\n}`;
    return [
      {
        kind: 'policy' as const,
        weight: 'problem' as const,
        title: `style-src refuses the style attribute of ${named(tag)}`,
        text: 'Its declarations do not count. Take the attribute out and put a rule into your style sheet.',
        element: tag,
        snippet: { code: rule, place: 'at the end of your style sheet' },
      },
    ];
  });
}

function refusedTypes(policy: Policy): boolean {
  const names = policy.get('trusted-types');
  const isRequired = policy.get('require-trusted-types-for')?.includes("'script'");
  return !!isRequired && !!names && !names.includes('*') && !names.includes('lit-html');
}

/** A name that another copy of Lit has taken, in a browser that draws nothing without it. */
function isNameTaken(policy: Policy, tags: readonly Tag[]): boolean {
  const names = policy.get('trusted-types') ?? [];
  const isOnce = names.includes('lit-html') && !names.includes("'allow-duplicates'") && !('setHTML' in Element.prototype);
  return isOnce && !!policy.get('require-trusted-types-for') && tags.some(isEmpty);
}

/** A page without an origin of its own, which no server can let in. */
function sandboxed(): Finding[] {
  if (self.origin !== 'null') return [];
  return [
    {
      kind: 'policy',
      weight: 'problem',
      title: SANDBOXED,
      text: 'Nothing can be sent from there, nor kept on the device. Add the word to sandbox in the header of this page, or of the <iframe> that it stands in.',
      snippet: { code: 'allow-same-origin', place: 'into what sandbox allows' },
    },
  ];
}

function written(policy: Policy, from: Found['from']): string {
  const text = writePolicy(policy);
  if (from === 'meta') return `<meta http-equiv="Content-Security-Policy" content="${text.replaceAll('"', '&quot;')}">`;
  return `Content-Security-Policy${from === 'report-only' ? '-Report-Only' : ''}: ${text}`;
}

/** Every policy of the page: what its head says, what its header says, or what a refusal has told of it. */
async function policiesOf(): Promise<Found[]> {
  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]')];
  const found: Found[] = metas.map(({ content }) => ({ policy: parsePolicy(content), from: 'meta' }));
  const has = (policy: Policy) => found.some((other) => writePolicy(other.policy) === writePolicy(policy));
  const add = (text: string, from: Found['from']) => {
    const policy = parsePolicy(text);
    if (policy.size && !has(policy)) found.push({ policy, from });
  };
  try {
    const { headers } = await fetch(location.href.replace(/#.*/, ''), { __proto__: null, method: 'HEAD', cache: 'no-store' } as never);
    for (const text of (headers.get('content-security-policy') ?? '').split(',')) add(text, 'header');
    for (const text of (headers.get('content-security-policy-report-only') ?? '').split(',')) add(text, 'report-only');
  } catch {
    // refused, or offline: what refuses it says so in an event
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const { originalPolicy, disposition } of violations) add(originalPolicy, disposition === 'report' ? 'report-only' : 'header');
  return found;
}
