import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TicketDraft } from '@storefront-support/contract';

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface ScriptedServer {
  url: string;
  received: Received[];
  close(): Promise<void>;
}

/** A server of a few lines, for answers that the real one never gives. */
export async function startScripted(
  answer: (request: Received, response: http.ServerResponse, raw: http.IncomingMessage) => void | Promise<void>,
): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    received.push(seen);
    await answer(seen, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A draft and keys that no schema objects to. */
export const draft: TicketDraft = {
  contactId: 'service',
  kind: 'support',
  requester: { name: 'Zoë', email: 'zoe@example.com' },
  subject: 'Parcel',
  message: 'Where is it?',
  attachmentIds: [],
  locale: 'en',
};

export const keys = { idempotencyKey: 'k'.repeat(22), secret: 's'.repeat(43) };

export const receipt = {
  ticket: {
    id: '0190d3c0-0000-7000-8000-000000000000',
    number: 'K7QF-2M9X',
    status: 'open',
    kind: 'support',
    createdAt: '2026-11-22T10:00:00.000Z',
    firstResponseDueAt: '2026-11-23T10:00:00Z',
  },
  confirmationMail: 'queued',
};

export const desk = {
  id: 'demo',
  name: 'Shop',
  contacts: [{ id: 'service', name: 'Service', keepsMessages: true }],
  limits: { subjectLength: 200, messageLength: 2000, files: null },
  hours: { timeZone: 'UTC', week: {}, holidays: [] },
  promise: null,
  locales: ['en'],
  otherWays: [],
};

export function problem(status: number, code: string, more: object = {}): string {
  return JSON.stringify({ type: 'about:blank', title: 'Wrong', status, code, detail: 'What is wrong.', ...more });
}
