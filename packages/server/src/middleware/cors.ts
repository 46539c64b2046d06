import { HEADERS } from '@storefront-support/contract/schemas';
import { SupportError } from '@storefront-support/contract';
import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv, Ports } from '../ports.js';
import { problem } from './errors.js';
import type { OwnOrigins } from './origins.js';

/** What a page may read of an answer, where the answer has it. */
const EXPOSED = [
  'Location',
  'Retry-After',
  'Content-Disposition',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Expires',
  'Tus-Resumable',
  'Tus-Version',
  'Tus-Extension',
  'Tus-Max-Size',
];
const TICKET_HEADERS = ['Authorization', 'Content-Type', HEADERS.idempotencyKey, HEADERS.proof].join();
const UPLOAD_HEADERS = [
  'Authorization',
  'Content-Type',
  'Tus-Resumable',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'Upload-Checksum',
  'X-HTTP-Method-Override',
  'X-Requested-With',
].join();
/** GET, HEAD and POST need no permission. */
const MORE_METHODS: [path: RegExp, methods: string][] = [
  [/^\/v1\/desks\/[^/]+\/uploads(\/|$)/, 'PATCH,DELETE'],
  [/^\/v1\/desks\/[^/]+\/tickets\/[^/]+$/, 'PATCH'],
  [/^\/v1\/desks\/[^/]+\/sessions\/[^/]+$/, 'DELETE'],
  [/^\/v1\/desks\/[^/]+\/tickets\/[^/]+\/access\/records\/[^/]+$/, 'PATCH,DELETE'],
  [/^\/v1\/desks\/[^/]+\/tickets\/[^/]+\/access\/records\/[^/]+\/after-care$/, 'PUT'],
];
const PREFLIGHT_KEPT_S = '7200';

/**
 * Below `/v1/desks/:desk`: finds the desk and lets through only what its allow-list names. A refusal is readable by the page
 * it refuses, so that a wrong tag can be explained; a preflight from elsewhere is refused without any permission.
 */
export function deskAndOrigin(desks: Ports['desks'], own: OwnOrigins): MiddlewareHandler<AppEnv> {
  const lists = new Map([...desks].map(([id, { allowedOrigins }]) => [id, new OriginList(allowedOrigins)]));
  return async (c, next) => {
    const origin = c.req.header('Origin');
    const id = c.req.param('desk') ?? '';
    const desk = desks.get(id);
    const allowed = origin === undefined || own.isOwn(origin, 'public') || lists.get(id)?.has(origin) === true;
    const preflight = c.req.method === 'OPTIONS' && origin !== undefined && c.req.header('Access-Control-Request-Method') !== undefined;
    if (preflight) return answerPreflight(c, origin, allowed);
    // no shared cache keeps what is above (RFC 9110, 9.3.7)
    c.header('Vary', 'Origin');
    if (origin !== undefined) c.header('Access-Control-Allow-Origin', origin);
    if (!desk) throw new SupportError('desk-not-found', 'This server has no desk of this id; its desk file names them.');
    if (!allowed) throw notAllowed(origin);
    c.set('desk', desk);
    await next();
    // what somebody has asked for with a token is kept by no cache, unless a route says otherwise
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    const exposed = origin === undefined ? [] : EXPOSED.filter((name) => c.res.headers.has(name));
    if (exposed.length > 0) c.header('Access-Control-Expose-Headers', exposed.join());
  };
}

function answerPreflight(c: Context<AppEnv>, origin: string, allowed: boolean): Response {
  if (!allowed) return problem(c, notAllowed(origin));
  c.header('Access-Control-Allow-Origin', origin);
  const uploads = c.req.path.includes('/uploads', '/v1/desks/'.length);
  const methods = MORE_METHODS.find(([path]) => path.test(c.req.path))?.[1];
  if (methods !== undefined) c.header('Access-Control-Allow-Methods', methods);
  c.header('Access-Control-Allow-Headers', uploads ? UPLOAD_HEADERS : TICKET_HEADERS);
  c.header('Access-Control-Max-Age', PREFLIGHT_KEPT_S);
  return c.body(null, 204);
}

function notAllowed(origin: string): SupportError {
  // an origin is a scheme and a host: safe to repeat, and the one thing the shop has to copy
  return new SupportError('origin-not-allowed', `Add ${JSON.stringify(origin.slice(0, 200))} to allowedOrigins of this desk.`);
}

/** Exact origins, and `scheme://host:*` for any port of one host. */
export class OriginList {
  readonly #exact = new Set<string>();
  readonly #anyPort = new Set<string>();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      if (entry.endsWith(':*')) this.#anyPort.add(entry.slice(0, -2));
      else this.#exact.add(entry);
    }
  }

  has(origin: string): boolean {
    return this.#exact.has(origin) || this.#anyPort.has(origin.replace(/:\d{1,5}$/, ''));
  }
}
