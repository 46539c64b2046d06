/** Runs before anything else of the page: each hook writes down what it is given. */
export const HOOKS = () => {
  const loot: string[] = ((window as never as { loot: string[] }).loot = []);
  const take = (value: unknown): void => {
    try {
      loot.push(typeof value === 'string' ? value : JSON.stringify(value));
    } catch {
      loot.push(String(value));
    }
  };
  const valuesIn = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if ('value' in element) take(element.value);
      if (element.shadowRoot) valuesIn(element.shadowRoot);
    }
  };
  let keys = '';
  // 1 keys, 2 input, 3 clipboard
  for (const type of ['keydown', 'keypress', 'keyup'])
    addEventListener(type, (event) => take(type === 'keydown' ? (keys += (event as KeyboardEvent).key) : ''), true);
  for (const type of ['input', 'beforeinput', 'change'])
    addEventListener(
      type,
      (event) => (take((event as InputEvent).data), valuesIn(document), take((event.composedPath()[0] as HTMLInputElement).value)),
      true,
    );
  for (const type of ['paste', 'copy', 'cut'])
    addEventListener(type, (event) => take((event as ClipboardEvent).clipboardData?.getData('text')), true);
  // 4 mutations
  new MutationObserver(() => valuesIn(document)).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  // 5 FormData, 6 XMLHttpRequest, 7 fetch
  const { append } = FormData.prototype;
  FormData.prototype.append = function (name: string, value: string | Blob) {
    take(value);
    (append as (name: string, value: string | Blob) => void).call(this, name, value);
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    take(body);
    return send.call(this, body);
  };
  const realFetch = fetch;
  window.fetch = (...given) => (take([given[0], given[1]?.body]), realFetch(...given));
  // 8 attachShadow
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, { ...init, mode: 'open' });
    root.addEventListener('input', (event) => take((event.target as HTMLInputElement).value));
    return root;
  };
  // 9 prototypes: what encodes, encrypts and passes on
  const { encode } = TextEncoder.prototype;
  TextEncoder.prototype.encode = function (text) {
    take(text);
    return encode.call(this, text);
  };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...given: [unknown]) {
    take(given[0]);
    return postMessage.apply(this, given);
  };
  addEventListener('message', ({ data }) => take(data));
  // 10 console, 11 selection
  for (const name of ['log', 'error', 'warn'] as const) console[name] = (...given: unknown[]) => take(given);
  document.addEventListener('selectionchange', () => take(getSelection()?.toString()));
  // 12 a recorder that takes the page down again and again, frames included where it may
  setInterval(() => {
    valuesIn(document);
    for (let i = 0; i < frames.length; i += 1) {
      try {
        valuesIn(frames[i]!.document);
      } catch {
        // another origin
      }
    }
  }, 50);
};

/** A page's head that has them, before any script of ours. */
export const HOOKED = `<script>(${HOOKS.toString()})()</script>`;

/** How many of the secrets are among what the hooks took, whole or key by key. */
export function takenOf(secrets: readonly string[], loot: readonly string[]): number {
  const all = loot.join('\n');
  return secrets.filter((secret) => all.includes(secret)).length;
}
