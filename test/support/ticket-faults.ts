import type { BrowserContext, Page } from 'playwright-core';
import type { messageTexts } from '@storefront-support/elements/locales';
import type { Fault } from './fault-proxy.ts';
import type { FrontDoor } from './front-door.ts';
import type { ShopRoom } from './shop-room.ts';

/** First request that meets a fault: whatever had begun before has worked. */
export type Place = 'challenge' | 'upload' | 'ticket';

/** One page of a shop whose requests meet a fault. */
export interface Scene {
  room: ShopRoom;
  /** Session of the proxy. */
  name: string;
  context: BrowserContext;
  page: Page;
  door: FrontDoor | undefined;
  place: Place;
  random: () => number;
}

export interface TicketFault {
  name: string;
  /** Whose sentence a person reads. */
  code: keyof Awaited<ReturnType<typeof messageTexts>>['errors'];
  begin(scene: Scene): unknown;
  lift(scene: Scene): unknown;
  /** What stands between the page and the proxy. */
  door?: 'plain' | 'tls';
  /** True where the desk cannot be read either, so that a page opened meanwhile shows no form. */
  everything?: boolean;
  /** True where the shop has a service worker. */
  worker?: boolean;
  /** True where it takes a time-out to notice. */
  slow?: boolean;
}

const MATCHES: Record<Place, string[]> = {
  challenge: ['* /challenge', 'POST /tickets'],
  upload: ['PATCH /uploads', 'POST /tickets'],
  ticket: ['POST /tickets'],
};

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const page = (title: string) => `<!doctype html><title>${title}</title><h1>${title}</h1><form><input name="user"></form>`;

function answers(name: string, code: TicketFault['code'], faults: Fault[]): TicketFault {
  return {
    name,
    code,
    begin: ({ room, name: session, place, random }) => {
      const fault = faults[Math.floor(random() * faults.length)] as Fault;
      const login = { match: '* /login', fault: { kind: 'status', status: 200, headers: HTML, body: page('Sign in') } as const };
      room.proxy.setRules(session, [...MATCHES[place].map((match) => ({ match, fault })), login]);
    },
    lift: ({ room, name: session }) => room.proxy.setRules(session, []),
  };
}

const status = (code: number, headers: Record<string, string> = {}, body = ''): Fault => ({ kind: 'status', status: code, headers, body });

const RECEIPT = {
  ticket: { id: '0198', number: '7K2M-9QRT', status: 'open', kind: 'support', createdAt: '2026-03-02T10:00:00Z', firstResponseDueAt: null },
  confirmationMail: 'queued',
};
const FOREIGN = [
  { ok: true, ticket: { id: 42, number: 'A-1', state: 'new' }, message: 'Received' },
  { ...RECEIPT, ticket: { ...RECEIPT.ticket, number: 4_711 } },
  { ticket: RECEIPT.ticket.number },
  [RECEIPT],
  null,
  'ok',
];

/** What may happen to the request that makes a ticket, none of which is a receipt. */
export const TICKET_FAULTS: TicketFault[] = [
  answers('a captive portal', 'not-a-receipt', [status(200, HTML, page('Hotel Wi-Fi')), status(201, HTML, page('Welcome aboard'))]),
  answers('a 200 with an empty body', 'not-a-receipt', [status(200, JSON_TYPE), status(200)]),
  answers('a 200 with truncated JSON', 'not-a-receipt', [
    status(201, JSON_TYPE, JSON.stringify(RECEIPT).slice(0, -1)),
    status(200, JSON_TYPE, JSON.stringify(RECEIPT).slice(0, 60)),
  ]),
  answers(
    'a 200 with JSON of somebody else',
    'not-a-receipt',
    FOREIGN.map((body) => status(201, JSON_TYPE, JSON.stringify(body))),
  ),
  answers('a 204', 'not-a-receipt', [status(204)]),
  answers(
    'a redirect to a login',
    'not-a-receipt',
    [301, 302, 303, 307].map((code) => status(code, { location: 'login' })),
  ),
  answers('a 403 of a firewall', 'not-a-receipt', [status(403, HTML, page('Access denied'))]),
  answers('a 429', 'rate-limited', [
    status(
      429,
      { 'content-type': 'application/problem+json', 'retry-after': '2' },
      '{"type":"about:blank","title":"Too many requests","status":429,"code":"rate-limited","detail":"Try again in 2 s."}',
    ),
    status(429, { ...HTML, 'retry-after': '1' }, page('Slow down')),
  ]),
  answers('a 500', 'internal', [status(500), status(500, HTML, page('Internal Server Error'))]),
  answers('a 502 with HTML', 'unavailable', [status(502, HTML, page('Bad Gateway'))]),
  {
    ...answers('an answer without CORS headers', 'network', [{ kind: 'bare-answer' }]),
    begin: ({ room, name, place, random }) => {
      const method = random() < 0.5 ? 'OPTIONS' : 'POST';
      const fault: Fault = { kind: 'bare-answer' };
      const matches = MATCHES[place].map((match) => match.replace('POST', method));
      room.proxy.setRules(
        name,
        matches.map((match) => ({ match, fault })),
      );
    },
  },
  {
    name: 'a name that does not resolve',
    code: 'network',
    everything: true,
    begin: ({ room, name, context }) => context.route(`${room.proxy.session(name)}/**`, (route) => route.abort('namenotresolved')),
    lift: ({ room, name, context }) => context.unroute(`${room.proxy.session(name)}/**`),
  },
  {
    name: 'a refused connection',
    code: 'network',
    everything: true,
    door: 'plain',
    begin: ({ door }) => door?.shut(),
    lift: ({ door }) => door?.open(),
  },
  {
    name: 'a certificate that nobody trusts',
    code: 'network',
    everything: true,
    door: 'tls',
    begin: ({ door }) => door?.shut(),
    lift: ({ door }) => door?.open(),
  },
  { ...answers('a stall of 30 s', 'network', [{ kind: 'stall' }]), slow: true },
  answers('a reset in the middle of the answer', 'network', [{ kind: 'cut-answer' }]),
  answers('a reset before the answer', 'network', [{ kind: 'drop-answer' }, { kind: 'drop' }]),
  {
    name: "an offline page of the shop's service worker",
    code: 'not-a-receipt',
    everything: true,
    worker: true,
    begin: ({ page: shown }) => tellWorker(shown, true),
    lift: ({ page: shown }) => tellWorker(shown, false),
  },
];

/** A service worker that answers everything of the support server with a page of its own while it is told to. */
export const OFFLINE_WORKER = `let offline = false;
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', ({ data, ports }) => { offline = data; ports[0].postMessage(0); });
addEventListener('fetch', (event) => {
  const page = () => new Response('<h1>You are offline</h1>', { headers: { 'content-type': 'text/html' } });
  if (offline && event.request.url.includes('/v1/')) event.respondWith(page());
});`;

function tellWorker(shown: Page, offline: boolean): Promise<unknown> {
  return shown.evaluate(async (state) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    active?.postMessage(state, [port2]);
    await new Promise((resolve) => (port1.onmessage = resolve));
  }, offline);
}
