import { numberIn } from '../base/format.js';
import { localeOf } from '../base/localize.js';
import { badgeTexts } from '../locales/index.js';
import { Access, type TicketSource } from './access.js';
import { COUNTED, type Counted } from './counted.js';
import { listen } from './live.js';
import { unreadIn } from './unread-in.js';

const BURST_MS = 500;

/**
 * Keeps the `unread` attribute of an element at the number of answers that nobody has seen, in tickets that are kept on this
 * device or belong to whoever is signed in; without the attribute there are none. What it returns ends that.
 */
export function watchUnread(adapter: TicketSource, element: Counted): () => void {
  element[COUNTED]?.end();
  const access = Access.of(adapter);
  if (!access) return () => undefined;
  let burst: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(burst);
    burst = setTimeout(
      () =>
        void count(access).then(
          (unread) => show(element, unread),
          () => undefined,
        ),
      BURST_MS,
    );
  };
  const leave = listen(access, look);
  look();
  const end = () => {
    clearTimeout(burst);
    leave();
    element[COUNTED] = undefined;
  };
  element[COUNTED] = { scope: access.scope, end };
  return end;
}

async function count(access: Access): Promise<number> {
  return unreadIn(await access.each((token) => access.tracking.listTickets({ token })));
}

function show(element: Element, unread: number): void {
  showBeside(element.shadowRoot?.querySelector('button'), element, unread);
  if (unread > 0) element.setAttribute('unread', String(unread));
  else element.removeAttribute('unread');
}

/** A button whose code has not been loaded says it in its own words. */
function showBeside(button: Element | null | undefined, element: Element, unread: number): void {
  if (!button || element.matches(':defined')) return;
  const badge = button.querySelector('span') ?? document.createElement('span');
  badge.textContent = '';
  button.ariaLabel = null;
  if (unread <= 0) return;
  const called = button.textContent;
  const { file, tag } = localeOf(element as HTMLElement & { locale: string });
  const shown = numberIn(tag, unread);
  badge.textContent = ` (${shown})`;
  button.append(badge);
  void badgeTexts(file).then(
    (text) => (button.ariaLabel = badge.textContent && `${called}, ${text.unread(unread, shown)}`),
    () => undefined,
  );
}
