import type { CallOptions, TicketKeys } from '@storefront-support/contract';
import { HEADERS } from '@storefront-support/contract/schemas';
import { own } from '../own.js';
import { jsonOf, notOurs, send, type OutgoingRequest } from '../request.js';
import { toJson } from '../to-json.js';
import type { VerbContext } from './verbs.js';

/** Asks a desk about tickets that exist. */
export function askingOf(context: VerbContext) {
  const { url, timeout } = context;

  function request(
    method: OutgoingRequest['method'],
    path: string,
    options: (CallOptions & { token?: string; keys?: Pick<TicketKeys, 'idempotencyKey'> }) | undefined,
    body?: object,
  ): OutgoingRequest {
    const { token, keys, signal } = own(options ?? {});
    const headers: Record<string, string> = {};
    if (token) headers['Authorization'] = `Bearer ${token}`;
    if (keys) headers[HEADERS.idempotencyKey] = keys.idempotencyKey;
    if (body) headers['Content-Type'] = 'application/json';
    return { method, url: url + path, headers, body: body ? toJson(body) : null, signal, timeout };
  }

  async function ask<T>(isOurs: (value: unknown) => value is T, ...asked: Parameters<typeof request>): Promise<T> {
    const value = jsonOf((await send(context, request(...asked))).text);
    if (!isOurs(value)) throw notOurs();
    return value;
  }

  return { request, ask };
}
