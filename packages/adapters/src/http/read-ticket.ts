import type { GetTicketOptions, TicketDetail } from '@storefront-support/contract';
import { ticketDetailAnswerSchema } from '@storefront-support/contract/schemas';
import { read, send } from '../request.js';
import { askingOf } from './asking.js';
import type { VerbContext } from './verbs.js';

/** Reads a ticket back, which no element does by itself. */
export function createReader(context: VerbContext): (number: string, options: GetTicketOptions) => Promise<TicketDetail> {
  const { request } = askingOf(context);
  return async (number, { secret, signal }) => {
    const answer = await send(context, request('GET', `/tickets/${encodeURIComponent(number)}`, { token: secret, signal }));
    return read(answer, ticketDetailAnswerSchema).ticket;
  };
}
