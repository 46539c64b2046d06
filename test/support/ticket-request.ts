import { randomBytes } from 'node:crypto';
import type { TicketDraft, TicketKeys } from '@storefront-support/contract';

/** Keys as a browser makes them. */
export function newKeys(): TicketKeys {
  return { idempotencyKey: randomBytes(16).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

/** A draft that every test desk accepts. */
export function newDraft(changes: Partial<TicketDraft> = {}): TicketDraft {
  return {
    contactId: 'service',
    kind: 'support',
    requester: { name: 'Ann Example', email: 'ann@customer.example' },
    subject: 'Where is my lamp?',
    message: 'It was due on Monday.',
    attachmentIds: [],
    locale: 'en',
    ...changes,
  };
}

export interface PostTicket {
  url: string;
  desk?: string;
  keys?: TicketKeys;
  /** The whole body, where it is not `{draft}`. */
  body?: unknown;
  draft?: TicketDraft;
  proof?: string | undefined;
  headers?: Record<string, string>;
}

/** `POST …/tickets`, as an adapter sends it. */
export function postTicket({
  url,
  desk = 'open',
  keys = newKeys(),
  draft = newDraft(),
  body = { draft },
  proof,
  headers = {},
}: PostTicket): Promise<Response> {
  return fetch(`${url}/v1/desks/${desk}/tickets`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': keys.idempotencyKey,
      Authorization: `Bearer ${keys.secret}`,
      ...(proof === undefined ? {} : { 'Support-Proof': proof }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}
