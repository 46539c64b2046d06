/** A Content-Security-Policy, directive by directive, in lower case. */
export type Policy = ReadonlyMap<string, readonly string[]>;

export function parsePolicy(text: string): Policy {
  const directives = new Map<string, string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

export function writePolicy(policy: Policy): string {
  return [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

const FALLBACKS: { readonly [directive: string]: readonly string[] } = {
  'connect-src': ['connect-src', 'default-src'],
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
  'style-src': ['style-src-elem', 'style-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/** What decides about a kind of resource; undefined where nothing does, and everything is allowed. */
export function deciding(policy: Policy, directive: string): string | undefined {
  return (FALLBACKS[directive] ?? [directive]).find((name) => policy.has(name));
}

/** Whether a list of sources lets an address through. */
export function allows(sources: readonly string[], address: string, self: string = location.origin): boolean {
  const url = new URL(address);
  return sources.some((source) => {
    const plain = source.toLowerCase();
    if (plain === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === new URL(self).protocol;
    if (plain === "'self'") return url.origin === self;
    if (/^[a-z][a-z0-9+.-]*:$/.test(plain)) return url.protocol === plain || (plain === 'http:' && url.protocol === 'https:');
    return !plain.startsWith("'") && allowsHost(plain, url, new URL(self).protocol);
  });
}

const HOST = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[\w.-]+|\[[\da-f:]+\])(?::(\d+|\*))?(\/.*)?$/;

function allowsHost(source: string, url: URL, scheme: string): boolean {
  const [, protocol, host = '', port, path = ''] = HOST.exec(source) ?? [];
  if (!host) return false;
  const wanted = protocol ? `${protocol}:` : scheme;
  if (url.protocol !== wanted && !(wanted === 'http:' && url.protocol === 'https:')) return false;
  if (host.startsWith('*.') ? !url.hostname.endsWith(host.slice(1)) : host !== '*' && host !== url.hostname) return false;
  if (port ? port !== '*' && port !== (url.port || (url.protocol === 'https:' ? '443' : '80')) : url.port !== '') return false;
  return !path || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path);
}

/** The same policy with one more source; what decided so far goes on deciding about everything else. */
export function withSource(policy: Policy, directive: string, source: string): Policy {
  const name = deciding(policy, directive) ?? directive;
  const sources = (policy.get(name) ?? []).filter((other) => other.toLowerCase() !== "'none'");
  const own = name === 'default-src' ? directive : name;
  // words about scripts and styles say nothing about what is fetched
  const meant = own === 'connect-src' ? sources.filter((other) => !other.startsWith("'") || other.toLowerCase() === "'self'") : sources;
  return sources.includes(source) ? policy : new Map([...policy, [own, [...meant, source]]]);
}
