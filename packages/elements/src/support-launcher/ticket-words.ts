import { numberIn } from '../base/format.js';
import type { Locale } from '../base/localize.js';
import { trackerTexts } from '../locales/index.js';

/** What a launcher says of tickets. */
export interface TicketWords {
  heading: string;
  /** How many answers are new: as seen, and as read out. */
  unread(count: number): { shown: string; said: string };
}

/** Loaded where tickets are kept: whoever only writes a message has no use for what tickets are made of. */
export async function ticketWords({ file, tag }: Locale): Promise<TicketWords> {
  const { heading, unread } = await trackerTexts(file);
  const unreadIn = (count: number, shown: string) => ({ shown, said: unread(count, shown) });
  return { heading, unread: (count) => unreadIn(count, numberIn(tag, count)) };
}
