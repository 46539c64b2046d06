import type { AccessOptions, AccessPort, SignInPort, TicketSummary, TrackingPort } from '@storefront-support/contract';
import { own } from '../own.js';
import { notOurs, send } from '../request.js';
import { askingOf } from './asking.js';
import { isAttachmentLink, isOpenedSession, isReplyReceipt, isSessionList, isThreadPage, isTicketAnswer, isTicketPage } from './answers.js';
import { follow } from './live.js';
import type { VerbContext } from './verbs.js';

/** Milliseconds for the bytes of a file. */
const BYTES_TIMEOUT_MS = 120_000;

/** What can be done with tickets that were sent. Loaded at first use. */
export interface Ports {
  tracking: TrackingPort;
  signIn: SignInPort;
  access: AccessPort;
}

export function createPorts(context: VerbContext): Omit<Ports, 'access'> {
  const { request, ask, tell } = askingOf(context);
  const openSession: SignInPort['openSession'] = (body, options) => ask(isOpenedSession, 'POST', '/sessions', options, body);
  const patch = async (number: string, body: object, options: AccessOptions): Promise<TicketSummary> =>
    (await ask(isTicketAnswer, 'PATCH', pathOf(number), options, body)).ticket;

  return {
    tracking: {
      openDevice: openSession,
      listTickets: (options) => ask(isTicketPage, 'GET', `/tickets${query(options, 'status', 'cursor')}`, options),
      getThread: (number, options) =>
        ask(isThreadPage, 'GET', `${pathOf(number)}/messages${query(options, 'after', 'before', 'limit')}`, options),
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
      follow: (options) => follow(context, request('GET', '/events', options), own(options)),
    },

    signIn: {
      requestLink: (body, options) => tell(202, 'POST', '/sign-in-links', options, body),
      openSession,
      listSessions: async (options) => (await ask(isSessionList, 'GET', '/sessions', options)).sessions,
      endSession: (id, options) => tell(204, 'DELETE', `/sessions/${encodeURIComponent(id)}`, options),
    },
  };
}

/** Of a ticket, or of a file of it. */
function pathOf(number: string, attachmentId?: string): string {
  const path = `/tickets/${encodeURIComponent(number)}`;
  return attachmentId === undefined ? path : `${path}/attachments/${encodeURIComponent(attachmentId)}`;
}

function query<T extends object>(options: T, ...names: (keyof T & string)[]): string {
  const given = own(options);
  const members = names.filter((name) => given[name] !== undefined).map((name) => `${name}=${encodeURIComponent(given[name] as string)}`);
  return members.length > 0 ? `?${members.join('&')}` : '';
}
