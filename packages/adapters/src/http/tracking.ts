import {
  isSupportError,
  type AccessOptions,
  type CallOptions,
  type SessionRequest,
  type SignInPort,
  type TicketSummary,
  type TrackingPort,
} from '@storefront-support/contract';
import { HEADERS } from '@storefront-support/contract/schemas';
import { own } from '../own.js';
import { jsonOf, notOurs, send, type OutgoingRequest } from '../request.js';
import { toJson } from '../to-json.js';
import {
  isAcknowledgement,
  isAttachmentLink,
  isOpenedSession,
  isReplyReceipt,
  isSessionList,
  isThreadPage,
  isTicketAnswer,
  isTicketPage,
} from './answers.js';
import { follow } from './live.js';
import type { VerbContext } from './verbs.js';

/** Milliseconds for the bytes of a file. */
const BYTES_TIMEOUT_MS = 120_000;

/** What can be done with tickets that were sent. Loaded at first use. */
export interface Ports {
  tracking: TrackingPort;
  signIn: SignInPort;
}

export function createPorts(context: VerbContext): Ports {
  const { url, timeout } = context;

  function requestOf(
    method: OutgoingRequest['method'],
    path: string,
    { token, signal }: Partial<AccessOptions>,
    body?: object,
    more?: Record<string, string>,
  ): OutgoingRequest {
    const headers: Record<string, string> = { ...more };
    if (token) headers['Authorization'] = `Bearer ${token}`;
    if (body) headers['Content-Type'] = 'application/json';
    return { method, url: url + path, headers, body: body ? toJson(body) : null, signal, timeout };
  }

  async function ask<T>(request: OutgoingRequest, isOurs: (value: Partial<T> | null | undefined) => unknown): Promise<T> {
    const value = jsonOf((await send(context, request)).text) as T;
    if (!isOurs(value)) throw notOurs();
    return value;
  }

  const openSession = (request: SessionRequest, options?: CallOptions) =>
    ask(requestOf('POST', '/sessions', own(options ?? {}), request), isOpenedSession);

  const patch = async (number: string, body: object, options: AccessOptions): Promise<TicketSummary> =>
    (await ask(requestOf('PATCH', pathOf(number), own(options), body), isTicketAnswer)).ticket;

  return {
    tracking: {
      openDevice: openSession,

      listTickets(options) {
        const { status, cursor } = own(options);
        return ask(requestOf('GET', `/tickets${query({ status, cursor })}`, own(options)), isTicketPage);
      },

      getThread(number, options) {
        const { after, before, limit } = own(options);
        return ask(requestOf('GET', `${pathOf(number)}/messages${query({ after, before, limit })}`, own(options)), isThreadPage);
      },

      reply(number, { text, attachmentIds }, options) {
        const { secret, idempotencyKey } = options.keys;
        const headers = { [HEADERS.idempotencyKey]: idempotencyKey };
        const request = requestOf('POST', `${pathOf(number)}/messages`, own(options), { text, attachmentIds, secret }, headers);
        return ask(request, isReplyReceipt);
      },

      setStatus: (number, change, options) => patch(number, own(change), options),
      markSeen: (number, seen, options) => patch(number, { seen }, options),
      rate: (number, { score, comment }, options) => patch(number, { rating: { score, comment } }, options),

      getAttachment(number, id, options) {
        const request = requestOf('GET', filePath(number, id), own(options));
        return send(context, { ...request, timeout: BYTES_TIMEOUT_MS }, async (response) => {
          const type = response.headers.get('Content-Type');
          // the page of a proxy; a file is never answered as one
          if (response.status !== 200 || type?.startsWith('text/html')) throw notOurs(type);
          return response.blob();
        });
      },

      linkAttachment: (number, id, options) => ask(requestOf('POST', `${filePath(number, id)}/links`, own(options)), isAttachmentLink),
      follow: (options) => follow(context, `${url}/events`, own(options)),
    },

    signIn: {
      async requestLink({ email, browserSecret, locale }, options) {
        await ask(requestOf('POST', '/sign-in-links', own(options ?? {}), { email, browserSecret, locale }), isAcknowledgement);
      },

      openSession,
      listSessions: async (options) => (await ask(requestOf('GET', '/sessions', own(options)), isSessionList)).sessions,

      async endSession(id, options) {
        try {
          const { status } = await send(context, requestOf('DELETE', `/sessions/${encodeURIComponent(id)}`, own(options)));
          if (status !== 204) throw notOurs(status);
        } catch (error) {
          if (!isSupportError(error) || error.code !== 'not-found') throw error;
        }
      },
    },
  };
}

function pathOf(number: string): string {
  return `/tickets/${encodeURIComponent(number)}`;
}

function filePath(number: string, id: string): string {
  return `${pathOf(number)}/attachments/${encodeURIComponent(id)}`;
}

function query(members: Record<string, string | number | undefined>): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return given.length > 0 ? `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join('&')}` : '';
}
