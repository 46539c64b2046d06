/** For tests that run inside a browser: the built embed file from the real server, the endpoint behind the fault proxy. */
import type { Rule, Seen } from './fault-proxy.ts';

export interface Addresses {
  /** Origin of the real server. */
  server: string;
  /** Origin of the fault proxy in front of it. */
  proxy: string;
}

let addresses: Promise<Addresses> | undefined;

export function readAddresses(): Promise<Addresses> {
  addresses ??= fetch('/~addresses.json').then((answer) => answer.json() as Promise<Addresses>);
  return addresses;
}

let loaded: Promise<void> | undefined;

/** Adds the script tag of the README to the page, once. */
export function loadEmbed(): Promise<void> {
  loaded ??= readAddresses().then(
    ({ server }) =>
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { type: 'module', src: `${server}/embed.js` });
        script.addEventListener('load', () => resolve());
        script.addEventListener('error', () => reject(new Error(`${script.src} did not load`)));
        document.body.append(script);
      }),
  );
  return loaded;
}

export interface Mounted {
  element: HTMLElement;
  /** Replaces the faults of this form's connection; an empty list lifts them. */
  setRules(rules: Rule[]): Promise<void>;
  /** Requests of this form so far. */
  seen(): Promise<Seen[]>;
  remove(): void;
}

let count = 0;

/** Puts `<support-form>` (or another tag) on the page behind a proxy session of its own. */
export async function mount(
  options: { tag?: string; rules?: Rule[]; attributes?: Record<string, string>; content?: string } = {},
): Promise<Mounted> {
  await loadEmbed();
  const { proxy } = await readAddresses();
  const session = `b${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${++count}`;
  const control = `${proxy}/~control/${session}`;
  const setRules = async (rules: Rule[]) => {
    await fetch(control, { method: 'PUT', body: JSON.stringify(rules) });
  };
  await setRules(options.rules ?? []);
  const element = document.createElement(options.tag ?? 'support-form');
  for (const [name, value] of Object.entries({ endpoint: `${proxy}/~${session}`, desk: 'demo', ...options.attributes }))
    element.setAttribute(name, value);
  element.append(options.content ?? '');
  document.body.append(element);
  return {
    element,
    setRules,
    seen: async () => (await fetch(control)).json() as Promise<Seen[]>,
    remove: () => element.remove(),
  };
}

/** Resolves with the first value that is neither null, undefined nor false; rejects with `what` after `limitMs`. */
export async function until<T>(what: string, look: () => T | Promise<T>, limitMs = 25_000): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value as NonNullable<Exclude<T, false>>;
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
