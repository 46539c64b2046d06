import type { AccessOptions, CompleteTrackingPort, SignInPort, TicketSummary } from '@storefront-support/contract';
import { own } from '../own.js';
import { notOurs, send } from '../request.js';
import { isAttachmentLink, isReplyReceipt, isSessionList, isTicketAnswer } from './answers-to-changes.js';
import { askingOf } from './asking.js';
import { pathOf } from './ticket-path.js';
import type { VerbContext } from './verbs.js';

/** Milliseconds for the bytes of a file. */
const BYTES_TIMEOUT_MS = 120_000;

/** The verbs that showing tickets does without. */
export interface Changes {
  tracking: Omit<CompleteTrackingPort, 'bareStatus' | 'openDevice' | 'listTickets' | 'getThread' | 'follow'>;
  signIn: Omit<SignInPort, 'openSession'>;
}

/** What changes tickets, saves their files and signs in. Loaded at first use. */
export function createChanges(context: VerbContext): Changes {
  const { request, ask } = askingOf(context);
  /** For what is acknowledged without a word. */
  async function tell(expected: number, ...told: Parameters<typeof request>): Promise<void> {
    const { status } = await send(context, request(...told));
    if (status !== expected) throw notOurs(status);
  }
  const patch = async (number: string, body: object, options: AccessOptions): Promise<TicketSummary> =>
    (await ask(isTicketAnswer, 'PATCH', pathOf(number), options, body)).ticket;

  return {
    tracking: {
      reply: (number, { text, attachmentIds }, options) =>
        ask(isReplyReceipt, 'POST', `${pathOf(number)}/messages`, options, { text, attachmentIds, secret: options.keys.secret }),
      setStatus: (number, change, options) => patch(number, own(change), options),
      markSeen: (number, seen, options) => patch(number, { seen }, options),
      rate: (number, rating, options) => patch(number, { rating }, options),

      getAttachment: (number, id, options) =>
        send(context, { ...request('GET', pathOf(number, id), options), timeout: BYTES_TIMEOUT_MS }, async (response) => {
          // a page is a proxy's: what a shop takes as a file is none
          if (response.status !== 200 || response.headers.get('Content-Type')?.startsWith('text/html')) throw notOurs(response.status);
          return response.blob();
        }),

      linkAttachment: (number, id, options) => ask(isAttachmentLink, 'POST', `${pathOf(number, id)}/links`, options),
    },

    signIn: {
      requestLink: (body, options) => tell(202, 'POST', '/sign-in-links', options, body),
      listSessions: async (options) => (await ask(isSessionList, 'GET', '/sessions', options)).sessions,
      endSession: (id, options) => tell(204, 'DELETE', `/sessions/${encodeURIComponent(id)}`, options),
    },
  };
}
