/** What a page may see of what stands in it. Runs before anything else of the page, with the platform's functions as they are then. */
export interface Watch {
  /** Takes what is there now for what the page has made itself. */
  begin(): void;
  /** What has changed since, one sentence each, and what has been heard. */
  report(): string[];
  /** True once an element of ours has told the page that it cannot work. */
  failed(): boolean;
}

declare global {
  interface Window {
    hostWatch: Watch;
  }
}

/** Runs in the page, as its first script. */
export const WATCH = (): void => {
  const { ownKeys, getOwnPropertyDescriptor, apply } = Reflect;
  const heard: string[] = [];
  const hear = (line: string) => (heard[heard.length] = line);
  const listen = EventTarget.prototype.addEventListener;
  const on = (type: string, take: (event: never) => unknown) => apply(listen, window, [type, take, true]);
  on('error', (event: ErrorEvent) => event.message && hear(`error: ${event.message}`));
  let failed = false;
  on('support-error', () => (failed = true));
  on('unhandledrejection', ({ reason }: PromiseRejectionEvent) => hear(`unhandled rejection: ${String(reason)}`));
  on(
    'securitypolicyviolation',
    (event: SecurityPolicyViolationEvent) =>
      // Firefox asks for an icon that the page has not
      event.blockedURI.endsWith('/favicon.ico') || hear(`violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
  );
  for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const)
    console[name] = (...said: unknown[]) => void hear(`console.${name}: ${said.map(String).join(' ')}`);

  const globals = () => ownKeys(window).map(String);
  /** Everything that the platform's objects are made of, by name. */
  const natives = () => {
    const found = new Map<string, unknown>();
    const note = (path: string, owner: object) => {
      for (const key of ownKeys(owner)) {
        const { value, get, set } = getOwnPropertyDescriptor(owner, key) ?? {};
        const name = `${path}.${String(key)}`;
        if (typeof value === 'function') found.set(name, value);
        if (get) found.set(`get ${name}`, get);
        if (set) found.set(`set ${name}`, set);
      }
    };
    note('window', window);
    for (const key of ownKeys(window)) {
      const { value } = getOwnPropertyDescriptor(window, key) ?? {};
      if (typeof value !== 'function') continue;
      note(`window.${String(key)}`, value as object);
      const { prototype } = value as { prototype?: object };
      if (prototype) note(`window.${String(key)}.prototype`, prototype);
    }
    for (const name of ['console', 'JSON', 'Math', 'Reflect', 'Intl', 'navigator', 'document', 'history'] as const)
      note(`window.${name}`, window[name as never] as object);
    return found;
  };
  const attributes = (element: Element | null) => [...(element?.attributes ?? [])].map(({ name, value }) => `${name}=${value}`).join();
  const children = (element: Element | null) =>
    [...(element?.children ?? [])].map((child) => child.localName + (child.id && `#${child.id}`)).join();
  const page = () => ({
    head: document.head?.innerHTML,
    sheets: String(document.styleSheets.length + (document.adoptedStyleSheets?.length ?? 0)),
    rules: [...document.styleSheets].map((sheet) => sheet.cssRules.length).join(),
    html: attributes(document.documentElement),
    body: attributes(document.body),
    inHtml: children(document.documentElement),
    inBody: children(document.body),
    title: document.title,
    address: location.href,
    // Firefox keeps 50 entries, and lets go of one more a little later
    history: String(Math.min(history.length, 50)),
    cookies: document.cookie,
    stored: String(localStorage.length + sessionStorage.length),
  });
  const seen = (): { [what: string]: string | undefined } => {
    try {
      return page();
    } catch {
      // an opaque origin has no cookies and keeps nothing
      return { head: document.head?.innerHTML, inBody: children(document.body), address: location.href };
    }
  };
  let before = { globals: [] as string[], natives: new Map<string, unknown>(), page: seen() };
  Object.defineProperty(window, 'hostWatch', {
    value: {
      begin: () => (before = { globals: globals(), natives: natives(), page: seen() }),
      failed: () => failed,
      report() {
        const now = { globals: globals(), natives: natives(), page: seen() };
        const changed: string[] = [];
        for (const name of now.globals) if (!before.globals.includes(name)) changed.push(`new global: ${name}`);
        for (const name of before.globals) if (!now.globals.includes(name)) changed.push(`global gone: ${name}`);
        for (const [name, value] of now.natives) if (before.natives.get(name) !== value) changed.push(`changed: ${name}`);
        for (const name of before.natives.keys()) if (!now.natives.has(name)) changed.push(`gone: ${name}`);
        for (const [what, value] of Object.entries(now.page))
          if (before.page[what] !== value) changed.push(`the page's ${what}: ${before.page[what]} -> ${value}`);
        return [...heard, ...changed];
      },
    },
  });
};
