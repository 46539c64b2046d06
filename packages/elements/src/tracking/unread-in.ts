import type { TicketPage } from '@storefront-support/contract';

/** What a person and a device know overlaps: a ticket in both lists is not counted twice. */
export function unreadIn(pages: (TicketPage | undefined)[]): number {
  const [first, second] = pages;
  const numbers = new Set(first?.tickets.map(({ number }) => number));
  const others = second?.tickets.filter(({ number }) => !numbers.has(number)) ?? [];
  return (first?.unread ?? 0) + others.reduce((sum, { unread }) => sum + unread, 0);
}
