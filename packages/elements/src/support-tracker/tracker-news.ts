import { numberIn } from '../base/format.js';
import { keptTickets } from '../tracking/kept-access.js';
import type { SupportTracker } from './support-tracker.js';
import type { ListPart } from './ticket-list.js';

export { identify } from '../tracking/identify.js';

/** Reads what has changed in a list, and tells of new answers. */
export async function catchUp(tracker: SupportTracker): Promise<void> {
  const { list, language, text } = tracker;
  if (!list) return;
  if (tracker.phase !== 'ready') return tracker.read();
  // somebody has signed in, or out, in whatever tab: their list is another
  if ((await list.access.person()) !== tracker.person) return tracker.enter();
  const before = tracker.kept;
  tracker.kept = await keptTickets(list.access.scope);
  // what was forgotten in another tab is gone here, too
  for (const { number } of before) if (!tracker.kept.some((kept) => kept.number === number)) list.tickets.delete(number);
  const focused = (tracker.renderRoot as ShadowRoot).activeElement?.getAttribute('data-number');
  // the ticket that is opened tells of its own
  const unread = () => list.unread - (list.tickets.get(tracker.number)?.unread ?? 0);
  const known = unread();
  await list.refresh().catch(() => undefined);
  const now = unread();
  if (now > known) tracker.say(text?.unread(now, numberIn(language.tag, now)) ?? '');
  tracker.requestUpdate();
  await tracker.updateComplete;
  // a ticket may have gone to another group
  if (focused && document.activeElement === document.body)
    tracker.renderRoot.querySelector<HTMLElement>(`[data-number="${CSS.escape(focused)}"]`)?.focus();
}

/** Reads another page, says how much there was of it, and goes on from there where the button that was pressed is gone. */
export async function readMore(tracker: SupportTracker, part: ListPart, button: HTMLElement): Promise<void> {
  const { list, language, text } = tracker;
  const section = button.closest('section');
  const shown = section?.querySelectorAll('[part=ticket]').length ?? 0;
  await list?.more(part);
  tracker.requestUpdate();
  await tracker.updateComplete;
  const news = section?.querySelectorAll<HTMLElement>('[part=ticket]') ?? [];
  const count = news.length - shown;
  if (text) tracker.say(count ? text.loaded(count, numberIn(language.tag, count)) : text.noClosed);
  if (!button.isConnected && tracker.here) (news[shown] ?? tracker).focus();
}
